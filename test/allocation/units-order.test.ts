import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildUnitsOrder } from "../../src/allocation/units-order.js";

describe("places in the order of their units (mission 9.8)", () => {
  it("finds what a look at every figure finds, after any writing", () => {
    const figure = fc.oneof(fc.nat({ max: 6 }), fc.constant(9_007_199_254_740_991));
    fc.assert(
      fc.property(
        fc.array(figure, { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat({ max: 29 }), figure, figure), { maxLength: 60 }),
        (row, writes) => {
          const order = buildUnitsOrder(Float64Array.from(row));
          for (const [at, units, least] of writes) {
            if (at < row.length) {
              row[at] = units;
              order.write(at, units);
            }
            const enough = row.filter((own) => own > 0 && own >= least);
            expect(order.greatest()).toBe(Math.max(0, ...row));
            expect(order.leastFrom(least)).toBe(enough.length === 0 ? -1 : firstOf(row, Math.min(...enough)));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    ["rising", (place: number) => place + 1],
    ["falling", (place: number) => 20_000 - place],
    ["equal", () => 7],
  ])("stays balanced over %s figures: 20,000 of them are written, found and taken out", (_case, figureOf) => {
    const order = buildUnitsOrder(Float64Array.from({ length: 20_000 }, (_, place) => figureOf(place)));
    for (let count = 0; count < 20_000; count++) order.write(order.leastFrom(order.greatest()), 0);
    expect([order.greatest(), order.leastFrom(1)]).toEqual([0, -1]);
  });
});

function firstOf(row: readonly number[], units: number): number {
  return row.findIndex((own) => own === units);
}
