import { isZero, minimum, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { placedTotal } from "../../model/reserved-places.js";
import type { HeldQuantity } from "./order-demands.js";

/** What a line gives back and takes. @internal */
export interface LineMoves {
  /** Places that it gives up. */
  readonly released: readonly HeldQuantity[];
  /** Places that it takes. */
  readonly taken: readonly HeldQuantity[];
}

/** What lines give back and take, by their ids. @internal */
export type MovesByLine = ReadonlyMap<string, LineMoves>;

/** What a line gives up and takes without what it gives up and takes again at the same place. @internal */
export function netMoves(released: readonly HeldQuantity[], taken: readonly HeldQuantity[]): LineMoves {
  if (released.length === 0 || taken.length === 0) return { released, taken };
  const back = new Map<string, Decimal>();
  const again = groupedBy(taken, ({ key }) => key);
  for (const { key, quantity } of released) back.set(key, minimum(quantity, placedTotal(again.get(key) ?? [])));
  const without = (places: readonly HeldQuantity[]): readonly HeldQuantity[] => {
    const gone = new Map(back);
    return places.flatMap((place): HeldQuantity[] => {
      const less = minimum(place.quantity, gone.get(place.key) ?? ZERO);
      gone.set(place.key, subtract(gone.get(place.key) ?? ZERO, less));
      const quantity = subtract(place.quantity, less);
      return isZero(quantity) ? [] : [{ ...place, quantity }];
    });
  };
  return { released: without(released), taken: without(taken) };
}
