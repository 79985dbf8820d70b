import type { QuantityMoved } from "../model/change.js";
import { applyChanges } from "../model/apply-changes.js";
import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { PlacedQuantity } from "../model/reserved-places.js";

/** Moves by which a line gives back what it has reserved at places: it is open again. */
export function releasedMoves(lineId: LineId, places: readonly PlacedQuantity[]): QuantityMoved[] {
  return places.map(({ source, quantity }) => ({
    kind: "quantity_moved",
    lineId,
    from: "allocated",
    to: "open",
    quantity,
    source,
  }));
}

/** An order as it is when its lines have given up what they are to. */
export function withReleased(order: Order, given: ReadonlyMap<LineId, readonly PlacedQuantity[]>): Order {
  const changes = order.lines.flatMap(({ lineId }) => releasedMoves(lineId, given.get(lineId) ?? []));
  return changes.length === 0 ? order : applyChanges(order, changes);
}
