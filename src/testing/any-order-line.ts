import {
  compare,
  decimal,
  divideExactly,
  isZero,
  multiply,
  subtract,
  sum,
  ZERO,
  type Decimal,
} from "../core/decimal.js";
import { instant } from "../core/instant.js";
import { minorUnitOf, percentOf, roundMoney } from "../core/money.js";
import { rational } from "../core/unit-conversion.js";
import { BUCKETS, SOURCED_BUCKETS, type Bucket, type ShortBucket, type SourcedBucket } from "../model/bucket.js";
import type { Currency } from "../model/ids.js";
import type { LineReservation, LineShortage, OrderLine, Quantities } from "../model/order-line.js";
import { stockSource, type StockSource } from "../model/stock.js";
import { complete, type Plain, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/** What a line holds at one place, in plain text. */
export interface AnyReservation extends StockSource {
  /** Quantity by bucket in the base unit. */
  readonly quantities: Readonly<Partial<Record<SourcedBucket, string>>>;
  /** Part of the picked quantity that stands on the vehicle, base unit. */
  readonly loaded?: string;
}

/** What a test may say about a line; the rest is filled in so that the line's laws hold. */
export interface AnyOrderLine extends PlainPart<
  Omit<OrderLine, "quantities" | "reservations" | "shortages" | "unitPrice">
> {
  /** Quantity by bucket in the base unit; without `open`, what is left of the ordered quantity is open. */
  readonly quantities?: Readonly<Partial<Record<Bucket, string>>>;
  /** Places; by default all of it stands in warehouse `NORTH`. */
  readonly reservations?: readonly AnyReservation[];
  /** Shortages; by default one found at allocation for what is back-filled and one for what is deferred. */
  readonly shortages?: readonly PlainPart<LineShortage>[];
  /** Money for one `uom`; null for a line without a price. */
  readonly unitPrice?: string | null;
}

/**
 * A line of an order: 10 pieces of `TEA` at 2.5, all of it open, unless the test says otherwise.
 *
 * **Rules**
 * 1. Buckets that are not named are empty; what is left of the ordered quantity is open. Where `open` is named and
 *    `orderedQty` is not, the sum of the buckets is what was ordered.
 * 2. Reservations and shortages follow the buckets, or the buckets follow them, whichever is given.
 * 3. Allowance and line amount follow quantity, price and discount.
 *
 * @param part what the test cares about; quantities of buckets in the base unit, `orderedQty` in `uom`
 * @param currency of the order, for the rounding of money
 * @returns the line
 * @throws RangeError when what is given contradicts itself
 *
 * **Source:** mission 5.2, 11.1
 * @example
 * ```ts
 * import { anyOrderLine } from "ordercycle/testing";
 * const line = anyOrderLine({ orderedQty: "10", quantities: { allocated: "6", backfill: "1" } });
 * [line.quantities.open, line.reservations[0]!.warehouseId, line.shortages[0]!.quantity]; // => ["3", "NORTH", "1"]
 * ```
 */
export function anyOrderLine(part: AnyOrderLine = {}, currency: Currency = "EUR"): OrderLine {
  const { quantities: _quantities, reservations: _places, shortages: _short, unitPrice: _price, ...rest } = part;
  const lineNo = part.lineNo ?? 1;
  const unitFactor = rational(part.unitFactor?.numerator ?? "1", part.unitFactor?.denominator ?? "1");
  const named = namedQuantities(part);
  const orderedQty = orderedQuantity(part, named, unitFactor);
  const quantities = filledUp(named, baseQuantity(orderedQty, unitFactor));
  const unitPrice = part.unitPrice === null ? undefined : decimal(part.unitPrice ?? "2.5");
  const gross = unitPrice === undefined ? ZERO : roundMoney(multiply(orderedQty, unitPrice), currency);
  const allowance = part.allowance === undefined ? discountOf(gross, part.discount, currency) : decimal(part.allowance);
  return complete<OrderLine>({
    lineId: `SO-1-${lineNo}`,
    itemCode: "TEA",
    itemName: "Green tea",
    transactionCategory: "sale",
    uom: "EA",
    baseUom: "EA",
    promises: [],
    partialAllowed: true,
    shortagePolicy: "leaveOpen",
    ...withDecimals(rest, ["quantum"]),
    lineNo,
    orderedQty,
    unitFactor,
    ...(unitPrice === undefined ? {} : { unitPrice }),
    allowance,
    lineAmount: part.lineAmount === undefined ? subtract(gross, allowance) : decimal(part.lineAmount),
    quantities,
    reservations: reservationsOf(part, quantities),
    shortages: [...shortagesOf(part, "backfill", quantities), ...shortagesOf(part, "deferred", quantities)],
    invoicedQty: decimal(part.invoicedQty ?? "0"),
  });
}

/** Buckets that the test names, by themselves or by what it says of places and shortages. */
function namedQuantities(part: AnyOrderLine): Partial<Record<Bucket, Decimal>> {
  const named: Partial<Record<Bucket, Decimal>> = {};
  const give = (bucket: Bucket, quantity: Decimal): void => {
    if ((named[bucket] ?? quantity) !== quantity)
      throw new RangeError(`Bucket ${bucket} is given as ${named[bucket]} and ${quantity}.`);
    named[bucket] = quantity;
  };
  for (const bucket of BUCKETS) {
    const text = part.quantities?.[bucket];
    if (text !== undefined) give(bucket, decimal(text));
  }
  if (part.reservations !== undefined) {
    for (const bucket of SOURCED_BUCKETS) {
      give(bucket, sum(part.reservations.map(({ quantities }) => decimal(quantities[bucket] ?? "0"))));
    }
  }
  if (part.shortages !== undefined) {
    for (const bucket of ["backfill", "deferred"] as const) {
      const inBucket = part.shortages.filter((shortage) => (shortage.bucket ?? "backfill") === bucket);
      give(bucket, sum(inBucket.map(({ quantity }) => decimal(quantity ?? "1"))));
    }
  }
  return named;
}

function orderedQuantity(
  part: AnyOrderLine,
  named: Partial<Record<Bucket, Decimal>>,
  factor: OrderLine["unitFactor"],
): Decimal {
  if (part.orderedQty !== undefined || named.open === undefined) return decimal(part.orderedQty ?? "10");
  const ordered = divideExactly(multiply(sum(Object.values(named)), factor.denominator), factor.numerator);
  if (ordered === undefined) throw new RangeError("The buckets cannot be written exactly in the unit of the order.");
  return ordered;
}

function baseQuantity(orderedQty: Decimal, factor: OrderLine["unitFactor"]): Decimal {
  const base = divideExactly(multiply(orderedQty, factor.numerator), factor.denominator);
  if (base === undefined) throw new RangeError("The ordered quantity cannot be written exactly in the base unit.");
  return base;
}

function filledUp(named: Partial<Record<Bucket, Decimal>>, ordered: Decimal): Quantities {
  const rest = subtract(ordered, sum(Object.values(named)));
  if (compare(rest, ZERO) < 0 || (named.open !== undefined && !isZero(rest))) {
    throw new RangeError(`The buckets do not add up to the ordered ${ordered} of the base unit.`);
  }
  const open = named.open ?? rest;
  return Object.fromEntries(
    BUCKETS.map((bucket) => [bucket, bucket === "open" ? open : (named[bucket] ?? ZERO)]),
  ) as Quantities;
}

function reservationsOf(part: AnyOrderLine, quantities: Quantities): LineReservation[] {
  const places: readonly AnyReservation[] = part.reservations ?? [{ warehouseId: "NORTH", quantities }];
  return places
    .map((place) => {
      const held = SOURCED_BUCKETS.flatMap((bucket) => {
        const quantity = decimal(place.quantities[bucket] ?? "0");
        return isZero(quantity) ? [] : [[bucket, quantity] as const];
      });
      const loaded = decimal(place.loaded ?? "0");
      return { ...stockSource(place), quantities: Object.fromEntries(held), ...(isZero(loaded) ? {} : { loaded }) };
    })
    .filter((place) => Object.keys(place.quantities).length > 0);
}

function shortagesOf(part: AnyOrderLine, bucket: ShortBucket, quantities: Quantities): LineShortage[] {
  const given: readonly PlainPart<LineShortage>[] =
    part.shortages?.map((shortage) => ({ bucket: "backfill", quantity: "1", ...shortage })) ??
    (isZero(quantities[bucket]) ? [] : [{ bucket, quantity: quantities[bucket] }]);
  return given
    .filter((shortage) => shortage.bucket === bucket)
    .map((shortage) => ({
      bucket,
      cause: shortage.cause ?? "allocation",
      quantity: decimal(shortage.quantity ?? "1"),
      since: instant(shortage.since ?? "2026-03-02T09:00:00.000Z"),
      mode: shortage.mode ?? (bucket === "backfill" ? "onArrival" : "wholeOrder"),
      reason: shortage.reason ?? "sold_out_by_earlier",
    }));
}

function discountOf(gross: Decimal, discount: Plain<OrderLine["discount"]>, currency: Currency): Decimal {
  if (discount === undefined) return ZERO;
  return discount.kind === "amount"
    ? decimal(discount.amount)
    : percentOf(gross, decimal(discount.percent), minorUnitOf(currency) ?? 2, "halfUp");
}
