import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type Decimal,
  absolute,
  add,
  decimal,
  isDecimal,
  multiply,
  negate,
  subtract,
  sum,
} from "../../src/core/decimal.js";
import { Exact, anyDecimal, expectedText, oracleText, oracleUnits, textOrRangeError } from "./arbitrary-decimal.js";

const RUNS = { numRuns: 3000 };

describe.each([
  ["add", add, "plus", (a: bigint, b: bigint) => oracleText(a + b, 20)],
  ["subtract", subtract, "minus", (a: bigint, b: bigint) => oracleText(a - b, 20)],
  ["multiply", multiply, "times", (a: bigint, b: bigint) => oracleText(a * b, 40)],
] as const)("%s", (_name, operation, method, onUnits) => {
  it("gives the exact result of decimal.js and of bigint, or RangeError outside the domain", () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (left, right) => {
        const actual = textOrRangeError(() => operation(left, right));
        expect(actual).toBe(expectedText(new Exact(left)[method](right)));
        expect(actual).toBe(onUnits(oracleUnits(left), oracleUnits(right)) ?? "RangeError");
        if (actual !== "RangeError") expect(isDecimal(actual)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("exact results around the bounds of the internal paths", () => {
  test.each([
    ["9007199254740991", "1", "9007199254740992"],
    ["9007199254740991", "2", "9007199254740993"],
    ["9007199254740992", "1", "9007199254740993"],
    ["-9007199254740991", "-2", "-9007199254740993"],
    ["900719925474099.1", "0.1", "900719925474099.2"],
    ["900719925474099.1", "0.01", "900719925474099.11"],
    ["0.1", "0.2", "0.3"],
    ["999999999999999999999999999999", "0.9999999999", "999999999999999999999999999999.9999999999"],
    ["1", "-1", "0"],
    ["-0.1", "0.1", "0"],
  ])("%s + %s = %s", (left, right, expected) => {
    expect(add(decimal(left), decimal(right))).toBe(expected);
  });

  test.each([
    ["94906267", "94906267", "9007199515875289"],
    ["94906265.6", "94906265.7", "9007199259628369.92"],
    ["-3", "0", "0"],
    ["0", "-3", "0"],
    ["-0.5", "-0.2", "0.1"],
    ["0.0000000001", "0.0000000001", "0.00000000000000000001"],
  ])("%s × %s = %s", (left, right, expected) => {
    expect(multiply(decimal(left), decimal(right))).toBe(expected);
  });

  it("throws RangeError when the result has no room", () => {
    expect(() => add(decimal("9".repeat(30)), decimal(1))).toThrow(RangeError);
    expect(() => multiply(decimal("0.00000000001"), decimal("0.0000000001"))).toThrow(RangeError);
    expect(() => multiply(decimal("1e15".replace("e15", "0".repeat(15))), decimal(`1${"0".repeat(15)}`))).toThrow(
      RangeError,
    );
  });

  test.each(["", "-", ".", "5.", ".5", "abc", "1e3", "12,5", "1.2.3", " 1", "1".repeat(60)])(
    "throws instead of computing with %j smuggled in",
    (text) => {
      expect(() => add(text as Decimal, decimal(1))).toThrow();
      expect(() => multiply(decimal(1), text as Decimal)).toThrow();
      expect(() => sum([text as Decimal])).toThrow();
    },
  );

  it("throws TypeError for a JavaScript number smuggled in", () => {
    expect(() => add(1 as unknown as Decimal, decimal(1))).toThrow(TypeError);
  });
});

describe("negate and absolute", () => {
  it("agree with decimal.js and never write -0", () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(negate(value)).toBe(expectedText(new Exact(value).negated()));
        expect(absolute(value)).toBe(expectedText(new Exact(value).abs()));
        expect(negate(negate(value))).toBe(value);
      }),
    );
    expect(negate(decimal(0))).toBe("0");
  });
});

describe("sum", () => {
  it("is 0 for an empty list", () => {
    expect(sum([])).toBe("0");
  });

  it("equals the exact sum, in any order", () => {
    fc.assert(
      fc.property(fc.array(anyDecimal, { maxLength: 12 }), (values) => {
        const exact = values.reduce((total, value) => total + oracleUnits(value), 0n);
        const expected = oracleText(exact, 20) ?? "RangeError";
        expect(textOrRangeError(() => sum(values))).toBe(expected);
        expect(textOrRangeError(() => sum([...values].reverse()))).toBe(expected);
      }),
      RUNS,
    );
  });

  it("rule 1: may exceed the domain on the way", () => {
    const most = decimal("9".repeat(30));
    expect(sum([most, most, negate(most), negate(most), decimal("0.1")])).toBe("0.1");
  });

  it("stays exact where the scaled total passes 2^53 and comes back", () => {
    expect(sum([decimal("9007199254740991"), decimal("0.5"), decimal("-9007199254740990")])).toBe("1.5");
  });
});
