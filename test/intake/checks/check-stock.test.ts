import { describe, expect, it, test } from "vitest";
import { codesOf, findingsOf } from "../review-facts.js";

describe("the hint about stock (mission 4.5, 8.1)", () => {
  test.each([
    ["10", true],
    ["9.99", false],
    [undefined, false],
  ])("with %s free, 10 pass: %s", (free, passes) => {
    expect(findingsOf({}, { free: free === undefined ? {} : { TEA: free } })).toEqual(
      passes
        ? []
        : [
            {
              code: "review.stock_short",
              path: ["lines", 0, "orderedQty"],
              params: { itemCode: "TEA", quantity: "10", available: free ?? "0" },
              severity: "warning",
            },
          ],
    );
  });

  it("is no promise: each line is looked at as if it were alone", () => {
    expect(codesOf({ lines: [{}, {}] }, { free: { TEA: "10" } })).toEqual([]);
  });

  it("is not given when nobody tells what is free", () => {
    expect(codesOf({})).toEqual([]);
  });
});
