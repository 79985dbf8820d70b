import { isPositive } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import type { OrderNo } from "../model/ids.js";
import { ENDED_STATUSES, type Order, type OrderStatus } from "../model/order.js";

/** Paper that serves where an order that has ended cannot be opened again. */
export type InsteadOfReopening = "return_order" | "credit_note" | "new_order";

/** Why an order is not opened again. */
export type ReopenIssue = IssueOf<{
  "reopen.has_ended": {
    readonly orderNo: OrderNo;
    readonly status: OrderStatus;
    readonly instead: readonly InsteadOfReopening[];
  };
  "reopen.not_ended": { readonly orderNo: OrderNo; readonly status: OrderStatus };
}>;

/**
 * Says why an order is not opened again, and what serves instead. No order ever is: what was closed is history, and what
 * comes after it are papers of their own that cite it.
 *
 * **Rules**
 * 1. For goods that the customer has, a return order; for money that was billed, a credit note; for whatever is wanted
 *    once more, a new order.
 * 2. An order that has not ended needs no opening.
 *
 * @param order as last stored
 * @returns the reason
 *
 * **Source:** mission 12.4b; definition B19
 * @example
 * ```ts
 * import { reopenRefusal } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "closed", lines: [{ quantities: { delivered: "10" } }], billing: { invoicedAmount: "25", collectedAmount: "25" } });
 * reopenRefusal(order).params; // => { orderNo: "SO-1", status: "closed", instead: ["return_order", "credit_note", "new_order"] }
 * ```
 */
export function reopenRefusal({ orderNo, status, lines, billing }: Order): ReopenIssue {
  if (!ENDED_STATUSES.includes(status)) return issue("reopen.not_ended", ["status"], { orderNo, status });
  const instead: InsteadOfReopening[] = [];
  if (lines.some(({ quantities }) => isPositive(quantities.delivered))) instead.push("return_order");
  if (isPositive(billing.invoicedAmount)) instead.push("credit_note");
  instead.push("new_order");
  return issue("reopen.has_ended", ["status"], { orderNo, status, instead });
}
