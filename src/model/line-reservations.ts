import { add, compare, isZero, maximum, minimum, subtract, ZERO, type Decimal } from "../core/decimal.js";
import type { SourcedBucket } from "./bucket.js";
import type { LineReservation, OrderLine } from "./order-line.js";
import { isSameSource, stockSource, type StockSource } from "./stock.js";

/**
 * Moves quantity between the buckets of a line's reservation at one place.
 *
 * @param from bucket that it leaves, undefined when it comes from no place (open, short)
 * @param to bucket that it enters, undefined when it goes to no place
 * @throws RangeError when the place does not hold that much
 */
export function moveReservation(
  line: OrderLine,
  source: StockSource,
  from: SourcedBucket | undefined,
  to: SourcedBucket | undefined,
  quantity: Decimal,
): OrderLine {
  const position = line.reservations.findIndex((reservation) => isSameSource(reservation, source));
  const existing: LineReservation = line.reservations[position] ?? { ...stockSource(source), quantities: {} };
  const next = new Map(Object.entries(existing.quantities) as [SourcedBucket, Decimal][]);
  if (from !== undefined) {
    const held = next.get(from) ?? ZERO;
    if (compare(held, quantity) < 0) {
      throw new RangeError(`Line ${line.lineId}: ${source.warehouseId} holds ${held} ${from}, not ${quantity}.`);
    }
    next.set(from, subtract(held, quantity));
  }
  if (to !== undefined) next.set(to, add(next.get(to) ?? ZERO, quantity));
  const quantities = Object.fromEntries([...next].filter(([, held]) => !isZero(held)));
  const { loaded, ...place } = existing;
  // What ships leaves the vehicle; what is put back is taken from beside the vehicle first.
  const onVehicle = loaded === undefined ? ZERO : to === "shipped" ? maximum(subtract(loaded, quantity), ZERO) : loaded;
  const stillLoaded = minimum(onVehicle, quantities.picked ?? ZERO);
  const reservation: LineReservation = {
    ...place,
    quantities,
    ...(isZero(stillLoaded) ? {} : { loaded: stillLoaded }),
  };
  const reservations = [...line.reservations];
  if (position < 0) reservations.push(reservation);
  else reservations[position] = reservation;
  return { ...line, reservations: reservations.filter((kept) => Object.keys(kept.quantities).length > 0) };
}

/**
 * Notes how much of a line's picked quantity from one place stands on the vehicle.
 *
 * @throws RangeError when more is loaded than picked
 */
export function setLoaded(line: OrderLine, source: StockSource, loaded: Decimal): OrderLine {
  const reservations = line.reservations.map((reservation) => {
    if (!isSameSource(reservation, source)) return reservation;
    if (compare(loaded, ZERO) < 0 || compare(loaded, reservation.quantities.picked ?? ZERO) > 0) {
      throw new RangeError(
        `Line ${line.lineId}: ${loaded} cannot be loaded, since ${reservation.quantities.picked ?? ZERO} is picked.`,
      );
    }
    const { loaded: _before, ...rest } = reservation;
    return isZero(loaded) ? rest : { ...rest, loaded };
  });
  if (!line.reservations.some((reservation) => isSameSource(reservation, source))) {
    throw new RangeError(`Line ${line.lineId} holds nothing at ${source.warehouseId}.`);
  }
  return { ...line, reservations };
}
