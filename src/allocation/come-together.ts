import { compare, floorToMultiple, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { wholeUnits } from "../lifecycle/together-in.js";
import { waitingParts, waitingTotal } from "../lifecycle/waiting-quantity.js";
import type { PlannedOrder } from "../model/allocation-plan.js";
import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";

/** Why an order may not be allocated as it is planned: a line that the plan does not serve in full. */
export type ComesTogetherIssue = IssueOf<{
  "allocate.comes_together": { readonly lineId: LineId; readonly wanted: Decimal; readonly planned: Decimal };
}>;

/**
 * Finds the lines that stand against a plan for an order, since what comes together is planned in part: a line that may not
 * come in parts, a delivery group, an order that ships complete or was deferred as a whole. What a step does not allow is
 * not missing.
 *
 * @param order as it is now
 * @param planned what the plan has for it
 * @returns one issue for each line of which something is missing. Linear.
 * @internal
 */
export function missingTogether(order: Order, planned: PlannedOrder): ComesTogetherIssue[] {
  const units = wholeUnits(order);
  if (units.length === 0) return [];
  const planOf = new Map(planned.lines.map((line) => [line.lineId, line]));
  const plannedFor = ({ lineId }: OrderLine): Decimal => planOf.get(lineId)?.allocated ?? ZERO;
  const touched = units.filter((lines) => lines.some((line) => plannedFor(line) !== ZERO));
  return touched.flat().flatMap((line) => {
    const { lineId, quantum } = line;
    const waiting = planOf.get(lineId)?.requested ?? waitingTotal(waitingParts(line, { hasNextOrder: false }));
    const wanted = quantum === undefined || quantum === ZERO ? waiting : floorToMultiple(waiting, quantum);
    return compare(plannedFor(line), wanted) < 0
      ? [issue("allocate.comes_together", ["lines"], { lineId, wanted, planned: plannedFor(line) })]
      : [];
  });
}
