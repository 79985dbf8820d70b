import { bigInt, type Arbitrary } from "fast-check";
import { decimal, fromUnits, toUnits, type Decimal } from "../../core/decimal.js";

/** Bounds of an arbitrary decimal. */
export interface DecimalBounds {
  /** Least value; −1,000,000 when absent. */
  readonly min?: string;
  /** Greatest value; 1,000,000 when absent. */
  readonly max?: string;
  /** Greatest number of decimals; 2 when absent. */
  readonly decimals?: number;
}

/**
 * Decimals between two bounds, in canonical text.
 *
 * @param bounds both ends belong to the range; they must not have more than `decimals` decimals
 * @returns a fast-check arbitrary
 * @throws RangeError when a bound is not a decimal or has too many decimals
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { decimal, compare } from "ordercycle";
 * import { arbitraryDecimal } from "ordercycle/testing";
 * const values = fc.sample(arbitraryDecimal({ min: "0", max: "0.5", decimals: 1 }), 50);
 * values.every((value) => compare(value, decimal("0.5")) <= 0); // => true
 * ```
 */
export function arbitraryDecimal(bounds: DecimalBounds = {}): Arbitrary<Decimal> {
  const { min = "-1000000", max = "1000000", decimals = 2 } = bounds;
  return bigInt({ min: toUnits(decimal(min), decimals), max: toUnits(decimal(max), decimals) }).map((units) =>
    fromUnits(units, decimals),
  );
}
