/** What lines of a batch may take, by their places in the columns. @internal */
export interface LineShares {
  /** Most of each line in units; below zero where nothing limits it. */
  readonly most: Float64Array;
  /** Why a line has no more: one of {@link SHARE_MARKS}. */
  readonly marks: Uint8Array;
}

/** Marks of {@link LineShares.marks}. @internal */
export const SHARE_MARKS = { none: 0, cut: 1, belowMinimum: 2 } as const;

/**
 * Says whether the rule for sharing is why a line lacks something.
 *
 * @param shares what lines may take
 * @param line place of a line that lacks something
 * @param taken units that it took
 * @returns the code; undefined when something else is why
 * @internal
 */
export function shareReason(
  { most, marks }: LineShares,
  line: number,
  taken: number,
): "fair_share" | "below_minimum" | undefined {
  switch (marks[line]) {
    case SHARE_MARKS.belowMinimum:
      return "below_minimum";
    case SHARE_MARKS.cut:
      // Who could not take its share for want of a warehouse, of life or of a step was not stopped by the rule.
      return taken >= most[line]! ? "fair_share" : undefined;
    default:
      return undefined;
  }
}
