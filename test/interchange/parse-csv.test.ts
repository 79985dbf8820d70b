import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { CsvTable } from "../../src/interchange/csv-table.js";
import { parseCsv, type ParsedCsv } from "../../src/interchange/parse-csv.js";
import { toCsv } from "../../src/interchange/to-csv.js";

function parsed(text: string, options = {}): ParsedCsv {
  const result = parseCsv(text, options);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** Text in which everything that CSV cares about is frequent. */
const trickyText = fc
  .array(fc.constantFrom('"', '""', ",", ";", "\t", "|", "\n", "\r", "\r\n", "a", " ", "é", "\uFEFF", "\uD800", "7"))
  .map((parts) => parts.join(""));

const anyTable: fc.Arbitrary<CsvTable> = fc
  .uniqueArray(fc.oneof(trickyText, fc.constantFrom("__proto__", "constructor", "toString")), {
    minLength: 1,
    maxLength: 5,
  })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(trickyText, { minLength: columns.length, maxLength: columns.length }), { maxLength: 6 }),
    }),
  );

describe("parseCsv (mission 4.13)", () => {
  it("ends rows with CRLF, LF or CR, the last with the text (rule 1)", () => {
    for (const text of ["a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\n3,4", "a,b\r1,2\r3,4", "a,b\r\n1,2\n3,4\r"]) {
      expect(parsed(text)).toEqual({
        columns: ["a", "b"],
        rows: [
          ["1", "2"],
          ["3", "4"],
        ],
        rejected: [],
      });
    }
  });

  it("skips lines on which nothing stands, and does not count them (rule 1)", () => {
    const table = parsed("\n\r\na,b\n\n1,2\n\n3\n4,5\n\n");
    expect(table.rows).toEqual([
      ["1", "2"],
      ["4", "5"],
    ]);
    expect(table.rejected.map(({ row }) => row)).toEqual([2]);
  });

  it("takes a line of blanks, and a quoted empty cell, for a row (rule 1)", () => {
    expect(parsed('a\n \n""\n').rows).toEqual([[" "], [""]]);
  });

  it("keeps separators, line breaks and doubled quotes of a quoted cell (rule 2)", () => {
    const table = parsed('a,b\r\n"x,y","line 1\r\nline 2\n"\r\n"He said ""no""",""""\r\n"",""""""\r\n');
    expect(table.rows).toEqual([
      ["x,y", "line 1\r\nline 2\n"],
      ['He said "no"', '"'],
      ["", '""'],
    ]);
  });

  it("takes a quote inside a bare cell for a letter (rule 2)", () => {
    expect(parsed('a,b\n3" pipe,x"y"\n').rows).toEqual([['3" pipe', 'x"y"']]);
  });

  it("keeps empty cells, blanks and leading zeros as they stand (rule 3)", () => {
    expect(parsed("a,b,c\n, 007 ,\n").rows).toEqual([["", " 007 ", ""]]);
  });

  it("leaves a byte order mark out, at the beginning only (rule 4)", () => {
    expect(parsed("\uFEFFa,b\n\uFEFF1,2\n")).toEqual({ columns: ["a", "b"], rows: [["\uFEFF1", "2"]], rejected: [] });
    expect(parsed('\uFEFF"a"\n1\n').columns).toEqual(["a"]);
  });

  it("rejects rows that do not fit and keeps the others (rule 5)", () => {
    const table = parsed('a,b\n1\n2,3\n4,5,6\n"7"x,8\n9,"0" ,1\n');
    expect(table.rows).toEqual([["2", "3"]]);
    expect(table.rejected).toEqual([
      {
        row: 1,
        issues: [{ code: "csv.wrong_column_count", path: [], params: { expected: 2, found: 1 } }],
        cells: ["1"],
      },
      {
        row: 3,
        issues: [{ code: "csv.wrong_column_count", path: [], params: { expected: 2, found: 3 } }],
        cells: ["4", "5", "6"],
      },
      { row: 4, issues: [{ code: "csv.text_after_quote", path: ["a"], params: { cell: 0 } }], cells: ['"7"x', "8"] },
      {
        row: 5,
        cells: ["9", '"0" ', "1"],
        issues: [
          { code: "csv.wrong_column_count", path: [], params: { expected: 2, found: 3 } },
          { code: "csv.text_after_quote", path: ["b"], params: { cell: 1 } },
        ],
      },
    ]);
  });

  it("names the first of several cells with text after a quote (rule 5)", () => {
    const [row] = parsed('a,b,c\n1,"2"x,"3"y\n').rejected;
    expect(row?.issues).toEqual([{ code: "csv.text_after_quote", path: ["b"], params: { cell: 1 } }]);
    expect(row?.cells).toEqual(["1", '"2"x', '"3"y']);
  });

  it("names no column for text after a quote beyond the last one (rule 5)", () => {
    expect(parsed('a\n1,"2"x\n').rejected[0]?.issues[1]).toEqual({
      code: "csv.text_after_quote",
      path: [],
      params: { cell: 1 },
    });
  });

  it("refuses a text without a header (rule 6)", () => {
    for (const text of ["", "\uFEFF", "\n\r\n\r"]) {
      expect(parseCsv(text)).toEqual({ ok: false, issues: [{ code: "csv.empty", path: [], params: {} }] });
    }
  });

  it("refuses columns of one name, all of them at once, and a header with text after a quote (rule 6)", () => {
    expect(parseCsv('a,b,a,b,"c"d,a\n')).toEqual({
      ok: false,
      issues: [
        { code: "csv.text_after_quote", path: [], params: { cell: 4 } },
        { code: "csv.duplicate_column", path: [], params: { column: "a", first: 0 } },
        { code: "csv.duplicate_column", path: [], params: { column: "b", first: 1 } },
        { code: "csv.duplicate_column", path: [], params: { column: "a", first: 0 } },
      ],
    });
  });

  it("refuses a quoted cell that never ends, and names the row in which it begins (rule 6)", () => {
    expect(parseCsv('"a\n1')).toMatchObject({ issues: [{ code: "csv.unclosed_quote", params: { row: 0 } }] });
    expect(parseCsv('a\n1\n\n"2\n3\n')).toMatchObject({ issues: [{ code: "csv.unclosed_quote", params: { row: 2 } }] });
    expect(parseCsv('a\n"1""')).toMatchObject({ issues: [{ code: "csv.unclosed_quote", params: { row: 1 } }] });
  });

  it("refuses what is beyond the limits, and takes what is just within (rule 6)", () => {
    const text = "a,b\n1,2\n3,4\n";
    expect(parseCsv(text, { limits: { maxLength: 12, maxRows: 2, maxColumns: 2 } }).ok).toBe(true);
    for (const [limits, of] of [
      [{ maxLength: 11 }, "length"],
      [{ maxRows: 1 }, "rows"],
      [{ maxColumns: 1 }, "columns"],
    ] as const) {
      const limit = Object.values(limits)[0];
      expect(parseCsv(text, { limits })).toEqual({
        ok: false,
        issues: [{ code: "csv.too_large", path: [], params: { of, limit } }],
      });
    }
  });

  it("keeps no more cells of an endless row than a header may have", () => {
    const table = parsed(`a\n${",".repeat(1_000_000)}\n1\n`, { limits: { maxColumns: 3 } });
    expect(table.rejected[0]?.cells).toEqual(["", "", ""]);
    expect(table.rows).toEqual([["1"]]);
    expect(table.rejected[0]?.issues[0]?.params).toEqual({ expected: 1, found: 1_000_001 });
  });

  it.each(SEPARATORS)("separates cells by %j and by nothing else", (separator) => {
    const others = SEPARATORS.filter((each) => each !== separator).join("");
    expect(parsed(`a${separator}b\n1${others}${separator}2\n`, { separator }).rows).toEqual([[`1${others}`, "2"]]);
  });

  it("throws for what is a bug of the calling program: no text, limits that are none", () => {
    expect(() => parseCsv(undefined as unknown as string)).toThrow(TypeError);
    for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => parseCsv("a\n", { limits: { maxRows: limit } })).toThrow(RangeError);
    }
  });

  test("what toCsv writes is read back to the same table", () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.constantFrom(...SEPARATORS),
        fc.constantFrom("\r\n" as const, "\n" as const),
        (table, separator, lineBreak) => {
          const read = parsed(toCsv(table, { separator, lineBreak }), { separator });
          expect(read).toEqual({ ...table, rejected: [] });
        },
      ),
    );
  });

  test("no text makes it throw; rows and rejected rows together are all rows; what was read can be written and read again", () => {
    let refused = 0;
    let read = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: trickyText }, fc.string({ unit: "binary" })), (text) => {
        const result = parseCsv(text);
        if (!result.ok) {
          refused += 1;
          expect(result.issues.length).toBeGreaterThan(0);
          return;
        }
        read += 1;
        const { columns, rows, rejected } = result.value;
        expect(rows.every((cells) => cells.length === columns.length)).toBe(true);
        const numbers = rejected.map(({ row }) => row);
        const isAscending = numbers.every((number, position) => number > (numbers[position - 1] ?? 0));
        const isWithin = (numbers.at(-1) ?? 0) <= rows.length + rejected.length;
        expect(isAscending && isWithin && rejected.every(({ issues }) => issues.length > 0)).toBe(true);
        expect(parseCsv(toCsv({ columns, rows }))).toEqual({ ok: true, value: { columns, rows, rejected: [] } });
      }),
      { numRuns: 10_000 },
    );
    // A generator that produced only refusals, or none, would prove nothing.
    expect(Math.min(refused, read)).toBeGreaterThan(500);
  });
});
