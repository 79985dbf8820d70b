import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  clampUnits,
  type Decimal,
  decimal,
  divideUnits,
  fromUnits,
  multiplyDivideUnits,
  scaleOf,
  toSafeUnits,
  toUnits,
} from "../../src/core/decimal.js";
import { bigUnitsAt, safeUnitsAt, textOfBigUnits, textOfUnits } from "../../src/core/decimal-kernel.js";
import { roundedBigQuotient } from "../../src/core/decimal-rounding.js";
import { anyDecimal, anyRoundingMode, oracleText, oracleUnits, textOrRangeError } from "./arbitrary-decimal.js";

describe("scaleOf, toUnits, toSafeUnits and fromUnits", () => {
  it("agree with bigint at every scale", () => {
    fc.assert(
      fc.property(anyDecimal, fc.nat(20), (value, scale) => {
        const unit = 10n ** BigInt(20 - scale);
        const exact = oracleUnits(value) % unit === 0n ? oracleUnits(value) / unit : undefined;
        expect(scaleOf(value) <= scale).toBe(exact !== undefined);
        if (exact === undefined) {
          expect(() => toUnits(value, scale)).toThrow(RangeError);
          expect(toSafeUnits(value, scale)).toBeUndefined();
          return;
        }
        expect(toUnits(value, scale)).toBe(exact);
        expect(toSafeUnits(value, scale)).toBe(
          exact <= 2n ** 53n - 1n && exact >= -(2n ** 53n - 1n) ? Number(exact) : undefined,
        );
        expect(fromUnits(toUnits(value, scale), scale)).toBe(value);
      }),
      { numRuns: 4000 },
    );
  });

  test.each([
    ["9007199254740991", 0, 9007199254740991],
    ["-9007199254740991", 0, -9007199254740991],
    ["9007199254740992", 0, undefined],
    ["9007199254740993", 0, undefined],
    ["90071992547409.91", 2, 9007199254740991],
    ["90071992547409.92", 2, undefined],
    ["0.00000000000000000001", 20, 1],
    ["-0.00000000000000009", 20, -9000],
  ])("toSafeUnits of %s at scale %d is %s", (value, scale, expected) => {
    expect(toSafeUnits(decimal(value), scale)).toBe(expected);
  });

  it("write safe numbers and bigints alike", () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer()), fc.nat(20), (units, scale) => {
        expect(fromUnits(units, scale)).toBe(oracleText(BigInt(units), scale));
        expect(fromUnits(BigInt(units), scale)).toBe(oracleText(BigInt(units), scale));
      }),
      { numRuns: 2000 },
    );
    expect(fromUnits(-0, 2)).toBe("0");
  });

  test.each([0.5, Number.NaN, Infinity, 2 ** 53])("refuse %d as units", (units) => {
    expect(() => fromUnits(units, 2)).toThrow(RangeError);
  });

  test.each([-1, 21, 0.5, Number.NaN])("refuse the scale %d", (scale) => {
    expect(() => toUnits(decimal(1), scale)).toThrow(RangeError);
    expect(() => toSafeUnits(decimal(1), scale)).toThrow(RangeError);
    expect(() => fromUnits(1, scale)).toThrow(RangeError);
  });

  it("refuse units beyond the domain", () => {
    expect(() => fromUnits(10n ** 50n, 20)).toThrow(RangeError);
    expect(() => fromUnits(10n ** 41n + 1n, 20)).toThrow(RangeError);
    expect(() => toSafeUnits("1,5" as Decimal, 2)).toThrow(TypeError);
  });
});

describe("the safe-integer and the bigint path", () => {
  it("read the same units", () => {
    fc.assert(
      fc.property(anyDecimal, fc.nat(20), (value, more) => {
        const scale = scaleOf(value) + more;
        const exact = bigUnitsAt(value, scale);
        const quick = safeUnitsAt(value, scale);
        if (Number.isNaN(quick))
          expect(exact > 2n ** 53n - 1n || exact < 1n - 2n ** 53n || value.length > 17).toBe(true);
        else expect(BigInt(quick)).toBe(exact);
      }),
      { numRuns: 3000 },
    );
  });

  it("write the same text, or both refuse", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(40), (units, scale) => {
        const quick = textOrRangeError(() => textOfUnits(units, scale));
        expect(quick).toBe(textOrRangeError(() => textOfBigUnits(BigInt(units), scale)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("multiplyDivideUnits", () => {
  it("rule 1: equals the exact product over the divisor, rounded once", () => {
    const anyUnits = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(94906265, 94906266, 94906267));
    const anyDivisor = fc.oneof(fc.constantFrom(1, 2, 3, 100, 1e4, 1e9), fc.integer({ min: 1, max: 2 ** 53 - 1 }));
    fc.assert(
      fc.property(anyUnits, anyUnits, anyDivisor, anyRoundingMode, (first, second, divisor, mode) => {
        const exact = roundedBigQuotient(BigInt(first) * BigInt(second), BigInt(divisor), mode);
        const expected = exact > 2n ** 53n - 1n || exact < 1n - 2n ** 53n ? "RangeError" : exact.toString();
        expect(textOrRangeError(() => String(multiplyDivideUnits(first, second, divisor, mode)))).toBe(expected);
      }),
      { numRuns: 4000 },
    );
  });

  test.each([
    [0.5, 4, 1],
    [4, 0.5, 1],
    [Number.NaN, 1, 1],
    [1, 1, 0],
    [1, 1, -1],
    [1, 1, 0.5],
    [1, 1, Number.NaN],
    [2 ** 53, 1, 2],
  ])("refuses %d × %d ÷ %d", (first, second, divisor) => {
    expect(() => multiplyDivideUnits(first, second, divisor, "halfUp")).toThrow(RangeError);
  });
});

describe("divideUnits", () => {
  it("is the exact quotient, rounded once", () => {
    const anyBig = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    fc.assert(
      fc.property(anyBig, fc.bigInt({ min: 1n, max: 10n ** 30n }), anyRoundingMode, (dividend, divisor, mode) => {
        const quotient = divideUnits(dividend, divisor, mode);
        const off = dividend - quotient * divisor;
        expect((off < 0n ? -off : off) < divisor).toBe(true);
        expect(quotient).toBe(roundedBigQuotient(dividend, divisor, mode));
      }),
    );
  });

  test.each([
    [1005n, 100n, "halfUp", 10n],
    [1050n, 100n, "halfUp", 11n],
    [1050n, 100n, "halfDown", 10n],
    [-1050n, 100n, "halfEven", -10n],
    [1n, 3n, "ceiling", 1n],
  ] as const)("%d over %d, %s, is %d", (dividend, divisor, mode, expected) => {
    expect(divideUnits(dividend, divisor, mode)).toBe(expected);
  });

  it.each([0n, -1n])("refuses to divide by %d", (divisor) => {
    expect(() => divideUnits(1n, divisor, "halfUp")).toThrow(RangeError);
  });
});

describe("clampUnits", () => {
  test.each([
    [0n, 0],
    [-7n, -7],
    [2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
    [2n ** 53n, Number.MAX_SAFE_INTEGER],
    [-(2n ** 60n), Number.MIN_SAFE_INTEGER],
  ])("%d as a number is %d", (units, expected) => {
    expect(clampUnits(units)).toBe(expected);
  });
});
