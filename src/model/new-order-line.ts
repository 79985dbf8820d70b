import { ONE, ZERO, type Decimal } from "../core/decimal.js";
import { conversionBetween, convertQuantity, toExactDecimal, type Rational } from "../core/unit-conversion.js";
import { BUCKETS } from "./bucket.js";
import { isWithinDigits, QUANTITY_DIGITS } from "./digit-limit.js";
import type { Uom } from "./ids.js";
import type { Item } from "./item.js";
import type { OrderLine, Quantities } from "./order-line.js";

/** A quantity of an item in the unit of an order, brought to the item's base unit. */
export type BaseQuantity =
  | { readonly kind: "exact"; readonly factor: Rational; readonly quantity: Decimal }
  | { readonly kind: "unknown_unit"; readonly known: readonly Uom[] }
  | { readonly kind: "not_exact" }
  | { readonly kind: "out_of_range"; readonly quantity: Decimal };

/** Brings a quantity to the base unit of its item, exactly or not at all. */
export function baseQuantityOf(item: Item, quantity: Decimal, uom: Uom): BaseQuantity {
  const factor = conversionBetween([{ uom: item.baseUom, factor: WHOLE }, ...(item.units ?? [])], uom, item.baseUom);
  if (factor === undefined) {
    return { kind: "unknown_unit", known: [item.baseUom, ...(item.units ?? []).map((unit) => unit.uom)] };
  }
  const base = toExactDecimal(convertQuantity(quantity, factor));
  if (base === undefined) return { kind: "not_exact" };
  if (!isWithinDigits(base, QUANTITY_DIGITS)) return { kind: "out_of_range", quantity: base };
  return { kind: "exact", factor, quantity: base };
}

const WHOLE: Rational = { numerator: ONE, denominator: ONE };

/** What of a new line its item does not say. */
export type NewLineTerms = Pick<
  OrderLine,
  "lineId" | "lineNo" | "transactionCategory" | "orderedQty" | "uom" | "partialAllowed" | "shortagePolicy"
> &
  Partial<
    Pick<
      OrderLine,
      | "itemName"
      | "unitPrice"
      | "priceAgreed"
      | "discount"
      | "giftOf"
      | "shortageOffers"
      | "minimumRemainingLifeDays"
      | "deliveryGroup"
      | "lotNo"
      | "oneLotOnly"
    >
  >;

/** A line as it begins: open, not priced, nothing reserved. */
export function newOrderLine(
  item: Item,
  base: Extract<BaseQuantity, { kind: "exact" }>,
  terms: NewLineTerms,
): OrderLine {
  const { itemName, unitPrice, priceAgreed, discount, giftOf, shortageOffers } = terms;
  const { minimumRemainingLifeDays, deliveryGroup, lotNo, oneLotOnly } = terms;
  return {
    lineId: terms.lineId,
    lineNo: terms.lineNo,
    itemCode: item.itemCode,
    itemName: itemName ?? item.name,
    ...(item.spec === undefined ? {} : { itemSpec: item.spec }),
    transactionCategory: terms.transactionCategory,
    orderedQty: terms.orderedQty,
    uom: terms.uom,
    unitFactor: base.factor,
    baseUom: item.baseUom,
    ...(item.quantum === undefined ? {} : { quantum: item.quantum }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(priceAgreed === undefined ? {} : { priceAgreed }),
    ...(discount === undefined ? {} : { discount }),
    allowance: ZERO,
    lineAmount: ZERO,
    ...(giftOf === undefined ? {} : { giftOf }),
    quantities: { ...NOTHING, open: base.quantity },
    reservations: [],
    shortages: [],
    promises: [],
    invoicedQty: ZERO,
    partialAllowed: terms.partialAllowed,
    shortagePolicy: terms.shortagePolicy,
    ...(shortageOffers === undefined ? {} : { shortageOffers }),
    ...(minimumRemainingLifeDays === undefined ? {} : { minimumRemainingLifeDays }),
    ...(item.temperatureClass === undefined ? {} : { temperatureClass: item.temperatureClass }),
    ...(deliveryGroup === undefined ? {} : { deliveryGroup }),
    ...(lotNo === undefined ? {} : { lotNo }),
    ...(oneLotOnly === undefined ? {} : { oneLotOnly }),
  };
}

const NOTHING: Quantities = /* @__PURE__ */ (() =>
  Object.fromEntries(BUCKETS.map((bucket) => [bucket, ZERO])) as unknown as Quantities)();
