import { fromUnits, type Decimal } from "../../core/decimal.js";
import {
  compareFractions,
  fractionOf,
  fractionOfRational,
  minus,
  over,
  plus,
  reduced,
  times,
  type Fraction,
} from "../../core/fraction.js";
import type { Rational } from "../../core/unit-conversion.js";
import { isFree } from "../../model/agreed-amount.js";
import { orderedInBaseUnit } from "../../model/apply-changes.js";
import { MONEY_DIGITS } from "../../model/digit-limit.js";
import type { SubstitutePriceRule } from "../../model/item.js";
import type { OrderLine } from "../../model/order-line.js";

/** What is paid for one base unit of an item, and whether the discount of the line comes along. */
export interface PaidPrice {
  /** Money for one base unit, before the discount; undefined when it is not known. */
  readonly price: Fraction | undefined;
  /** Whether the agreed discount of the line goes on top. */
  readonly isDiscounted: boolean;
  /** Base units of the item for one base unit of the line's item. */
  readonly ratio: Fraction;
}

const NOTHING: Fraction = { top: 0n, bottom: 1n };
const HUNDRED: Fraction = { top: 100n, bottom: 1n };
const SAME: Fraction = { top: 1n, bottom: 1n };

/** What is paid for one base unit of the line's own item. */
export function paidPriceOf(line: OrderLine): PaidPrice {
  if (isFree(line)) return { price: NOTHING, isDiscounted: false, ratio: SAME };
  const { unitPrice, unitFactor } = line;
  const price = unitPrice === undefined ? undefined : over(fractionOf(unitPrice), fractionOfRational(unitFactor));
  return { price, isDiscounted: true, ratio: SAME };
}

/**
 * What is paid for one base unit of an item that steps in for another.
 *
 * **Rules**
 * 1. `own`: its own price; the discount was agreed for something else. `original`: the price of what it replaces by the
 *    ratio, and its discount. `lower`: whichever is less with the discount counted; where one is not known, the other.
 * 2. A difference is added; nothing falls below zero. What cost nothing goes on costing nothing.
 *
 * @param before what is paid for the item that it replaces
 * @param ratio base units of it for one base unit of that item
 * @param ownPrice money for one base unit of it as this customer would pay it
 *
 * **Source:** mission 5.9, 8.3
 */
export function substitutePrice(
  line: OrderLine,
  before: PaidPrice,
  ratio: Rational,
  rule: SubstitutePriceRule,
  ownPrice: Decimal | undefined,
): PaidPrice {
  const step = fractionOfRational(ratio);
  const reached = reduced(times(before.ratio, step));
  if (isFree(line)) return { ...before, ratio: reached };
  const own: PaidPrice = {
    price: ownPrice === undefined ? undefined : fractionOf(ownPrice),
    isDiscounted: false,
    ratio: reached,
  };
  const original: PaidPrice = {
    price: before.price === undefined ? undefined : reduced(over(before.price, step)),
    isDiscounted: before.isDiscounted,
    ratio: reached,
  };
  if (rule.kind === "lower") {
    if (own.price === undefined) return original;
    const rival = netPrice(line, original);
    return rival !== undefined && compareFractions(rival, own.price) <= 0 ? original : own;
  }
  const base = rule.kind === "own" ? own : original;
  if (base.price === undefined || rule.difference === undefined) return base;
  const sum = plus(base.price, fractionOf(rule.difference));
  return { ...base, price: sum.top < 0n ? NOTHING : sum };
}

/** The price of one base unit less its part of the agreed discount, at least nothing. */
export function netPrice(line: OrderLine, { price, isDiscounted, ratio }: PaidPrice): Fraction | undefined {
  const { discount } = line;
  if (price === undefined || !isDiscounted || discount === undefined) return price;
  const off =
    discount.kind === "percent"
      ? times(price, over(fractionOf(discount.percent), HUNDRED))
      : over(over(fractionOf(discount.amount), fractionOf(orderedInBaseUnit(line))), ratio);
  const rest = minus(price, off);
  return rest.top < 0n ? NOTHING : rest;
}

/** A price for one unit of an item as a decimal: rounded down at the eighth decimal where no decimal holds it. */
export function unitPriceFrom(price: Fraction, unitFactor: Rational): Decimal | undefined {
  const { top, bottom } = times(price, fractionOfRational(unitFactor));
  const units = (top * SCALE) / bottom;
  return units >= BEYOND ? undefined : fromUnits(units, MONEY_DIGITS.decimals);
}

/** A fraction rounded half away from zero; undefined beyond the digits that money may have. */
export function roundedFraction({ top, bottom }: Fraction, decimals: number): Decimal | undefined {
  const [sign, size] = top < 0n ? [-1n, -top] : [1n, top];
  const units = (2n * size * 10n ** BigInt(decimals) + bottom) / (2n * bottom);
  return units >= 10n ** BigInt(MONEY_DIGITS.integerDigits + decimals) ? undefined : fromUnits(sign * units, decimals);
}

const SCALE = 10n ** BigInt(MONEY_DIGITS.decimals);
const BEYOND = 10n ** BigInt(MONEY_DIGITS.integerDigits + MONEY_DIGITS.decimals);
