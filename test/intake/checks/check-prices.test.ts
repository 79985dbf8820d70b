import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import { anyPriceEntry } from "../../../src/testing/index.js";
import { codesOf, findingsOf } from "../review-facts.js";

describe("the check of prices (mission 4.5, 3.6)", () => {
  const at = (unitPrice: string | null) => ({ lines: [{ unitPrice }] });
  it("finds a line for which nobody knows a price", () => {
    expect(findingsOf(at(null), { lists: { prices: [] } })).toEqual([
      { code: "review.no_price", path: ["lines", 0, "unitPrice"], params: { itemCode: "TEA" }, severity: "error" },
    ]);
    expect(codesOf(at("2.5"), { lists: { prices: [] } })).toEqual([]);
    expect(codesOf(at(null))).toEqual([]);
  });

  describe("of a discount as an amount", () => {
    const discounted = (amount: string, unitPrice: string | null = null) => ({
      totals: null,
      lines: [{ unitPrice, discount: { kind: "amount" as const, amount }, allowance: "0" }],
    });
    const found = (amount: string, gross: string) => ({
      code: "review.discount_exceeds_amount",
      path: ["lines", 0, "discount"],
      params: { itemCode: "TEA", discount: amount, gross },
      severity: "error",
    });

    it("finds one that is more than the line costs by the price structure, else by the customer's price", () => {
      expect(findingsOf(discounted("25.01"))).toEqual([found("25.01", "25")]);
      expect(findingsOf(discounted("30.01", "3"), { lists: { prices: [] } })).toEqual([found("30.01", "30")]);
      // The structure rules over what the customer named.
      const tolerant = { policy: { priceTolerancePercent: decimal("100") } };
      expect(findingsOf(discounted("26", "3"), tolerant)).toEqual([found("26", "25")]);
    });

    it("lets pass what takes all of it, a rate, and one on a line without a price or at no cost", () => {
      expect(codesOf(discounted("25"))).toEqual([]);
      expect(codesOf({ lines: [{ discount: { kind: "percent", percent: "100" } }] })).toEqual([]);
      expect(codesOf(discounted("99"), { lists: { prices: [] } })).toEqual(["review.no_price"]);
      const gift = { ...discounted("99").lines[0], transactionCategory: "gift" as const };
      expect(codesOf({ totals: null, lines: [gift] })).toEqual([]);
    });
  });

  it("finds prices that contradict each other, also when the customer named one of them", () => {
    const prices = [anyPriceEntry({ unitPrice: "2" }), anyPriceEntry({ unitPrice: "3" })];
    expect(findingsOf(at("2"), { lists: { prices } })).toEqual([
      {
        code: "review.price_ambiguous",
        path: ["lines", 0, "unitPrice"],
        params: { itemCode: "TEA", prices: ["2", "3"] },
        severity: "error",
      },
    ]);
  });

  test.each([
    ["0", "2.5", true],
    ["0", "2.49", false],
    ["0", "2.51", false],
    ["2", "2.45", true],
    ["2", "2.55", true],
    ["2", "2.449", false],
    ["2", "2.5501", false],
    ["100", "0", true],
  ])("with a tolerance of %s percent of 2.5, a price of %s passes: %s", (percent, price, passes) => {
    const found = findingsOf(at(price), { policy: { priceTolerancePercent: decimal(percent) } });
    expect(found).toEqual(
      passes
        ? []
        : [
            {
              code: "review.price_differs",
              path: ["lines", 0, "unitPrice"],
              params: { itemCode: "TEA", given: decimal(price), expected: "2.5" },
              severity: "error",
            },
          ],
    );
  });

  test.each([
    ["sale", true],
    ["backfill", true],
    ["gift", false],
    ["exchange", false],
    ["depositDraw", false],
    ["sample", false],
  ] as const)("looks at the price of a %s: %s", (transactionCategory, looks) => {
    expect(codesOf({ lines: [{ transactionCategory, unitPrice: "9" }] })).toEqual(
      looks ? ["review.price_differs"] : [],
    );
  });
});
