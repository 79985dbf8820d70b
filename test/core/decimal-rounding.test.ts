import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ROUNDING_MODES, type RoundingMode, decimal, multiply, multiplyRound, round } from "../../src/core/decimal.js";
import { roundedBigQuotient, roundedQuotient } from "../../src/core/decimal-rounding.js";
import {
  EXACT_ROUNDING,
  Exact,
  anyDecimal,
  anyRoundingMode,
  expectedText,
  textOrRangeError,
} from "./arbitrary-decimal.js";

describe("round", () => {
  test.each([
    ["halfUp", ["3", "-3", "2", "-2", "4"]],
    ["halfEven", ["2", "-2", "2", "-2", "4"]],
    ["halfDown", ["2", "-2", "2", "-2", "3"]],
    ["up", ["3", "-3", "3", "-3", "4"]],
    ["down", ["2", "-2", "2", "-2", "3"]],
    ["ceiling", ["3", "-2", "3", "-2", "4"]],
    ["floor", ["2", "-3", "2", "-3", "3"]],
  ] as const)("rule 1: follows the row of %s in the table", (mode, expected) => {
    expect(["2.5", "-2.5", "2.4", "-2.4", "3.5"].map((value) => round(decimal(value), 0, mode))).toEqual(expected);
  });

  it("rule 1: rounds every value like decimal.js", () => {
    fc.assert(
      fc.property(anyDecimal, fc.nat(20), anyRoundingMode, (value, decimals, mode) => {
        const expected = expectedText(new Exact(value).toDecimalPlaces(decimals, EXACT_ROUNDING[mode]));
        expect(textOrRangeError(() => round(value, decimals, mode))).toBe(expected);
      }),
      { numRuns: 4000 },
    );
  });

  it("rule 1: decides ties and their neighbours on every path", () => {
    const anyTie = fc.tuple(
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
      fc.constantFrom(49n, 50n, 51n),
      fc.nat(15),
    );
    fc.assert(
      fc.property(anyTie, anyRoundingMode, ([whole, fraction, decimals], mode) => {
        const value = new Exact((whole * 100n + (whole < 0n ? -fraction : fraction)).toString()).times(
          `1e-${decimals + 2}`,
        );
        const text = value.toFixed();
        const expected = expectedText(value.toDecimalPlaces(decimals, EXACT_ROUNDING[mode]));
        expect(round(decimal(text), decimals, mode)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("rule 2: leaves a value alone that fits", () => {
    fc.assert(fc.property(anyDecimal, anyRoundingMode, (value, mode) => round(value, 20, mode) === value));
  });

  it("never writes -0", () => {
    for (const mode of ROUNDING_MODES) expect(round(decimal("-0.1"), 0, mode)).not.toBe("-0");
    expect(round(decimal("-0.1"), 0, "halfUp")).toBe("0");
  });

  it("throws RangeError for impossible arguments and results", () => {
    expect(() => round(decimal("1.5"), -1, "halfUp")).toThrow(RangeError);
    expect(() => round(decimal("1.5"), 0.5, "halfUp")).toThrow(RangeError);
    expect(() => round(decimal("1.5"), 21, "halfUp")).toThrow(RangeError);
    expect(() => round(decimal("1.5"), 0, "nearest" as RoundingMode)).toThrow(RangeError);
    expect(() => round(decimal(`${"9".repeat(30)}.5`), 0, "up")).toThrow(RangeError);
  });
});

describe("multiplyRound", () => {
  it("rule 1: equals the exact product, rounded once, even where the product has no room", () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, fc.nat(20), anyRoundingMode, (left, right, decimals, mode) => {
        const exact = new Exact(left).times(right).toDecimalPlaces(decimals, EXACT_ROUNDING[mode]);
        expect(textOrRangeError(() => multiplyRound(left, right, decimals, mode))).toBe(expectedText(exact));
      }),
      { numRuns: 4000 },
    );
    const tiny = decimal("0.00000000000000000001");
    expect(() => multiply(tiny, tiny)).toThrow(RangeError);
    expect(multiplyRound(tiny, tiny, 20, "up")).toBe(tiny);
    expect(multiplyRound(tiny, tiny, 20, "halfUp")).toBe("0");
  });

  it("gives the cents that floating point misses", () => {
    expect(multiplyRound(decimal("1.005"), decimal("100"), 0, "halfUp")).toBe("101");
    expect(multiplyRound(decimal("1.15"), decimal("0.5"), 2, "halfUp")).toBe("0.58");
    expect(multiplyRound(decimal("4503599627370495.5"), decimal("1"), 0, "halfEven")).toBe("4503599627370496");
  });
});

describe("the two quotients", () => {
  const anySafe = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -1000, max: 1000 }),
    fc.nat(1000).map((offset) => Number.MAX_SAFE_INTEGER - offset),
  );
  const anyDivisor = fc.oneof(
    fc.constantFrom(1, 2, 3, 10, 100, 1e9, 1e15, 1e16, 1e22),
    fc.integer({ min: 1, max: 1000 }),
    fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    fc.nat(1000).map((offset) => Number.MAX_SAFE_INTEGER - offset),
  );

  it("agree with each other up to 2^53", () => {
    fc.assert(
      fc.property(anySafe, anyDivisor, anyRoundingMode, (dividend, divisor, mode) => {
        const quotient = roundedQuotient(dividend, divisor, mode);
        expect(BigInt(quotient)).toBe(roundedBigQuotient(BigInt(dividend), BigInt(divisor), mode));
        expect(Object.is(quotient, -0)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  it("agree one unit before and after a whole multiple, where a rounded division would jump", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom(-1, 0, 1),
        anyRoundingMode,
        (divisor, offset, mode) => {
          const dividend = Math.floor(Number.MAX_SAFE_INTEGER / divisor) * divisor - 1 + offset;
          fc.pre(Number.isSafeInteger(dividend));
          const expected = roundedBigQuotient(BigInt(dividend), BigInt(divisor), mode);
          expect(BigInt(roundedQuotient(dividend, divisor, mode))).toBe(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
