import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compare, decimal, fromUnits, scaleOf, sum, toUnits, ZERO } from "../../../src/core/decimal.js";
import type { UnitShare } from "../../../src/model/promotion/price-adjustment.js";
import { unitShares } from "../../../src/pricing/promotions/unit-shares.js";

/** Shares as text: the quantity of each run, and what the run bears. */
const shown = (shares: readonly UnitShare[]): string =>
  shares.map(({ quantity, amount }) => `${quantity}: ${amount}`).join(", ");
const shares = (quantity: string, amount: number, parts: readonly (readonly [number, string])[], decimals = 2) =>
  unitShares(
    decimal(quantity),
    amount,
    parts.map(([money, units]) => ({ amount: money, units: decimal(units) })),
    decimals,
  ).map(shown);

describe("unitShares (mission 6.6)", () => {
  test.each([
    ["no discount", "3", 900, [], []],
    ["all units alike", "3", 900, [[300, "3"]], ["3: 3"]],
    ["a cent that does not go round goes to the first units", "3", 1000, [[100, "3"]], ["1: 0.34, 2: 0.66"]],
    ["one unit of three: the last", "3", 900, [[300, "1"]], ["2: 0, 1: 3"]],
    ["units that cost a cent more are taken first", "3", 1000, [[300, "1"]], ["1: 3, 2: 0"]],
    [
      "two offers hit two units",
      "3",
      900,
      [
        [300, "1"],
        [300, "1"],
      ],
      ["2: 0, 1: 3", "1: 0, 1: 3, 1: 0"],
    ],
    [
      "a third offer of two units takes what bears least",
      "4",
      400,
      [
        [100, "1"],
        [50, "2"],
      ],
      ["3: 0, 1: 1", "1: 0, 2: 0.5, 1: 0"],
    ],
    ["all of it", "4", 1000, [[1000, "4"]], ["4: 10"]],
    ["all of it where the cents do not go round", "3", 1000, [[1000, "3"]], ["1: 3.34, 2: 6.66"]],
    ["a part that a unit cannot bear goes to the others", "2", 200, [[150, "1"]], ["1: 0.5, 1: 1"]],
    ["more units than there are", "2", 200, [[50, "5"]], ["2: 0.5"]],
    ["a half in the end bears its half", "2.5", 1000, [[500, "2.5"]], ["2: 4, 0.5: 1"]],
    [
      "what whole units cannot bear falls to the fraction",
      "2.5",
      1000,
      [
        [300, "2"],
        [650, "2.5"],
      ],
      ["2: 3, 0.5: 0", "2: 5, 0.5: 1.5"],
    ],
    [
      "a fraction that bears as much as a whole unit stands by itself",
      "2.9",
      290,
      [[4, "2.9"]],
      ["1: 0.02, 1: 0.01, 0.9: 0.01"],
    ],
    [
      "a fraction that bears nothing stands with the units that bear nothing",
      "2.5",
      501,
      [[100, "1"]],
      ["1: 1, 1.5: 0"],
    ],
    ["an offer on one unit leaves the fraction alone", "2.5", 1000, [[400, "1"]], ["1: 0, 1: 4, 0.5: 0"]],
    ["a fraction alone", "0.5", 100, [[30, "0.5"]], ["0.5: 0.3"]],
    ["an offer on units in part", "3", 900, [[300, "1.5"]], ["1: 0, 2: 3"]],
    ["a line that costs nothing", "3", 0, [], []],
    ["less than a cent a unit", "1000", 10, [[10, "1000"]], ["10: 0.1, 990: 0"]],
  ] as readonly (readonly [string, string, number, readonly (readonly [number, string])[], readonly string[]])[])(
    "%s",
    (_what, quantity, amount, parts, expected) => {
      expect(shares(quantity, amount, parts)).toEqual(expected);
    },
  );

  test.each([
    [0, ["1: 34, 2: 66"]],
    [3, ["1: 0.034, 2: 0.066"]],
  ])("is in units of currencies with %s decimals (mission 6.6)", (decimals, expected) => {
    expect(shares("3", 1000, [[100, "3"]], decimals)).toEqual(expected);
  });

  it("takes no longer for a thousand million units than for one", () => {
    const begin = performance.now();
    const found = shares("1000000000", 250_000_000_007, [
      [25_000_000_001, "1000000000"],
      [1_000_000_003, "333333333"],
      [7, "1000000000"],
    ]);
    expect(performance.now() - begin).toBeLessThan(50);
    expect(found.map((text) => text.split(", ").length).every((runs) => runs < 12)).toBe(true);
  });
});

describe("unitShares of any discounts (mission 6.6)", () => {
  const anyCase = fc
    .record({
      steps: fc.integer({ min: 1, max: 40_000 }),
      scale: fc.integer({ min: 0, max: 3 }),
      amount: fc.integer({ min: 0, max: 100_000 }),
      decimals: fc.constantFrom(0, 2, 3),
      wishes: fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 })), {
        maxLength: 5,
      }),
    })
    .map(({ steps, scale, amount, decimals, wishes }) => {
      let left = amount;
      const parts = wishes.map(([share, units]) => {
        const money = Math.floor((left * share) / 1000);
        left -= money;
        return { amount: money, units: fromUnits(Math.max(1, Math.floor((steps * units) / 1000)), scale) };
      });
      return { quantity: fromUnits(steps, scale), amount, decimals, parts };
    });

  it("shares sum to each discount, their quantities to the quantity, and the units of a run bear the same", () => {
    fc.assert(
      fc.property(anyCase, ({ quantity, amount, decimals, parts }) => {
        const found = unitShares(quantity, amount, parts, decimals);
        expect(found).toHaveLength(parts.length);
        for (const [place, given] of found.entries()) {
          expect(sum(given.map((share) => share.amount))).toBe(fromUnits(parts[place]?.amount ?? 0, decimals));
          expect(sum(given.map((share) => share.quantity))).toBe(quantity);
          for (const share of given) {
            expect(compare(share.amount, ZERO)).toBeGreaterThanOrEqual(0);
            if (scaleOf(share.quantity) > 0) continue;
            expect(toUnits(share.amount, decimals) % BigInt(share.quantity)).toBe(0n);
          }
        }
      }),
    );
  });

  it("no unit falls below zero: all discounts of a unit together are no more than it costs, to the cent", () => {
    fc.assert(
      fc.property(anyCase, ({ quantity, amount, decimals, parts }) => {
        const scale = scaleOf(quantity);
        const [steps, one] = [Number(toUnits(quantity, scale)), 10 ** scale];
        const found = unitShares(quantity, amount, parts, decimals);
        for (let begin = 0; begin < steps; begin += one * Math.max(1, Math.floor(steps / one / 40))) {
          const size = Math.min(one, steps - begin);
          const taken = found.reduce((total, given) => total + takenAt(given, begin, size, scale, decimals), 0);
          expect(taken).toBeLessThanOrEqual(Math.ceil((amount * size) / steps) + 1);
        }
      }),
    );
  });

  it("two offers do not hit the same unit while another is free", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 100, max: 999 }),
        (units, one, other, price) => {
          fc.pre(one + other <= units);
          const parts = [one, other].map((count) => ({ amount: 50 * count, units: fromUnits(count, 0) }));
          const [first = [], second = []] = unitShares(fromUnits(units, 0), units * price, parts, 2);
          for (let unit = 0; unit < units; unit += 1) {
            const both = [first, second].map((given) => takenAt(given, unit, 1, 0, 2));
            expect(Math.min(...both)).toBe(0);
          }
        },
      ),
    );
  });

  it("one discount on all units differs by a minor unit at most from unit to unit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.nat({ max: 99_999 }),
        fc.nat({ max: 1000 }),
        (units, amount, share) => {
          const money = Math.floor((amount * share) / 1000);
          const [given = []] = unitShares(
            fromUnits(units, 0),
            amount,
            [{ amount: money, units: fromUnits(units, 0) }],
            2,
          );
          const each = given.map((run) => Number(toUnits(run.amount, 2)) / Number(run.quantity));
          expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

/** Minor units that the unit which begins at a step bears. */
function takenAt(given: readonly UnitShare[], begin: number, size: number, scale: number, decimals: number): number {
  let end = 0;
  for (const { quantity, amount } of given) {
    const steps = Number(toUnits(quantity, scale));
    end += steps;
    if (begin < end) return (Number(toUnits(amount, decimals)) * size) / steps;
  }
  return 0;
}
