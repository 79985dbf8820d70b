import { add, compare, isPositive, subtract, sum, ZERO, type Decimal } from "../../src/core/decimal.js";
import { closingObstacles } from "../../src/lifecycle/close-order.js";
import type { OrderEvent } from "../../src/model/event.js";
import { BUCKETS } from "../../src/model/bucket.js";
import { ENDED_STATUSES, type Order } from "../../src/model/order.js";
import type { ShortageCause } from "../../src/model/order-line.js";
import { mergedOrderFile } from "../../src/reports/merged-order-file.js";
import { ORDER_FILES, orderFiles, type FileRow, type OrderFiles } from "../../src/reports/order-files.js";
import { orderStatusList } from "../../src/reports/order-status-list.js";
import { shortageList } from "../../src/reports/shortage-list.js";
import { unclosedList } from "../../src/reports/unclosed-list.js";
import { uncollectedList } from "../../src/reports/uncollected-list.js";
import { unshippedList } from "../../src/reports/unshipped-list.js";
import { anyContext, type LawViolation } from "../../src/testing/index.js";
import { TODAY } from "./masters.js";

const CAUSES: readonly ShortageCause[] = ["allocation", "pick", "load", "delivery"];

/**
 * Holds the files and the five lists against the orders, and against each other, as a bookkeeper would at any moment.
 *
 * @param orders as stored
 * @param events their whole histories, or none where the merged order file is not to be checked
 */
export function checkBooks(orders: readonly Order[], events?: readonly OrderEvent[]): LawViolation[] {
  const files = orderFiles(orders);
  return [
    ...everyUnitOnce(orders, files),
    ...receivedIsAcceptedOrRejected(orders, files),
    ...shortagesHaveCauses(orders, files),
    ...(events === undefined ? [] : bothEndsTell(orders, events)),
    ...listsReconcile(orders, files),
  ];
}

const equal = (law: string, at: string, expected: unknown, found: unknown): LawViolation[] => {
  const [wanted, seen] = [JSON.stringify(expected), JSON.stringify(found)];
  return wanted === seen ? [] : [{ law, at, expected: wanted, found: seen }];
};
const total = (rows: readonly { readonly quantity: Decimal }[]): Decimal => sum(rows.map(({ quantity }) => quantity));
const ordered = ({ lines }: Order): Decimal =>
  sum(lines.flatMap(({ quantities }) => BUCKETS.map((bucket) => quantities[bucket])));

/** Each bucket of each line stands in one file with just its quantity. */
function everyUnitOnce(orders: readonly Order[], files: OrderFiles): LawViolation[] {
  const filed = new Map<string, Decimal>();
  const places = new Map<string, Set<string>>();
  for (const file of ORDER_FILES) {
    for (const { lineId, bucket, quantity } of files[file] as readonly FileRow[]) {
      const key = `${lineId} ${bucket}`;
      filed.set(key, add(filed.get(key) ?? ZERO, quantity));
      places.set(key, (places.get(key) ?? new Set()).add(file));
    }
  }
  const owned = orders.flatMap(({ lines }) =>
    lines.flatMap(({ lineId, quantities }) =>
      BUCKETS.filter((bucket) => isPositive(quantities[bucket])).map(
        (bucket) => [`${lineId} ${bucket}`, quantities[bucket]] as const,
      ),
    ),
  );
  return [
    ...equal(
      "every unit is in a file",
      "files",
      Object.fromEntries(owned.sort()),
      Object.fromEntries([...filed].sort()),
    ),
    ...[...places].flatMap(([key, names]) => equal("every unit is in one file", key, 1, names.size)),
  ];
}

/** What was received is either rejected or in the files of what is expected and what became of it, order by order. */
function receivedIsAcceptedOrRejected(orders: readonly Order[], files: OrderFiles): LawViolation[] {
  const rejected = new Set(files.rejected.map(({ orderNo }) => orderNo));
  const accepted = new Set(
    ORDER_FILES.filter((file) => file !== "rejected").flatMap((file) => files[file].map(({ orderNo }) => orderNo)),
  );
  const received = orders.filter((order) => isPositive(ordered(order))).map(({ orderNo }) => orderNo);
  return [
    ...equal(
      "expected and rejected are what was received",
      "orders",
      received.sort(),
      [...rejected, ...accepted].sort(),
    ),
    ...equal(
      "quantities received are expected or rejected",
      "orders",
      sum(orders.map(ordered)),
      sum(ORDER_FILES.map((file) => total(files[file]))),
    ),
  ];
}

/** The shortage file holds what waits on confirmed orders, each part with one of the four causes. */
function shortagesHaveCauses(orders: readonly Order[], files: OrderFiles): LawViolation[] {
  const waiting = sum(
    orders
      .filter(({ stage }) => stage === "confirmed")
      .flatMap(({ lines }) => lines.flatMap(({ quantities }) => [quantities.backfill, quantities.deferred])),
  );
  const byCause = sum(CAUSES.map((cause) => total(files.shortage.filter((row) => row.cause === cause))));
  return [
    ...equal("what waits is in the shortage file", "shortage", waiting, total(files.shortage)),
    ...equal("a shortage has one of four causes", "shortage", waiting, byCause),
    ...equal(
      "back-fill is an excerpt of the shortage file",
      "backfill",
      files.shortage.filter(({ bucket }) => bucket === "backfill"),
      files.backfill,
    ),
  ];
}

/** What left one order joined another, and both orders say so. */
function bothEndsTell(orders: readonly Order[], events: readonly OrderEvent[]): LawViolation[] {
  const { rows, gaps } = mergedOrderFile(events, orders);
  return [
    ...equal("both orders of a merge say the same", "merged", [], gaps),
    ...rows.flatMap(({ fromLineId, ends }) => equal("both orders of a merge tell of it", fromLineId, "both", ends)),
  ];
}

/** The five lists say the same as the files. */
function listsReconcile(orders: readonly Order[], files: OrderFiles): LawViolation[] {
  const asOf = anyContext().at;
  const status = orderStatusList(orders, { asOf });
  const unshipped = unshippedList(orders, { today: TODAY });
  const shortage = shortageList(orders, { asOf });
  const uncollected = uncollectedList(orders, { today: TODAY });
  const unclosed = unclosedList(orders);
  const running = orders.filter(({ status: now }) => !ENDED_STATUSES.includes(now));
  const owed = sum(running.map(({ billing }) => subtract(billing.invoicedAmount, billing.collectedAmount)));
  const aged = sum(uncollected.ageing.map(({ receivable }) => receivable));
  const due = sum(uncollected.rows.filter(({ state }) => state === "due").map(({ receivable }) => receivable));
  const ready = orders.filter((order) => order.status === "collected" && closingObstacles(order).length === 0);
  const numbers = (rows: readonly { readonly orderNo: string }[]): string[] =>
    rows.map(({ orderNo }) => orderNo).sort();
  return [
    ...equal("the status list has every order once", "13.1", numbers(orders), numbers(status.rows)),
    ...equal(
      "what is unshipped is in four files",
      "13.2",
      sum([files.expectedSales, files.allocatedNotShipped, files.shortage, files.pickedNotShipped].map(total)),
      sum(unshipped.rows.map(({ unshipped: quantity }) => quantity)),
    ),
    ...equal("the shortage list is the shortage file", "13.3", total(files.shortage), total(shortage.rows)),
    ...equal(
      "totals of a list are its rows",
      "13.2",
      sum(unshipped.rows.map(({ unshipped: quantity }) => quantity)),
      sum(unshipped.totals.map(({ unshipped: quantity = ZERO }) => quantity)),
    ),
    ...equal("totals of a list are its rows", "13.3", total(shortage.rows), sumOf(shortage.totals, "quantity")),
    ...equal(
      "totals of a list are its rows",
      "13.4",
      sum(uncollected.rows.map((row) => row.receivable)),
      sumOf(uncollected.totals, "receivable"),
    ),
    ...equal("what is owed is billed less collected", "13.4", owed, sum(uncollected.rows.map((row) => row.receivable))),
    ...equal("every invoice that is due has an age", "13.4", due, aged),
    ...equal(
      "unclosed is what is collected",
      "13.5",
      numbers(orders.filter(({ status: now }) => now === "collected")),
      numbers(unclosed.rows),
    ),
    ...equal(
      "ready to close is what can be closed",
      "13.5",
      numbers(ready),
      numbers(unclosed.rows.filter(({ reasons }) => reasons.includes("ready_to_close"))),
    ),
    ...unclosed.rows.flatMap(({ orderNo, reasons }) =>
      equal("an unclosed order has reasons", orderNo, true, reasons.length > 0),
    ),
    ...equal(
      "what is collected is what was paid",
      "13.5",
      sum(orders.filter(({ status: now }) => now === "collected").map(({ billing }) => billing.collectedAmount)),
      sumOf(unclosed.totals, "collected"),
    ),
    ...uncollected.rows.flatMap(({ orderNo, state, receivable }) =>
      equal("only a credit is negative", orderNo, state === "credit", compare(receivable, ZERO) < 0),
    ),
  ];
}

function sumOf<Key extends string>(totals: readonly Partial<Record<Key, Decimal>>[], key: Key): Decimal {
  return sum(totals.map((row) => row[key] ?? ZERO));
}
