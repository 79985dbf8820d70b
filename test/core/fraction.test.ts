import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import {
  compareFractions,
  fractionOf,
  fractionOfRational,
  minus,
  over,
  plus,
  reduced,
  times,
  type Fraction,
} from "../../src/core/fraction.js";
import { greatestDivisor } from "../../src/core/greatest-divisor.js";
import { rational } from "../../src/core/unit-conversion.js";

const someFraction: fc.Arbitrary<Fraction> = fc.record({
  top: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  bottom: fc.bigInt({ min: 1n, max: 10n ** 12n }),
});
const isSame = (a: Fraction, b: Fraction): boolean => a.top * b.bottom === b.top * a.bottom;

describe("fractions without limit of digits", () => {
  it.each([
    ["2.50", 250n, 100n],
    ["-0.125", -125n, 1000n],
    ["7", 7n, 1n],
    ["0", 0n, 1n],
  ])("reads %s exactly", (text, top, bottom) => {
    expect(isSame(fractionOf(decimal(text)), { top, bottom })).toBe(true);
  });

  it("reads a rational exactly", () => {
    expect(fractionOfRational(rational(-3, 7))).toEqual({ top: -3n, bottom: 7n });
  });

  it("adds, subtracts, multiplies and divides as fractions do", () => {
    const [half, third] = [
      { top: 1n, bottom: 2n },
      { top: 1n, bottom: 3n },
    ];
    expect(plus(half, third)).toEqual({ top: 5n, bottom: 6n });
    expect(minus(half, third)).toEqual({ top: 1n, bottom: 6n });
    expect(times(half, third)).toEqual({ top: 1n, bottom: 6n });
    expect(over(half, third)).toEqual({ top: 3n, bottom: 2n });
  });

  it("undoes what it did", () => {
    fc.assert(
      fc.property(someFraction, someFraction, (a, b) => {
        expect(isSame(minus(plus(a, b), b), a)).toBe(true);
        if (b.top > 0n) expect(isSame(times(over(a, b), b), a)).toBe(true);
      }),
    );
  });

  it("is the same in lowest terms", () => {
    expect(reduced({ top: -12n, bottom: 18n })).toEqual({ top: -2n, bottom: 3n });
    expect(reduced({ top: 0n, bottom: 18n })).toEqual({ top: 0n, bottom: 1n });
    fc.assert(
      fc.property(someFraction, (a) => {
        const less = reduced(a);
        expect(isSame(less, a)).toBe(true);
        expect(less.bottom).toBeGreaterThan(0n);
        expect(greatestDivisor(less.top, less.bottom)).toBe(1n);
      }),
    );
  });

  it("compares by size", () => {
    expect(compareFractions({ top: 1n, bottom: 3n }, { top: 2n, bottom: 6n })).toBe(0);
    expect(compareFractions({ top: -1n, bottom: 3n }, { top: -1n, bottom: 2n })).toBe(1);
    expect(compareFractions({ top: 1n, bottom: 3n }, { top: 1n, bottom: 2n })).toBe(-1);
  });
});

describe("the greatest divisor of two", () => {
  it.each([
    [12n, 18n, 6n],
    [-12n, 18n, 6n],
    [12n, -18n, 6n],
    [0n, 5n, 5n],
    [5n, 0n, 5n],
    [0n, 0n, 0n],
    [7n, 13n, 1n],
  ])("of %s and %s is %s", (left, right, divisor) => {
    expect(greatestDivisor(left, right)).toBe(divisor);
  });
});
