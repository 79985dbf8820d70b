import type { QuantityMoved } from "../model/change.js";
import type { LineId } from "../model/ids.js";
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
