import type { Issue } from "../core/issue.js";
import type { Result } from "../core/result.js";
import type { RejectedRow } from "./csv-table.js";

/** What an import took, and the rejected file: the two together are all that came. **Source:** mission 4.13 */
export interface ImportOutcome<T, I extends Issue = Issue> {
  /** What was taken, in the order of the rows. */
  readonly accepted: readonly T[];
  /** Rows that were not, with their reasons, in their order. */
  readonly rejected: readonly RejectedRow<I>[];
}

/**
 * Takes rows from outside one by one: what can be read is accepted, the rest is the rejected file with its reasons.
 *
 * **Rules**
 * 1. Each row is accepted or rejected by itself; a bad one does not hold up the others.
 * 2. Every row is in the outcome once.
 *
 * @param rows lines of a message, records of a file
 * @param parse reads a row, for example with `parseOrderDraft`; it is told the number of the row, from 1
 * @returns what was accepted and what was rejected
 *
 * **Source:** mission 4.13
 * @example
 * ```ts
 * import { importRows } from "ordercycle/interchange";
 * import { parseOrderDraft } from "ordercycle/schema";
 * import { anyOrderDraft } from "ordercycle/testing";
 *
 * const outcome = importRows([anyOrderDraft(), { orderNo: "SO-2" }], (row) => parseOrderDraft(row));
 * outcome.accepted.length; // => 1
 * outcome.rejected.map(({ row, issues }) => [row, issues[0]?.code]); // => [[2,"schema.required"]]
 * ```
 */
export function importRows<Row, T, I extends Issue>(
  rows: readonly Row[],
  parse: (row: Row, number: number) => Result<T, I>,
): ImportOutcome<T, I> {
  const accepted: T[] = [];
  const rejected: RejectedRow<I>[] = [];
  for (const [position, row] of rows.entries()) {
    const parsed = parse(row, position + 1);
    if (parsed.ok) accepted.push(parsed.value);
    else rejected.push({ row: position + 1, issues: parsed.issues });
  }
  return { accepted, rejected };
}
