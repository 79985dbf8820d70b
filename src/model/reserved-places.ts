import { isPositive, minimum, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { SourcedBucket } from "./bucket.js";
import type { OrderLine } from "./order-line.js";
import { stockSource, type StockSource } from "./stock.js";

/** A quantity at a place. */
export interface PlacedQuantity {
  /** Place. */
  readonly source: StockSource;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/**
 * Spreads a quantity of a bucket over the places where a line has it.
 *
 * @param start which of the places gives first: the one that was reserved first, or the one that was reserved last
 * @returns a part for each place that gives any, together the quantity or all that is there
 */
export function reservedPlaces(
  { reservations }: OrderLine,
  bucket: SourcedBucket,
  quantity: Decimal,
  start: "first" | "last",
): PlacedQuantity[] {
  const places = reservations.map((reservation) => ({
    source: stockSource(reservation),
    quantity: reservation.quantities[bucket] ?? ZERO,
  }));
  return firstOf(start === "first" ? places : places.reverse(), quantity);
}

/**
 * Takes a quantity from places, the first in front, as far as they have it.
 *
 * @param places with what each has, none of it negative
 * @returns those that give something, with what they give
 */
export function firstOf<Place extends PlacedQuantity>(places: readonly Place[], quantity: Decimal): Place[] {
  let rest = quantity;
  return places.flatMap((place) => {
    const part = minimum(rest, place.quantity);
    rest = subtract(rest, part);
    return isPositive(part) ? [{ ...place, quantity: part }] : [];
  });
}

/** Sums quantities at places. @internal */
export function placedTotal(places: readonly PlacedQuantity[]): Decimal {
  return sum(places.map(({ quantity }) => quantity));
}
