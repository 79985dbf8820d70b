import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Decimal, decimal, fromUnits } from "../../src/core/decimal.js";
import {
  compareRational,
  conversionBetween,
  convertQuantity,
  invertRational,
  multiplyRational,
  rational,
  roundRational,
  toExactDecimal,
} from "../../src/core/unit-conversion.js";

const anyTerm = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 10_000_000 }));
const anyFactor = fc.tuple(anyTerm, anyTerm).map(([top, bottom]) => rational(top, bottom));
const anyQuantity = fc
  .tuple(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.nat(4))
  .map(([units, scale]) => fromUnits(units, scale));

describe("rational", () => {
  test.each([
    ["0.5", "3", "1", "6"],
    ["6", "4", "3", "2"],
    ["-6", "4", "-3", "2"],
    ["6", "-4", "-3", "2"],
    ["0", "-4", "0", "1"],
    ["12.50", "0.05", "250", "1"],
  ])("rules 1 and 2: %s over %s is %s/%s", (top, bottom, numerator, denominator) => {
    expect(rational(top, bottom)).toEqual({ numerator, denominator });
  });

  it("takes 1 as the denominator when none is given", () => {
    expect(rational("0.25")).toEqual({ numerator: "1", denominator: "4" });
  });

  it("throws RangeError for a denominator of zero, for no numbers and for terms without room", () => {
    expect(() => rational(1, 0)).toThrow(RangeError);
    expect(() => rational("one")).toThrow(RangeError);
    expect(() => rational("9".repeat(30), "0.00000000000000000007")).toThrow(RangeError);
    expect(() => invertRational(rational(0))).toThrow(RangeError);
  });
});

describe("multiply, invert and compare", () => {
  it("follow the laws of fractions", () => {
    fc.assert(
      fc.property(anyFactor, anyFactor, (left, right) => {
        const product = multiplyRational(left, right);
        const [a, b] = [BigInt(left.numerator), BigInt(left.denominator)];
        const [c, d] = [BigInt(right.numerator), BigInt(right.denominator)];
        expect(BigInt(product.numerator) * b * d).toBe(BigInt(product.denominator) * a * c);
        expect(multiplyRational(product, invertRational(right))).toEqual(left);
        expect(compareRational(left, right)).toBe(a * d < c * b ? -1 : a * d > c * b ? 1 : 0);
        expect(rational(left.numerator, left.denominator)).toEqual(left);
      }),
    );
  });

  it("compare below zero", () => {
    expect(compareRational(rational(-1, 3), rational("-0.33"))).toBe(-1);
  });
});

describe("convertQuantity (mission 5.10)", () => {
  it("loses nothing there and back, for any factor and any quantity, negative too", () => {
    fc.assert(
      fc.property(anyQuantity, anyFactor, (quantity, factor) => {
        const converted = convertQuantity(quantity, factor);
        expect(toExactDecimal(multiplyRational(converted, invertRational(factor)))).toBe(quantity);
      }),
      { numRuns: 2000 },
    );
  });

  it("loses nothing along a chain of units back to the first", () => {
    const factors = fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(anyQuantity, factors, (quantity, steps) => {
        const there = steps.reduce((value, step) => multiplyRational(value, rational(1, step)), rational(quantity));
        const back = steps.reduce((value, step) => multiplyRational(value, rational(step)), there);
        expect(toExactDecimal(back)).toBe(quantity);
      }),
    );
  });
});

describe("toExactDecimal and roundRational", () => {
  it("give a decimal only where it is exact, and round once", () => {
    expect(toExactDecimal(rational(7, 8))).toBe("0.875");
    expect(toExactDecimal(rational(7, 12))).toBeUndefined();
    expect(toExactDecimal(rational(-3))).toBe("-3");
    expect(roundRational(rational(7, 12), 3, "halfUp")).toBe("0.583");
    expect(roundRational(rational(-1, 8), 2, "halfUp")).toBe("-0.13");
    expect(roundRational(rational(-1, 8), 2, "halfEven")).toBe("-0.12");
  });
});

describe("conversionBetween (mission 5.10)", () => {
  const units = [
    { uom: "EA", factor: rational(1) },
    { uom: "CS", factor: rational(12) },
    { uom: "PAL", factor: rational(480) },
    { uom: "KG", factor: rational(1, 3) },
    { uom: "__proto__", factor: rational(2) },
  ];

  test.each([
    ["CS", "EA", "12", "1"],
    ["EA", "CS", "1", "12"],
    ["PAL", "CS", "40", "1"],
    ["KG", "CS", "1", "36"],
    ["EA", "EA", "1", "1"],
    ["__proto__", "EA", "2", "1"],
  ])("rule 1: one %s in %s is %s/%s", (from, to, numerator, denominator) => {
    expect(conversionBetween(units, from, to)).toEqual({ numerator, denominator });
  });

  it("rule 2: there and back is one", () => {
    for (const { uom: from } of units) {
      for (const { uom: to } of units) {
        const there = conversionBetween(units, from, to) ?? rational(0);
        expect(multiplyRational(there, conversionBetween(units, to, from) ?? rational(0))).toEqual(rational(1));
      }
    }
  });

  it("knows no unit that is not listed", () => {
    expect(conversionBetween(units, "EA", "constructor")).toBeUndefined();
    expect(conversionBetween([], "EA", "EA")).toBeUndefined();
  });

  it("throws RangeError for a factor that is not above zero", () => {
    for (const factor of [rational(0), rational(-1)]) {
      expect(() => conversionBetween([...units, { uom: "X", factor }], "X", "EA")).toThrow(RangeError);
    }
  });

  it("reads terms as text, so that a broken one cannot pass", () => {
    const broken = { numerator: "1.5" as Decimal, denominator: decimal(1) };
    expect(() => multiplyRational(broken, rational(1))).toThrow(RangeError);
  });
});
