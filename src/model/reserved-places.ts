import { isPositive, minimum, subtract, ZERO, type Decimal } from "../core/decimal.js";
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
  const parts: PlacedQuantity[] = [];
  let rest = quantity;
  for (const reservation of start === "first" ? reservations : [...reservations].reverse()) {
    const part = minimum(rest, reservation.quantities[bucket] ?? ZERO);
    rest = subtract(rest, part);
    if (isPositive(part)) parts.push({ source: stockSource(reservation), quantity: part });
  }
  return parts;
}
