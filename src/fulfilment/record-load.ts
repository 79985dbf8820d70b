import { ZERO } from "../core/decimal.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Change } from "../model/change.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { shortageMove } from "../model/shortage-target.js";
import { checkCounts, type FloorCount, type FloorCountIssue } from "./floor-count.js";
import { floorFindings } from "./floor-findings.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { loadShape } from "./command-shapes.js";

/** Command: what stands on the vehicle. */
export interface RecordLoad {
  /** What is loaded in all, by line and place; places that are not named are left as they are. */
  readonly counts: readonly FloorCount[];
  /** Vehicle, for the event. */
  readonly vehicleId?: string;
}

/** Why a load is refused. */
export type RecordLoadIssue = CommandShapeIssue | TransitionIssue | FloorCountIssue;

/**
 * Records what was loaded, counted at the vehicle before it leaves.
 *
 * **Rules**
 * 1. A load names lines and places where the order has picked quantity, each once, and never more than that.
 * 2. What is loaded stays `picked` and is noted on the reservation; what is missing and will not be found goes where the
 *    line's shortage policy says, with cause `load`.
 * 3. Missing goods are written off the stock unless the count says to keep them in the books; the place is to be counted,
 *    packing list and delivery note printed anew, and the customer told.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 10.4a, 14.6
 * @example
 * ```ts
 * import { fullCounts, recordLoad } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { picked: "10" } }] });
 * const result = recordLoad(order, { counts: fullCounts(order, "picked"), vehicleId: "V-7" }, anyContext());
 * result.ok && result.value.order.lines[0]!.reservations[0]!.loaded; // => "10"
 * ```
 */
export function recordLoad(
  order: Order,
  command: RecordLoad,
  context: DecisionContext,
): Result<Outcome, RecordLoadIssue> {
  const misshapen = commandFaults(command, loadShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { counts, vehicleId } = command;
  const { checked, issues: wrong } = checkCounts(order, counts, "picked");
  const issues = [
    ...checkTransition(
      order,
      "load",
      counts.map(({ lineId }) => lineId),
    ),
    ...wrong,
  ];
  if (issues.length > 0) return refuse(issues);

  const changes: Change[] = checked.flatMap((count) => {
    const { line, source, quantity, short, shortage } = count;
    const note = { cause: "load", reason: shortage?.reason ?? "", since: context.at } as const;
    const loaded: Change = { kind: "reservation_set", lineId: line.lineId, source, loaded: quantity };
    const missing: Change[] = short === ZERO ? [] : [shortageMove(line, "picked", source, short, note)];
    return [loaded, ...missing];
  });
  const { discrepancies, movements, requests } = floorFindings(order, checked, context);
  const details = { ...(vehicleId === undefined ? {} : { vehicleId }), discrepancies };
  return ok(recordEvent(order, { type: "order_loaded", details, changes, movements, requests }, context));
}
