import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";

/** Whether an active hold of one of these types makes what a line has reserved firm: one on the line, or on its order. */
export function hasFirmHold({ holds }: Order, lineId: LineId, types: readonly string[]): boolean {
  return holds.some(
    (hold) =>
      hold.state === "active" && types.includes(hold.type) && (hold.lineId === undefined || hold.lineId === lineId),
  );
}
