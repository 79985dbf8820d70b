import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { joinLines, type JoinedLines } from "../../src/interchange/join-lines.js";

const join = (headers: readonly string[], lines: readonly (readonly [key: string, item: string])[]) =>
  joinLines(headers, lines, { header: (key) => key, line: ([key]) => key });

describe("joinLines (mission 4.13, 5.1, 5.2)", () => {
  it("brings lines under their header, in their order, wherever they stand (rule 1)", () => {
    const { joined } = join(
      ["2", "1"],
      [
        ["1", "TEA"],
        ["2", "RICE"],
        ["1", "SALT"],
      ],
    );
    expect(joined).toEqual([
      { header: "2", lines: [["2", "RICE"]] },
      {
        header: "1",
        lines: [
          ["1", "TEA"],
          ["1", "SALT"],
        ],
      },
    ]);
  });

  it("reports lines without a header (rule 2)", () => {
    const line = ["3", "TEA"] as const;
    expect(join(["1"], [["1", "SALT"], line]).orphanLines).toEqual([{ row: 2, key: "3", value: line }]);
  });

  it("reports headers without lines (rule 3)", () => {
    expect(join(["1", "2"], [["1", "TEA"]]).headersWithoutLines).toEqual([{ row: 2, key: "2", value: "2" }]);
  });

  it("gives the lines to the first of two headers with one key, and reports the other (rule 4)", () => {
    const headers = [
      { key: "1", name: "first" },
      { key: "1", name: "second" },
    ];
    const result = joinLines(headers, ["1"], { header: ({ key }) => key, line: (key) => key });
    expect(result.joined).toEqual([{ header: headers[0], lines: ["1"] }]);
    expect(result.duplicateHeaders).toEqual([{ row: 2, key: "1", value: headers[1] }]);
  });

  test("every header and every line is in exactly one list", () => {
    const key = fc.constantFrom("1", "2", "3", "__proto__", "constructor");
    fc.assert(
      fc.property(fc.array(key), fc.array(key), (headerKeys, lineKeys) => {
        const headers = headerKeys.map((id) => ({ id }));
        const lines = lineKeys.map((of) => ({ of }));
        const result: JoinedLines<(typeof headers)[number], (typeof lines)[number]> = joinLines(headers, lines, {
          header: ({ id }) => id,
          line: ({ of }) => of,
        });
        const seenHeaders = [
          ...result.joined.map(({ header }) => header),
          ...result.headersWithoutLines.map(({ value }) => value),
          ...result.duplicateHeaders.map(({ value }) => value),
        ];
        const seenLines = [
          ...result.joined.flatMap((each) => each.lines),
          ...result.orphanLines.map(({ value }) => value),
        ];
        expect(seenHeaders.length).toBe(headers.length);
        expect(new Set(seenHeaders)).toEqual(new Set(headers));
        expect(seenLines.length).toBe(lines.length);
        expect(new Set(seenLines)).toEqual(new Set(lines));
        for (const { header, lines: own } of result.joined) expect(own.every(({ of }) => of === header.id)).toBe(true);
        for (const { row, value } of result.orphanLines) expect(lines[row - 1]).toBe(value);
      }),
    );
  });
});
