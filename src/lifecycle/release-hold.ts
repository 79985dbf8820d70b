import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { DecisionContext } from "../model/actor.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { recordEvent } from "./record-event.js";
import { checkTransition, type TransitionIssue } from "./transitions.js";

/** Command: end a hold. */
export interface ReleaseHold {
  /** The hold. */
  readonly holdId: string;
  /** `resolved` when the cause is gone, `rejected` when there was none. */
  readonly state: "resolved" | "rejected";
}

/** Why a hold cannot be released. */
export type ReleaseHoldIssue = TransitionIssue | IssueOf<{ "hold.not_active": { readonly holdId: string } }>;

/**
 * Ends an active hold; it stays on the order as history.
 *
 * **Rules**
 * 1. Only an active hold ends.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 7.8
 * @example
 * ```ts
 * import { releaseHold } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const result = releaseHold(anyOrder({ stage: "confirmed" }), { holdId: "H1", state: "resolved" }, anyContext());
 * !result.ok && result.issues[0]?.code; // => "hold.not_active"
 * ```
 */
export function releaseHold(
  order: Order,
  command: ReleaseHold,
  context: DecisionContext,
): Result<Outcome, ReleaseHoldIssue> {
  const { holdId, state } = command;
  const hold = order.holds.find((candidate) => candidate.holdId === holdId && candidate.state === "active");
  const issues: ReleaseHoldIssue[] = checkTransition(order, "releaseHold");
  if (hold === undefined) issues.push(issue("hold.not_active", ["holdId"], { holdId }));
  if (issues.length > 0 || hold === undefined) return refuse(issues);

  const ended = { ...hold, state, endedAt: context.at };
  return ok(
    recordEvent(
      order,
      { type: "hold_released", details: { holdId, state }, changes: [{ kind: "hold_set", hold: ended }] },
      context,
    ),
  );
}
