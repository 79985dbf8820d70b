import { bigUnitsAt, safeUnitsAt, scaleOf, textOfBigUnits, textOfUnits } from "./decimal-kernel.js";
import { type RoundingMode, roundedBigQuotient, roundedQuotient } from "./decimal-rounding.js";
import { type Decimal } from "./decimal-text.js";

/**
 * Tells whether a number is a whole multiple of a step.
 *
 * @param value - the number
 * @param step - the step, above zero
 * @returns true when value ÷ step is whole; zero is a multiple of every step
 * @throws RangeError when the step is not above zero
 *
 * @example
 * ```ts
 * import { decimal, isMultipleOf } from "ordercycle";
 *
 * isMultipleOf(decimal("1.5"), decimal("0.25")); // => true
 * ```
 */
export function isMultipleOf(value: Decimal, step: Decimal): boolean {
  checkStep(step);
  const scale = Math.max(scaleOf(value), scaleOf(step));
  const units = safeUnitsAt(value, scale);
  const stepUnits = safeUnitsAt(step, scale);
  const multiple = Math.floor(units / stepUnits) * stepUnits;
  if (!Number.isNaN(multiple)) return multiple === units;
  return bigUnitsAt(value, scale) % bigUnitsAt(step, scale) === 0n;
}

/**
 * The greatest multiple of a step that does not exceed a number.
 *
 * @param value - the number; below zero the multiple lies further from zero
 * @param step - the step, above zero
 * @returns the multiple
 * @throws RangeError when the step is not above zero, or the result lies outside the domain
 *
 * @example
 * ```ts
 * import { decimal, floorToMultiple } from "ordercycle";
 *
 * floorToMultiple(decimal("17"), decimal("6")); // => "12"
 * ```
 */
export function floorToMultiple(value: Decimal, step: Decimal): Decimal {
  return toMultiple(value, step, "floor");
}

/**
 * The least multiple of a step that is not below a number.
 *
 * @param value - the number; below zero the multiple lies nearer to zero
 * @param step - the step, above zero
 * @returns the multiple
 * @throws RangeError when the step is not above zero, or the result lies outside the domain
 *
 * @example
 * ```ts
 * import { ceilToMultiple, decimal } from "ordercycle";
 *
 * ceilToMultiple(decimal("17"), decimal("6")); // => "18"
 * ```
 */
export function ceilToMultiple(value: Decimal, step: Decimal): Decimal {
  return toMultiple(value, step, "ceiling");
}

function toMultiple(value: Decimal, step: Decimal, mode: RoundingMode): Decimal {
  checkStep(step);
  const scale = Math.max(scaleOf(value), scaleOf(step));
  const stepUnits = safeUnitsAt(step, scale);
  const units = safeUnitsAt(value, scale);
  if (!Number.isNaN(stepUnits) && !Number.isNaN(units)) {
    const multiple = roundedQuotient(units, stepUnits, mode) * stepUnits;
    if (Math.abs(multiple) <= Number.MAX_SAFE_INTEGER) return textOfUnits(multiple, scale);
  }
  const bigStep = bigUnitsAt(step, scale);
  const multiple = roundedBigQuotient(bigUnitsAt(value, scale), bigStep, mode) * bigStep;
  return textOfBigUnits(multiple, scale);
}

function checkStep(step: Decimal): void {
  if (step === "0" || step.startsWith("-")) throw new RangeError(`The step must be above zero, not ${step}.`);
}
