import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import type { DecisionContext } from "../model/actor.js";
import type { OrderNo } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { OrderDraft } from "../model/order-draft.js";
import type { Outcome } from "../model/outcome.js";
import { openOrder, type OpenOrderIssue } from "./open-order.js";

/** What entering an order needs to know. */
export interface EnterOrderContext extends DecisionContext {
  /** Master files. */
  readonly masters: Masters;
  /** Order numbers that exist already; a host that guards them in its database may leave it out. */
  readonly takenOrderNos?: ReadonlySet<OrderNo>;
}

/** Why a draft is refused; it goes to the rejected file with these. */
export type EnterOrderIssue = OpenOrderIssue | IssueOf<{ "enter.order_no_taken": { readonly orderNo: OrderNo } }>;

/**
 * Enters an order: a well-formed draft becomes an order with status `entered`, or is refused for the rejected file.
 *
 * **Rules**
 * 1. Customer, delivery wave, items and units must be known; line numbers must be unique and quantities above zero.
 * 2. What the draft leaves open is recalled from the customer master; the order remembers which field came from where.
 * 3. Quantities are brought to the item's base unit exactly, or refused; they are never rounded, and no longer than a
 *    stored order may hold (12 digits before and 6 after the point).
 * 4. All reasons for a refusal are given at once, and nothing of a refused draft is kept.
 *
 * @param draft from `parseOrderDraft`
 * @returns the outcome with the new order at version 1, or every reason why it cannot be one
 *
 * **Source:** mission 4.2, 4.3, 4.13, 12.1
 * @example
 * ```ts
 * import { enterOrder, indexMasters } from "ordercycle";
 * import { anyContext, anyCustomer, anyItem, anyOrderDraft } from "ordercycle/testing";
 * const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem()] });
 * const result = enterOrder(anyOrderDraft(), { ...anyContext(), masters });
 * result.ok && [result.value.order.status, result.value.order.version]; // => ["entered", 1]
 * const unknown = enterOrder(anyOrderDraft({ customerCode: "NOBODY" }), { ...anyContext(), masters });
 * !unknown.ok && unknown.issues.map(({ code }) => code); // => ["enter.unknown_customer"]
 * ```
 */
export function enterOrder(draft: OrderDraft, context: EnterOrderContext): Result<Outcome, EnterOrderIssue> {
  const { orderNo } = draft;
  const isTaken = context.takenOrderNos?.has(orderNo) ?? false;
  const taken: EnterOrderIssue[] = isTaken ? [issue("enter.order_no_taken", ["orderNo"], { orderNo })] : [];
  const opened = openOrder(draft, context.masters);
  if (!opened.ok) return refuse([...taken, ...opened.issues]);
  if (taken.length > 0) return refuse(taken);

  const order = opened.value;
  return ok(
    recordEvent(
      order,
      { type: "order_entered", details: { lines: order.lines.length }, changes: [{ kind: "order_opened", order }] },
      context,
    ),
  );
}
