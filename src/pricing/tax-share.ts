import {
  add,
  compare,
  decimal,
  multiply,
  multiplyDivide,
  multiplyRound,
  subtract,
  type Decimal,
  type RoundingMode,
} from "../core/decimal.js";

/** An amount with the tax that belongs to it; `withoutTax` + `tax` = `withTax`. */
export interface TaxShare {
  /** Amount without tax. */
  readonly withoutTax: Decimal;
  /** Tax. */
  readonly tax: Decimal;
  /** Amount with tax. */
  readonly withTax: Decimal;
}

/** How tax is worked out. */
export interface TaxSetting {
  /** Whether the amount holds its tax. */
  readonly prices: "taxInclusive" | "taxExclusive";
  /** Decimals of the currency. */
  readonly decimals: number;
  /** How halves are rounded. */
  readonly rounding: RoundingMode;
}

const HUNDRED: Decimal = /* @__PURE__ */ decimal("100");

/**
 * Works out the tax of an amount after discounts, from prices that hold their tax or from prices that do not.
 *
 * **Rules**
 * 1. The tax is rounded once; the other part is the difference, so that the parts sum to the whole exactly.
 * 2. 100 % off leaves an amount of zero and a tax of zero.
 *
 * @param amount what is left to pay of a line, or of all lines of one rate
 * @param ratePercent tax rate in percent, not negative
 * @returns amount without tax, tax, amount with tax
 * @throws RangeError for a rate below zero
 *
 * **Source:** mission 6.6
 * @example
 * ```ts
 * import { decimal, taxShare } from "ordercycle";
 * taxShare(decimal("9.99"), decimal("19"), { prices: "taxInclusive", decimals: 2, rounding: "halfUp" }).tax; // => "1.6"
 * taxShare(decimal("8.39"), decimal("19"), { prices: "taxExclusive", decimals: 2, rounding: "halfUp" }).withTax; // => "9.98"
 * ```
 */
export function taxShare(amount: Decimal, ratePercent: Decimal, { prices, decimals, rounding }: TaxSetting): TaxShare {
  if (compare(ratePercent, decimal("0")) < 0) throw new RangeError(`A tax rate cannot be ${ratePercent}.`);
  if (prices === "taxInclusive") {
    const tax = multiplyDivide(amount, ratePercent, add(HUNDRED, ratePercent), decimals, rounding);
    return { withoutTax: subtract(amount, tax), tax, withTax: amount };
  }
  const tax = multiplyRound(amount, multiply(ratePercent, decimal("0.01")), decimals, rounding);
  return { withoutTax: amount, tax, withTax: add(amount, tax) };
}
