import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { instant } from "../../src/core/instant.js";
import { parseCsv } from "../../src/interchange/parse-csv.js";
import { orderStatusList } from "../../src/reports/order-status-list.js";
import { renderCsv } from "../../src/reports/render-csv.js";
import { renderHtml } from "../../src/reports/render-html.js";
import { renderTable } from "../../src/reports/render-table.js";
import { shortageList } from "../../src/reports/shortage-list.js";
import { cellText, type Table } from "../../src/reports/table.js";
import { unclosedList } from "../../src/reports/unclosed-list.js";
import { uncollectedList } from "../../src/reports/uncollected-list.js";
import { unshippedList } from "../../src/reports/unshipped-list.js";
import { anyOrder } from "../../src/testing/index.js";

const today = calendarDay("2026-03-10");
const asOf = instant("2026-03-10T09:00:00Z");
const invoices = [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-05", charges: "0", payable: "25" }];
const orders = [
  anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [{ quantities: { open: "4", picked: "3", backfill: "3" } }] }),
  anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [{ quantities: { shipped: "10" } }], billing: { invoices } }),
  anyOrder({
    orderNo: "SO-3",
    stage: "confirmed",
    lines: [{ quantities: { delivered: "10" }, invoicedQty: "10" }],
    billing: { invoicedAmount: "25", collectedAmount: "25" },
    holds: [{ holdId: "H <1>" }],
  }),
];
type AnyTable = Table<Record<string, unknown>>;

describe("each of the five lists, printed three ways from one definition (mission 13.1–13.5)", () => {
  it.each<[string, unknown]>([
    ["13.1 orders by status", orderStatusList(orders, { asOf })],
    ["13.2 unshipped", unshippedList(orders, { today })],
    ["13.3 short", shortageList(orders, { asOf })],
    ["13.4 uncollected", uncollectedList(orders, { today })],
    ["13.5 unclosed", unclosedList(orders)],
  ])("mission %s", (_name, list) => {
    const table = list as AnyTable;
    expect(table.rows.length).toBeGreaterThan(0);
    const cells = table.rows.map((row) => table.columns.map((column) => cellText(row, column as never)));

    const text = renderTable(table);
    expect(text).toContain(table.title);
    for (const { heading } of table.columns) expect(text).toContain(heading);
    // What is long is wrapped.
    for (const cell of cells.flat().filter(({ length }) => length <= 12)) expect(text).toContain(cell);

    const csv = parseCsv(renderCsv(table));
    expect(csv.ok).toBe(true);
    const read = csv.ok ? csv.value : undefined;
    expect(JSON.stringify(read)).toContain(table.columns[0]!.heading);
    for (const cell of cells.flat()) expect(JSON.stringify(read)).toContain(JSON.stringify(cell).slice(1, -1));

    const html = renderHtml(table);
    const plain = html
      .replaceAll(/<[^>]*>/g, "\n")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
    for (const { heading } of table.columns) expect(plain).toContain(heading);
    for (const cell of cells.flat()) expect(plain).toContain(cell);
    expect(html).not.toContain("<1>");
  });
});
