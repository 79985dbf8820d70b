import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Decimal, decimal, fromUnits, isNegative, isZero, negate, sum, toUnits } from "../../src/core/decimal.js";
import { REMAINDER_RULES, type RemainderRule, splitAmount } from "../../src/core/split-amount.js";
import { oracleUnits } from "./arbitrary-decimal.js";

const decimals = (values: readonly (string | number)[]): Decimal[] => values.map((value) => decimal(value));

/** The four rules written a second time, on bigint and without regard to speed. */
function oracleSplit(total: bigint, weights: readonly bigint[], rule: RemainderRule): bigint[] {
  if (total < 0n) return oracleSplit(-total, weights, rule).map((part) => -part);
  const claims = weights.every((weight) => weight === 0n) ? weights.map(() => 1n) : weights;
  const whole = claims.reduce((a, b) => a + b, 0n);
  const floors = claims.map((claim) => (total * claim) / whole);
  const losses = claims.map((claim) => (total * claim) % whole);
  const parts = [...floors];
  const handedOut = (): bigint => parts.reduce((a, b) => a + b, 0n);
  const weighted = [...claims.keys()].filter((index) => claims[index] !== 0n);
  const change = (index: number, by: bigint): void => {
    parts[index] = (parts[index] ?? 0n) + by;
  };
  if (rule === "largestRemainder") {
    const byLoss = [...claims.keys()].sort((a, b) => {
      const difference = (losses[b] ?? 0n) - (losses[a] ?? 0n);
      return difference === 0n ? a - b : difference > 0n ? 1 : -1;
    });
    for (const index of byLoss) if (handedOut() < total) change(index, 1n);
  } else if (rule === "firstLines") {
    for (const index of weighted) if (handedOut() < total) change(index, 1n);
  } else if (rule === "roundThenAdjust") {
    losses.forEach((loss, index) => change(index, loss * 2n > whole ? 1n : 0n));
    for (const index of weighted) if (handedOut() < total) change(index, 1n);
    for (const index of weighted) if (handedOut() > total && (parts[index] ?? 0n) > 0n) change(index, -1n);
  } else {
    const last = weighted.at(-1) ?? 0;
    const roundedUp = weighted.filter((index) => index !== last && (losses[index] ?? 0n) * 2n >= whole);
    roundedUp.forEach((index) => change(index, 1n));
    change(last, -(parts[last] ?? 0n));
    for (const index of roundedUp.reverse()) if (handedOut() > total) change(index, -1n);
    change(last, total - handedOut());
  }
  return parts;
}

const anyWeight = fc.oneof(
  fc.nat(3).map((units) => fromUnits(units, 0)),
  fc.nat(100_000).map((units) => fromUnits(units, 2)),
  fc.bigInt({ min: 0n, max: 10n ** 18n }).map((units) => fromUnits(units, 6)),
);
const anyWeights = fc.oneof(
  fc.array(
    fc.nat(5).map((units) => fromUnits(units, 0)),
    { minLength: 1, maxLength: 40 },
  ),
  fc.array(anyWeight, { minLength: 1, maxLength: 60 }),
  fc.array(fc.constant(decimal(1)), { minLength: 1, maxLength: 40 }),
);
const anyAmount = fc.oneof(
  fc.integer({ min: -200, max: 200 }).map((units) => fromUnits(units, 2)),
  fc.integer().map((units) => fromUnits(units, 2)),
  fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map((units) => fromUnits(units, 2)),
);
const anyRule = fc.constantFrom(...REMAINDER_RULES);

describe("splitAmount (mission 9.13)", () => {
  test.each([
    ["largestRemainder", ["9.23", "17.69", "23.08"]],
    ["firstLines", ["9.24", "17.69", "23.07"]],
    ["roundThenAdjust", ["9.23", "17.69", "23.08"]],
    ["lastLine", ["9.23", "17.69", "23.08"]],
  ] as const)("rule 4: shares 50.00 over 120, 230 and 300 by %s", (remainder, expected) => {
    expect(splitAmount(decimal("50.00"), decimals([120, 230, 300]), { decimals: 2, remainder })).toEqual(expected);
  });

  test.each([
    ["largestRemainder", ["0.01", "0", "0"]],
    ["firstLines", ["0.01", "0", "0"]],
    ["roundThenAdjust", ["0.01", "0", "0"]],
    ["lastLine", ["0", "0", "0.01"]],
  ] as const)("rule 1: loses no cent when every share rounds to nothing, by %s", (remainder, expected) => {
    expect(splitAmount(decimal("0.01"), decimals([1, 1, 1]), { decimals: 2, remainder })).toEqual(expected);
  });

  test.each([
    ["largestRemainder", ["0", "0.34", "0.33", "0", "0.33", "0"]],
    ["firstLines", ["0", "0.34", "0.33", "0", "0.33", "0"]],
    ["roundThenAdjust", ["0", "0.34", "0.33", "0", "0.33", "0"]],
    ["lastLine", ["0", "0.33", "0.33", "0", "0.34", "0"]],
  ] as const)("rule 2: gives nothing to a weight of zero, by %s", (remainder, expected) => {
    expect(splitAmount(decimal(1), decimals([0, 1, 1, 0, 1, 0]), { decimals: 2, remainder })).toEqual(expected);
  });

  it("rule 2: counts weights as equal when all are zero", () => {
    expect(splitAmount(decimal(1), decimals([0, 0, 0]), { decimals: 2, remainder: "largestRemainder" })).toEqual([
      "0.34",
      "0.33",
      "0.33",
    ]);
  });

  it("rule 4: roundThenAdjust takes back from the first part that has something", () => {
    const weights = decimals([0, 1, 60, 60, 60, 60, 60]);
    const parts = splitAmount(decimal("0.08"), weights, { decimals: 2, remainder: "roundThenAdjust" });
    expect(parts).toEqual(["0", "0", "0.01", "0.01", "0.02", "0.02", "0.02"]);
  });

  it("rule 4: lastLine never leaves the last part negative, but takes units back from the end", () => {
    const parts = splitAmount(decimal("0.02"), decimals([1, 1, 1, 1]), { decimals: 2, remainder: "lastLine" });
    expect(parts).toEqual(["0.01", "0.01", "0", "0"]);
  });

  it("rule 5: splits nothing over nobody, and only that", () => {
    expect(splitAmount(decimal(0), [], { decimals: 2, remainder: "lastLine" })).toEqual([]);
    expect(() => splitAmount(decimal(1), [], { decimals: 2, remainder: "lastLine" })).toThrow(RangeError);
  });

  it("equals the second writing of the rules on every path, with no difference", () => {
    fc.assert(
      fc.property(anyAmount, anyWeights, anyRule, (amount, weights, remainder) => {
        const parts = splitAmount(amount, weights, { decimals: 2, remainder });
        const expected = oracleSplit(toUnits(amount, 2), weights.map(oracleUnits), remainder);
        expect(parts.map((part) => toUnits(part, 2))).toEqual(expected);
      }),
      { numRuns: 4000 },
    );
  });

  it("rules 1 to 3: sums to the whole, mirrored below zero, with nothing for a weight of zero", () => {
    fc.assert(
      fc.property(anyAmount, anyWeights, anyRule, (amount, weights, remainder) => {
        const parts = splitAmount(amount, weights, { decimals: 2, remainder });
        expect(sum(parts)).toBe(amount);
        expect(splitAmount(negate(amount), weights, { decimals: 2, remainder })).toEqual(parts.map(negate));
        for (const part of parts) expect(isZero(part) || isNegative(part) === isNegative(amount)).toBe(true);
        if (weights.some((weight) => !isZero(weight))) {
          weights.forEach((weight, index) => {
            if (isZero(weight)) expect(parts[index]).toBe("0");
          });
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("does not care in what unit the weights are", () => {
    fc.assert(
      fc.property(
        anyAmount,
        fc.array(fc.nat(100_000), { minLength: 1, maxLength: 40 }),
        anyRule,
        (amount, units, remainder) => {
          const options = { decimals: 2, remainder };
          const large = units.map((weight) => fromUnits(BigInt(weight) * 10n ** 20n, 0));
          const small = units.map((weight) => fromUnits(weight, 4));
          expect(splitAmount(amount, large, options)).toEqual(splitAmount(amount, small, options));
        },
      ),
    );
  });

  it("throws RangeError for negative weights, lost digits and unknown rules", () => {
    const options = { decimals: 2, remainder: "lastLine" } as const;
    expect(() => splitAmount(decimal(1), decimals([1, -1]), options)).toThrow(RangeError);
    expect(() => splitAmount(decimal("0.001"), decimals([1]), options)).toThrow(RangeError);
    expect(() => splitAmount(decimal(1), decimals([1]), { ...options, decimals: 2.5 })).toThrow(RangeError);
    const many = decimals([`${"9".repeat(30)}.${"9".repeat(10)}`]);
    expect(() => splitAmount(many[0] ?? decimal(0), decimals([1, 6]), { ...options, decimals: 20 })).toThrow(
      RangeError,
    );
    const unknown = { decimals: 2, remainder: "constructor" as RemainderRule };
    expect(() => splitAmount(decimal(1), decimals([1, 1, 1]), unknown)).toThrow(RangeError);
  });

  it("leaves its input as it was", () => {
    const weights = Object.freeze(decimals([0, 0]));
    splitAmount(decimal(1), weights, Object.freeze({ decimals: 2, remainder: "lastLine" }));
    expect(weights).toEqual(["0", "0"]);
  });
});
