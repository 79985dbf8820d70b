import { daysInMonth } from "../../core/calendar-day.js";

/** The place of a day that is not there: after every other. */
export const NO_DAY: number = 10_000 * 372;

/**
 * A number that ranks days, read without looking at more than their ten characters.
 *
 * @returns {@link NO_DAY} for what is absent, NaN for what is no day
 */
export function dayRank(value: unknown): number {
  if (value === undefined || value === null) return NO_DAY;
  if (typeof value !== "string" || value.length !== 10) return Number.NaN;
  if (value.charCodeAt(4) !== MINUS || value.charCodeAt(7) !== MINUS) return Number.NaN;
  const year = pairAt(value, 0) * 100 + pairAt(value, 2);
  const month = pairAt(value, 5);
  const day = pairAt(value, 8);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  if (day > 28 && day > daysInMonth(year, month)) return Number.NaN;
  return year * 372 + (month - 1) * 31 + day - 1;
}

const MINUS = 45;
const DIGIT_ZERO = 48;

/** Two digits; NaN where they are none. */
function pairAt(text: string, index: number): number {
  const tens = text.charCodeAt(index) - DIGIT_ZERO;
  const ones = text.charCodeAt(index + 1) - DIGIT_ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
