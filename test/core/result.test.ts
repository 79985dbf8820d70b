import { describe, expect, it } from "vitest";
import { issue } from "../../src/core/issue.js";
import { type Result, ok, refuse } from "../../src/core/result.js";

describe("result", () => {
  it("grants with the value", () => {
    const result: Result<number> = ok(7);
    expect(result).toEqual({ ok: true, value: 7 });
  });

  it("refuses with all issues", () => {
    const issues = [issue("a.first", [], {}), issue("a.second", ["x"], {})];
    const result: Result<number> = refuse(issues);
    expect(result).toEqual({ ok: false, issues });
  });

  it("rule 1: a refusal without a reason is a bug", () => {
    expect(() => refuse([])).toThrow(TypeError);
  });
});
