import { ZERO } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { QuantityMoved } from "../model/change.js";
import type { OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { shortageMove } from "../model/shortage-target.js";
import { checkCounts, type FloorCount, type FloorCountIssue } from "./floor-count.js";
import { floorFindings } from "./floor-findings.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { pickShape } from "./command-shapes.js";

/** Command: what the picker brought. */
export interface RecordPick {
  /** What was picked, by line and place; places that are not named are not picked yet. */
  readonly counts: readonly FloorCount[];
}

/** Why a pick is refused. */
export type RecordPickIssue =
  | CommandShapeIssue
  | TransitionIssue
  | FloorCountIssue
  | IssueOf<{
      "count.nothing_there": { readonly orderNo: OrderNo };
    }>;

/**
 * Records a pick: what was found goes from its bin to the staging place, what was not found goes short.
 *
 * **Rules**
 * 1. A pick names lines and places where the order has allocated quantity, each once, and never more than that.
 * 2. What is picked becomes `picked`; what is missing and will not be found leaves the reservation and goes where the
 *    line's shortage policy says, with cause `pick`.
 * 3. Missing goods are written off the stock unless the count says to keep them in the books, and the bin is to be
 *    counted.
 * 4. After a shortage the pick list is to be printed anew and the customer to be told.
 * 5. A pick that brings nothing and misses nothing is none.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 10.3, 12.3, 14.5
 * @example
 * ```ts
 * import { decimal, fullCounts, recordPick } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { allocated: "10" } }] });
 * const [count] = fullCounts(order, "allocated");
 * const counts = [{ ...count!, quantity: decimal("8"), shortage: { reason: "not_found", stock: "writeOff" as const } }];
 * const result = recordPick(order, { counts }, anyContext());
 * result.ok && result.value.order.lines[0]!.quantities.picked; // => "8"
 * result.ok && result.value.requests.map(({ type }) => type); // => ["reprint","count_stock","notify_customer"]
 * ```
 */
export function recordPick(
  order: Order,
  command: RecordPick,
  context: DecisionContext,
): Result<Outcome, RecordPickIssue> {
  const misshapen = commandFaults(command, pickShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { checked, issues: wrong } = checkCounts(order, command.counts, "allocated");
  const issues = [
    ...checkTransition(
      order,
      "pick",
      command.counts.map(({ lineId }) => lineId),
    ),
    ...wrong,
  ];
  if (issues.length > 0) return refuse(issues);

  const changes: QuantityMoved[] = checked.flatMap((count) => {
    const { line, source, quantity, short, shortage } = count;
    const picked: QuantityMoved = {
      kind: "quantity_moved",
      lineId: line.lineId,
      from: "allocated",
      to: "picked",
      quantity,
      source,
    };
    const note = { cause: "pick", reason: shortage?.reason ?? "", since: context.at } as const;
    return [
      ...(quantity === ZERO ? [] : [picked]),
      ...(short === ZERO ? [] : [shortageMove(line, "allocated", source, short, note)]),
    ];
  });
  if (changes.length === 0) return refuse([issue("count.nothing_there", ["counts"], { orderNo: order.orderNo })]);
  const { discrepancies, movements, requests } = floorFindings(order, checked, context);
  return ok(
    recordEvent(order, { type: "order_picked", details: { discrepancies }, changes, movements, requests }, context),
  );
}
