import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { CURRENCIES, isCurrency, minorUnitOf, percentOf, roundMoney } from "../../src/core/money.js";
import {
  EXACT_ROUNDING,
  Exact,
  anyDecimal,
  anyRoundingMode,
  expectedText,
  textOrRangeError,
} from "./arbitrary-decimal.js";

describe("minorUnitOf and isCurrency", () => {
  test.each([
    ["EUR", 2],
    ["CNY", 2],
    ["JPY", 0],
    ["KRW", 0],
    ["XOF", 0],
    ["UYI", 0],
    ["KWD", 3],
    ["TND", 3],
    ["CLF", 4],
    ["UYW", 4],
    ["AED", 2],
    ["ZWL", 2],
    ["HRK", 2],
  ])("%s has %d decimals", (currency, decimals) => {
    expect(minorUnitOf(currency)).toBe(decimals);
  });

  test.each([
    "",
    " ",
    "EUR ",
    "eur",
    "EURO",
    "EU",
    "UR ",
    "R U",
    "ED ",
    "XAU",
    "XXX",
    "XTS",
    "constructor",
    "__proto__",
    "toString",
    "AED AFN",
  ])("rules 1 and 2: does not know %j", (code) => {
    expect(minorUnitOf(code)).toBeUndefined();
    expect(isCurrency(code)).toBe(false);
  });

  it("lists each code once, in alphabetical order, and knows all of them", () => {
    expect([...new Set(CURRENCIES)].sort()).toEqual(CURRENCIES);
    expect(CURRENCIES.every((code) => /^[A-Z]{3}$/.test(code) && isCurrency(code))).toBe(true);
    expect(CURRENCIES.length).toBe(171);
  });

  it("never has fewer decimals than the JavaScript engine shows", () => {
    // The engine follows daily use and shows fewer than the standard gives for some, such as HUF.
    const short = CURRENCIES.filter((currency) => {
      const { maximumFractionDigits } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
      return (maximumFractionDigits ?? 0) > (minorUnitOf(currency) ?? 0);
    });
    expect(short).toEqual([]);
  });

  it("gives every code but the listed exceptions two decimals", () => {
    const withDecimals = (decimals: number) => CURRENCIES.filter((code) => minorUnitOf(code) === decimals).join(" ");
    expect(withDecimals(0)).toBe("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
    expect(withDecimals(3)).toBe("BHD IQD JOD KWD LYD OMR TND");
    expect(withDecimals(4)).toBe("CLF UYW");
    expect(CURRENCIES.filter((code) => minorUnitOf(code) === 2).length).toBe(CURRENCIES.length - 26);
  });
});

describe("roundMoney", () => {
  it("rule 1: rounds to the minor unit, half away from zero unless told otherwise", () => {
    expect(roundMoney(decimal("12.345"), "EUR")).toBe("12.35");
    expect(roundMoney(decimal("-12.345"), "EUR")).toBe("-12.35");
    expect(roundMoney(decimal("12.345"), "EUR", "halfEven")).toBe("12.34");
    expect(roundMoney(decimal("12.5"), "JPY")).toBe("13");
    expect(roundMoney(decimal("1.2345"), "KWD")).toBe("1.235");
  });

  it("throws RangeError for an unknown currency", () => {
    expect(() => roundMoney(decimal(1), "constructor")).toThrow(RangeError);
  });
});

describe("percentOf", () => {
  it("equals amount × percent ÷ 100, rounded once", () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, fc.nat(20), anyRoundingMode, (amount, percent, decimals, mode) => {
        const exact = new Exact(amount).times(percent).div(100).toDecimalPlaces(decimals, EXACT_ROUNDING[mode]);
        expect(textOrRangeError(() => percentOf(amount, percent, decimals, mode))).toBe(expectedText(exact));
      }),
      { numRuns: 3000 },
    );
  });

  it("keeps all digits of the product before it rounds", () => {
    expect(percentOf(decimal("49.90"), decimal("19"), 2, "halfUp")).toBe("9.48");
    expect(percentOf(decimal("0.5"), decimal("1"), 2, "halfUp")).toBe("0.01");
    expect(percentOf(decimal("0.5"), decimal("1"), 2, "halfEven")).toBe("0");
  });
});
