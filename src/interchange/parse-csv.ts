import { ok, type Result } from "../core/result.js";
import type { CsvIssue, CsvOptions, CsvRowIssue, CsvTable, RejectedCsvRow } from "./csv-table.js";
import { readCsv } from "./read-csv.js";

/** A table as it was read, with the rows that are none. */
export interface ParsedCsv extends CsvTable {
  /** Rows that do not fit the header, from top to bottom; they are not among `rows`. */
  readonly rejected: readonly RejectedCsvRow<CsvRowIssue>[];
}

/**
 * Reads CSV as RFC 4180 has it: a header, then rows of text.
 *
 * **Rules**
 * 1. Rows end with CRLF, LF or CR; the last may end with the text. A line on which nothing stands is no row.
 * 2. A cell that begins with a quote ends with the next single one; separators and line breaks inside belong to it, and a
 *    doubled quote is one. A quote further on in a bare cell is a letter like any other.
 * 3. Cells are kept as they stand: nothing is trimmed, no text becomes a number.
 * 4. A byte order mark is left out.
 * 5. A row with too many or too few cells, or with text after a closing quote, is rejected with its cells; the others
 *    are kept.
 * 6. Without a header, with two columns of one name, with a quoted cell that never ends, or beyond the limits, the whole
 *    text is refused: what would be read might not be what was written.
 *
 * @param text the content of the file, decoded from UTF-8
 * @param options separator (`,`) and limits
 * @returns the table with its rejected rows, or why the text is none
 * @throws TypeError when the text is none; RangeError for limits that are no limits
 *
 * **Source:** mission 4.13
 * @example
 * ```ts
 * import { parseCsv } from "ordercycle/interchange";
 *
 * const parsed = parseCsv('item,name\r\nTEA,"Tea, ""green"""\r\nRICE\r\n');
 * parsed.ok && parsed.value.rows; // => [["TEA","Tea, \"green\""]]
 * parsed.ok && parsed.value.rejected.map(({ row, cells, issues }) => [row, cells, issues[0]?.code]);
 * // => [[2,["RICE"],"csv.wrong_column_count"]]
 * ```
 */
export function parseCsv(text: string, options: CsvOptions = {}): Result<ParsedCsv, CsvIssue> {
  let columns: readonly string[] = [];
  const rows: (readonly string[])[] = [];
  const rejected: RejectedCsvRow<CsvRowIssue>[] = [];
  const read = readCsv(text, options, {
    header: (names) => (columns = names),
    row: (cells) => rows.push(cells),
    rejected: (issues, cells, row) => rejected.push({ row, issues, cells }),
  });
  return read.ok ? ok({ columns, rows, rejected }) : read;
}
