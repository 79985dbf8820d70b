import type { CalendarDay } from "../core/calendar-day.js";
import { compare, type Decimal } from "../core/decimal.js";
import { convertQuantity, rational, toExactDecimal, type Rational } from "../core/unit-conversion.js";
import type { Currency, Uom } from "../model/ids.js";
import type { PriceEntry } from "../model/item.js";
import type { OrderHeader } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";

/** The line that a price is sought for. */
export interface PriceQuery {
  /** Day on which the price must hold. */
  readonly day: CalendarDay;
  /** Currency of the order. */
  readonly currency: Currency;
  /** Unit of the order. */
  readonly uom: Uom;
  /** The item's base unit. */
  readonly baseUom: Uom;
  /** Base units in one `uom`. */
  readonly unitFactor: Rational;
  /** Ordered quantity in `uom`. */
  readonly quantity: Decimal;
  /** Type of the customer. */
  readonly customerType?: string;
  /** Payment term of the order. */
  readonly paymentTerm?: string;
}

/** The price that was found, or why there is none. */
export type PriceFinding =
  | {
      readonly kind: "found";
      /** Money for one `uom` of the query. */ readonly unitPrice: Decimal;
      /** Least money for one `uom` of the query, where the entry names it. */ readonly floorPrice?: Decimal;
      readonly entry: PriceEntry;
    }
  | { readonly kind: "none" }
  | { readonly kind: "ambiguous"; /** Entries that fit equally well. */ readonly entries: readonly PriceEntry[] };

/**
 * Finds the price of an item in its price structure.
 *
 * **Rules**
 * 1. An entry fits when currency, day (first day inclusive, last exclusive), quantity, customer type and payment term do;
 *    what an entry leaves open fits everything.
 * 2. The most specific entry wins: customer type, payment term and a validity each count one; among equals the higher
 *    quantity step wins.
 * 3. Two entries that fit equally well are an error, never a choice.
 * 4. A price in the unit of the order comes before one in the base unit, which is multiplied exactly.
 *
 * @param entries prices of one item
 * @returns the price for one unit of the order, that there is none, or the entries that contradict each other
 *
 * **Source:** mission 3.6, 2.5
 * @example
 * ```ts
 * import { decimal, findPrice, calendarDay, rational } from "ordercycle";
 * const entry = { itemCode: "TEA", uom: "EA", currency: "EUR" };
 * const prices = [
 *   { ...entry, unitPrice: decimal("2.50") },
 *   { ...entry, unitPrice: decimal("2.30"), customerType: "retailer" },
 * ];
 * const query = { day: calendarDay("2026-03-02"), currency: "EUR", uom: "CS", baseUom: "EA", unitFactor: rational("12", "1"), quantity: decimal("2"), customerType: "retailer" };
 * const found = findPrice(prices, query);
 * found.kind === "found" && found.unitPrice; // => "27.6"
 * ```
 */
export function findPrice(entries: readonly PriceEntry[], query: PriceQuery): PriceFinding {
  const inUnit = best(entries, query, { uom: query.uom, factor: ONE_TO_ONE });
  if (inUnit.kind !== "none" || query.uom === query.baseUom) return inUnit;
  return best(entries, query, { uom: query.baseUom, factor: query.unitFactor });
}

/** Builds the question for the price of an order line. */
export function priceQuery(header: OrderHeader, line: OrderLine): PriceQuery {
  return {
    day: header.orderDate,
    currency: header.currency,
    uom: line.uom,
    baseUom: line.baseUom,
    unitFactor: line.unitFactor,
    quantity: line.orderedQty,
    ...(header.customerType === undefined ? {} : { customerType: header.customerType }),
    ...(header.paymentTerm === undefined ? {} : { paymentTerm: header.paymentTerm }),
  };
}

const ONE_TO_ONE: Rational = /* @__PURE__ */ (() => rational("1", "1"))();

function best(
  entries: readonly PriceEntry[],
  query: PriceQuery,
  unit: { readonly uom: Uom; readonly factor: Rational },
): PriceFinding {
  const quantity = toExactDecimal(convertQuantity(query.quantity, unit.factor));
  if (quantity === undefined) return { kind: "none" };
  let winners: PriceEntry[] = [];
  for (const entry of entries) {
    if (entry.uom !== unit.uom || !fits(entry, query, quantity)) continue;
    const order = winners[0] === undefined ? 1 : compareFit(entry, winners[0]);
    if (order > 0) winners = [entry];
    else if (order === 0) winners.push(entry);
  }
  const [winner, rival] = winners;
  if (winner === undefined) return { kind: "none" };
  if (rival !== undefined) return { kind: "ambiguous", entries: winners };
  const unitPrice = toExactDecimal(convertQuantity(winner.unitPrice, unit.factor));
  if (unitPrice === undefined) return { kind: "none" };
  const { floorPrice: floor } = winner;
  const floorPrice = floor === undefined ? undefined : toExactDecimal(convertQuantity(floor, unit.factor));
  return { kind: "found", unitPrice, ...(floorPrice === undefined ? {} : { floorPrice }), entry: winner };
}

function fits(entry: PriceEntry, query: PriceQuery, quantity: Decimal): boolean {
  return (
    entry.currency === query.currency &&
    (entry.customerType === undefined || entry.customerType === query.customerType) &&
    (entry.paymentTerm === undefined || entry.paymentTerm === query.paymentTerm) &&
    (entry.validFrom === undefined || entry.validFrom <= query.day) &&
    (entry.validTo === undefined || query.day < entry.validTo) &&
    (entry.minQuantity === undefined || compare(quantity, entry.minQuantity) >= 0)
  );
}

function compareFit(a: PriceEntry, b: PriceEntry): number {
  return specificity(a) - specificity(b) || compareStep(a.minQuantity, b.minQuantity);
}

function specificity({ customerType, paymentTerm, validFrom, validTo }: PriceEntry): number {
  const isDated = validFrom !== undefined || validTo !== undefined;
  return [customerType !== undefined, paymentTerm !== undefined, isDated].filter(Boolean).length;
}

function compareStep(a: Decimal | undefined, b: Decimal | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  return compare(a, b);
}
