import type { BatchColumns } from "./batch-columns.js";

/**
 * Puts lines that come together in the order in which they stand least in each other's way: those first that have the
 * fewest lots to choose from – a lot that they name, one lot for all of the line, then the longest life.
 *
 * Lines that differ in the life alone then get all that they want wherever all of them can. For others `takeForGroup` looks
 * for lots when this order does not do.
 *
 * @param lines positions
 */
export function choosiestFirst(
  { lines: all, columns, eligibility }: Pick<BatchColumns, "lines" | "columns" | "eligibility">,
  lines: readonly number[],
  isOneLot: (line: number) => boolean,
): readonly number[] {
  const { lineExpiry, lineUnits } = columns;
  const freedomOf = (line: number): number => {
    if (all[line]!.lotNo !== undefined) return 0;
    if (isOneLot(line)) return 1;
    return eligibility?.isByPlace(line) === true ? 2 : 3;
  };
  return [...lines].sort(
    (a, b) =>
      freedomOf(a) - freedomOf(b) ||
      (lineExpiry?.[b] ?? 0) - (lineExpiry?.[a] ?? 0) ||
      lineUnits[b]! - lineUnits[a]! ||
      a - b,
  );
}
