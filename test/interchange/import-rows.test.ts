import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { issue } from "../../src/core/issue.js";
import { ok, refuse, type Result } from "../../src/core/result.js";
import { parseDecimal, type Decimal } from "../../src/core/decimal.js";
import { importCsv } from "../../src/interchange/import-csv.js";
import { importRows } from "../../src/interchange/import-rows.js";

function parseQuantity(text: string | undefined): Result<Decimal> {
  const quantity = parseDecimal(text);
  return quantity === undefined ? refuse([issue("test.no_quantity", ["quantity"], { text })]) : ok(quantity);
}

describe("importRows (mission 4.13)", () => {
  it("accepts and rejects each row by itself, under its number (rule 1)", () => {
    const numbers: number[] = [];
    const outcome = importRows(["1.50", "x", "2", ""], (text, number) => {
      numbers.push(number);
      return parseQuantity(text);
    });
    expect(outcome.accepted).toEqual(["1.5", "2"]);
    expect(outcome.rejected).toEqual([
      { row: 2, issues: [{ code: "test.no_quantity", path: ["quantity"], params: { text: "x" } }] },
      { row: 4, issues: [{ code: "test.no_quantity", path: ["quantity"], params: { text: "" } }] },
    ]);
    expect(numbers).toEqual([1, 2, 3, 4]);
  });

  test("every row is in the outcome once (rule 2)", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (rows) => {
        const outcome = importRows(rows, (isGood, number) =>
          isGood ? ok(number) : refuse([issue("test.bad", [], { number })]),
        );
        const seen = [...outcome.accepted, ...outcome.rejected.map(({ row }) => row)].sort((a, b) => a - b);
        expect(seen).toEqual(rows.map((_, position) => position + 1));
        expect(outcome.accepted.every((number) => rows[number - 1] === true)).toBe(true);
      }),
    );
  });
});

describe("importCsv (mission 4.13)", () => {
  it("rejects what is no row and what its reader rejects, in the order of the file (rules 1 and 2)", () => {
    const outcome = importCsv('item,quantity\nTEA,1.50\nRICE\n"SALT"x,2\nSALT,x\n\nOIL,3\n', ({ quantity }) =>
      parseQuantity(quantity),
    );
    expect(outcome.ok && outcome.value.accepted).toEqual(["1.5", "3"]);
    expect(outcome.ok && outcome.value.rejected.map(({ row, issues, cells }) => [row, issues[0]?.code, cells])).toEqual(
      [
        [2, "csv.wrong_column_count", ["RICE"]],
        [3, "csv.text_after_quote", ['"SALT"x', "2"]],
        [4, "test.no_quantity", ["SALT", "x"]],
      ],
    );
  });

  it("tells the reader the number that the row has in the file (rule 2)", () => {
    const outcome = importCsv("a,b\n1,2\n3\n4,5\n", (_, row) => ok(row));
    expect(outcome.ok && outcome.value.accepted).toEqual([1, 3]);
  });

  it("gives records without a prototype", () => {
    const outcome = importCsv("a\n1\n", (record) => ok(["toString" in record, Object.getPrototypeOf(record)]));
    expect(outcome.ok && outcome.value.accepted).toEqual([[false, null]]);
  });

  it("refuses a text that turns out to be none, with nothing accepted (rule 3)", () => {
    expect(importCsv('a\n1\n"2\n', ok)).toEqual({
      ok: false,
      issues: [{ code: "csv.unclosed_quote", path: [], params: { row: 2 } }],
    });
    expect(importCsv("a\n1\n2\n", ok, { limits: { maxRows: 1 } }).ok).toBe(false);
    expect(importCsv("a;b\n1;2\n", ok, { separator: ";" }).ok).toBe(true);
  });
});
