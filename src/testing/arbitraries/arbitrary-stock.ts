import { array, constantFrom, integer, nat, tuple, uniqueArray, type Arbitrary } from "fast-check";
import { addDays, calendarDay } from "../../core/calendar-day.js";
import { fromUnits } from "../../core/decimal.js";
import { stockKey, type StockPosition, type StockSource } from "../../model/stock.js";
import { ARBITRARY_ITEMS } from "./arbitrary-item.js";

/** Bounds of an arbitrary stock. */
export interface StockBounds {
  /** Greatest number of positions; 12 when absent. */
  readonly maxPositions?: number;
  /** Greatest number of base units in each figure; 200 when absent. */
  readonly maxUnits?: number;
}

/**
 * Places of stock: three warehouses, with or without a bin, a lot, and an owner other than ourselves.
 *
 * @returns a fast-check arbitrary
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitrarySource } from "ordercycle/testing";
 * fc.sample(arbitrarySource(), 20).every(({ warehouseId }) => warehouseId !== ""); // => true
 * ```
 */
export function arbitrarySource(): Arbitrary<StockSource> {
  return tuple(
    constantFrom("NORTH", "SOUTH", "EAST"),
    constantFrom({}, {}, { binId: "B-1" }),
    constantFrom({}, {}, { lotNo: "L-1" }, { lotNo: "L-2" }),
    constantFrom({}, {}, {}, {}, {}, { owner: "C-1" }),
  ).map(([warehouseId, bin, lot, owner]) => ({ warehouseId, ...bin, ...lot, ...owner }));
}

/**
 * Stock of the items of {@link arbitraryItem} over three warehouses, with bins, lots with dates, goods of other owners
 * and held goods; each place once and every position sound. What is reserved, picked and in transit belongs to no order:
 * for stock that agrees with orders see {@link arbitraryWorld}.
 *
 * @param bounds number and size of the positions
 * @returns a fast-check arbitrary
 *
 * **Source:** mission 5.11
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitraryStock, checkStockLaws } from "ordercycle/testing";
 * fc.sample(arbitraryStock(), 50).flatMap((stock) => checkStockLaws(stock)); // => []
 * ```
 */
export function arbitraryStock({ maxPositions = 12, maxUnits = 200 }: StockBounds = {}): Arbitrary<StockPosition[]> {
  const quantity = nat({ max: maxUnits });
  const position = tuple(
    constantFrom(...ARBITRARY_ITEMS),
    arbitrarySource(),
    array(quantity, { minLength: 6, maxLength: 6 }),
    lotDates(),
    constantFrom({}, {}, {}, { condition: "held" as const }, { condition: "available" as const }),
  ).map(([{ itemCode }, source, figures, dates, condition]): StockPosition => {
    const [free = 0, allocated = 0, picked = 0, inTransit = 0, inbound = 0, onOrder = 0] = figures;
    return {
      itemCode,
      ...source,
      onHand: fromUnits(free + allocated + picked, 0),
      reserved: fromUnits(allocated + picked, 0),
      picked: fromUnits(picked, 0),
      inTransit: fromUnits(inTransit, 0),
      inbound: fromUnits(inbound, 0),
      onOrder: fromUnits(onOrder, 0),
      ...dates,
      ...condition,
    };
  });
  return uniqueArray(position, {
    maxLength: maxPositions,
    selector: (candidate) => stockKey(candidate.itemCode, candidate),
  });
}

/** Days of receipt and expiry of a lot, each of which may be unknown. */
function lotDates(): Arbitrary<Pick<StockPosition, "receivedOn" | "expiresOn">> {
  const begin = calendarDay("2026-01-01");
  return tuple(nat({ max: 90 }), integer({ min: 0, max: 200 }), nat({ max: 3 })).map(([received, life, known]) => ({
    ...(known % 2 === 0 ? {} : { receivedOn: addDays(begin, received) }),
    ...(known < 2 ? {} : { expiresOn: addDays(begin, received + life) }),
  }));
}
