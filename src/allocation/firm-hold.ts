import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";

/**
 * Says whether an active hold of one of these types makes what a line has reserved firm: one on the line, or on its order.
 *
 * @returns the answer for lines of the order, whose holds are looked at once
 */
export function firmHolds({ holds }: Order, types: readonly string[]): (lineId: LineId) => boolean {
  const firm = holds.filter(({ state, type }) => state === "active" && types.includes(type));
  const lines = new Set(firm.map(({ lineId }) => lineId));
  return (lineId) => lines.has(undefined) || lines.has(lineId);
}
