import type { Issue, IssueOf } from "../core/issue.js";

/** A table as CSV carries it: a header and rows of text. */
export interface CsvTable {
  /** Names of the columns, each once, from left to right. */
  readonly columns: readonly string[];
  /** Rows from top to bottom; each has one cell for each column, exactly as written. */
  readonly rows: readonly (readonly string[])[];
}

/** A row by the names of its columns. It has no prototype: a name that no column has reads as undefined, always. */
export type CsvRecord = Readonly<Record<string, string | undefined>>;

/** A row of the rejected file: where it stood, and why it was not taken. **Source:** mission 4.13 */
export interface RejectedRow<I extends Issue = Issue> {
  /** Number of the row: 1 for the first after the header, rejected ones counted, empty lines not. */
  readonly row: number;
  /** Every reason, at least one; paths lead from the row to the cell. */
  readonly issues: readonly I[];
}

/** A row of a CSV file that was not taken, with what stands in it, to be corrected and sent again. **Source:** mission 4.13 */
export interface RejectedCsvRow<I extends Issue = Issue> extends RejectedRow<I> {
  /** The cells, at most as many as a header may have; one that goes on after its closing quote stands as written. */
  readonly cells: readonly string[];
}

/** What separates the cells of a row; spreadsheets write `;` where the comma is the decimal sign. */
export type CsvSeparator = "," | ";" | "\t" | "|";

/** How much CSV is read before it is refused, so that absurd input costs little. */
export interface CsvLimits {
  /** UTF-16 units of the whole text. Default 400,000,000. */
  readonly maxLength: number;
  /** Rows without the header. Default 5,000,000. */
  readonly maxRows: number;
  /** Columns. Default 1,000. */
  readonly maxColumns: number;
}

/** How CSV is read. */
export interface CsvOptions {
  /** What separates the cells. Default `,`. */
  readonly separator?: CsvSeparator;
  /** Limits that differ from the default. */
  readonly limits?: Partial<CsvLimits>;
}

/** Limits that hold unless the host sets others. */
export const DEFAULT_CSV_LIMITS: CsvLimits = { maxLength: 400_000_000, maxRows: 5_000_000, maxColumns: 1_000 };

/** Why a text cannot be read as a table at all. */
export type CsvIssue = IssueOf<{
  /** There is no header. */
  "csv.empty": { readonly [name: string]: never };
  /** Two columns have the same name. */
  "csv.duplicate_column": {
    /** The name. */ readonly column: string;
    /** Position of the first, from 0. */ readonly first: number;
  };
  /** A quoted cell never ends: what follows it, or the end of the text, is missing. */
  "csv.unclosed_quote": { /** Number of the row in which it begins; 0 for the header. */ readonly row: number };
  /** A quoted cell of the header goes on after its closing quote. */
  "csv.text_after_quote": { /** Position of the cell, from 0. */ readonly cell: number };
  /** There is more than is read. */
  "csv.too_large": {
    /** What there is too much of. */ readonly of: "length" | "rows" | "columns";
    /** How much is read. */ readonly limit: number;
  };
}>;

/** Why a row is no row of its table. */
export type CsvRowIssue = IssueOf<{
  /** The row has more or fewer cells than the header. */
  "csv.wrong_column_count": {
    /** Cells of the header. */ readonly expected: number;
    /** Cells of the row. */ readonly found: number;
  };
  /** A quoted cell goes on after its closing quote. */
  "csv.text_after_quote": { /** Position of the cell, from 0. */ readonly cell: number };
}>;
