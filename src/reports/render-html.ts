import { cellText, type Table, type TableColumn } from "./table.js";

/**
 * Writes a report as an HTML table, to be set into a page of the host.
 *
 * **Rules**
 * 1. Title as caption, headings as head, rows as body, totals as foot; a report without totals has no foot.
 * 2. Everything that comes from data is escaped: a customer's name cannot add markup, and a browser reads every character of
 *    it, carriage returns too. The character zero, which no document can hold, is written as U+FFFD.
 * 3. Cells with numbers carry the class `right`; the look is the page's matter.
 *
 * @param table the report
 * @returns one `<table>` element
 *
 * **Source:** mission 13.1, 13.2, 13.3, 13.4, 13.5
 * @example
 * ```ts
 * import { renderHtml, type Table } from "ordercycle/reports";
 * const table: Table<{ readonly item: string }> = {
 *   title: "Items",
 *   columns: [{ key: "item", heading: "Item", align: "left" }],
 *   rows: [{ item: "Tea & <milk>" }],
 *   totals: [],
 * };
 * renderHtml(table).includes("<td>Tea &amp; &lt;milk&gt;</td>"); // => true
 * ```
 */
export function renderHtml<Row>({ title, columns, rows, totals }: Table<Row>): string {
  const headings = columns.map(({ heading, align }) => `<th scope="col"${classOf(align)}>${escaped(heading)}</th>`);
  return [
    "<table>",
    `<caption>${escaped(title)}</caption>`,
    `<thead><tr>${headings.join("")}</tr></thead>`,
    "<tbody>",
    ...rows.map((row) => lineOf(row, columns)),
    "</tbody>",
    ...(totals.length === 0 ? [] : ["<tfoot>", ...totals.map((row) => lineOf(row, columns)), "</tfoot>"]),
    "</table>",
  ].join("\n");
}

function lineOf<Row>(row: Partial<Row>, columns: readonly TableColumn<Row>[]): string {
  const cells = columns.map((column) => `<td${classOf(column.align)}>${escaped(cellText(row, column))}</td>`);
  return `<tr>${cells.join("")}</tr>`;
}

function classOf(align: "left" | "right"): string {
  return align === "right" ? ' class="right"' : "";
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\0", "\ufffd");
}
