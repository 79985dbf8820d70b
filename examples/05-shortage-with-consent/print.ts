import type { BatchOutcome, Issue, Order } from "ordercycle";
import { describeIssue } from "ordercycle";

/** What each order has now: a row a line. */
export function printOrders(title: string, orders: readonly Order[]): void {
  console.log(`\n${title}`);
  console.log(
    `  ${"order".padEnd(8)}${"customer".padEnd(14)}${"ordered".padStart(8)}${"allocated".padStart(11)}${"back-fill".padStart(11)}  told day`,
  );
  for (const { orderNo, header, lines } of orders) {
    for (const { orderedQty, quantities, promises } of lines) {
      const figures = `${orderedQty.padStart(8)}${quantities.allocated.padStart(11)}${quantities.backfill.padStart(11)}`;
      console.log(`  ${orderNo.padEnd(8)}${header.customerCode.padEnd(14)}${figures}  ${promises.at(-1)?.day ?? "–"}`);
    }
  }
}

/** Why an attempt was refused, each reason once. */
export function printRefusal(title: string, { refused }: BatchOutcome): void {
  console.log(`\n${title}`);
  const issues = new Map(
    refused.flatMap((one) => one.issues.map((issue): [string, Issue] => [JSON.stringify(issue), issue])),
  );
  for (const issue of issues.values()) console.log(`  ${issue.code}: ${describeIssue(issue, "en")}`);
}

/** Whom the host must tell. */
export function printTold({ requests }: BatchOutcome): void {
  for (const request of requests)
    if (request.type === "notify_customer")
      console.log(`  tell the customer of ${request.orderNo}: ${request.template}`);
}
