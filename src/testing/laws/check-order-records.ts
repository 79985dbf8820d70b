import { compare, isPositive, sum, ZERO } from "../../core/decimal.js";
import { SOURCED_BUCKETS, type SourcedBucket } from "../../model/bucket.js";
import type { Order } from "../../model/order.js";
import type { LineReservation, OrderLine } from "../../model/order-line.js";
import { statusOf } from "../../model/status-of.js";
import { stockKey } from "../../model/stock.js";
import { mustEqual, mustHold, type LawViolation } from "./law-violation.js";

/**
 * Checks that what an order records besides its buckets agrees with them.
 *
 * **Rules**
 * 1. Over the places of a line, what is allocated, picked, shipped, delivered and returned sums to the line's buckets;
 *    each place is listed once, holds something, and never nothing of a bucket that it names.
 * 2. What stands on the vehicle is part of what is picked at the same place.
 * 3. Recorded shortages sum to the buckets `backfill` and `deferred`, and each is positive.
 * 4. The status is that of `statusOf`; line ids and hold ids are unique.
 *
 * @param order any order
 * @returns every violation; empty when the laws hold
 *
 * **Source:** mission 11.1, 12.2a
 * @example
 * ```ts
 * import { anyOrder, checkOrderRecords } from "ordercycle/testing";
 * checkOrderRecords(anyOrder({ lines: [{ quantities: { allocated: "3", backfill: "2" } }] })); // => []
 * ```
 */
export function checkOrderRecords(order: Order): LawViolation[] {
  const { orderNo, lines, holds, status } = order;
  return [
    ...lines.flatMap((line) => [...checkPlaces(line), ...checkShortages(line)]),
    ...mustEqual("the status follows from stage, buckets and money", orderNo, statusOf(order), status),
    ...mustHold({
      law: "line ids are unique",
      at: orderNo,
      found: "a line id twice",
      holds: isUnique(lines.map(({ lineId }) => lineId)),
    }),
    ...mustHold({
      law: "hold ids are unique",
      at: orderNo,
      found: "a hold id twice",
      holds: isUnique(holds.map(({ holdId }) => holdId)),
    }),
  ];
}

function checkPlaces(line: OrderLine): LawViolation[] {
  const { lineId, itemCode, reservations, quantities } = line;
  const places = reservations.map((reservation) => stockKey(itemCode, reservation));
  return [
    ...SOURCED_BUCKETS.flatMap((bucket) => {
      const held = sum(reservations.map((reservation) => reservation.quantities[bucket] ?? ZERO));
      return mustEqual(`Σ ${bucket} over places = bucket ${bucket}`, lineId, quantities[bucket], held);
    }),
    ...mustHold({ law: "each place is listed once", at: lineId, found: places.join(" | "), holds: isUnique(places) }),
    ...reservations.flatMap((reservation) => checkPlace(line, reservation)),
  ];
}

function checkPlace({ lineId }: OrderLine, { warehouseId, quantities, loaded }: LineReservation): LawViolation[] {
  const at = `${lineId} at ${warehouseId}`;
  const held = Object.entries(quantities) as [SourcedBucket, (typeof quantities)["picked"]][];
  return [
    ...mustHold({ law: "a place holds something", at, found: "nothing", holds: held.length > 0 }),
    ...held.flatMap(([bucket, quantity]) =>
      mustHold({
        law: "what a place names is positive",
        at: `${at} ${bucket}`,
        found: String(quantity),
        holds: quantity !== undefined && isPositive(quantity),
      }),
    ),
    ...(loaded === undefined
      ? []
      : mustHold({
          law: "0 < loaded ≤ picked",
          at,
          found: loaded,
          holds: isPositive(loaded) && compare(loaded, quantities.picked ?? ZERO) <= 0,
        })),
  ];
}

function checkShortages({ lineId, shortages, quantities }: OrderLine): LawViolation[] {
  return [
    ...(["backfill", "deferred"] as const).flatMap((bucket) => {
      const recorded = sum(shortages.filter((shortage) => shortage.bucket === bucket).map(({ quantity }) => quantity));
      return mustEqual(`Σ shortages in ${bucket} = bucket ${bucket}`, lineId, quantities[bucket], recorded);
    }),
    ...shortages.flatMap(({ quantity }) =>
      mustHold({ law: "a shortage is positive", at: lineId, found: quantity, holds: isPositive(quantity) }),
    ),
  ];
}

function isUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
