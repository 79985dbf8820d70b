import { bigUnitsAt, safeUnitsAt, scaleOf } from "./decimal-kernel.js";
import { type Decimal } from "./decimal-text.js";

/**
 * Compares two numbers by value; fit for sorting.
 *
 * @param left - a number
 * @param right - a number
 * @returns -1 when left is the lesser, 1 when it is the greater, 0 when they are equal
 *
 * @example
 * ```ts
 * import { compare, decimal } from "ordercycle";
 *
 * compare(decimal("9"), decimal("10")); // => -1
 * ```
 */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
  if (left === right) return 0;
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const difference = safeUnitsAt(left, scale) - safeUnitsAt(right, scale);
  // The difference of two safe integers has the right sign even where it is rounded.
  if (difference < 0) return -1;
  if (difference > 0) return 1;
  const leftUnits = bigUnitsAt(left, scale);
  const rightUnits = bigUnitsAt(right, scale);
  return leftUnits < rightUnits ? -1 : leftUnits > rightUnits ? 1 : 0;
}

/**
 * Tells whether two numbers are equal.
 *
 * @param left - a number
 * @param right - a number
 * @returns true when they are the same number
 *
 * @example
 * ```ts
 * import { decimal, equals } from "ordercycle";
 *
 * equals(decimal("12.50"), decimal("12.5")); // => true
 * ```
 */
export function equals(left: Decimal, right: Decimal): boolean {
  return left === right;
}

/**
 * Tells whether a number is zero.
 *
 * @param value - the number
 * @returns true for zero
 *
 * @example
 * ```ts
 * import { decimal, isZero } from "ordercycle";
 *
 * isZero(decimal("0.00")); // => true
 * ```
 */
export function isZero(value: Decimal): boolean {
  return value === "0";
}

/**
 * Tells whether a number is above zero.
 *
 * @param value - the number
 * @returns true above zero, false for zero and below
 *
 * @example
 * ```ts
 * import { decimal, isPositive } from "ordercycle";
 *
 * isPositive(decimal("0.01")); // => true
 * ```
 */
export function isPositive(value: Decimal): boolean {
  return value !== "0" && !value.startsWith("-");
}

/**
 * Tells whether a number is below zero.
 *
 * @param value - the number
 * @returns true below zero, false for zero and above
 *
 * @example
 * ```ts
 * import { decimal, isNegative } from "ordercycle";
 *
 * isNegative(decimal("-0.01")); // => true
 * ```
 */
export function isNegative(value: Decimal): boolean {
  return value.startsWith("-");
}

/**
 * The lesser of two numbers.
 *
 * @param left - a number
 * @param right - a number
 * @returns the lesser one
 *
 * @example
 * ```ts
 * import { decimal, minimum } from "ordercycle";
 *
 * minimum(decimal("10"), decimal("9")); // => "9"
 * ```
 */
export function minimum(left: Decimal, right: Decimal): Decimal {
  return compare(left, right) <= 0 ? left : right;
}

/**
 * The greater of two numbers.
 *
 * @param left - a number
 * @param right - a number
 * @returns the greater one
 *
 * @example
 * ```ts
 * import { decimal, maximum } from "ordercycle";
 *
 * maximum(decimal("10"), decimal("9")); // => "10"
 * ```
 */
export function maximum(left: Decimal, right: Decimal): Decimal {
  return compare(left, right) >= 0 ? left : right;
}
