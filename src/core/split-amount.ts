import { bigUnitsAt, safeUnitsAt, scaleOf, textOfBigUnits, textOfUnits } from "./decimal-kernel.js";
import { type Decimal, checkScale } from "./decimal-text.js";
import { type RemainderRule, addSpareUnits } from "./remainder-rule.js";
import { floorShares, weightTotal } from "./split-units.js";

export { REMAINDER_RULES, type RemainderRule } from "./remainder-rule.js";

/** How `splitAmount` shares out. */
export interface SplitAmountOptions {
  /** Digits after the point of every part, 0 to 20: the smallest unit handed out is 10^-decimals. */
  readonly decimals: number;
  /** Who gets the units that proportional shares leave over. */
  readonly remainder: RemainderRule;
}

/**
 * Shares an amount out in proportion to weights, in whole smallest units, so that the parts sum to the amount exactly.
 *
 * **Rules**
 * 1. The parts sum to the amount; every part is a whole number of smallest units.
 * 2. A weight of zero gets nothing, unless all weights are zero: then they count as equal.
 * 3. A negative amount is split as its positive mirror image; no part ever has the opposite sign of the amount.
 * 4. Units left over by the proportional shares go where the remainder rule says.
 * 5. No weights: only zero can be split, into no parts.
 *
 * @param amount - the amount to share out, a multiple of 10^-decimals
 * @param weights - one weight per part, zero or more; their sum counts as the whole
 * @param options - smallest unit and remainder rule
 * @returns one part per weight, in the same order
 * @throws RangeError when a weight is negative, the amount has more decimals than `decimals`, there are no weights for an amount other
 * than zero, a part has more than 40 significant digits, or the rule is unknown
 *
 * Complexity: linear in the number of weights as long as amount × weight stays below 2^53, n log n beyond.
 *
 * **Source:** mission 9.13
 *
 * @example
 * ```ts
 * import { decimal, splitAmount } from "ordercycle";
 *
 * const weights = [decimal("120"), decimal("230"), decimal("300")];
 * splitAmount(decimal("50"), weights, { decimals: 2, remainder: "largestRemainder" }); // => ["9.23","17.69","23.08"]
 * splitAmount(decimal("50"), weights, { decimals: 2, remainder: "firstLines" }); // => ["9.24","17.69","23.07"]
 * ```
 */
export function splitAmount(amount: Decimal, weights: readonly Decimal[], options: SplitAmountOptions): Decimal[] {
  const { decimals, remainder } = options;
  checkScale(decimals);
  if (scaleOf(amount) > decimals) throw new RangeError(`${amount} has more than ${decimals} decimals.`);
  for (const weight of weights) {
    if (weight.startsWith("-")) throw new RangeError(`A weight must not be negative: ${weight}`);
  }
  if (weights.length === 0) {
    if (amount === "0") return [];
    throw new RangeError("An amount cannot be split over no weights.");
  }
  const scale = weights.reduce((most, weight) => Math.max(most, scaleOf(weight)), 0);
  return (
    splitSafely(amount, weights, scale, decimals, remainder) ?? splitBig(amount, weights, scale, decimals, remainder)
  );
}

/** Undefined where a product could exceed the safe integers. */
function splitSafely(
  amount: Decimal,
  weights: readonly Decimal[],
  scale: number,
  decimals: number,
  rule: RemainderRule,
): Decimal[] | undefined {
  const total = safeUnitsAt(amount, decimals);
  if (Number.isNaN(total)) return undefined;
  const claims = new Float64Array(weights.length);
  for (const [index, weight] of weights.entries()) claims[index] = safeUnitsAt(weight, scale);
  const whole = weightTotal(claims);
  if (whole === undefined) return undefined;
  const magnitude = Math.abs(total);
  if (magnitude * whole.greatest > Number.MAX_SAFE_INTEGER) return undefined;
  const remainders = new Float64Array(weights.length);
  const parts = new Float64Array(weights.length);
  const spare = floorShares(magnitude, whole.claims, whole.total, parts, remainders);
  addSpareUnits(rule, { parts, claims: whole.claims, remainders, divisor: whole.total, spare });
  return Array.from(parts, (part) => textOfUnits(total < 0 ? -part : part, decimals));
}

function splitBig(
  amount: Decimal,
  weights: readonly Decimal[],
  scale: number,
  decimals: number,
  rule: RemainderRule,
): Decimal[] {
  const total = bigUnitsAt(amount, decimals);
  const magnitude = total < 0n ? -total : total;
  const given = weights.map((weight) => bigUnitsAt(weight, scale));
  const claims = given.every((claim) => claim === 0n) ? given.map(() => 1n) : given;
  const divisor = claims.reduce((sum, claim) => sum + claim, 0n);
  const floors = claims.map((claim) => (magnitude * claim) / divisor);
  const remainders = claims.map((claim) => (magnitude * claim) % divisor);
  const left = floors.reduce((rest, floor) => rest - floor, magnitude);
  const ranked = rankRemainders(remainders, divisor);
  // The rules only ask whether a part has more units than they may take back, never more than there are parts.
  const ceiling = BigInt(weights.length);
  const base = Float64Array.from(floors, (floor) => Number(floor < ceiling ? floor : ceiling));
  const parts = base.slice();
  addSpareUnits(rule, {
    parts,
    claims: Float64Array.from(claims, (claim) => (claim > 0n ? 1 : 0)),
    remainders: ranked,
    divisor: 2 * (weights.length + 1),
    spare: Number(left),
  });
  return floors.map((floor, index) => {
    const units = floor + BigInt((parts[index] ?? 0) - (base[index] ?? 0));
    return textOfBigUnits(total < 0n ? -units : units, decimals);
  });
}

/**
 * Small numbers that stand in the same order as the remainders, with 0 for 0 and n + 1 for exactly one half of the divisor, so that the
 * rules see what they would see with the true remainders and a divisor of 2(n + 1).
 */
function rankRemainders(remainders: readonly bigint[], divisor: bigint): Float64Array {
  const ranks = new Float64Array(remainders.length);
  const half = remainders.length + 1;
  const order = [...remainders.keys()].sort((a, b) => compareBig(remainders[a] ?? 0n, remainders[b] ?? 0n));
  let previous = 0n;
  let rank = 0;
  for (const index of order) {
    const remainder = remainders[index] ?? 0n;
    if (remainder !== previous) {
      const twice = remainder * 2n;
      if (twice === divisor) rank = half;
      else if (twice > divisor && rank <= half) rank = half + 1;
      else rank += 1;
    }
    previous = remainder;
    ranks[index] = rank;
  }
  return ranks;
}

function compareBig(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
