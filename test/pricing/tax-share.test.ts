import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  absolute,
  add,
  compare,
  decimal,
  fromUnits,
  multiply,
  ROUNDING_MODES,
  subtract,
} from "../../src/core/decimal.js";
import { taxShare, type TaxSetting } from "../../src/pricing/tax-share.js";

const share = (amount: string, rate: string, part: Partial<TaxSetting> = {}) => {
  const setting = { prices: "taxInclusive", decimals: 2, rounding: "halfUp", ...part } as const;
  const { withoutTax, tax, withTax } = taxShare(decimal(amount), decimal(rate), setting);
  return [withoutTax, tax, withTax];
};

describe("taxShare (mission 6.6)", () => {
  test.each([
    ["9.99", "19", {}, ["8.39", "1.6", "9.99"]],
    ["8.39", "19", { prices: "taxExclusive" }, ["8.39", "1.59", "9.98"]],
    ["10", "0", {}, ["10", "0", "10"]],
    ["0", "19", {}, ["0", "0", "0"]],
    ["0", "19", { prices: "taxExclusive" }, ["0", "0", "0"]],
    ["110", "10", { decimals: 0 }, ["100", "10", "110"]],
    ["1.005", "5", { decimals: 3 }, ["0.957", "0.048", "1.005"]],
    ["0.5", "10", { prices: "taxExclusive" }, ["0.5", "0.05", "0.55"]],
    ["0.05", "10", { prices: "taxExclusive", rounding: "halfEven" }, ["0.05", "0", "0.05"]],
    ["0.05", "10", { prices: "taxExclusive" }, ["0.05", "0.01", "0.06"]],
    ["100", "7.25", { prices: "taxExclusive" }, ["100", "7.25", "107.25"]],
  ] as const)("%s at %s %% under %j", (amount, rate, setting, expected) => {
    expect(share(amount, rate, setting)).toEqual(expected);
  });

  it("throws for a rate below zero", () => {
    expect(() => share("10", "-1")).toThrow(RangeError);
  });

  it("rule 1: the parts sum to the whole exactly, and the tax is right to the minor unit", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 10_000_000 }),
        fc.nat({ max: 3_000 }),
        fc.constantFrom(...ROUNDING_MODES),
        fc.constantFrom(0, 2, 3),
        fc.constantFrom("taxInclusive" as const, "taxExclusive" as const),
        (units, hundredths, rounding, decimals, prices) => {
          const [amount, rate] = [fromUnits(units, decimals), fromUnits(hundredths, 2)];
          const { withoutTax, tax, withTax } = taxShare(amount, rate, { prices, decimals, rounding });
          expect(add(withoutTax, tax)).toBe(withTax);
          expect(prices === "taxInclusive" ? withTax : withoutTax).toBe(amount);
          expect(compare(tax, decimal("0"))).toBeGreaterThanOrEqual(0);
          expect(compare(withoutTax, decimal("0"))).toBeGreaterThanOrEqual(0);
          // tax × (100 + rate) − amount × rate, for prices that hold it; less than a minor unit is lost.
          const base = prices === "taxInclusive" ? add(decimal("100"), rate) : decimal("100");
          const error = absolute(subtract(multiply(tax, base), multiply(amount, rate)));
          expect(compare(error, multiply(fromUnits(1, decimals), base))).toBe(-1);
        },
      ),
    );
  });
});
