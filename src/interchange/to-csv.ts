import { csvLine } from "../core/csv-line.js";
import type { CsvSeparator, CsvTable } from "./csv-table.js";

/** How CSV is written. */
export interface ToCsvOptions {
  /** What separates the cells. Default `,`. */
  readonly separator?: CsvSeparator;
  /** What ends a row, the last included. Default CRLF, as RFC 4180 has it. */
  readonly lineBreak?: "\r\n" | "\n";
}

/**
 * Writes a table as CSV that `parseCsv` reads back to the same table.
 *
 * **Rules**
 * 1. A cell is quoted when it holds a separator, a quote or a line break, or begins with a byte order mark.
 * 2. A row of one empty cell is written as `""`, since an empty line is no row.
 *
 * @param table columns, each once, and rows with one cell for each
 * @param options separator (`,`) and line break (CRLF)
 * @returns the text, without a byte order mark
 * @throws RangeError when there is no column, two have one name, or a row has another number of cells
 *
 * **Source:** mission 4.13
 * @example
 * ```ts
 * import { toCsv } from "ordercycle/interchange";
 *
 * toCsv({ columns: ["item", "name"], rows: [["TEA", "Tea, green"]] }); // => "item,name\r\nTEA,\"Tea, green\"\r\n"
 * ```
 */
export function toCsv({ columns, rows }: CsvTable, options: ToCsvOptions = {}): string {
  const { separator = ",", lineBreak = "\r\n" } = options;
  if (columns.length === 0) throw new RangeError("A table without columns cannot be written.");
  if (new Set(columns).size !== columns.length) throw new RangeError("Two columns have the same name.");
  const lines = [columns, ...rows].map((cells) => {
    if (cells.length !== columns.length) {
      throw new RangeError(`A row of ${cells.length} cells under ${columns.length} columns.`);
    }
    return csvLine(cells, separator, lineBreak);
  });
  return lines.join("");
}
