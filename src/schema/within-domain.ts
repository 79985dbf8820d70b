/**
 * Computes with decimals of unknown size: each is a decimal, but what is computed from them may be too large for one.
 *
 * @param compute a computation that throws RangeError when it leaves the domain of decimals
 * @returns its result, or undefined
 */
export function withinDomain<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
