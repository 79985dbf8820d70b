import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, type Decimal } from "../../src/core/decimal.js";
import { displayWidth } from "../../src/reports/display-width.js";
import { renderCsv } from "../../src/reports/render-csv.js";
import { renderHtml } from "../../src/reports/render-html.js";
import { renderTable } from "../../src/reports/render-table.js";
import { cellText, type Table } from "../../src/reports/table.js";

interface Row {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly quantity: number;
}
const table = (rows: readonly Row[], totals: Table<Row>["totals"] = [], title = "Stock"): Table<Row> => ({
  title,
  columns: [
    { key: "name", heading: "Name", align: "left" },
    { key: "tags", heading: "Tags", align: "left" },
    { key: "quantity", heading: "Qty", align: "right" },
  ],
  rows,
  totals,
});
const anyText = fc.string({ unit: "binary", maxLength: 60 });
const arbitraryTable = fc
  .tuple(fc.array(fc.tuple(anyText, fc.array(anyText, { maxLength: 2 }), fc.integer()), { maxLength: 5 }), anyText)
  .map(([rows, title]) => {
    const written = rows.map(([name, tags, quantity]) => ({ name, tags, quantity }));
    return table(written, written.slice(0, 1), title);
  });

describe("displayWidth", () => {
  it("counts wide characters twice and combining marks not at all (rules 1 and 2)", () => {
    const widths = ["abc", "绿茶", "が", "Ａ", "한국", "e\u0301", "🍵", "…", "é", "𠀀", "\u200b"].map(displayWidth);
    expect(widths).toEqual([3, 4, 2, 2, 4, 1, 2, 1, 1, 2, 0]);
  });

  it("tells emoji that are pictures from signs that may be drawn as such (rule 1)", () => {
    expect(["⭐", "✅", "⚡", "🟢", "🈚", "🇹"].map(displayWidth)).toEqual([2, 2, 2, 2, 2, 1]);
    expect(["🌡", "🛠", "❄", "©", "㉈", "𗀀"].map(displayWidth)).toEqual([1, 1, 1, 1, 1, 2]);
  });
});

describe("renderTable (mission 13.1, 13.2, 13.3, 13.4, 13.5)", () => {
  it("prints title, headings, rows and totals, numbers at the right (rule 4)", () => {
    const rows = [
      { name: "TEA", tags: ["a", "b"], quantity: 5 },
      { name: "绿茶", quantity: 1000 },
    ];
    expect(renderTable(table(rows, [{ quantity: 1005 }])).split("\n")).toEqual([
      "Stock",
      "",
      "Name  Tags   Qty",
      "----  ----  ----",
      "TEA   a, b     5",
      "绿茶        1000",
      "----  ----  ----",
      "            1005",
    ]);
  });

  it("cuts the widest text first and never a number, with one blank between (rules 2, 3 and 4)", () => {
    const lines = renderTable(table([{ name: "a".repeat(30), tags: ["short"], quantity: 12345 }]), { width: 24 }).split(
      "\n",
    );
    expect(lines[4]).toBe(`${"a".repeat(11)}… short 12345`);
  });

  it("fills the place of a number that does not fit (rule 3)", () => {
    const numbers: Table<{ readonly a: number; readonly b: number }> = {
      title: "",
      columns: [
        { key: "a", heading: "A", align: "right" },
        { key: "b", heading: "B", align: "right" },
      ],
      rows: [{ a: 1234567890123456, b: 7 }],
      totals: [],
    };
    expect(renderTable(numbers, { width: 20 }).split("\n")[4]).toBe("1234567890123456  7");
    const tooWide = { ...numbers, rows: [{ a: 1234567890123456, b: 1234567890 }] };
    expect(renderTable(tooWide, { width: 20 }).split("\n")[4]).toBe(`${"#".repeat(9)} 1234567890`);
  });

  it("cuts wide text between characters (rule 5)", () => {
    const lines = renderTable(table([{ name: "绿".repeat(20), quantity: 1 }]), { width: 20 }).split("\n");
    expect(lines[4]).toBe("绿绿绿绿绿…        1");
  });

  it("prints control characters and changes of direction as blanks (rule 5)", () => {
    const text = renderTable(table([{ name: "a\u001b[31m\nb\u202ec", quantity: 1 }]));
    expect(text.split("\n")[4]).toContain("a [31m b c");
  });

  it("throws over a width that is no width", () => {
    for (const width of [19, 20.5, Number.NaN, -1]) expect(() => renderTable(table([]), { width })).toThrow(RangeError);
  });

  it("law: no line is wider than asked for (rule 1)", () => {
    fc.assert(
      fc.property(arbitraryTable, fc.integer({ min: 20, max: 120 }), (any, width) => {
        const lines = renderTable(any, { width }).split("\n");
        expect(lines).toHaveLength(4 + any.rows.length + (any.totals.length > 0 ? 2 : 0));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("renderCsv (mission 13.1, 13.2, 13.3, 13.4, 13.5)", () => {
  it("quotes what needs quotes and ends records with CR LF (rules 1, 2 and 3)", () => {
    const rows = [
      { name: 'say "hi"', tags: ["a", "b"], quantity: -1 },
      { name: "two\nlines", quantity: 2 },
    ];
    expect(renderCsv(table(rows, [{ quantity: 1 }]))).toBe(
      'Name,Tags,Qty\r\n"say ""hi""","a, b",-1\r\n"two\nlines",,2\r\n',
    );
  });

  it("law: a reader of RFC 4180 gets every cell back (rule 4)", () => {
    fc.assert(
      fc.property(arbitraryTable, (any) => {
        const cells = any.rows.map(({ name, tags, quantity }) => [name, (tags ?? []).join(", "), String(quantity)]);
        expect(readCsv(renderCsv(any))).toEqual([["Name", "Tags", "Qty"], ...cells]);
      }),
    );
  });
});

describe("renderHtml (mission 13.1, 13.2, 13.3, 13.4, 13.5)", () => {
  it("writes caption, head, body and foot (rules 1 and 3)", () => {
    expect(renderHtml(table([{ name: "TEA", quantity: 1 }], [{ quantity: 1 }]))).toBe(
      [
        "<table>",
        "<caption>Stock</caption>",
        '<thead><tr><th scope="col">Name</th><th scope="col">Tags</th><th scope="col" class="right">Qty</th></tr></thead>',
        "<tbody>",
        '<tr><td>TEA</td><td></td><td class="right">1</td></tr>',
        "</tbody>",
        "<tfoot>",
        '<tr><td></td><td></td><td class="right">1</td></tr>',
        "</tfoot>",
        "</table>",
      ].join("\n"),
    );
    expect(renderHtml(table([]))).not.toContain("tfoot");
  });

  it("law: data adds no markup (rule 2)", () => {
    fc.assert(
      fc.property(arbitraryTable, (any) => {
        const markup = new Set(renderHtml(any).match(/<[^>]*>/g));
        const known = renderHtml(table([{ name: "", quantity: 1 }], [{}])).match(/<[^>]*>/g) ?? [];
        expect([...markup].filter((tag) => !(known as readonly string[]).includes(tag))).toEqual([]);
      }),
    );
    expect(renderHtml(table([{ name: `<b title="x" y='z'>&`, quantity: 1 }]))).toContain(
      "<td>&lt;b title=&quot;x&quot; y=&#39;z&#39;&gt;&amp;</td>",
    );
  });
});

function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let rest = text;
  while (rest.length > 0) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (match === null) throw new Error(`Not RFC 4180: ${rest}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    rest = rest.slice(match[0].length);
    if (match[3] === "\r\n") {
      records.push(record);
      record = [];
    }
  }
  return records;
}

describe("money in a table", () => {
  interface Due {
    readonly amount: Decimal;
    readonly currency: string;
  }
  const due = (amount: string, currency: string): Due => ({ amount: decimal(amount), currency });
  const dues: Table<Due> = {
    title: "Due",
    columns: [{ key: "amount", heading: "Amount", align: "right", currencyKey: "currency" }],
    rows: [due("12.5", "EUR"), due("12.5", "KWD"), due("1200", "JPY"), due("0.125", "EUR"), due("3", "???")],
    totals: [],
  };

  it("has all decimals of its currency, and never fewer than it needs", () => {
    expect(dues.rows.map((row) => cellText(row, dues.columns[0]!))).toEqual(["12.50", "12.500", "1200", "0.125", "3"]);
    expect(renderCsv(dues)).toContain("12.50");
  });
});
