import { ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { DecisionContext } from "../model/actor.js";
import type { ShortBucket } from "../model/bucket.js";
import type { LineId } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import type { OpenCase } from "../model/open-case.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { recordEvent } from "./record-event.js";
import { checkTransition, type TransitionIssue } from "./transitions.js";

/** What closing needs to know. */
export interface CloseOrderContext extends DecisionContext {
  /** Claims and returns that are open; those of other orders are ignored. None when absent. */
  readonly openCases?: readonly OpenCase[];
}

/** Why an order cannot be closed. */
export type CloseOrderIssue =
  | TransitionIssue
  | IssueOf<{
      "close.shortage_waiting": { readonly lineId: LineId; readonly bucket: ShortBucket; readonly quantity: Decimal };
      "close.hold_active": { readonly holdId: string };
      "close.case_open": { readonly caseId: string; readonly kind: OpenCase["kind"] };
    }>;

/**
 * Closes a collected order: it becomes history, and no operation may touch it again.
 *
 * **Rules**
 * 1. The money has come, and nothing is open, reserved or on its way.
 * 2. No shortage waits for goods, no hold is in force, and no claim or return is open.
 * 3. What was paid beyond what was billed – goods that were refused or never came – is to be refunded.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 11.1, 12.4b, 13.5
 * @example
 * ```ts
 * import { closeOrder } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const result = closeOrder(anyOrder({ stage: "confirmed" }), anyContext());
 * !result.ok && result.issues.map(({ code }) => code); // => ["status.operation_not_allowed"]
 * ```
 */
export function closeOrder(order: Order, context: CloseOrderContext): Result<Outcome, CloseOrderIssue> {
  // A hold in force is an obstacle whatever it blocks, so it is told once.
  const forbidden = checkTransition(order, "close").filter(({ code }) => code !== "status.on_hold");
  const issues: CloseOrderIssue[] = [...forbidden, ...closingObstacles(order, context.openCases)];
  if (issues.length > 0) return refuse(issues);

  const details = { collected: order.billing.collectedAmount };
  return ok(
    recordEvent(order, { type: "order_closed", details, changes: [{ kind: "stage_set", stage: "closed" }] }, context),
  );
}

/**
 * Says what, besides its status, keeps an order from being closed.
 *
 * @param order as last stored
 * @param openCases claims and returns that are open; those of other orders are ignored
 * @returns every obstacle; empty when there is none
 *
 * **Source:** mission 13.5
 * @example
 * ```ts
 * import { closingObstacles } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * closingObstacles(anyOrder({ lines: [{ quantities: { backfill: "4" } }] })).map(({ code }) => code); // => ["close.shortage_waiting"]
 * ```
 */
export function closingObstacles(order: Order, openCases: readonly OpenCase[] = []): CloseOrderIssue[] {
  const issues: CloseOrderIssue[] = [];
  for (const [position, { lineId, quantities }] of order.lines.entries()) {
    for (const bucket of ["backfill", "deferred"] as const) {
      const quantity = quantities[bucket];
      if (quantity !== ZERO)
        issues.push(issue("close.shortage_waiting", ["lines", position], { lineId, bucket, quantity }));
    }
  }
  for (const [position, hold] of order.holds.entries()) {
    const { holdId } = hold;
    if (isInForce(hold)) issues.push(issue("close.hold_active", ["holds", position], { holdId }));
  }
  for (const [position, { orderNo, caseId, kind }] of openCases.entries()) {
    if (orderNo === order.orderNo) issues.push(issue("close.case_open", ["openCases", position], { caseId, kind }));
  }
  return issues;
}
