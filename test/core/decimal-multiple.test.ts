import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  absolute,
  ceilToMultiple,
  decimal,
  floorToMultiple,
  isMultipleOf,
  isZero,
  multiply,
} from "../../src/core/decimal.js";
import { anyDecimal, oracleText, oracleUnits, textOrRangeError } from "./arbitrary-decimal.js";

const anyStep = anyDecimal.filter((value) => !isZero(value)).map(absolute);

describe("multiples of a step", () => {
  it("agree with bigint on every path", () => {
    fc.assert(
      fc.property(anyDecimal, anyStep, (value, step) => {
        const [v, s] = [oracleUnits(value), oracleUnits(step)];
        const rest = ((v % s) + s) % s;
        expect(isMultipleOf(value, step)).toBe(rest === 0n);
        expect(textOrRangeError(() => floorToMultiple(value, step))).toBe(oracleText(v - rest, 20) ?? "RangeError");
        const above = rest === 0n ? v : v - rest + s;
        expect(textOrRangeError(() => ceilToMultiple(value, step))).toBe(oracleText(above, 20) ?? "RangeError");
      }),
      { numRuns: 3000 },
    );
  });

  it("know every product as a multiple", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), anyStep, (count, step) => {
        const product = textOrRangeError(() => multiply(decimal(count), step));
        if (product !== "RangeError") expect(isMultipleOf(decimal(product), step)).toBe(true);
      }),
    );
  });

  test.each([
    ["17", "6", "12", "18"],
    ["-17", "6", "-18", "-12"],
    ["18", "6", "18", "18"],
    ["0", "6", "0", "0"],
    ["1.3", "0.25", "1.25", "1.5"],
    ["0.1", "0.3", "0", "0.3"],
  ])("%s over steps of %s lies between %s and %s", (value, step, floor, ceiling) => {
    expect(floorToMultiple(decimal(value), decimal(step))).toBe(floor);
    expect(ceilToMultiple(decimal(value), decimal(step))).toBe(ceiling);
  });

  test.each(["0", "-1"])("refuse the step %s", (step) => {
    expect(() => isMultipleOf(decimal(1), decimal(step))).toThrow(RangeError);
    expect(() => floorToMultiple(decimal(1), decimal(step))).toThrow(RangeError);
    expect(() => ceilToMultiple(decimal(1), decimal(step))).toThrow(RangeError);
  });
});
