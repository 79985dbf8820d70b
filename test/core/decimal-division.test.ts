import { Decimal as DecimalJs } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type Decimal,
  type RoundingMode,
  decimal,
  divide,
  divideExactly,
  isZero,
  multiply,
} from "../../src/core/decimal.js";
import { roundedBigQuotient } from "../../src/core/decimal-rounding.js";
import { anyDecimal, anyRoundingMode, oracleText, oracleUnits, textOrRangeError } from "./arbitrary-decimal.js";

const anyDivisor = anyDecimal.filter((value) => !isZero(value));

describe("divide", () => {
  it("gives the quotient of bigint, rounded once, on every path", () => {
    fc.assert(
      fc.property(anyDecimal, anyDivisor, fc.nat(20), anyRoundingMode, (dividend, divisor, decimals, mode) => {
        const [a, b] = [oracleUnits(dividend) * 10n ** BigInt(decimals), oracleUnits(divisor)];
        const quotient = b < 0n ? roundedBigQuotient(-a, -b, mode) : roundedBigQuotient(a, b, mode);
        const expected = oracleText(quotient, decimals) ?? "RangeError";
        expect(textOrRangeError(() => divide(dividend, divisor, decimals, mode))).toBe(expected);
      }),
      { numRuns: 4000 },
    );
  });

  it("decides exact ties with many digits", () => {
    fc.assert(
      fc.property(anyDecimal, anyRoundingMode, fc.nat(10), (half, mode, decimals) => {
        const [a, b] = [oracleUnits(half) * 10n ** BigInt(decimals), oracleUnits("2")];
        const expected = oracleText(roundedBigQuotient(a, b, mode), decimals) ?? "RangeError";
        expect(textOrRangeError(() => divide(half, decimal(2), decimals, mode))).toBe(expected);
      }),
    );
  });

  test.each([
    ["10", "3", 2, "halfUp", "3.33"],
    ["-10", "3", 2, "floor", "-3.34"],
    ["10", "-3", 2, "ceiling", "-3.33"],
    ["-1", "-3", 20, "down", "0.33333333333333333333"],
    ["0", "-7", 2, "up", "0"],
    ["1", "0.00000000000000000001", 0, "up", "100000000000000000000"],
    ["0.00000000000000000001", "999999999999999999999999999999", 20, "up", "0.00000000000000000001"],
    ["0.00000000000000000001", "999999999999999999999999999999", 20, "halfUp", "0"],
    ["-0.00000000000000000001", "999999999999999999999999999999", 20, "halfUp", "0"],
  ] as const)("%s ÷ %s to %d decimals, %s, is %s", (dividend, divisor, decimals, mode, expected) => {
    expect(divide(decimal(dividend), decimal(divisor), decimals, mode)).toBe(expected);
  });

  it("throws RangeError for zero, for impossible arguments and for results without room", () => {
    expect(() => divide(decimal(1), decimal(0), 2, "halfUp")).toThrow(RangeError);
    expect(() => divide(decimal(1), decimal(3), 21, "halfUp")).toThrow(RangeError);
    expect(() => divide(decimal(1), decimal(3), 2, "nearest" as RoundingMode)).toThrow(RangeError);
    expect(() => divide(decimal("9".repeat(30)), decimal(7), 2, "constructor" as RoundingMode)).toThrow(RangeError);
    expect(() => divide(decimal("9".repeat(30)), decimal("0.1"), 2, "halfUp")).toThrow(RangeError);
    expect(() => divide("x" as Decimal, decimal(3), 2, "halfUp")).toThrow(TypeError);
  });

  it("neither heeds nor changes the settings of decimal.js that the host made", () => {
    const before = { precision: DecimalJs.precision, rounding: DecimalJs.rounding };
    DecimalJs.set({ precision: 3, rounding: 0 });
    try {
      const quotient = divide(decimal("9".repeat(20)), decimal(7), 10, "halfUp");
      expect(quotient).toBe("14285714285714285714.1428571429");
      expect([DecimalJs.precision, DecimalJs.rounding]).toEqual([3, 0]);
    } finally {
      DecimalJs.set(before);
    }
  });
});

describe("divideExactly", () => {
  it("rule 1: gives the quotient exactly when it ends within the domain", () => {
    fc.assert(
      fc.property(anyDecimal, anyDivisor, (dividend, divisor) => {
        const [a, b] = [oracleUnits(dividend) * 10n ** 20n, oracleUnits(divisor)];
        const expected = a % b === 0n ? oracleText(a / b, 20) : undefined;
        expect(divideExactly(dividend, divisor)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it("undoes a multiplication", () => {
    fc.assert(
      fc.property(anyDecimal, anyDivisor, (value, factor) => {
        const product = textOrRangeError(() => multiply(value, factor));
        if (product !== "RangeError") expect(divideExactly(product as Decimal, factor)).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it("never takes a rounded quotient for a whole one", () => {
    expect(divideExactly(decimal("9007199254740991"), decimal("9007199254740990"))).toBeUndefined();
    expect(divideExactly(decimal("9007199254740993"), decimal("1"))).toBe("9007199254740993");
    expect(divideExactly(decimal(1), decimal(3))).toBeUndefined();
    expect(divideExactly(decimal(0), decimal(-3))).toBe("0");
    expect(() => divideExactly(decimal(1), decimal(0))).toThrow(RangeError);
  });
});
