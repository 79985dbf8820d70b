import { describe, expect, it } from "vitest";
import { toCsv } from "../../src/interchange/to-csv.js";

describe("toCsv", () => {
  it("writes what needs no quotes without them", () => {
    expect(toCsv({ columns: ["a", "b"], rows: [["x y", ""]] })).toBe("a,b\r\nx y,\r\n");
  });

  it("quotes separators, quotes, line breaks and a leading byte order mark (rule 1)", () => {
    const rows = [["x,y"], ['"'], ["\r"], ["\n"], ["\uFEFFx"], ["x\uFEFF"], ["x;y"]];
    expect(toCsv({ columns: ["a"], rows }, { lineBreak: "\n" })).toBe(
      'a\n"x,y"\n""""\n"\r"\n"\n"\n"\uFEFFx"\nx\uFEFF\nx;y\n',
    );
    expect(toCsv({ columns: ["a"], rows: [["x;y"], ["x,y"]] }, { separator: ";", lineBreak: "\n" })).toBe(
      'a\n"x;y"\nx,y\n',
    );
  });

  it("writes a row of one empty cell as two quotes (rule 2)", () => {
    expect(toCsv({ columns: [""], rows: [[""]] })).toBe('""\r\n""\r\n');
    expect(toCsv({ columns: ["a", "b"], rows: [["", ""]] })).toBe("a,b\r\n,\r\n");
  });

  it("throws for a table that is none", () => {
    expect(() => toCsv({ columns: [], rows: [] })).toThrow(RangeError);
    expect(() => toCsv({ columns: ["a", "a"], rows: [] })).toThrow(RangeError);
    expect(() => toCsv({ columns: ["a"], rows: [["1", "2"]] })).toThrow(RangeError);
  });
});
