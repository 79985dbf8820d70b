import { Decimal as DecimalJs } from "decimal.js";
import {
  bigPowerOfTen,
  bigUnitsAt,
  outsideDomain,
  powerOfTen,
  safeUnitsAt,
  scaleOf,
  textOfBigUnits,
  textOfUnits,
} from "./decimal-kernel.js";
import { type RoundingMode, roundedBigQuotient, roundedQuotient } from "./decimal-rounding.js";
import { type Decimal, MAXIMUM_DECIMALS, checkScale, isDecimal } from "./decimal-text.js";

// A clone of its own leaves the settings of the host untouched, and is untouched by them. Two different decimals of the domain differ,
// as a quotient from any rounding boundary, by more than 10^-72; with up to 30 digits before the point, 130 digits decide every case.
const LongDivision: typeof DecimalJs = /* @__PURE__ */ (() =>
  DecimalJs.clone({
    defaults: true,
    precision: 130,
    rounding: 1,
    toExpNeg: -200,
    toExpPos: 200,
    minE: -400,
    maxE: 400,
  }))();

const LONG_DIVISION_ROUNDING: Readonly<Record<RoundingMode, DecimalJs.Rounding>> = {
  up: 0,
  down: 1,
  ceiling: 2,
  floor: 3,
  halfUp: 4,
  halfDown: 5,
  halfEven: 6,
};

/**
 * The quotient of two numbers, rounded once.
 *
 * Amounts are shared out with `splitAmount`, whose parts sum to the whole; a quotient per part does not promise that.
 *
 * @param dividend - the number to divide
 * @param divisor - the number to divide by, not zero
 * @param decimals - digits after the point to keep, 0 to 20
 * @param mode - how to round
 * @returns the rounded quotient
 * @throws RangeError when the divisor is zero, the result lies outside the domain, the mode is unknown, or `decimals` is not a whole
 * number from 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, divide } from "ordercycle";
 *
 * divide(decimal("10"), decimal("3"), 2, "halfUp"); // => "3.33"
 * ```
 */
export function divide(dividend: Decimal, divisor: Decimal, decimals: number, mode: RoundingMode): Decimal {
  checkScale(decimals);
  checkDivisor(divisor);
  const scale = Math.max(scaleOf(dividend), scaleOf(divisor));
  const units = safeUnitsAt(dividend, scale) * powerOfTen(decimals);
  const divisorUnits = safeUnitsAt(divisor, scale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER && !Number.isNaN(divisorUnits)) {
    const signed = divisorUnits < 0 ? -units : units;
    return textOfUnits(roundedQuotient(signed, Math.abs(divisorUnits), mode), decimals);
  }
  const rounding = Object.hasOwn(LONG_DIVISION_ROUNDING, mode) ? LONG_DIVISION_ROUNDING[mode] : undefined;
  if (rounding === undefined) throw new RangeError(`Unknown rounding mode: ${String(mode)}`);
  return fromLongDivision(longQuotient(dividend, divisor).toDecimalPlaces(decimals, rounding));
}

/**
 * The quotient of two numbers where it is exact.
 *
 * **Rules**
 * 1. Undefined when the decimal expansion does not end, as for 1 ÷ 3, or is too long for a decimal.
 *
 * @param dividend - the number to divide
 * @param divisor - the number to divide by, not zero
 * @returns the exact quotient, or undefined when no decimal holds it
 * @throws RangeError when the divisor is zero
 *
 * @example
 * ```ts
 * import { decimal, divideExactly } from "ordercycle";
 *
 * divideExactly(decimal("1"), decimal("8")); // => "0.125"
 * divideExactly(decimal("1"), decimal("3")); // => undefined
 * ```
 */
export function divideExactly(dividend: Decimal, divisor: Decimal): Decimal | undefined {
  checkDivisor(divisor);
  const scale = Math.max(scaleOf(dividend), scaleOf(divisor));
  const whole = safeUnitsAt(dividend, scale) / safeUnitsAt(divisor, scale);
  // The quotient of two safe integers is never rounded to a whole number that it is not: it lies too far from it.
  if (Number.isSafeInteger(whole)) return textOfUnits(whole, 0);
  const quotient = longQuotient(dividend, divisor);
  if (quotient.decimalPlaces() > MAXIMUM_DECIMALS || !quotient.times(divisor).equals(dividend)) return undefined;
  const text = quotient.toFixed();
  return isDecimal(text) ? text : undefined;
}

function checkDivisor(divisor: Decimal): void {
  if (divisor === "0") throw new RangeError("Division by zero.");
}

function longQuotient(dividend: Decimal, divisor: Decimal): DecimalJs {
  for (const value of [dividend, divisor]) {
    if (!isDecimal(value)) throw new TypeError(`Not a canonical decimal: ${String(value).slice(0, 60)}`);
  }
  return new LongDivision(dividend).div(divisor);
}

function fromLongDivision(value: DecimalJs): Decimal {
  const text = value.isZero() ? "0" : value.toFixed();
  if (!isDecimal(text)) throw outsideDomain();
  return text;
}

/**
 * The share `value × numerator ÷ denominator`, exact inside and rounded once.
 *
 * The product may be longer than a decimal can be; only the result must fit.
 *
 * @param value - the whole
 * @param numerator - what the share is of
 * @param denominator - the whole that the numerator is a part of, not zero
 * @param decimals - decimals of the result
 * @param mode - how it is rounded
 * @returns the share
 * @throws RangeError when the denominator is zero, or the result has more digits than a decimal can hold
 *
 * @example
 * ```ts
 * import { decimal, multiplyDivide } from "ordercycle";
 *
 * multiplyDivide(decimal("10.00"), decimal("1"), decimal("3"), 2, "halfUp"); // => "3.33"
 * ```
 */
export function multiplyDivide(
  value: Decimal,
  numerator: Decimal,
  denominator: Decimal,
  decimals: number,
  mode: RoundingMode,
): Decimal {
  checkScale(decimals);
  checkDivisor(denominator);
  const scale = Math.max(scaleOf(numerator), scaleOf(denominator));
  const valueScale = Math.max(scaleOf(value), decimals);
  // The quotient is counted in units of the result; what the value has beyond that goes below the line.
  const dividend = bigUnitsAt(value, valueScale) * bigUnitsAt(numerator, scale);
  const divisor = bigUnitsAt(denominator, scale) * bigPowerOfTen(valueScale - decimals);
  const isFlipped = divisor < 0n;
  return textOfBigUnits(
    roundedBigQuotient(isFlipped ? -dividend : dividend, isFlipped ? -divisor : divisor, mode),
    decimals,
  );
}
