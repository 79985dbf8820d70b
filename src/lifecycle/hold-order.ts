import { issue, type IssueOf } from "../core/issue.js";
import { refuse, ok, type Result } from "../core/result.js";
import type { DecisionContext } from "../model/actor.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { LineId } from "../model/ids.js";
import type { Hold, HoldableOperation, Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { recordEvent } from "./record-event.js";
import { checkTransition, type TransitionIssue } from "./transitions.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { holdShape } from "./command-shapes.js";

/** Command: block operations on an order or a line until somebody has looked. */
export interface HoldOrder {
  /** Id, new on the order. */
  readonly holdId: string;
  /** Kind in the site's own code. */
  readonly type: string;
  /** The line to hold; absent for the whole order. */
  readonly lineId?: LineId;
  /** Operations to block, at least one. */
  readonly blocks: readonly HoldableOperation[];
  /** Why. */
  readonly reason: string;
}

/** Why a hold cannot be placed. */
export type HoldOrderIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | IssueOf<{
      "hold.id_taken": { readonly holdId: string };
      "hold.blocks_nothing": { readonly holdId: string };
      "hold.unknown_line": { readonly lineId: LineId };
    }>;

/**
 * Places a hold on an order or a line.
 *
 * **Rules**
 * 1. The hold's id must be new on the order, and it must block something.
 * 2. A hold on a line needs that line.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 7.8
 * @example
 * ```ts
 * import { holdOrder } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const command = { holdId: "H1", type: "credit", blocks: ["allocate" as const], reason: "limit exceeded" };
 * const result = holdOrder(anyOrder({ stage: "confirmed" }), command, anyContext());
 * result.ok && result.value.order.holds[0]?.state; // => "active"
 * ```
 */
export function holdOrder(order: Order, command: HoldOrder, context: DecisionContext): Result<Outcome, HoldOrderIssue> {
  const misshapen = commandFaults(command, holdShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { holdId, type, lineId, blocks, reason } = command;
  const issues: HoldOrderIssue[] = checkTransition(order, "hold");
  if (order.holds.some((hold) => hold.holdId === holdId)) issues.push(issue("hold.id_taken", ["holdId"], { holdId }));
  issues.push(...checkNames({ holdId, type, reason }));
  if (blocks.length === 0) issues.push(issue("hold.blocks_nothing", ["blocks"], { holdId }));
  if (lineId !== undefined && !order.lines.some((line) => line.lineId === lineId)) {
    issues.push(issue("hold.unknown_line", ["lineId"], { lineId }));
  }
  if (issues.length > 0) return refuse(issues);

  const hold: Hold = {
    holdId,
    type,
    ...(lineId === undefined ? {} : { lineId }),
    blocks,
    reason,
    placedAt: context.at,
    state: "active",
  };
  return ok(
    recordEvent(
      order,
      { type: "hold_placed", details: { holdId, type }, changes: [{ kind: "hold_set", hold }] },
      context,
    ),
  );
}
