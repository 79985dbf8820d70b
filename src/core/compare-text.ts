/**
 * Compares two texts by their code units: the same order in every language and on every machine.
 *
 * @param left a text
 * @param right a text
 * @returns -1, 0 or 1
 */
export function compareText(left: string, right: string): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Compares two days or instants of which either may be missing; what is missing comes last.
 *
 * @param left a text, or nothing
 * @param right a text, or nothing
 * @returns -1, 0 or 1
 */
export function compareMissingLast(left: string | undefined, right: string | undefined): -1 | 0 | 1 {
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
  return compareText(left, right);
}
