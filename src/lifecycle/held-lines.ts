import type { LineId } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import type { HoldableOperation, Order } from "../model/order.js";

/** Lines for which alone a hold in force of their own blocks an operation. */
export function heldLines({ holds }: Order, operation: HoldableOperation): ReadonlySet<LineId> {
  return new Set(
    holds.flatMap((hold) =>
      isInForce(hold) && hold.lineId !== undefined && hold.blocks.includes(operation) ? [hold.lineId] : [],
    ),
  );
}

/** Says whether a hold in force on a line blocks an operation for that line alone; for many lines ask {@link heldLines}. */
export function isLineHeld(order: Order, lineId: LineId, operation: HoldableOperation): boolean {
  return order.holds.some((hold) => isInForce(hold) && hold.lineId === lineId && hold.blocks.includes(operation));
}
