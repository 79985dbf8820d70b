import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compare,
  decimal,
  equals,
  isNegative,
  isPositive,
  isZero,
  maximum,
  minimum,
  negate,
} from "../../src/core/decimal.js";
import { anyDecimal, oracleUnits } from "./arbitrary-decimal.js";

const anyPair = fc.oneof(
  fc.tuple(anyDecimal, anyDecimal),
  anyDecimal.map((value) => [value, value] as const),
  anyDecimal.map((value) => [value, negate(value)] as const),
);

describe("compare, minimum, maximum and the signs", () => {
  it("agree with bigint", () => {
    fc.assert(
      fc.property(anyPair, ([left, right]) => {
        const [a, b] = [oracleUnits(left), oracleUnits(right)];
        expect(compare(left, right)).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(equals(left, right)).toBe(a === b);
        expect(oracleUnits(minimum(left, right))).toBe(a < b ? a : b);
        expect(oracleUnits(maximum(left, right))).toBe(a > b ? a : b);
        expect([isNegative(left), isZero(left), isPositive(left)]).toEqual([a < 0n, a === 0n, a > 0n]);
      }),
      { numRuns: 3000 },
    );
  });

  it("compare values, not texts", () => {
    expect(compare(decimal("9"), decimal("10"))).toBe(-1);
    expect(compare(decimal("-9"), decimal("-10"))).toBe(1);
    expect(compare(decimal("9007199254740992"), decimal("9007199254740993"))).toBe(-1);
    expect(compare(decimal("0.9007199254740992"), decimal("0.9007199254740993"))).toBe(-1);
  });
});
