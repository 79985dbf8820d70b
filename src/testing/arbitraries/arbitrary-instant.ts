import { integer, type Arbitrary } from "fast-check";
import { addMilliseconds, instant, type Instant } from "../../core/instant.js";

const YEAR_MILLISECONDS = 365 * 24 * 3_600_000;

/**
 * Instants of the years 2026 and 2027.
 *
 * @returns a fast-check arbitrary
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { isInstant } from "ordercycle";
 * import { arbitraryInstant } from "ordercycle/testing";
 * fc.sample(arbitraryInstant(), 50).every(isInstant); // => true
 * ```
 */
export function arbitraryInstant(): Arbitrary<Instant> {
  const begin = instant("2026-01-01T00:00:00.000Z");
  return integer({ min: 0, max: 2 * YEAR_MILLISECONDS - 1 }).map((passed) => addMilliseconds(begin, passed));
}
