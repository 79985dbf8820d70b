import { add, isPositive, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import { wholeUnits } from "../lifecycle/together-in.js";
import type { QuantityMoved } from "../model/change.js";
import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";

/** What of a line stays behind, though it is to leave together with goods that leave. */
export interface LeftBehind {
  /** Line. */
  readonly lineId: LineId;
  /** Quantity in the base unit that is still to come. */
  readonly missing: Decimal;
}

/** Buckets of what is still to leave the house. */
const STILL_TO_LEAVE = ["open", "allocated", "picked", "backfill", "deferred"] as const;

/**
 * Finds what would stay behind of goods that come together, when some of them leave: whatever of the order that is shipped
 * complete, of the delivery group, or of the line that takes all or nothing, has not left and does not leave now.
 *
 * What was cancelled, merged or left before is not waited for.
 *
 * @param leaving moves of what leaves
 * @returns lines in their order; none when nothing is torn apart. Linear.
 *
 * **Source:** definition B6
 */
export function leftBehind(order: Order, leaving: readonly QuantityMoved[]): LeftBehind[] {
  const leaves = new Map<LineId, Decimal>();
  for (const { lineId, quantity } of leaving) leaves.set(lineId, add(leaves.get(lineId) ?? ZERO, quantity));
  const torn = new Map<LineId, Decimal>();
  for (const lines of wholeUnits(order)) {
    if (!lines.some(({ lineId }) => leaves.has(lineId))) continue;
    for (const { lineId, quantities } of lines) {
      const still = sum(STILL_TO_LEAVE.map((bucket) => quantities[bucket]));
      torn.set(lineId, subtract(still, leaves.get(lineId) ?? ZERO));
    }
  }
  return order.lines.flatMap(({ lineId }) => {
    const missing = torn.get(lineId) ?? ZERO;
    return isPositive(missing) ? [{ lineId, missing }] : [];
  });
}
