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
