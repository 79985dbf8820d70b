import { describe, expect, expectTypeOf, it } from "vitest";
import { type Issue, type IssueOf, issue } from "../../src/core/issue.js";

type CountIssue = IssueOf<{
  "count.too_many": { readonly limit: number };
  "count.unknown_unit": { readonly unit: string };
}>;

describe("issue", () => {
  it("is plain data with code, path and params", () => {
    const found = issue("count.too_many", ["rows", 3], { limit: 10 });
    expect(found).toEqual({ code: "count.too_many", path: ["rows", 3], params: { limit: 10 } });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it("types the params by the code", () => {
    expectTypeOf<Extract<CountIssue, { code: "count.too_many" }>["params"]["limit"]>().toEqualTypeOf<number>();
    expectTypeOf<CountIssue>().toExtend<Issue>();
    // @ts-expect-error the params of another code do not fit
    const wrong: CountIssue = issue("count.too_many", [], { unit: "EA" });
    expect(wrong.code).toBe("count.too_many");
  });
});
