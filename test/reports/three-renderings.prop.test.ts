import { readdirSync, readFileSync } from "node:fs";
import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { fromUnits } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { parseCsv } from "../../src/interchange/parse-csv.js";
import { toCsv } from "../../src/interchange/to-csv.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { displacementList } from "../../src/reports/displacement-list.js";
import { displayWidth } from "../../src/reports/display-width.js";
import { lateShipments } from "../../src/reports/late-shipments.js";
import { mergedOrderFile } from "../../src/reports/merged-order-file.js";
import { orderStatusList } from "../../src/reports/order-status-list.js";
import { renderCsv } from "../../src/reports/render-csv.js";
import { renderHtml } from "../../src/reports/render-html.js";
import { renderTable } from "../../src/reports/render-table.js";
import { reorderList } from "../../src/reports/reorder-list.js";
import { salesByItem } from "../../src/reports/sales-by-item.js";
import { setAsideList } from "../../src/reports/set-aside-list.js";
import { shortageList } from "../../src/reports/shortage-list.js";
import { summariseSales } from "../../src/reports/summarise-sales.js";
import { cellText, type Table } from "../../src/reports/table.js";
import { unclosedList } from "../../src/reports/unclosed-list.js";
import { uncollectedList } from "../../src/reports/uncollected-list.js";
import { unshippedList } from "../../src/reports/unshipped-list.js";
import { anyDisplacement, anyItem, anyOrderHistory, arbitraryWorld } from "../../src/testing/index.js";

type AnyTable = Table<Record<string, unknown>>;

const today = calendarDay("2026-03-10");
const asOf = instant("2026-03-10T09:00:00Z");

/** What people type, and what those type who mean no good. */
const someText: Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    "",
    " ",
    "绿茶 250 g",
    'say "hi"',
    "a, b",
    "two\r\nlines",
    "old\rMac",
    "\n",
    "<script>alert(1)</script>",
    "&lt;",
    "&#13;",
    "</td></tr>",
    "<!--",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\ttab",
    "\uFEFFmark",
    "⭐✅🌡",
    "e\u0301",
  ),
);

const someTable: Arbitrary<AnyTable> = fc
  .uniqueArray(someText, { minLength: 1, maxLength: 5 })
  .chain((headings) => {
    const cell = fc.oneof(someText, fc.integer(), fc.array(someText, { maxLength: 3 }), fc.constant(undefined));
    const row = fc.array(cell, { minLength: headings.length, maxLength: headings.length });
    const align = fc.constantFrom("left" as const, "right" as const);
    return fc.tuple(
      someText,
      fc.tuple(...headings.map(() => align)),
      fc.array(row, { maxLength: 5 }),
      fc.array(row, { maxLength: 2 }),
      fc.constant(headings),
    );
  })
  .map(([title, aligns, rows, totals, headings]) => ({
    title,
    columns: headings.map((heading, place) => ({ key: `c${place}` as never, heading, align: aligns[place]! })),
    rows: rows.map(recordOf),
    totals: totals.map(recordOf),
  }));

function recordOf(cells: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(cells.flatMap((cell, place) => (cell === undefined ? [] : [[`c${place}`, cell]])));
}

/** Orders of which customers and goods have names of all kinds. */
const someOrders: Arbitrary<{ readonly orders: readonly Order[]; readonly stock: readonly StockPosition[] }> = fc
  .tuple(arbitraryWorld({ maxOrders: 4 }), fc.array(someText, { minLength: 3, maxLength: 7 }))
  .map(([{ orders, stock }, texts]) => {
    const text = (place: number): string => texts[place % texts.length]!;
    const named = orders.map((order, place) => ({
      ...order,
      header: { ...order.header, customerCode: text(place), customerName: text(place + 1) },
      lines: order.lines.map((line, number) => ({
        ...line,
        itemCode: text(place + number),
        itemName: text(place + number + 2),
      })),
    }));
    return { orders: named, stock };
  });

const { order: shipped, events } = anyOrderHistory();

/** Every report, by the name of the function that draws it up. */
const REPORTS: Readonly<
  Record<string, (world: { orders: readonly Order[]; stock: readonly StockPosition[] }) => unknown>
> = {
  displacementList: ({ orders }) => displacementList(displacementsOf(orders)),
  lateShipments: ({ orders }) => {
    const late = { ...shipped, header: { ...orders[0]!.header, requestedDeliveryDate: calendarDay("2026-03-01") } };
    return lateShipments([late], events, { timeZone: "Asia/Taipei" });
  },
  mergedOrderFile: ({ orders }) => mergedOrderFile(mergesOf(orders), []),
  orderStatusList: ({ orders }) => orderStatusList(orders, { asOf }),
  reorderList: ({ orders, stock }) => {
    const items = orders.flatMap(({ lines }) =>
      lines.map(({ itemCode, itemName }) => anyItem({ itemCode, name: itemName, reorderLevel: "9000" })),
    );
    return reorderList(items, stock);
  },
  salesByItem: ({ orders }) => salesByItem(orders),
  setAsideList: ({ orders }) => setAsideList(displacementsOf(orders)),
  shortageList: ({ orders }) => shortageList(orders, { asOf }),
  summariseSales: ({ orders }) =>
    summariseSales(
      orders.flatMap(({ orderNo, lines }) =>
        lines.map(({ itemCode, itemName }, place) => ({
          documentNo: orderNo,
          kind: "sale" as const,
          itemCode,
          itemName,
          quantity: fromUnits(place + 1, 0),
          unitPrice: fromUnits(225, 2),
          soldAt: asOf,
        })),
      ) as never,
    ),
  unclosedList: ({ orders }) => unclosedList(orders),
  uncollectedList: ({ orders }) => uncollectedList(orders, { today }),
  unshippedList: ({ orders }) => unshippedList(orders, { today }),
};

function displacementsOf(orders: readonly Order[]) {
  return orders.flatMap(({ orderNo, lines }) =>
    lines.map(({ lineId, itemCode }) => anyDisplacement({ victim: { orderNo, lineId }, itemCode, ruleId: itemCode })),
  );
}

function mergesOf(orders: readonly Order[]) {
  const records = orders.flatMap(({ orderNo, lines }) =>
    lines.map(({ lineId, itemCode, itemName }) => ({
      from: { orderNo, lineId },
      to: { orderNo: "SO-X", lineId: `SO-X-${lineId}` },
      itemCode,
      quantity: fromUnits(3, 0),
      reason: itemName,
    })),
  );
  return [{ ...events[0]!, type: "quantity_merged", details: { records }, changes: [] }] as never;
}

/** The cells that every printed form must have. */
function cellsOf({ columns, rows, totals }: AnyTable) {
  const texts = (row: Record<string, unknown>): string[] => columns.map((column) => cellText(row, column as never));
  return { headings: columns.map(({ heading }) => heading), body: rows.map(texts), foot: totals.map(texts) };
}

/** Holds the three printed forms of a table against each other. */
function mustAgree(table: AnyTable): void {
  const { headings, body, foot } = cellsOf(table);
  const aligns = table.columns.map(({ align }) => align);

  const csv = renderCsv(table);
  expect(parseCsv(csv)).toEqual({ ok: true, value: { columns: headings, rows: body, rejected: [] } });
  expect(csv).toBe(toCsv({ columns: headings, rows: body }));

  const seen = readHtml(renderHtml(table));
  expect(seen).toEqual({
    title: asInHtml(table.title),
    headings: headings.map(asInHtml),
    aligns,
    body: body.map((row) => row.map(asInHtml)),
    foot: foot.map((row) => row.map(asInHtml)),
  });

  const width = 1000;
  const printed = [headings, ...body, ...foot].map((cells) => cells.map(asInText));
  const widths = headings.map((_heading, place) => Math.max(1, ...printed.map((cells) => displayWidth(cells[place]!))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, place) => {
        const blanks = " ".repeat(widths[place]! - displayWidth(cell));
        return aligns[place] === "right" ? blanks + cell : cell + blanks;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((each) => "-".repeat(each)).join("  ");
  const [heading, ...lines] = printed.map(line);
  const [rows, totals] = [lines.slice(0, body.length), lines.slice(body.length)];
  expect(renderTable(table, { width }).split("\n")).toEqual([
    asInText(table.title).trimEnd(),
    "",
    heading,
    rule,
    ...rows,
    ...(totals.length === 0 ? [] : [rule, ...totals]),
  ]);
}

/** A terminal is not given what it would obey. */
function asInText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, " ");
}

/** No document can hold the character zero. */
function asInHtml(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/** Reads a table as a browser does, and nothing but what a table of ours may hold. */
function readHtml(html: string) {
  // Browsers make line feeds of line breaks and drop zeros before they read.
  let rest = html.replaceAll(/\r\n?/g, "\n").replaceAll("\0", "");
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = new RegExp(`^(?:${pattern.source})`, "u").exec(rest);
    if (found !== null) rest = rest.slice(found[0].length);
    return found;
  };
  const must = (pattern: RegExp): RegExpExecArray => {
    const found = take(pattern);
    if (found === null) throw new Error(`Not ${pattern.source}: ${rest.slice(0, 80)}`);
    return found;
  };
  const text = (): string =>
    must(/[^<>]*/)[0].replaceAll(/&(.*?)(;|$)/gsu, (whole, name: string) => {
      const character = ENTITIES[name];
      if (character === undefined) throw new Error(`Not escaped: ${whole}`);
      return character;
    });
  const row = (): string[] => {
    const cells: string[] = [];
    must(/<tr>/);
    while (take(/<td(?: class="right")?>/) !== null) {
      cells.push(text());
      must(/<\/td>/);
    }
    must(/<\/tr>\n/);
    return cells;
  };
  const rows = (): string[][] => {
    const found: string[][] = [];
    while (rest.startsWith("<tr>")) found.push(row());
    return found;
  };
  must(/<table>\n<caption>/);
  const title = text();
  must(/<\/caption>\n<thead><tr>/);
  const headings: string[] = [];
  const aligns: ("left" | "right")[] = [];
  for (
    let cell = take(/<th scope="col"( class="right")?>/);
    cell !== null;
    cell = take(/<th scope="col"( class="right")?>/)
  ) {
    aligns.push(cell[1] === undefined ? "left" : "right");
    headings.push(text());
    must(/<\/th>/);
  }
  must(/<\/tr><\/thead>\n<tbody>\n/);
  const body = rows();
  must(/<\/tbody>\n/);
  const hasFoot = take(/<tfoot>\n/) !== null;
  const foot = hasFoot ? rows() : [];
  if (hasFoot) must(/<\/tfoot>\n/);
  must(/<\/table>$/);
  return { title, headings, aligns, body, foot };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#13": "\r" };

describe("a report as text, CSV and HTML (mission 13.1–13.5)", () => {
  it("law: whatever its cells hold, all three have the same rows, columns and totals", () => {
    fc.assert(fc.property(someTable, mustAgree), { numRuns: 300 });
  });

  it.each(Object.entries(REPORTS))("law: %s has the same cells in all three, whatever the orders", (_name, draw) => {
    let rows = 0;
    fc.assert(
      fc.property(someOrders, (world) => {
        const table = draw(world) as AnyTable;
        rows += table.rows.length;
        mustAgree(table);
      }),
      { numRuns: 40 },
    );
    expect(rows).toBeGreaterThan(0);
  });

  it("every report of the package is among them", () => {
    const folder = "src/reports";
    const drawn = readdirSync(folder).flatMap((file) => {
      const text = readFileSync(`${folder}/${file}`, "utf8");
      const tables = ["Table", ...[...text.matchAll(/interface (\w+) extends [^{]*Table</g)].map(([, name]) => name)];
      return [...text.matchAll(/^export function (\w+)\((?:[^{]|\{\})*?\): (\w+)/gms)].flatMap(([, name, type]) =>
        tables.includes(type) ? [name] : [],
      );
    });
    expect(drawn.sort()).toEqual(Object.keys(REPORTS).sort());
  });
});
