import { describe, expect, it, test } from "vitest";
import { checkNames } from "../../src/model/check-names.js";

describe("checkNames", () => {
  test.each(["H-1", "limit exceeded", " padded ", "账期", "🧾", "a\u00A0b", "0"])("lets a name pass: %j", (text) => {
    expect(checkNames({ holdId: text })).toEqual([]);
  });

  test.each([
    ["nothing", ""],
    ["blanks", "  "],
    ["a blank that does not break", "\u00A0"],
    ["a line break", "H\n1"],
    ["a tab", "H\t1"],
    ["a zero", "\u0000"],
    ["a delete", "H\u007F"],
    ["a control of the upper half", "H\u0085"],
    ["half a character", "H\uD83D"],
    ["the other half", "\uDE00H"],
  ])("refuses %s", (_what, text) => {
    expect(checkNames({ holdId: text })).toEqual([
      { code: "command.not_a_name", path: ["holdId"], params: { field: "holdId" } },
    ]);
  });

  it("tells every field that names nothing, in their order, and no other", () => {
    const issues = checkNames({ holdId: "", type: "credit", reason: "\r" });
    expect(issues.map(({ path, params }) => [...path, params.field])).toEqual([
      ["holdId", "holdId"],
      ["reason", "reason"],
    ]);
    expect(checkNames({})).toEqual([]);
  });
});
