import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { DecisionContext } from "../model/actor.js";
import { isInForce } from "../model/is-in-force.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { recordEvent } from "./record-event.js";
import { checkTransition, type TransitionIssue } from "./transitions.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { holdEndShape } from "./command-shapes.js";

/** Command: decide on a hold. */
export interface ReleaseHold {
  /** The hold. */
  readonly holdId: string;
  /** `resolved` when the order may go on, `rejected` when it may not. */
  readonly state: "resolved" | "rejected";
}

/** Why a hold cannot be released. */
export type ReleaseHoldIssue =
  | CommandShapeIssue
  | TransitionIssue
  | IssueOf<{
      "hold.not_active": { readonly holdId: string };
      "hold.rejected_already": { readonly holdId: string };
    }>;

/**
 * Decides on a hold: the order or the line may go on, or it may not. The hold stays on the order as history.
 *
 * **Rules**
 * 1. Only an active or a rejected hold can be decided on.
 * 2. A resolved hold blocks nothing any more.
 * 3. A rejected hold goes on blocking what it blocks: the order is to be cancelled or changed. If it may go on after all,
 *    the rejected hold is resolved; it cannot be rejected again.
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
  const misshapen = commandFaults(command, holdEndShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { holdId, state } = command;
  const hold = order.holds.find((candidate) => candidate.holdId === holdId && isInForce(candidate));
  const issues: ReleaseHoldIssue[] = checkTransition(order, "releaseHold");
  if (hold === undefined) return refuse([...issues, issue("hold.not_active", ["holdId"], { holdId })]);
  if (hold.state === state) issues.push(issue("hold.rejected_already", ["state"], { holdId }));
  if (issues.length > 0) return refuse(issues);

  const ended = { ...hold, state, endedAt: context.at };
  return ok(
    recordEvent(
      order,
      { type: "hold_released", details: { holdId, state }, changes: [{ kind: "hold_set", hold: ended }] },
      context,
    ),
  );
}
