import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { splitUnits, splitUnitsColumn } from "../../src/core/split-units.js";

function oracle(total: number, weights: readonly number[]): number[] {
  const magnitude = BigInt(Math.abs(total));
  const claims = (weights.every((weight) => weight === 0) ? weights.map(() => 1) : weights).map(BigInt);
  const whole = claims.reduce((a, b) => a + b, 0n);
  const parts = claims.map((claim) => (magnitude * claim) / whole);
  const losses = claims.map((claim) => (magnitude * claim) % whole);
  const left = Number(magnitude - parts.reduce((a, b) => a + b, 0n));
  const order = [...claims.keys()].sort((a, b) => {
    const [first, second] = [losses[a] ?? 0n, losses[b] ?? 0n];
    return first === second ? a - b : first > second ? -1 : 1;
  });
  for (const index of order.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts.map((part) => (total < 0 ? Number(-part) : Number(part)));
}

const anyWeights = fc.oneof(
  fc.array(fc.nat(5), { minLength: 1, maxLength: 30 }),
  fc.array(fc.nat(2000), { minLength: 1, maxLength: 400 }),
  fc.array(fc.constantFrom(1, 2, 1_000_003), { minLength: 20, maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 400 }),
);
const anyTotal = fc.oneof(fc.integer({ min: -500, max: 500 }), fc.integer(), fc.maxSafeInteger());

describe("splitUnits (mission 9.13)", () => {
  it("rules 1 to 3: equals largest remainder on bigint with no difference", () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        const parts = splitUnits(total, weights);
        expect(parts).toEqual(oracle(total, weights));
        expect(parts.reduce((a, b) => a + BigInt(b), 0n)).toBe(BigInt(total));
        expect(Array.from(splitUnitsColumn(total, Float64Array.from(weights)))).toEqual(parts);
      }),
      { numRuns: 3000 },
    );
  });

  it("rule 1: decides ties by position where many remainders are equal", () => {
    const weights = Array.from({ length: 1000 }, () => 7);
    const parts = splitUnits(12_345, weights);
    expect(parts.slice(0, 345).every((part) => part === 13)).toBe(true);
    expect(parts.slice(345).every((part) => part === 12)).toBe(true);
  });

  it("rule 1: holds with a total of weights at the end of the safe integers", () => {
    const weights = [2 ** 52, 2 ** 51, 2 ** 50, 2 ** 50 - 1, ...Array.from({ length: 30 }, () => 0)];
    for (const total of [1, 2, 3, 1000, Number.MAX_SAFE_INTEGER]) {
      expect(splitUnits(total, weights)).toEqual(oracle(total, weights));
    }
  });

  it("rule 2: gives nothing to a weight of zero, unless all are zero", () => {
    expect(splitUnits(2, [0, 1, 0, 1, 1])).toEqual([0, 1, 0, 1, 0]);
    expect(splitUnits(2, [0, 0, 0])).toEqual([1, 1, 0]);
  });

  it("never writes -0", () => {
    expect(splitUnits(-1, [1, 1]).map((part) => Object.is(part, -0))).toEqual([false, false]);
    expect(splitUnits(1, [-0, 1]).map((part) => Object.is(part, -0))).toEqual([false, false]);
  });

  test.each([
    [0.5, [1]],
    [Number.NaN, [1]],
    [2 ** 53, [1]],
    [1, []],
    [1, [-1, 2]],
    [1, [0.5]],
    [1, [Number.NaN]],
    [1, [Infinity]],
    [1, [2 ** 53 - 1, 1]],
  ])("refuses %d over %j", (total, weights) => {
    expect(() => splitUnits(total, weights)).toThrow(RangeError);
  });

  it("splits nothing over nobody", () => {
    expect(splitUnits(0, [])).toEqual([]);
  });
});
