import { bigUnitsAt, safeUnitsAt, scaleOf, powerOfTen, textOfBigUnits, textOfUnits } from "./decimal-kernel.js";
import { type Decimal } from "./decimal-text.js";

/**
 * The sum of two numbers, exactly.
 *
 * @param left - a summand
 * @param right - a summand
 * @returns left + right
 * @throws RangeError when the sum lies outside the domain of decimals
 *
 * @example
 * ```ts
 * import { add, decimal } from "ordercycle";
 *
 * add(decimal("0.1"), decimal("0.2")); // => "0.3"
 * ```
 */
export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const units = safeUnitsAt(left, scale) + safeUnitsAt(right, scale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return textOfUnits(units, scale);
  return textOfBigUnits(bigUnitsAt(left, scale) + bigUnitsAt(right, scale), scale);
}

/**
 * The difference of two numbers, exactly.
 *
 * @param left - the number to take from
 * @param right - the number to take away
 * @returns left - right
 * @throws RangeError when the difference lies outside the domain of decimals
 *
 * @example
 * ```ts
 * import { decimal, subtract } from "ordercycle";
 *
 * subtract(decimal("1"), decimal("0.9")); // => "0.1"
 * ```
 */
export function subtract(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const units = safeUnitsAt(left, scale) - safeUnitsAt(right, scale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return textOfUnits(units, scale);
  return textOfBigUnits(bigUnitsAt(left, scale) - bigUnitsAt(right, scale), scale);
}

/**
 * The product of two numbers, exactly.
 *
 * Where a rounded product is wanted, `multiplyRound` does both in one step and needs no room for the exact one.
 *
 * @param left - a factor
 * @param right - a factor
 * @returns left × right
 * @throws RangeError when the product lies outside the domain of decimals
 *
 * @example
 * ```ts
 * import { decimal, multiply } from "ordercycle";
 *
 * multiply(decimal("1.5"), decimal("0.2")); // => "0.3"
 * ```
 */
export function multiply(left: Decimal, right: Decimal): Decimal {
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  const units = safeUnitsAt(left, leftScale) * safeUnitsAt(right, rightScale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return textOfUnits(units, leftScale + rightScale);
  return textOfBigUnits(bigUnitsAt(left, leftScale) * bigUnitsAt(right, rightScale), leftScale + rightScale);
}

/**
 * The number with the opposite sign.
 *
 * @param value - the number
 * @returns -value; zero stays zero
 *
 * @example
 * ```ts
 * import { decimal, negate } from "ordercycle";
 *
 * negate(decimal("-2.5")); // => "2.5"
 * ```
 */
export function negate(value: Decimal): Decimal {
  if (value === "0") return value;
  return (value.startsWith("-") ? value.slice(1) : `-${value}`) as Decimal;
}

/**
 * The magnitude of a number.
 *
 * @param value - the number
 * @returns the number without its sign
 *
 * @example
 * ```ts
 * import { absolute, decimal } from "ordercycle";
 *
 * absolute(decimal("-2.5")); // => "2.5"
 * ```
 */
export function absolute(value: Decimal): Decimal {
  return value.startsWith("-") ? (value.slice(1) as Decimal) : value;
}

/**
 * The sum of many numbers, exactly and in one pass.
 *
 * **Rules**
 * 1. Only the total must lie within the domain; what is summed on the way may exceed it.
 *
 * @param values - the summands
 * @returns the total, 0 for an empty list
 * @throws RangeError when the total lies outside the domain of decimals
 *
 * @example
 * ```ts
 * import { decimal, sum } from "ordercycle";
 *
 * sum([decimal("0.1"), decimal("0.2"), decimal("0.3")]); // => "0.6"
 * ```
 */
export function sum(values: readonly Decimal[]): Decimal {
  let scale = 0;
  let units = 0;
  for (const value of values) {
    const own = scaleOf(value);
    if (own > scale) {
      units *= powerOfTen(own - scale);
      scale = own;
    }
    units += safeUnitsAt(value, scale);
    // One check suffices: a total scaled beyond 2^53 is even, and exact as far as one summand could bring it back into range.
    if (!(Math.abs(units) <= Number.MAX_SAFE_INTEGER)) return sumBig(values);
  }
  return textOfUnits(units, scale);
}

function sumBig(values: readonly Decimal[]): Decimal {
  const scale = finestScale(values);
  let units = 0n;
  for (const value of values) units += bigUnitsAt(value, scale);
  return textOfBigUnits(units, scale);
}

/**
 * The most digits after the point that any of the values has: in so many decimals all can be counted in whole units.
 *
 * @param values - any number of them
 * @returns 0 to 20; 0 for none
 * @internal
 */
export function finestScale(values: readonly Decimal[]): number {
  return values.reduce((finest, value) => Math.max(finest, scaleOf(value)), 0);
}
