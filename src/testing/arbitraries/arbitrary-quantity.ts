import type { Arbitrary } from "fast-check";
import { decimal, fromUnits, type Decimal } from "../../core/decimal.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";

/** Bounds of an arbitrary quantity. */
export interface QuantityBounds {
  /** Greatest quantity; 1,000 when absent. */
  readonly max?: string;
  /** Greatest number of decimals; 0, whole pieces, when absent. */
  readonly decimals?: number;
}

/**
 * Positive quantities.
 *
 * @param bounds of the range; its least value is the smallest step with that many decimals
 * @returns a fast-check arbitrary
 * @throws RangeError when `max` is not a positive decimal of at most `decimals` decimals
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { isPositive } from "ordercycle";
 * import { arbitraryQuantity } from "ordercycle/testing";
 * fc.sample(arbitraryQuantity({ decimals: 3 }), 50).every(isPositive); // => true
 * ```
 */
export function arbitraryQuantity({ max = "1000", decimals = 0 }: QuantityBounds = {}): Arbitrary<Decimal> {
  return arbitraryDecimal({ min: fromUnits(1, decimals), max: decimal(max), decimals });
}
