import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REMAINDER_RULES } from "../../src/core/remainder-rule.js";
import { splitUnitsWithin } from "../../src/core/split-within.js";

const ROOMY = [1e9, 1e9, 1e9];

describe("splitUnitsWithin", () => {
  it.each([
    [
      "50.00 over 120, 230, 300 by largest remainder",
      5000,
      [12_000, 23_000, 30_000],
      "largestRemainder",
      [923, 1769, 2308],
    ],
    ["the same, first lines first", 5000, [12_000, 23_000, 30_000], "firstLines", [924, 1769, 2307]],
    ["a cent over three equal lines", 1, [1, 1, 1], "largestRemainder", [1, 0, 0]],
    ["nothing", 0, [1, 1, 1], "largestRemainder", [0, 0, 0]],
    ["no weights", 5, [0, 0, 0], "largestRemainder", [0, 0, 0]],
    ["a weight of zero gets nothing", 10, [1, 0, 1], "firstLines", [5, 0, 5]],
  ] as const)("%s", (_name, total, weights, rule, parts) => {
    expect(Array.from(splitUnitsWithin(total, weights, ROOMY, rule))).toEqual(parts);
  });

  it("shares again what a cap cuts off (rule 2)", () => {
    expect(Array.from(splitUnitsWithin(100, [1, 1, 2], [10, 90, 90], "largestRemainder"))).toEqual([10, 30, 60]);
    expect(Array.from(splitUnitsWithin(100, [5, 1, 1], [10, 20, 5], "lastLine"))).toEqual([10, 20, 5]);
  });

  it.each([2, 200])("keeps its rules for up to %i parts and every remainder rule", (maxLength) => {
    const part = fc.record({ weight: fc.nat({ max: 2 ** 40 }), cap: fc.nat({ max: 5000 }) });
    fc.assert(
      fc.property(
        fc.array(part, { maxLength }),
        fc.nat({ max: 100_000 }),
        fc.constantFrom(...REMAINDER_RULES),
        (all, total, rule) => {
          const [weights, caps] = [all.map(({ weight }) => weight), all.map(({ cap }) => cap)];
          const parts = Array.from(splitUnitsWithin(total, weights, caps, rule));
          const room = all.reduce((sum, { weight, cap }) => sum + (weight === 0 ? 0 : cap), 0);
          expect(parts.reduce((sum, one) => sum + one, 0)).toBe(Math.min(total, room));
          for (const [place, given] of parts.entries()) {
            expect(given).toBeGreaterThanOrEqual(0);
            expect(given).toBeLessThanOrEqual(weights[place] === 0 ? 0 : (caps[place] ?? 0));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("throws for weights that are none", () => {
    expect(() => splitUnitsWithin(5, [0.5, 1], [9, 9], "largestRemainder")).toThrow(RangeError);
  });
});
