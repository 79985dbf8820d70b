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
  multiplyDivide,
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

/** Rounds a quotient by the definition of each mode, from the whole part and what is left. */
function roundedByDefinition(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const isBelowZero = dividend < 0n !== divisor < 0n;
  const [size, by] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const whole = size / by;
  const left = size % by;
  const half = left * 2n === by ? 0 : left * 2n > by ? 1 : -1;
  const goesUp: Readonly<Record<RoundingMode, boolean>> = {
    up: left > 0n,
    down: false,
    ceiling: left > 0n && !isBelowZero,
    floor: left > 0n && isBelowZero,
    halfUp: half >= 0,
    halfDown: half > 0,
    halfEven: half > 0 || (half === 0 && whole % 2n === 1n),
  };
  const rounded = whole + (goesUp[mode] ? 1n : 0n);
  return isBelowZero ? -rounded : rounded;
}

describe("multiplyDivide", () => {
  const oracle = (value: Decimal, numerator: Decimal, denominator: Decimal, decimals: number, mode: RoundingMode) => {
    const dividend = oracleUnits(value) * oracleUnits(numerator) * 10n ** BigInt(decimals);
    const divisor = oracleUnits(denominator) * 10n ** 20n;
    return oracleText(roundedByDefinition(dividend, divisor, mode), decimals) ?? "RangeError";
  };

  it("is the exact share, rounded once, in every mode and with every sign", () => {
    fc.assert(
      fc.property(
        anyDecimal,
        anyDecimal,
        anyDivisor,
        fc.nat(20),
        anyRoundingMode,
        (value, numerator, denominator, decimals, mode) => {
          expect(textOrRangeError(() => multiplyDivide(value, numerator, denominator, decimals, mode))).toBe(
            oracle(value, numerator, denominator, decimals, mode),
          );
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("decides exact ties in every mode and with every sign", () => {
    const odd = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((units) => 2n * units + 1n);
    const sign = fc.constantFrom("2", "-2");
    fc.assert(
      fc.property(odd, odd, sign, fc.nat(6), anyRoundingMode, (a, b, two, decimals, mode) => {
        const value = decimal(oracleText(a, decimals) ?? "0");
        const numerator = decimal(`${b}`);
        expect(multiplyDivide(value, numerator, decimal(two), decimals, mode)).toBe(
          oracle(value, numerator, decimal(two), decimals, mode),
        );
      }),
    );
  });

  it("gives the whole value for the whole of anything", () => {
    fc.assert(
      fc.property(anyDecimal, anyDivisor, anyRoundingMode, (value, whole, mode) => {
        expect(multiplyDivide(value, whole, whole, 20, mode)).toBe(value);
      }),
    );
  });

  test.each([
    ["10", "1", "3", 2, "halfUp", "3.33"],
    ["10", "2", "3", 2, "halfUp", "6.67"],
    ["-10", "1", "3", 2, "floor", "-3.34"],
    ["10", "1", "-3", 2, "ceiling", "-3.33"],
    ["-10", "-1", "-3", 2, "up", "-3.34"],
    ["0.125", "1", "1", 2, "halfEven", "0.12"],
    ["0.375", "1", "1", 2, "halfEven", "0.38"],
    ["0.125", "-1", "1", 2, "halfDown", "-0.12"],
    ["0", "5", "-7", 2, "up", "0"],
    ["1000000000000000000000", "1000000000000000", "1000000000000000", 2, "halfUp", "1000000000000000000000"],
    [
      "999999999999999999999999999999",
      "999999999999999999999999999999",
      "999999999999999999999999999998",
      0,
      "up",
      "RangeError",
    ],
    ["0.00000000000000000001", "0.00000000000000000001", "0.00000000000000000003", 20, "up", "0.00000000000000000001"],
  ] as const)("%s × %s ÷ %s to %d decimals, %s, is %s", (value, numerator, denominator, decimals, mode, expected) => {
    const share = () => multiplyDivide(decimal(value), decimal(numerator), decimal(denominator), decimals, mode);
    expect(textOrRangeError(share)).toBe(expected);
  });

  it("throws RangeError for a whole of nothing, for impossible arguments and for results without room", () => {
    const share = (...[denominator, decimals, mode]: [string, number, RoundingMode]) =>
      multiplyDivide(decimal("1"), decimal("1"), decimal(denominator), decimals, mode);
    expect(() => share("0", 2, "halfUp")).toThrow(RangeError);
    expect(() => share("3", 21, "halfUp")).toThrow(RangeError);
    expect(() => share("3", 1.5, "halfUp")).toThrow(RangeError);
    expect(() => share("3", 2, "nearest" as RoundingMode)).toThrow(RangeError);
    const most = decimal("9".repeat(30));
    expect(() => multiplyDivide(most, decimal("10"), decimal("1"), 0, "down")).toThrow(RangeError);
  });
});
