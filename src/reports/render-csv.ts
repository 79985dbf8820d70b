import { csvLine } from "../core/csv-line.js";
import { cellText, type Table } from "./table.js";

/**
 * Writes a report as comma-separated values by RFC 4180, for a spreadsheet or another program.
 *
 * **Rules**
 * 1. One record of headings, one for each row; every record ends with CR LF.
 * 2. A cell with a comma, a quote, a CR or an LF, or with a byte order mark at its beginning, stands in quotes, and its
 *    quotes are doubled. A record of one empty cell is `""`, since many readers pass over an empty line.
 * 3. Title and totals are left out: a program that reads the file would take them for rows.
 * 4. Cells are written as they are. Whoever opens the file in a spreadsheet imports the columns as text.
 *
 * @param table the report
 * @returns text
 *
 * **Source:** mission 13.1, 13.2, 13.3, 13.4, 13.5
 * @example
 * ```ts
 * import { renderCsv, type Table } from "ordercycle/reports";
 * const table: Table<{ readonly item: string }> = {
 *   title: "Items",
 *   columns: [{ key: "item", heading: "Item", align: "left" }],
 *   rows: [{ item: 'Tea, "green"' }],
 *   totals: [],
 * };
 * renderCsv(table); // => "Item\r\n\"Tea, \"\"green\"\"\"\r\n"
 * ```
 */
export function renderCsv<Row>({ columns, rows }: Table<Row>): string {
  const records = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map((column) => cellText(row, column))),
  ];
  return records.map((cells) => csvLine(cells, ",", "\r\n")).join("");
}
