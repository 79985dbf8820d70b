import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greatestExchange } from "../../../src/allocation/shortage/substitute-quantity.js";
import { decimal, multiply, type Decimal } from "../../../src/core/decimal.js";
import { rational } from "../../../src/core/unit-conversion.js";

/** The most that can be replaced, by trying every tenth from all that is short downwards. */
function byHand(
  [lineStep, step, multiple]: readonly (number | undefined)[],
  short: number,
  available: number,
  [numerator, denominator]: readonly [number, number],
): readonly [number, number] | undefined {
  const fits = (units: number, size: number | undefined): boolean => size === undefined || units % size === 0;
  for (let units = short; units > 0; units--) {
    const isAll = units === short;
    const substitute = (units * numerator) / denominator;
    const isExact = Number.isInteger((units * numerator * (isAll ? 100_000 : 1)) / denominator);
    if (!isExact || substitute > available || !fits(substitute, step) || !fits(substitute, multiple)) continue;
    if (isAll || fits(units, lineStep)) return [units, substitute];
  }
  return undefined;
}

const tenths = (units: number): Decimal => multiply(decimal(units), decimal("0.1"));

describe("how much another item replaces (mission 8.3, 5.10)", () => {
  it("is the most that ratio, steps and stock allow, as trying every quantity shows", () => {
    const step = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });
    const term = fc.integer({ min: 1, max: 7 });
    let [parts, none] = [0, 0];
    fc.assert(
      fc.property(
        fc.tuple(step, step, step),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.tuple(term, term),
        (steps, short, available, [numerator, denominator]) => {
          // Tenths throughout: a quantity with a whole number of tenths would be counted in ones.
          const [shortTenths, availableTenths] = [short * 10 + 1, available * 10 + 1];
          const [lineStep, quantum, orderMultiple] = steps.map((one) => (one === undefined ? undefined : tenths(one)));
          const found = greatestExchange(
            lineStep === undefined ? {} : { quantum: lineStep },
            {
              ...(quantum === undefined ? {} : { quantum }),
              ...(orderMultiple === undefined ? {} : { orderMultiple }),
            },
            { short: tenths(shortTenths), available: tenths(availableTenths), ratio: rational(numerator, denominator) },
          );
          const expected = byHand(steps, shortTenths, availableTenths, [numerator, denominator]);
          if (expected === undefined) none++;
          else if (expected[0] < shortTenths) parts++;
          expect(found).toEqual(
            expected === undefined
              ? undefined
              : { replaces: tenths(expected[0]), quantity: multiply(decimal(expected[1]), decimal("0.1")) },
          );
        },
      ),
      { numRuns: 500 },
    );
    expect([parts > 50, none > 5]).toEqual([true, true]);
  });

  it("counts in the finest decimal of what is short and what is there, and never beyond the sixth", () => {
    const exchange = (short: string, available: string, numerator: number, denominator: number) => {
      const ratio = rational(numerator, denominator);
      const found = greatestExchange({}, {}, { short: decimal(short), available: decimal(available), ratio });
      return found && [found.replaces, found.quantity];
    };
    expect(exchange("10", "5.25", 1, 1)).toEqual(["5.25", "5.25"]);
    expect(exchange("10.125", "5", 1, 1)).toEqual(["5", "5"]);
    expect(exchange("0.000001", "1", 1, 2)).toBeUndefined();
    expect(exchange("0.000002", "1", 1, 2)).toEqual(["0.000002", "0.000001"]);
    expect(exchange("1", "99", 1, 64)).toEqual(["1", "0.015625"]);
    expect(exchange("1", "99", 1, 128)).toBeUndefined();
    expect(exchange("999999999999", "9999999999999", 10, 1)).toBeUndefined();
    expect(exchange("999999999999", "999999999999", 1, 999_999_999_999)).toEqual(["999999999999", "1"]);
  });
});
