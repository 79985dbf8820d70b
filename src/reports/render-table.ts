import { displayWidth, fitToWidth, printable } from "./display-width.js";
import { cellText, type Table } from "./table.js";

/** How a report is printed as text. */
export interface RenderTableOptions {
  /** Most columns of the terminal that a line may take, 20 or more; 100 when absent. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 100;
const LEAST_WIDTH = 20;
const GAP = 2;

/**
 * Prints a report as text for a terminal: title, headings, rows and totals.
 *
 * **Rules**
 * 1. No line is wider than asked for.
 * 2. Text that does not fit is cut with "…", in the widest columns first.
 * 3. A number is never cut, since a cut number is a wrong one: where it does not fit, its place is filled with "#".
 * 4. Numbers stand at the right of their column, text at the left.
 * 5. Wide characters count two columns; control characters are printed as blanks.
 *
 * @param table the report
 * @param options width in columns
 * @returns lines joined by line feeds, without blanks at their ends
 * @throws RangeError when the width is not a whole number from 20 up, or too small to give every column a place
 *
 * **Source:** mission 13.1, 13.2, 13.3, 13.4, 13.5
 * @example
 * ```ts
 * import { renderTable, type Table } from "ordercycle/reports";
 * interface Row { readonly item: string; readonly stock: number }
 * const table: Table<Row> = {
 *   title: "Stock",
 *   columns: [{ key: "item", heading: "Item", align: "left" }, { key: "stock", heading: "Stock", align: "right" }],
 *   rows: [{ item: "TEA", stock: 90 }, { item: "RICE", stock: 7 }],
 *   totals: [],
 * };
 * renderTable(table).split("\n"); // => ["Stock", "", "Item  Stock", "----  -----", "TEA      90", "RICE      7"]
 * ```
 */
export function renderTable<Row>(table: Table<Row>, options: RenderTableOptions = {}): string {
  const { width = DEFAULT_WIDTH } = options;
  const { columns, rows, totals } = table;
  const least = Math.max(LEAST_WIDTH, columns.length + GAP * (columns.length - 1));
  if (!Number.isInteger(width) || width < least) {
    throw new RangeError(`The width must be a whole number of at least ${least} columns, not ${width}.`);
  }
  const texts = (row: Partial<Row>): string[] => columns.map((column) => printable(cellText(row, column)));
  const headings = columns.map(({ heading }) => printable(heading));
  const body = rows.map(texts);
  const foot = totals.map(texts);
  const widths = fittingWidths(naturalWidths([headings, ...body, ...foot]), columns, width);
  const line = (cells: readonly string[]): string => joined(cells, columns, widths);
  const rule = widths.map((each) => "-".repeat(each)).join(" ".repeat(GAP));
  const title = fitToWidth(printable(table.title), width, "left").trimEnd();
  const heading = widths
    .map((each, place) => fitToWidth(headings[place]!, each, columns[place]!.align))
    .join(" ".repeat(GAP))
    .trimEnd();
  return [title, "", heading, rule, ...body.map(line), ...(foot.length === 0 ? [] : [rule, ...foot.map(line)])].join(
    "\n",
  );
}

function naturalWidths(lines: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const cells of lines) {
    for (const [place, cell] of cells.entries()) widths[place] = Math.max(widths[place] ?? 1, displayWidth(cell));
  }
  return widths;
}

/** Takes columns off the widest text column, and off numbers only when no text is left to cut. */
function fittingWidths(natural: readonly number[], columns: readonly { align: string }[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((total, each) => total + each + GAP, -GAP) - width;
  for (const align of ["left", "right"]) {
    while (excess > 0) {
      const widest = widths.reduce(
        (best, each, place) =>
          columns[place]?.align === align && each > 1 && each > (widths[best] ?? 1) ? place : best,
        -1,
      );
      if (widest < 0) break;
      widths[widest] = widths[widest]! - 1;
      excess -= 1;
    }
  }
  return widths;
}

function joined(
  cells: readonly string[],
  columns: readonly { align: "left" | "right" }[],
  widths: readonly number[],
): string {
  return cells
    .map((cell, place) => {
      const align = columns[place]?.align ?? "left";
      const width = widths[place]!;
      const isCutNumber = align === "right" && displayWidth(cell) > width;
      return isCutNumber ? "#".repeat(width) : fitToWidth(cell, width, align);
    })
    .join(" ".repeat(GAP))
    .trimEnd();
}
