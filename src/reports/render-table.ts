import { displayWidth, fitToWidth, printable } from "./display-width.js";
import { cellText, type Table } from "./table.js";

/** How a report is printed as text. */
export interface RenderTableOptions {
  /** Most columns of the terminal that a line may take, 20 or more; 100 when absent. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 100;
const LEAST_WIDTH = 20;

/**
 * Prints a report as text for a terminal: title, headings, rows and totals.
 *
 * **Rules**
 * 1. No line is wider than asked for.
 * 2. Text that does not fit is cut with "…", in the widest columns first.
 * 3. A number is never cut, since a cut number is a wrong one: where it does not fit, its place is filled with "#".
 * 4. Columns stand two blanks apart, or one where that lets more text stay whole. Numbers stand at the right of their column, text at the left.
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
  const least = Math.max(LEAST_WIDTH, 2 * columns.length - 1);
  if (!Number.isInteger(width) || width < least) {
    throw new RangeError(`The width must be a whole number of at least ${least} columns, not ${width}.`);
  }
  const texts = (row: Partial<Row>): string[] => columns.map((column) => printable(cellText(row, column)));
  const headings = columns.map(({ heading }) => printable(heading));
  const body = rows.map(texts);
  const foot = totals.map(texts);
  const natural = naturalWidths([headings, ...body, ...foot]);
  const gap = excessOf(natural, "  ", width) > 0 ? " " : "  ";
  const widths = fittingWidths(natural, columns, excessOf(natural, gap, width));
  const line = (cells: readonly string[]): string => numbersKept(cells, columns, widths).join(gap).trimEnd();
  const rule = widths.map((each) => "-".repeat(each)).join(gap);
  const title = fitToWidth(printable(table.title), width, "left").trimEnd();
  const heading = widths
    .map((each, place) => fitToWidth(headings[place]!, each, columns[place]!.align))
    .join(gap)
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

/** Columns by which a line is too wide. */
function excessOf(widths: readonly number[], gap: string, width: number): number {
  return widths.reduce((total, each) => total + each + gap.length, -gap.length) - width;
}

/** Takes columns off the text, the widest column first, and only then off numbers, as few of them as need be. */
function fittingWidths(natural: readonly number[], columns: readonly { align: string }[], over: number): number[] {
  const widths = [...natural];
  let excess = over;
  while (excess > 0) {
    const text = widest(widths, (place) => columns[place]?.align === "left");
    const place = text ?? widest(widths, () => true)!;
    // A number that has lost one column is printed as "#" anyway, so it may as well give what the others need.
    const taken = text === undefined ? Math.min(excess, widths[place]! - 1) : 1;
    widths[place] = widths[place]! - taken;
    excess -= taken;
  }
  return widths;
}

function widest(widths: readonly number[], isMeant: (place: number) => boolean): number | undefined {
  return widths.reduce<number | undefined>(
    (best, each, place) => (isMeant(place) && each > (best === undefined ? 1 : widths[best]!) ? place : best),
    undefined,
  );
}

function numbersKept(
  cells: readonly string[],
  columns: readonly { align: "left" | "right" }[],
  widths: readonly number[],
): string[] {
  return cells.map((cell, place) => {
    const align = columns[place]!.align;
    const width = widths[place]!;
    const isCutNumber = align === "right" && displayWidth(cell) > width;
    return isCutNumber ? "#".repeat(width) : fitToWidth(cell, width, align);
  });
}
