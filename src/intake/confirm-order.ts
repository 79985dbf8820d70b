import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { OrderNo } from "../model/ids.js";
import type { Order, OrderStage } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";

/** Why an order cannot be confirmed. */
export type ConfirmOrderIssue =
  | TransitionIssue
  | IssueOf<{
      "confirm.not_reviewed": { readonly stage: OrderStage };
      "confirm.not_priced": { readonly orderNo: OrderNo };
    }>;

/**
 * Accepts an order: from here on it may be given stock, and finance knows what to expect.
 *
 * **Rules**
 * 1. It must have been reviewed without an error, and priced.
 * 2. No active hold may block its confirmation.
 * 3. Finance is told the receivable, the customer the acceptance.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 7.3, 11.1
 * @example
 * ```ts
 * import { confirmOrder } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const result = confirmOrder(anyOrder({ stage: "reviewed" }), anyContext());
 * result.ok && result.value.requests.map(({ type }) => type); // => ["expect_receivable", "notify_customer"]
 * ```
 */
export function confirmOrder(order: Order, context: DecisionContext): Result<Outcome, ConfirmOrderIssue> {
  const { orderNo, stage, totals } = order;
  const issues: ConfirmOrderIssue[] = checkTransition(
    order,
    "confirm",
    order.lines.map(({ lineId }) => lineId),
  );
  if (order.status === "entered" && stage !== "reviewed")
    issues.push(issue("confirm.not_reviewed", ["stage"], { stage }));
  if (totals === undefined) issues.push(issue("confirm.not_priced", ["totals"], { orderNo }));
  if (issues.length > 0 || totals === undefined) return refuse(issues);

  return ok(
    recordEvent(
      order,
      {
        type: "order_confirmed",
        details: { receivableExpected: totals.payable },
        changes: [{ kind: "stage_set", stage: "confirmed" }],
        requests: [
          { type: "expect_receivable", orderNo, amount: totals.payable },
          { type: "notify_customer", orderNo, template: "order_confirmed" },
        ],
      },
      context,
    ),
  );
}
