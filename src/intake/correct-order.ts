import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { OrderDraft } from "../model/order-draft.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { openOrder, type OpenOrderIssue } from "./open-order.js";

/** Command: what the customer sent to put an order right. */
export interface CorrectOrder {
  /** The order as it should be, complete. */
  readonly draft: OrderDraft;
}

/** What correcting an order needs to know. */
export interface CorrectOrderContext extends DecisionContext {
  /** Master files. */
  readonly masters: Masters;
  /** Whether the order keeps its place in the queue (`keep`, the default) or is received anew. */
  readonly receiptTime?: "keep" | "renew";
}

/** Why a correction is refused; the order stays with the customer. */
export type CorrectOrderIssue =
  | TransitionIssue
  | OpenOrderIssue
  | IssueOf<{
      "correct.other_order": { readonly orderNo: OrderNo; readonly expected: OrderNo };
      "correct.money_received": { readonly orderNo: OrderNo };
      "correct.goods_joined": { readonly orderNo: OrderNo; readonly lineId: LineId };
    }>;

/**
 * Puts a corrected draft in the place of an order that is not confirmed yet.
 *
 * **Rules**
 * 1. An order that was returned for correction, or is not confirmed yet, can be corrected, and only under its own number;
 *    it is then reviewed again.
 * 2. It keeps its receipt time, and with it its place among the others, unless the policy says otherwise.
 * 3. Payments stay, and holds do, but for those on lines that are gone; prices are taken anew.
 * 4. Once money was received, customer and currency must stay.
 * 5. An order that goods of an earlier one have joined cannot be replaced: the draft does not know of them, and they would be
 *    lost.
 *
 * @param order as last stored, entered or returned for correction
 * @returns the outcome with the order at stage `entered`, or every reason against it
 *
 * **Source:** mission 4.14
 * @example
 * ```ts
 * import { correctOrder, indexMasters } from "ordercycle";
 * import { anyContext, anyCustomer, anyItem, anyOrder, anyOrderDraft } from "ordercycle/testing";
 * const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem()] });
 * const order = anyOrder({ stage: "returnedForCorrection" });
 * const result = correctOrder(order, { draft: anyOrderDraft() }, { ...anyContext(), masters });
 * result.ok && result.value.order.header.receivedAt === order.header.receivedAt; // => true
 * ```
 */
export function correctOrder(
  order: Order,
  command: CorrectOrder,
  context: CorrectOrderContext,
): Result<Outcome, CorrectOrderIssue> {
  const { draft } = command;
  const issues: CorrectOrderIssue[] = checkTransition(order, "correct");
  if (draft.orderNo !== order.orderNo) {
    issues.push(
      issue("correct.other_order", ["draft", "orderNo"], { orderNo: draft.orderNo, expected: order.orderNo }),
    );
  }
  const opened = openOrder(draft, context.masters);
  if (!opened.ok)
    return refuse([...issues, ...opened.issues.map((found) => ({ ...found, path: ["draft", ...found.path] }))]);
  const { header, billing } = order;
  const { customerCode, currency } = opened.value.header;
  const isOtherDebtor = customerCode !== header.customerCode || currency !== header.currency;
  if (billing.payments.length > 0 && isOtherDebtor) {
    issues.push(issue("correct.money_received", ["draft"], { orderNo: order.orderNo }));
  }
  for (const [place, { lineId, mergedFrom }] of order.lines.entries()) {
    if (mergedFrom !== undefined) {
      issues.push(issue("correct.goods_joined", ["lines", place], { orderNo: order.orderNo, lineId }));
    }
  }
  if (issues.length > 0) return refuse(issues);

  const receivedAt = context.receiptTime === "renew" ? draft.receivedAt : order.header.receivedAt;
  const lineIds = new Set(opened.value.lines.map(({ lineId }) => lineId));
  const corrected: Order = {
    ...opened.value,
    header: { ...opened.value.header, receivedAt },
    version: order.version,
    holds: order.holds.filter(({ lineId }) => lineId === undefined || lineIds.has(lineId)),
    billing: order.billing,
  };
  return ok(
    recordEvent(
      order,
      {
        type: "order_corrected",
        details: { replaces: order.version },
        changes: [{ kind: "order_opened", order: corrected }],
      },
      context,
    ),
  );
}
