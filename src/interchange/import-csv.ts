import type { Issue } from "../core/issue.js";
import { ok, type Result } from "../core/result.js";
import { csvRecord } from "./csv-records.js";
import type { CsvIssue, CsvOptions, CsvRecord, CsvRowIssue, RejectedCsvRow } from "./csv-table.js";
import { readCsv } from "./read-csv.js";

/** What the import of a CSV file took, and the rejected file: the two together are all its rows. **Source:** mission 4.13 */
export interface CsvImportOutcome<T, I extends Issue = Issue> {
  /** What was taken, in the order of the rows. */
  readonly accepted: readonly T[];
  /** Rows that were not, with their reasons and their cells, in their order. */
  readonly rejected: readonly RejectedCsvRow<I>[];
}

/**
 * Takes the rows of a CSV file one by one: what can be read is accepted, the rest is the rejected file with its reasons.
 *
 * **Rules**
 * 1. Each row is accepted or rejected by itself, for what `parseCsv` has against it or for what the reader of rows has.
 * 2. Every row of the file is in the outcome once, under the number that it has in the file.
 * 3. A text that is no table is refused as a whole, whatever was read before that turned out.
 *
 * @param text the content of the file, decoded from UTF-8
 * @param parse reads a row by the names of its columns, for example with `parseSalesRecord`; it is told the number of the
 *   row, from 1 after the header
 * @param options separator (`,`) and limits
 * @returns what was accepted and what was rejected, or why the text is no table. Linear in the text.
 * @throws TypeError when the text is none; RangeError for limits that are no limits
 *
 * **Source:** mission 4.13
 * @example
 * ```ts
 * import { importCsv } from "ordercycle/interchange";
 * import { parsePriceEntry } from "ordercycle/schema";
 *
 * const text = "itemCode,uom,currency,unitPrice\nTEA,EA,EUR,2.50\nRICE,KGM,EUR,1.2O\nSALT,KGM\n";
 * const outcome = importCsv(text, (record) => parsePriceEntry(record));
 * outcome.ok && outcome.value.accepted.map(({ unitPrice }) => unitPrice); // => ["2.5"]
 * outcome.ok && outcome.value.rejected.map(({ row, issues }) => [row, issues[0]?.code]);
 * // => [[2,"schema.not_a_decimal"],[3,"csv.wrong_column_count"]]
 * ```
 */
export function importCsv<T, I extends Issue>(
  text: string,
  parse: (record: CsvRecord, row: number) => Result<T, I>,
  options: CsvOptions = {},
): Result<CsvImportOutcome<T, I | CsvRowIssue>, CsvIssue> {
  let columns: readonly string[] = [];
  const accepted: T[] = [];
  const rejected: RejectedCsvRow<I | CsvRowIssue>[] = [];
  const read = readCsv(text, options, {
    header: (names) => (columns = names),
    row: (cells, row) => {
      const parsed = parse(csvRecord(columns, cells), row);
      if (parsed.ok) accepted.push(parsed.value);
      else rejected.push({ row, issues: parsed.issues, cells });
    },
    rejected: (issues, cells, row) => rejected.push({ row, issues, cells }),
  });
  return read.ok ? ok({ accepted, rejected }) : read;
}
