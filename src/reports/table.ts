import { scaleOf, toFixedText, type Decimal } from "../core/decimal.js";
import { minorUnitOf } from "../core/money.js";
import type { Currency } from "../model/ids.js";

/** What a cell of a report can hold; a list is printed with commas between its parts. */
export type Cell = string | number | readonly string[];

/** Names of the fields of a row that can be printed. */
export type CellKey<Row> = {
  [Key in keyof Row & string]-?: NonNullable<Row[Key]> extends Cell ? Key : never;
}[keyof Row & string];

/** A column of a report. */
export interface TableColumn<Row> {
  /** Field of the row that it shows. */
  readonly key: CellKey<Row>;
  /** Heading, in English. */
  readonly heading: string;
  /** `right` for numbers, `left` for text. */
  readonly align: "left" | "right";
  /** For money: the field that names its currency, whose minor unit is then always written out (`12.50`). */
  readonly currencyKey?: CellKey<Row>;
}

/**
 * A report to view and to print: rows of plain data, and the columns in which they are shown. The same definition feeds
 * the screen, the spreadsheet and the browser.
 *
 * **Source:** mission 13.1, 13.2, 13.3, 13.4, 13.5
 */
export interface Table<Row> {
  /** Title, in English. */
  readonly title: string;
  /** Columns from left to right; a row may carry more than they show. */
  readonly columns: readonly TableColumn<Row>[];
  /** Rows in their order. */
  readonly rows: readonly Row[];
  /** Lines below the rows: one for each unit or currency, since sums over different ones mean nothing. */
  readonly totals: readonly Partial<Row>[];
}

/**
 * Writes one cell of a row as text: nothing for an absent field, the parts of a list with a comma and a blank between.
 *
 * @param row row or line of totals
 * @param column column of the same report
 * @returns text
 * @example
 * ```ts
 * import { cellText } from "ordercycle/reports";
 * cellText({ reasons: ["hold_active", "shortage_waiting"] }, { key: "reasons", heading: "Reasons", align: "left" }); // => "hold_active, shortage_waiting"
 * ```
 */
export function cellText<Row>(row: Partial<Row>, column: TableColumn<Row>): string {
  const cell = row[column.key] as Cell | undefined;
  if (cell === undefined) return "";
  if (column.currencyKey !== undefined)
    return moneyText(cell as Decimal, row[column.currencyKey] as Currency | undefined);
  return typeof cell === "string" ? cell : typeof cell === "number" ? String(cell) : cell.join(", ");
}

/** Money with all decimals of its currency; more decimals than that are kept. */
function moneyText(amount: Decimal, currency: Currency | undefined): string {
  return toFixedText(amount, Math.max(scaleOf(amount), minorUnitOf(currency ?? "") ?? 0));
}
