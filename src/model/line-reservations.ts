import { add, compare, isZero, maximum, minimum, subtract, ZERO, type Decimal } from "../core/decimal.js";
import { SOURCED_BUCKETS, type SourcedBucket } from "./bucket.js";
import type { ItemCode, LineId } from "./ids.js";
import type { LineReservation, OrderLine } from "./order-line.js";
import { stockKey, stockSource, type StockSource } from "./stock.js";

/** A line's reservations while they are being written, by place, so that a line over many lots stays cheap. */
export interface ReservationBook {
  /** The line, for messages. */
  readonly lineId: LineId;
  /** Its item. */
  readonly itemCode: ItemCode;
  /** Reservation by the key of its place, in the order in which they were made. */
  readonly byPlace: Map<string, LineReservation>;
}

/** Opens a line's reservations for writing. */
export function openReservations({ lineId, itemCode, reservations }: OrderLine): ReservationBook {
  const byPlace = new Map(reservations.map((reservation) => [stockKey(itemCode, reservation), reservation]));
  return { lineId, itemCode, byPlace };
}

/** The reservations as they were written. */
export function closeReservations({ byPlace }: ReservationBook): LineReservation[] {
  return [...byPlace.values()];
}

/** Quantity that moves between the buckets of a reservation at one place. */
export interface ReservationMove {
  /** Place. */
  readonly source: StockSource;
  /** Bucket that it leaves; undefined when it comes from no place (open, short). */
  readonly from: SourcedBucket | undefined;
  /** Bucket that it enters; undefined when it goes to no place. */
  readonly to: SourcedBucket | undefined;
  /** Quantity. */
  readonly quantity: Decimal;
}

/**
 * Moves quantity between the buckets of a line's reservation at one place.
 *
 * @throws RangeError when the place does not hold that much
 */
export function moveReserved(book: ReservationBook, { source, from, to, quantity }: ReservationMove): void {
  const key = stockKey(book.itemCode, source);
  const existing = book.byPlace.get(key);
  const held = from === undefined ? ZERO : (existing?.quantities[from] ?? ZERO);
  if (from !== undefined && compare(held, quantity) < 0) {
    throw new RangeError(`Line ${book.lineId}: ${source.warehouseId} holds ${held} ${from}, not ${quantity}.`);
  }
  const quantities: Partial<Record<SourcedBucket, Decimal>> = {};
  let isEmpty = true;
  for (const bucket of SOURCED_BUCKETS) {
    let next = existing?.quantities[bucket] ?? ZERO;
    if (bucket === from) next = subtract(next, quantity);
    if (bucket === to) next = add(next, quantity);
    if (isZero(next)) continue;
    quantities[bucket] = next;
    isEmpty = false;
  }
  if (isEmpty) {
    book.byPlace.delete(key);
    return;
  }
  const loaded = existing?.loaded ?? ZERO;
  // What ships leaves the vehicle; what is put back is taken from beside the vehicle first.
  const onVehicle = to === "shipped" ? maximum(subtract(loaded, quantity), ZERO) : loaded;
  const stillLoaded = minimum(onVehicle, quantities.picked ?? ZERO);
  const place = stockSource(existing ?? source);
  book.byPlace.set(key, isZero(stillLoaded) ? { ...place, quantities } : { ...place, quantities, loaded: stillLoaded });
}

/**
 * Notes how much of a line's picked quantity from one place stands on the vehicle.
 *
 * @throws RangeError when more is loaded than picked
 */
export function setLoaded(book: ReservationBook, source: StockSource, loaded: Decimal): void {
  const key = stockKey(book.itemCode, source);
  const reservation = book.byPlace.get(key);
  if (reservation === undefined) throw new RangeError(`Line ${book.lineId} holds nothing at ${source.warehouseId}.`);
  const picked = reservation.quantities.picked ?? ZERO;
  if (compare(loaded, ZERO) < 0 || compare(loaded, picked) > 0) {
    throw new RangeError(`Line ${book.lineId}: ${loaded} cannot be loaded, since ${picked} is picked.`);
  }
  const { loaded: _before, ...rest } = reservation;
  book.byPlace.set(key, isZero(loaded) ? rest : { ...rest, loaded });
}
