import { scaleOf, toUnits, type Decimal } from "./decimal.js";
import { greatestDivisor } from "./greatest-divisor.js";
import type { Rational } from "./unit-conversion.js";

/**
 * An exact fraction on the way from one amount to another, without limit of digits: what is stored is a decimal or a
 * `Rational`.
 *
 * @internal
 */
export interface Fraction {
  /** What is divided; carries the sign. */
  readonly top: bigint;
  /** What it is divided by, above zero. */
  readonly bottom: bigint;
}

/** A decimal as a fraction. @internal */
export function fractionOf(value: Decimal): Fraction {
  const scale = scaleOf(value);
  return { top: toUnits(value, scale), bottom: 10n ** BigInt(scale) };
}

/** A rational as a fraction. @internal */
export function fractionOfRational({ numerator, denominator }: Rational): Fraction {
  return { top: toUnits(numerator, 0), bottom: toUnits(denominator, 0) };
}

/** The product of two. @internal */
export const times = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.top, bottom: a.bottom * b.bottom });

/** The first divided by the second, which is above zero. @internal */
export const over = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.bottom, bottom: a.bottom * b.top });

/** The sum of two. @internal */
export const plus = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
});

/** The first less the second. @internal */
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { top: -b.top, bottom: b.bottom });

/** The same in lowest terms, so that long ways do not make long numbers. @internal */
export function reduced({ top, bottom }: Fraction): Fraction {
  const divisor = greatestDivisor(bottom, top);
  return { top: top / divisor, bottom: bottom / divisor };
}

/** Below zero, zero or above it, as the first is less than, equal to or greater than the second. @internal */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = minus(a, b).top;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
