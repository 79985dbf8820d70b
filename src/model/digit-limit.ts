import type { Decimal } from "../core/decimal.js";

/** The most digits that a number of a record may have, superfluous zeros left aside. */
export interface DigitLimit {
  /** Digits before the point. */
  readonly integerDigits: number;
  /** Digits after the point. */
  readonly decimals: number;
}

// Tight enough that a quantity times a price or a factor, and the sum of a list, stay within the 40 digits of a decimal.

/** Quantities, stock figures and measures. */
export const QUANTITY_DIGITS: DigitLimit = { integerDigits: 12, decimals: 6 };

/** Amounts of money and prices. */
export const MONEY_DIGITS: DigitLimit = { integerDigits: 12, decimals: 8 };

/** Percentages. */
export const PERCENT_DIGITS: DigitLimit = { integerDigits: 3, decimals: 6 };

/** Either term of a fraction in lowest terms, which is a whole number. */
export const TERM_DIGITS: DigitLimit = { integerDigits: 12, decimals: 0 };

/**
 * Says whether a number has no more digits than allowed.
 *
 * @param value the number, canonical, so that superfluous zeros do not count
 * @param limit digits allowed before and after the point
 * @returns true when it has not
 */
export function isWithinDigits(value: Decimal, limit: DigitLimit): boolean {
  const sign = value.startsWith("-") ? 1 : 0;
  const point = value.indexOf(".");
  if (point < 0) return value.length - sign <= limit.integerDigits;
  return point - sign <= limit.integerDigits && value.length - point - 1 <= limit.decimals;
}
