import { describe, expect, it } from "vitest";
import { csvRecords } from "../../src/interchange/csv-records.js";

describe("csvRecords", () => {
  it("names the cells by their columns", () => {
    const records = csvRecords({
      columns: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", ""],
      ],
    });
    expect(records.map((record) => ({ ...record }))).toEqual([
      { a: "1", b: "2" },
      { a: "3", b: "" },
    ]);
  });

  it("reads nothing from a prototype, and lets no column reach one (rule 1)", () => {
    const [record] = csvRecords({ columns: ["__proto__", "constructor"], rows: [["x", "y"]] });
    expect(Object.entries(record!)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect("toString" in record!).toBe(false);
    expect(Object.getPrototypeOf(record)).toBe(null);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("throws for a row that does not fit", () => {
    expect(() => csvRecords({ columns: ["a"], rows: [["1", "2"]] })).toThrow(RangeError);
  });
});
