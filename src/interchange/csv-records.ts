import type { CsvRecord, CsvTable } from "./csv-table.js";

/**
 * Turns the rows of a table into records by the names of its columns.
 *
 * **Rules**
 * 1. A record has no prototype: `record.toString` is undefined unless a column has that name.
 *
 * @param table from `parseCsv`
 * @returns one record for each row, in their order
 * @throws RangeError when a row has another number of cells than there are columns
 *
 * **Source:** mission 4.13
 * @example
 * ```ts
 * import { csvRecords } from "ordercycle/interchange";
 *
 * const [first] = csvRecords({ columns: ["item", "quantity"], rows: [["TEA", "12.50"]] });
 * first?.quantity; // => "12.50"
 * ```
 */
export function csvRecords({ columns, rows }: CsvTable): CsvRecord[] {
  return rows.map((cells) => csvRecord(columns, cells));
}

/** Turns one row into a record. */
export function csvRecord(columns: readonly string[], cells: readonly string[]): CsvRecord {
  if (cells.length !== columns.length) {
    throw new RangeError(`A row of ${cells.length} cells under ${columns.length} columns.`);
  }
  const record = Object.create(null) as Record<string, string>;
  for (let position = 0; position < columns.length; position += 1) record[columns[position]!] = cells[position]!;
  return record;
}
