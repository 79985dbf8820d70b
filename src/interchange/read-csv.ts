import { issue } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { DEFAULT_CSV_LIMITS, type CsvIssue, type CsvLimits, type CsvOptions, type CsvRowIssue } from "./csv-table.js";
import { scanCsvRow, type ScannedRow } from "./scan-csv-row.js";

/** Who is told the rows of a CSV text, one after the other. */
export interface CsvVisitor {
  /** The header; called once, before any row. */
  readonly header: (columns: readonly string[]) => void;
  /** A row with one cell for each column; rows count from 1. */
  readonly row: (cells: readonly string[], row: number) => void;
  /** A row that is no row of the table. */
  readonly rejected: (issues: readonly CsvRowIssue[], cells: readonly string[], row: number) => void;
}

const BYTE_ORDER_MARK = 0xfeff;

/**
 * Reads a CSV text row by row, so that nobody has to hold all of them.
 *
 * @returns the number of rows, or why the text is no table; rows may have been told before that turned out
 * @throws TypeError when the text is none
 * @throws RangeError for limits that are no limits
 */
export function readCsv(text: string, options: CsvOptions, visitor: CsvVisitor): Result<number, CsvIssue> {
  if (typeof text !== "string") throw new TypeError("CSV is read from text.");
  const limits = limitsOf(options);
  const separator = (options.separator ?? ",").charCodeAt(0);
  if (text.length > limits.maxLength) return tooLarge("length", limits.maxLength);

  let next = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  let columns: readonly string[] | undefined;
  let row = 0;
  while (next < text.length) {
    const scanned = scanCsvRow(text, next, separator, limits.maxColumns);
    next = scanned.next;
    if (scanned.isBlank) continue;
    if (columns === undefined) {
      const issues = headerIssues(scanned, limits.maxColumns);
      if (issues.length > 0) return refuse(issues);
      columns = scanned.cells;
      visitor.header(columns);
      continue;
    }
    row += 1;
    if (scanned.isUnclosed) return refuse([issue("csv.unclosed_quote", [], { row })]);
    if (row > limits.maxRows) return tooLarge("rows", limits.maxRows);
    if (scanned.count === columns.length && scanned.textAfterQuote < 0) visitor.row(scanned.cells, row);
    else visitor.rejected(rowIssues(scanned, columns), scanned.cells, row);
  }
  return columns === undefined ? refuse([issue("csv.empty", [], {})]) : ok(row);
}

function headerIssues(scanned: ScannedRow, maxColumns: number): CsvIssue[] {
  const { cells, count, textAfterQuote, isUnclosed } = scanned;
  if (isUnclosed) return [issue("csv.unclosed_quote", [], { row: 0 })];
  if (count > maxColumns) return [issue("csv.too_large", [], { of: "columns" as const, limit: maxColumns })];
  const issues: CsvIssue[] = [];
  if (textAfterQuote >= 0) issues.push(issue("csv.text_after_quote", [], { cell: textAfterQuote }));
  const known = new Map<string, number>();
  for (const [position, column] of cells.entries()) {
    const first = known.get(column);
    if (first === undefined) known.set(column, position);
    else issues.push(issue("csv.duplicate_column", [], { column, first }));
  }
  return issues;
}

function rowIssues({ count, textAfterQuote }: ScannedRow, columns: readonly string[]): CsvRowIssue[] {
  const issues: CsvRowIssue[] = [];
  if (count !== columns.length) {
    issues.push(issue("csv.wrong_column_count", [], { expected: columns.length, found: count }));
  }
  if (textAfterQuote >= 0) {
    const column = columns[textAfterQuote];
    issues.push(issue("csv.text_after_quote", column === undefined ? [] : [column], { cell: textAfterQuote }));
  }
  return issues;
}

function tooLarge(of: "length" | "rows" | "columns", limit: number): Result<number, CsvIssue> {
  return refuse([issue("csv.too_large", [], { of, limit })]);
}

function limitsOf({ limits }: CsvOptions): CsvLimits {
  if (limits === undefined) return DEFAULT_CSV_LIMITS;
  const complete: CsvLimits = { ...DEFAULT_CSV_LIMITS, ...limits };
  for (const [name, limit] of Object.entries(complete)) {
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`${name} cannot be ${String(limit)}.`);
  }
  return complete;
}
