import {
  bigPowerOfTen,
  bigUnitsAt,
  powerOfTen,
  safeUnitsAt,
  scaleOf,
  textOfBigUnits,
  textOfUnits,
} from "./decimal-kernel.js";
import { type Decimal, checkScale } from "./decimal-text.js";

/**
 * How a number that lies between two representable ones is rounded.
 *
 * | mode | nearest, and a tie goes … | 2.5 | -2.5 | 2.4 | -2.4 |
 * |---|---|---|---|---|---|
 * | `halfUp` | away from zero (the usual commercial rounding) | 3 | -3 | 2 | -2 |
 * | `halfEven` | to the even neighbour (bankers' rounding) | 2 | -2 | 2 | -2 |
 * | `halfDown` | towards zero | 2 | -2 | 2 | -2 |
 * | `up` | never nearest: always away from zero | 3 | -3 | 3 | -3 |
 * | `down` | never nearest: always towards zero | 2 | -2 | 2 | -2 |
 * | `ceiling` | never nearest: always to the greater | 3 | -2 | 3 | -2 |
 * | `floor` | never nearest: always to the lesser | 2 | -3 | 2 | -3 |
 */
export type RoundingMode = "halfUp" | "halfEven" | "halfDown" | "up" | "down" | "ceiling" | "floor";

/** All rounding modes. */
export const ROUNDING_MODES: readonly RoundingMode[] = [
  "halfUp",
  "halfEven",
  "halfDown",
  "up",
  "down",
  "ceiling",
  "floor",
];

/**
 * Rounds a number to a given number of decimals.
 *
 * **Rules**
 * 1. Rounds once, from the exact value, by the mode's row in the table of `RoundingMode`.
 * 2. A value that already fits is returned as it is.
 *
 * @param value - the number
 * @param decimals - digits after the point to keep, 0 to 20
 * @param mode - how to round
 * @returns the rounded number
 * @throws RangeError when the result lies outside the domain, the mode is unknown, or `decimals` is not a whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, round } from "ordercycle";
 *
 * round(decimal("2.345"), 2, "halfUp"); // => "2.35"
 * round(decimal("-2.345"), 2, "halfEven"); // => "-2.34"
 * ```
 */
export function round(value: Decimal, decimals: number, mode: RoundingMode): Decimal {
  checkScale(decimals);
  const scale = scaleOf(value);
  if (scale <= decimals) return value;
  return roundUnits(safeUnitsAt(value, scale), value, scale, decimals, mode);
}

/**
 * The product of two numbers, rounded once.
 *
 * **Rules**
 * 1. The product is exact inside, even where it would not fit into a decimal; only the result must.
 *
 * @param left - a factor
 * @param right - a factor
 * @param decimals - digits after the point to keep, 0 to 20
 * @param mode - how to round
 * @returns the rounded product
 * @throws RangeError when the result lies outside the domain, the mode is unknown, or `decimals` is not a whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, multiplyRound } from "ordercycle";
 *
 * multiplyRound(decimal("19.99"), decimal("0.75"), 2, "halfUp"); // => "14.99"
 * ```
 */
export function multiplyRound(left: Decimal, right: Decimal, decimals: number, mode: RoundingMode): Decimal {
  return multiplyShiftRound(left, right, 0, decimals, mode);
}

/**
 * left × right × 10^-shift, rounded once.
 *
 * @param left - a factor
 * @param right - a factor
 * @param shift - how many places to move the point to the left, 0 or more; 2 for per cent
 * @param decimals - digits after the point to keep, 0 to 20
 * @param mode - how to round
 * @returns the rounded product
 * @internal
 */
export function multiplyShiftRound(
  left: Decimal,
  right: Decimal,
  shift: number,
  decimals: number,
  mode: RoundingMode,
): Decimal {
  checkScale(decimals);
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  const scale = leftScale + rightScale + shift;
  const excess = scale - decimals;
  const product = safeUnitsAt(left, leftScale) * safeUnitsAt(right, rightScale);
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) {
    if (excess <= 0) return textOfUnits(product, scale);
    const divisor = powerOfTen(excess);
    if (!Number.isNaN(divisor)) return textOfUnits(roundedQuotient(product, divisor, mode), decimals);
  }
  const exact = bigUnitsAt(left, leftScale) * bigUnitsAt(right, rightScale);
  if (excess <= 0) return textOfBigUnits(exact, scale);
  return textOfBigUnits(roundedBigQuotient(exact, bigPowerOfTen(excess), mode), decimals);
}

/**
 * dividend ÷ divisor as a whole number.
 *
 * @param dividend - a safe integer
 * @param divisor - a positive whole number that a JavaScript number holds exactly
 * @param mode - how to round
 * @returns the rounded quotient, never -0
 * @internal
 */
export function roundedQuotient(dividend: number, divisor: number, mode: RoundingMode): number {
  const magnitude = Math.abs(dividend);
  // Exact for safe integers: no quotient lies close enough below a whole number to be rounded up to it.
  const quotient = Math.floor(magnitude / divisor);
  const remainder = magnitude - quotient * divisor;
  const twice = remainder * 2;
  const half = twice > divisor ? 1 : twice < divisor ? -1 : 0;
  const up = remainder !== 0 && roundsAway(mode, dividend < 0, quotient, half);
  const result = up ? quotient + 1 : quotient;
  return dividend < 0 && result !== 0 ? -result : result;
}

/**
 * dividend ÷ divisor as a whole number, for bigints.
 *
 * @param dividend - any bigint
 * @param divisor - a positive bigint
 * @param mode - how to round
 * @returns the rounded quotient
 * @internal
 */
export function roundedBigQuotient(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const negative = dividend < 0n;
  const magnitude = negative ? -dividend : dividend;
  const quotient = magnitude / divisor;
  const remainder = magnitude - quotient * divisor;
  const twice = remainder * 2n;
  const half = twice > divisor ? 1 : twice < divisor ? -1 : 0;
  const up = remainder !== 0n && roundsAway(mode, negative, quotient, half);
  const result = up ? quotient + 1n : quotient;
  return negative ? -result : result;
}

function roundUnits(units: number, value: Decimal, scale: number, decimals: number, mode: RoundingMode): Decimal {
  const excess = scale - decimals;
  if (!Number.isNaN(units)) return textOfUnits(roundedQuotient(units, powerOfTen(excess), mode), decimals);
  return textOfBigUnits(roundedBigQuotient(bigUnitsAt(value, scale), bigPowerOfTen(excess), mode), decimals);
}

/** Whether a magnitude between two whole numbers goes to the greater one; `half` compares the fraction with one half. */
function roundsAway(mode: RoundingMode, negative: boolean, quotient: number | bigint, half: -1 | 0 | 1): boolean {
  switch (mode) {
    case "halfUp":
      return half >= 0;
    case "halfEven":
      return half > 0 || (half === 0 && isOdd(quotient));
    case "halfDown":
      return half > 0;
    case "up":
      return true;
    case "down":
      return false;
    case "ceiling":
      return !negative;
    case "floor":
      return negative;
    default:
      throw new RangeError(`Unknown rounding mode: ${String(mode)}`);
  }
}

function isOdd(quotient: number | bigint): boolean {
  if (typeof quotient === "bigint") return (quotient & 1n) === 1n;
  // Not %, which engines compute by a slow library call beyond 32 bits.
  return Math.floor(quotient / 2) * 2 !== quotient;
}
