import { addSpareUnits, type RemainderRule } from "./remainder-rule.js";

/** Weights that are safe to multiply with, and their total. @internal */
export interface WeightTotal {
  /** The weights, or equal ones where all were zero. */
  readonly claims: Float64Array;
  /** Their sum, a safe integer above zero. */
  readonly total: number;
  /** The greatest of them. */
  readonly greatest: number;
}

/**
 * Shares a whole number of units out in proportion to whole weights by largest remainder: `splitAmount` for loops over units.
 *
 * **Rules**
 * 1. The parts sum to the total. Each is the exact share rounded down; the units left over go one each to the parts that lost most by
 *    it, the earlier part where losses are equal.
 * 2. A weight of zero gets nothing, unless all weights are zero: then they count as equal.
 * 3. A negative total is split as its positive mirror image.
 *
 * @param totalUnits - a safe integer of units
 * @param weights - one whole weight per part, zero or more, their sum a safe integer
 * @returns one part per weight in units, in the same order
 * @throws RangeError when the total or a weight is no safe integer, a weight is negative, the weights sum beyond 2^53 - 1, or there are
 * no weights for a total other than zero
 *
 * Complexity: linear, unless total × weight exceeds 2^53: then n log n.
 *
 * **Source:** mission 9.13
 *
 * @example
 * ```ts
 * import { splitUnits } from "ordercycle";
 *
 * splitUnits(100, [1, 1, 1]); // => [34,33,33]
 * ```
 */
export function splitUnits(totalUnits: number, weights: ArrayLike<number>): number[] {
  const column = splitUnitsColumn(totalUnits, weights);
  const parts = new Array<number>(column.length);
  for (let index = 0; index < column.length; index += 1) parts[index] = column[index] ?? 0;
  return parts;
}

/**
 * `splitUnits` for columns: the same parts as a typed array, which costs far less to fill when there are very many.
 *
 * @param totalUnits - a safe integer of units
 * @param weights - one whole weight per part, zero or more, their sum a safe integer
 * @param rule - who gets the units left over; `largestRemainder` when left out
 * @returns one part per weight in units, in the same order
 * @throws RangeError as `splitUnits` does
 *
 * Complexity: linear, unless total × weight exceeds 2^53: then n log n.
 *
 * **Source:** mission 9.13
 *
 * @example
 * ```ts
 * import { splitUnitsColumn } from "ordercycle";
 *
 * Array.from(splitUnitsColumn(100, new Float64Array([1, 1, 1]))); // => [34,33,33]
 * ```
 */
export function splitUnitsColumn(
  totalUnits: number,
  weights: ArrayLike<number>,
  rule: RemainderRule = "largestRemainder",
): Float64Array {
  if (!Number.isSafeInteger(totalUnits)) throw new RangeError(`Units must be a safe integer, not ${totalUnits}.`);
  const parts = new Float64Array(weights.length);
  if (weights.length === 0) {
    if (totalUnits === 0) return parts;
    throw new RangeError("Units cannot be split over no weights.");
  }
  const whole = weightTotal(weights);
  if (whole === undefined) throw new RangeError("Weights must be whole, zero or more, and sum to a safe integer.");
  const magnitude = Math.abs(totalUnits);
  const remainders = new Float64Array(weights.length);
  // The remainders are below the total of the weights and so safe integers, even where the products are not.
  const share = magnitude * whole.greatest <= Number.MAX_SAFE_INTEGER ? floorShares : floorBigShares;
  const spare = share(magnitude, whole.claims, whole.total, parts, remainders);
  addSpareUnits(rule, { parts, claims: whole.claims, remainders, divisor: whole.total, spare });
  if (totalUnits < 0) {
    for (let index = 0; index < parts.length; index += 1) parts[index] = 0 - (parts[index] ?? 0);
  }
  return parts;
}

/**
 * Checks weights and sums them.
 *
 * @param weights - the weights
 * @returns the weights and their total; undefined when one is negative, not whole or unsafe, or the total is unsafe
 * @internal
 */
export function weightTotal(weights: ArrayLike<number>): WeightTotal | undefined {
  const length = weights.length;
  const claims = new Float64Array(length);
  let total = 0;
  let greatest = 0;
  for (let index = 0; index < length; index += 1) {
    const weight = weights[index] ?? Number.NaN;
    if (!(weight >= 0) || Math.floor(weight) !== weight) return undefined;
    // Adding zero turns -0 into 0, which would make a part -0.
    claims[index] = weight + 0;
    total += weight;
    if (weight > greatest) greatest = weight;
  }
  if (total > Number.MAX_SAFE_INTEGER) return undefined;
  return total === 0 ? { claims: claims.fill(1), total: length, greatest: 1 } : { claims, total, greatest };
}

/**
 * Fills in the proportional shares, rounded down, and what each lost by it.
 *
 * @param units - units to share out, zero or more; units × greatest weight must be a safe integer
 * @param claims - the weights
 * @param total - their sum
 * @param parts - filled with the shares
 * @param remainders - filled with the losses in units of 1 / total
 * @returns units left over
 * @internal
 */
export function floorShares(
  units: number,
  claims: Float64Array,
  total: number,
  parts: Float64Array,
  remainders: Float64Array,
): number {
  let left = units;
  for (let index = 0; index < claims.length; index += 1) {
    const product = units * (claims[index] ?? 0);
    const share = Math.floor(product / total);
    parts[index] = share;
    remainders[index] = product - share * total;
    left -= share;
  }
  return left;
}

function floorBigShares(
  units: number,
  claims: Float64Array,
  total: number,
  parts: Float64Array,
  remainders: Float64Array,
): number {
  const bigUnits = BigInt(units);
  const bigTotal = BigInt(total);
  let left = units;
  for (let index = 0; index < claims.length; index += 1) {
    const product = bigUnits * BigInt(claims[index] ?? 0);
    const share = Number(product / bigTotal);
    parts[index] = share;
    remainders[index] = Number(product % bigTotal);
    left -= share;
  }
  return left;
}
