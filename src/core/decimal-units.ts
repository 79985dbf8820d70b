import { bigUnitsAt, safeUnitsAt, scaleOf, textOfBigUnits, textOfUnits } from "./decimal-kernel.js";
import { type RoundingMode, roundedBigQuotient, roundedQuotient } from "./decimal-rounding.js";
import { type Decimal, checkScale } from "./decimal-text.js";

export { scaleOf } from "./decimal-kernel.js";

/**
 * The value as a whole number of units of 10^-scale, exactly, for arithmetic in bulk.
 *
 * @param value - the number
 * @param scale - digits after the point that one unit stands for, 0 to 20; 2 counts hundredths
 * @returns the units
 * @throws RangeError when the value has more decimals than `scale`, or `scale` is not a whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, toUnits } from "ordercycle";
 *
 * toUnits(decimal("12.5"), 2) === 1250n; // => true
 * ```
 */
export function toUnits(value: Decimal, scale: number): bigint {
  checkScale(scale);
  if (scaleOf(value) > scale) throw new RangeError(`${value} has more than ${scale} decimals.`);
  return bigUnitsAt(value, scale);
}

/**
 * The value as a safe integer of units of 10^-scale, or undefined where only a bigint would be exact.
 *
 * @param value - the number
 * @param scale - digits after the point that one unit stands for, 0 to 20; 2 counts hundredths
 * @returns the units; undefined when they exceed 2^53 - 1 or the value has more decimals than `scale`
 * @throws RangeError when `scale` is not a whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, toSafeUnits } from "ordercycle";
 *
 * toSafeUnits(decimal("12.5"), 2); // => 1250
 * toSafeUnits(decimal("12.5"), 0); // => undefined
 * ```
 */
export function toSafeUnits(value: Decimal, scale: number): number | undefined {
  checkScale(scale);
  const units = safeUnitsAt(value, scale);
  if (!Number.isNaN(units)) return units;
  if (scaleOf(value) > scale) return undefined;
  const exact = bigUnitsAt(value, scale);
  // Zero-padded fractions are too long for the quick reading and still fit.
  return exact <= Number.MAX_SAFE_INTEGER && exact >= Number.MIN_SAFE_INTEGER ? Number(exact) : undefined;
}

/**
 * Writes a whole number of units of 10^-scale as a decimal.
 *
 * @param units - a safe integer or a bigint
 * @param scale - digits after the point that one unit stands for, 0 to 20; 2 counts hundredths
 * @returns the decimal
 * @throws RangeError when a number is no safe integer, the result lies outside the domain, or `scale` is not a whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { fromUnits } from "ordercycle";
 *
 * fromUnits(1250, 2); // => "12.5"
 * ```
 */
export function fromUnits(units: number | bigint, scale: number): Decimal {
  checkScale(scale);
  if (typeof units === "bigint") return textOfBigUnits(units, scale);
  if (!Number.isSafeInteger(units)) throw new RangeError(`Units must be a safe integer, not ${units}.`);
  return textOfUnits(units, scale);
}

/**
 * first × second ÷ divisor in whole units, rounded once: the step of a loop over amounts already turned into units.
 *
 * **Rules**
 * 1. The product is exact, beyond 2^53 too; only the quotient is rounded.
 *
 * @param first - a safe integer of units
 * @param second - a safe integer of units
 * @param divisor - a positive safe integer, for example 10^4 when both factors count hundredths and the result counts ones
 * @param mode - how to round
 * @returns a safe integer of units
 * @throws RangeError when an argument or the result is no safe integer, or the divisor is not positive
 *
 * @example
 * ```ts
 * import { multiplyDivideUnits } from "ordercycle";
 *
 * multiplyDivideUnits(1999, 750, 1000, "halfUp"); // => 1499
 * ```
 */
export function multiplyDivideUnits(first: number, second: number, divisor: number, mode: RoundingMode): number {
  const product = first * second;
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER && divisor > 0 && Number.isSafeInteger(divisor)) {
    // Fractions whose product happens to be whole would pass unseen.
    if (Number.isInteger(first) && Number.isInteger(second)) return roundedQuotient(product, divisor, mode);
  }
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || !Number.isSafeInteger(divisor) || divisor <= 0) {
    throw new RangeError("Units must be safe integers and the divisor positive.");
  }
  const quotient = roundedBigQuotient(BigInt(first) * BigInt(second), BigInt(divisor), mode);
  const units = Number(quotient);
  if (!Number.isSafeInteger(units)) throw new RangeError("The result exceeds the safe integers.");
  return units;
}

/**
 * A quotient of whole numbers of any size, rounded once: for sums of fractions that were brought to one denominator.
 *
 * @param dividend - any whole number
 * @param divisor - a whole number above zero
 * @param mode - how to round
 * @returns dividend ÷ divisor, rounded to a whole number
 * @throws RangeError when the divisor is not above zero
 *
 * @example
 * ```ts
 * import { divideUnits } from "ordercycle";
 *
 * String(divideUnits(1005n, 100n, "halfUp")); // => "10"
 * ```
 */
export function divideUnits(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  if (divisor <= 0n) throw new RangeError("The divisor must be positive.");
  return roundedBigQuotient(dividend, divisor, mode);
}

/**
 * Units as a number, cut off at the safe integers: for bounds beyond which nothing binds.
 *
 * @param units - a whole number of any size
 * @returns the same, or the greatest or least safe integer
 *
 * @example
 * ```ts
 * import { clampUnits } from "ordercycle";
 *
 * clampUnits(10n ** 30n) === Number.MAX_SAFE_INTEGER; // => true
 * ```
 */
export function clampUnits(units: bigint): number {
  if (units > BigInt(Number.MAX_SAFE_INTEGER)) return Number.MAX_SAFE_INTEGER;
  return units < BigInt(Number.MIN_SAFE_INTEGER) ? Number.MIN_SAFE_INTEGER : Number(units);
}
