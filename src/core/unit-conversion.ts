import { divide, divideExactly } from "./decimal-division.js";
import { bigUnitsAt, scaleOf, textOfBigUnits } from "./decimal-kernel.js";
import type { RoundingMode } from "./decimal-rounding.js";
import { type Decimal, decimal } from "./decimal-text.js";
import { greatestDivisor } from "./greatest-divisor.js";

/**
 * An exact fraction in lowest terms, for factors such as one third that no decimal can hold.
 *
 * The sign is the numerator's; zero is 0/1. Factors between units are above zero, quantities may be zero or negative.
 */
export interface Rational {
  /** Whole number as decimal text, below 10^30 in magnitude; negative for a negative fraction. */
  readonly numerator: Decimal;
  /** Whole number above zero as decimal text, below 10^30. */
  readonly denominator: Decimal;
}

/** A unit in which something is counted or measured, and how many base units one of it holds. */
export interface UnitOfMeasure {
  /** Code of the unit, for example `"CS"` for a case. */
  readonly uom: string;
  /** Base units in one of this unit, above zero; 1/1 for the base unit itself. */
  readonly factor: Rational;
}

/**
 * An exact fraction from two numbers.
 *
 * **Rules**
 * 1. Decimals are accepted on both sides and brought to whole numbers in lowest terms: 0.5 over 3 is 1/6.
 * 2. The denominator becomes positive; the sign moves to the numerator.
 *
 * @param numerator - any decimal
 * @param denominator - any decimal but zero, 1 when left out
 * @returns the fraction in lowest terms
 * @throws RangeError when the denominator is zero, an argument is no decimal, or a term reaches 10^30
 *
 * @example
 * ```ts
 * import { rational } from "ordercycle";
 *
 * rational("0.5", "3"); // => {"numerator":"1","denominator":"6"}
 * ```
 */
export function rational(numerator: string | number | bigint, denominator: string | number | bigint = 1): Rational {
  const top = decimal(numerator);
  const bottom = decimal(denominator);
  const scale = Math.max(scaleOf(top), scaleOf(bottom));
  return lowestTerms(bigUnitsAt(top, scale), bigUnitsAt(bottom, scale));
}

/**
 * Converts a quantity by an exact factor.
 *
 * @param quantity - quantity in the first unit; may be zero or negative
 * @param factor - how many of the second unit make one of the first
 * @returns the quantity in the second unit, exactly
 * @throws RangeError when a term of the result reaches 10^30
 *
 * **Source:** mission 5.10
 *
 * @example
 * ```ts
 * import { convertQuantity, decimal, rational } from "ordercycle";
 *
 * convertQuantity(decimal("7"), rational(1, 12)); // => {"numerator":"7","denominator":"12"}
 * ```
 */
export function convertQuantity(quantity: Decimal, factor: Rational): Rational {
  return multiplyRational(rational(quantity), factor);
}

/**
 * The fraction as a decimal where that is exact.
 *
 * @param value - the fraction
 * @returns the decimal, or undefined when its expansion does not end or is too long
 *
 * @example
 * ```ts
 * import { rational, toExactDecimal } from "ordercycle";
 *
 * toExactDecimal(rational(7, 8)); // => "0.875"
 * toExactDecimal(rational(7, 12)); // => undefined
 * ```
 */
export function toExactDecimal(value: Rational): Decimal | undefined {
  return divideExactly(value.numerator, value.denominator);
}

/**
 * The fraction rounded to a decimal.
 *
 * @param value - the fraction
 * @param decimals - digits after the point to keep, 0 to 20
 * @param mode - how to round
 * @returns the rounded decimal
 * @throws RangeError when `decimals` is not a whole number from 0 to 20, or the result has more than 40 significant digits
 *
 * @example
 * ```ts
 * import { rational, roundRational } from "ordercycle";
 *
 * roundRational(rational(7, 12), 3, "halfUp"); // => "0.583"
 * ```
 */
export function roundRational(value: Rational, decimals: number, mode: RoundingMode): Decimal {
  return divide(value.numerator, value.denominator, decimals, mode);
}

/**
 * The product of two fractions, exactly.
 *
 * @param left - a fraction
 * @param right - a fraction
 * @returns the product in lowest terms
 * @throws RangeError when a term of the product reaches 10^30
 *
 * @example
 * ```ts
 * import { multiplyRational, rational } from "ordercycle";
 *
 * multiplyRational(rational(2, 3), rational(3, 4)); // => {"numerator":"1","denominator":"2"}
 * ```
 */
export function multiplyRational(left: Rational, right: Rational): Rational {
  return lowestTerms(
    bigUnitsAt(left.numerator, 0) * bigUnitsAt(right.numerator, 0),
    bigUnitsAt(left.denominator, 0) * bigUnitsAt(right.denominator, 0),
  );
}

/**
 * The fraction turned upside down.
 *
 * @param value - a fraction other than zero
 * @returns the reciprocal
 * @throws RangeError when the fraction is zero
 *
 * @example
 * ```ts
 * import { invertRational, rational } from "ordercycle";
 *
 * invertRational(rational(12)); // => {"numerator":"1","denominator":"12"}
 * ```
 */
export function invertRational(value: Rational): Rational {
  return lowestTerms(bigUnitsAt(value.denominator, 0), bigUnitsAt(value.numerator, 0));
}

/**
 * Compares two fractions by value; fit for sorting.
 *
 * @param left - a fraction
 * @param right - a fraction
 * @returns -1 when left is the lesser, 1 when it is the greater, 0 when they are equal
 *
 * @example
 * ```ts
 * import { compareRational, rational } from "ordercycle";
 *
 * compareRational(rational(1, 3), rational("0.33")); // => 1
 * ```
 */
export function compareRational(left: Rational, right: Rational): -1 | 0 | 1 {
  const first = bigUnitsAt(left.numerator, 0) * bigUnitsAt(right.denominator, 0);
  const second = bigUnitsAt(right.numerator, 0) * bigUnitsAt(left.denominator, 0);
  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * The exact factor that turns a quantity in one unit into a quantity in another.
 *
 * **Rules**
 * 1. The factor is what one of the first unit holds in base units, over what one of the second holds.
 * 2. Converting there and back gives the same quantity exactly.
 *
 * @param units - the units known for the thing measured, all over the same base unit
 * @param from - code of the unit the quantity is in
 * @param to - code of the unit it is wanted in
 * @returns the factor, or undefined when one of the units is not listed
 * @throws RangeError when a factor is not above zero, or a term of the result reaches 10^30
 *
 * **Source:** mission 5.10
 *
 * @example
 * ```ts
 * import { conversionBetween, rational } from "ordercycle";
 *
 * const units = [
 *   { uom: "EA", factor: rational(1) },
 *   { uom: "CS", factor: rational(12) },
 * ];
 * conversionBetween(units, "EA", "CS"); // => {"numerator":"1","denominator":"12"}
 * ```
 */
export function conversionBetween(units: readonly UnitOfMeasure[], from: string, to: string): Rational | undefined {
  const source = units.find((unit) => unit.uom === from);
  const target = units.find((unit) => unit.uom === to);
  if (source === undefined || target === undefined) return undefined;
  for (const unit of [source, target]) {
    if (unit.factor.numerator === "0" || unit.factor.numerator.startsWith("-")) {
      throw new RangeError(`The factor of unit ${unit.uom} must be above zero.`);
    }
  }
  return multiplyRational(source.factor, invertRational(target.factor));
}

function lowestTerms(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 0n) throw new RangeError("A fraction needs a denominator other than zero.");
  const divisor = greatestDivisor(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  return {
    numerator: textOfBigUnits((sign * numerator) / divisor, 0),
    denominator: textOfBigUnits((sign * denominator) / divisor, 0),
  };
}
