import type { RemainderRule } from "./remainder-rule.js";
import { splitUnitsColumn } from "./split-units.js";

/**
 * Shares units out in proportion to weights, no part above its cap: what a cap cuts off is shared out again among the
 * others.
 *
 * **Rules**
 * 1. The parts sum to the total, or to the caps of all parts with a weight where those are less.
 * 2. A part whose proportional share exceeds its cap gets the cap; the rest is shared in proportion among the others, until
 *    no share exceeds its cap.
 * 3. A weight of zero gets nothing.
 * 4. Units left over go where the remainder rule says, but never above a cap.
 *
 * @param totalUnits - a safe integer of units, zero or more
 * @param weights - one whole weight per part, zero or more, their sum a safe integer
 * @param caps - most units of each part, zero or more
 * @param rule - who gets the units left over
 * @returns one part per weight, in the same order
 * @throws RangeError when weights are no whole numbers of zero or more, or sum beyond 2^53 - 1
 *
 * Complexity: n log n.
 *
 * **Source:** mission 6.6
 *
 * @example
 * ```ts
 * import { splitUnitsWithin } from "ordercycle";
 *
 * Array.from(splitUnitsWithin(100, [1, 1, 2], [10, 90, 90], "largestRemainder")); // => [10,30,60]
 * ```
 */
export function splitUnitsWithin(
  totalUnits: number,
  weights: ArrayLike<number>,
  caps: ArrayLike<number>,
  rule: RemainderRule,
): ArrayLike<number> {
  const length = weights.length;
  const few = length <= FEW_PARTS && rule === "largestRemainder" ? splitFew(totalUnits, weights, caps) : undefined;
  if (few !== undefined) return few;
  const parts = new Float64Array(length);
  const claims = new Float64Array(length);
  let weightLeft = 0;
  let room = 0;
  for (let index = 0; index < length; index += 1) {
    if ((weights[index] ?? 0) === 0) continue;
    claims[index] = weights[index] ?? 0;
    weightLeft += claims[index] ?? 0;
    room += caps[index] ?? 0;
  }
  let left = Math.min(totalUnits, room);
  if (left <= 0) return parts;
  const tight = isAnyTight(claims, caps, left, weightLeft) ? tightestFirst(claims, caps) : NONE;
  for (const index of tight) {
    const cap = caps[index] ?? 0;
    const claim = claims[index] ?? 0;
    // As soon as one share fits, those with more room for their weight fit too.
    if (!isProductAbove(left, claim, cap, weightLeft)) break;
    parts[index] = cap;
    claims[index] = 0;
    left -= cap;
    weightLeft -= claim;
  }
  if (left > 0) addShares(parts, splitUnitsColumn(left, claims, rule), caps, claims);
  return parts;
}

/** Up to here plain lists and repeated looks cost less than columns and sorting. */
const FEW_PARTS = 64;

/** Few parts by largest remainder where no cap binds and all products are safe; undefined for everything else. */
function splitFew(total: number, weights: ArrayLike<number>, caps: ArrayLike<number>): number[] | undefined {
  const length = weights.length;
  let sum = 0;
  let most = 0;
  for (let index = 0; index < length; index += 1) {
    const weight = weights[index] ?? 0;
    if (!(weight >= 0) || Math.floor(weight) !== weight) return undefined;
    sum += weight;
    if (weight > most) most = weight;
  }
  if (sum === 0 || sum > Number.MAX_SAFE_INTEGER || total * most > Number.MAX_SAFE_INTEGER) return undefined;
  const parts: number[] = [];
  const losses: number[] = [];
  let left = total;
  for (let index = 0; index < length; index += 1) {
    const product = total * (weights[index] ?? 0);
    const part = Math.floor(product / sum);
    const loss = product - part * sum;
    // A part that would be rounded up beyond its cap, or that exceeds it, is left to the careful way.
    if (part + (loss > 0 ? 1 : 0) > (caps[index] ?? 0)) return undefined;
    parts.push(part);
    losses.push(loss);
    left -= part;
  }
  for (; left > 0; left -= 1) {
    let next = 0;
    for (let index = 1; index < length; index += 1) if ((losses[index] ?? 0) > (losses[next] ?? 0)) next = index;
    parts[next] = (parts[next] ?? 0) + 1;
    losses[next] = -1;
  }
  return parts;
}

const NONE: readonly number[] = [];

/** Whether some share exceeds its cap: mostly none does, and nothing has to be sorted. */
function isAnyTight(claims: Float64Array, caps: ArrayLike<number>, total: number, weights: number): boolean {
  for (let index = 0; index < claims.length; index += 1) {
    if (isProductAbove(total, claims[index] ?? 0, caps[index] ?? 0, weights)) return true;
  }
  return false;
}

/** Places of the parts with a weight, those with the least room for their weight first. */
function tightestFirst(claims: Float64Array, caps: ArrayLike<number>): number[] {
  const places: number[] = [];
  for (let index = 0; index < claims.length; index += 1) if ((claims[index] ?? 0) > 0) places.push(index);
  return places.sort((a, b) => (caps[a] ?? 0) / (claims[a] ?? 1) - (caps[b] ?? 0) / (claims[b] ?? 1) || a - b);
}

/** Whether a × b > c × d, exactly also where the products exceed the safe integers. */
function isProductAbove(a: number, b: number, c: number, d: number): boolean {
  const first = a * b;
  const second = c * d;
  if (first <= Number.MAX_SAFE_INTEGER && second <= Number.MAX_SAFE_INTEGER) return first > second;
  return BigInt(a) * BigInt(b) > BigInt(c) * BigInt(d);
}

/** Adds shares to the parts; a unit that rounding would put above a cap goes to the first part with room. */
function addShares(parts: Float64Array, shares: Float64Array, caps: ArrayLike<number>, claims: Float64Array): void {
  let over = 0;
  for (let index = 0; index < parts.length; index += 1) {
    const share = shares[index] ?? 0;
    if (share === 0) continue;
    const part = Math.min(share, caps[index] ?? 0);
    over += share - part;
    parts[index] = part;
  }
  for (let index = 0; over > 0 && index < parts.length; index += 1) {
    if (claims[index] === 0) continue;
    const more = Math.min(over, (caps[index] ?? 0) - (parts[index] ?? 0));
    parts[index] = (parts[index] ?? 0) + more;
    over -= more;
  }
}
