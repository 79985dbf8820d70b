/**
 * Who gets the smallest units that proportional shares leave over.
 *
 * | rule | each part | the units left over |
 * |---|---|---|
 * | `largestRemainder` | rounded down | one each to the parts that lost most by it; equal losses: the earlier part |
 * | `firstLines` | rounded down | one each from the first part with a weight on |
 * | `roundThenAdjust` | rounded to the nearest, ties down | one each added to, or taken from, the parts with a weight, from the first on; a part is not taken below zero |
 * | `lastLine` | rounded to the nearest, ties up, but for the last part with a weight | the last part takes the rest; where that would be negative, the parts that were rounded up give their unit back, from the end |
 */
export type RemainderRule = "largestRemainder" | "firstLines" | "roundThenAdjust" | "lastLine";

/** All remainder rules. */
export const REMAINDER_RULES: readonly RemainderRule[] = [
  "largestRemainder",
  "firstLines",
  "roundThenAdjust",
  "lastLine",
];

/** A split whose parts are rounded down and whose spare units wait for their takers. @internal */
export interface UnfinishedSplit {
  /** The parts in units, rounded down; changed in place. */
  readonly parts: Float64Array;
  /** The weights; only whether they are above zero matters here. */
  readonly claims: Float64Array;
  /** What each part lost by rounding down, in units of 1 / divisor. */
  readonly remainders: Float64Array;
  /** The denominator of the remainders. */
  readonly divisor: number;
  /** Units not handed out yet: the sum of the remainders in whole units, fewer than there are remainders above zero. */
  readonly spare: number;
}

// Up to here the takers are found by scanning; a histogram costs more than it saves.
const FEW_PARTS = 24;
const MOST_BUCKETS = 65_536;

/**
 * Hands out the spare units of a split by a remainder rule.
 *
 * @param rule - the rule
 * @param split - the parts rounded down; changed in place
 * @throws RangeError when the rule is unknown
 * @internal
 */
export function addSpareUnits(rule: RemainderRule, split: UnfinishedSplit): void {
  switch (rule) {
    case "largestRemainder":
      return addToLargest(split.parts, split.remainders, split.divisor, split.spare);
    case "firstLines":
      return addFromFirst(split, split.spare);
    case "roundThenAdjust":
      return roundThenAdjust(split);
    case "lastLine":
      return leaveToLast(split);
    default:
      throw new RangeError(`Unknown remainder rule: ${String(rule)}`);
  }
}

/**
 * Adds one unit to each of the `spare` parts with the largest remainders, the earlier part first where remainders are equal.
 *
 * @param parts - the parts, changed in place
 * @param remainders - what each part lost, 0 to divisor - 1
 * @param divisor - the denominator of the remainders
 * @param spare - units to hand out, fewer than there are remainders above zero
 * @internal
 */
function addToLargest(parts: Float64Array, remainders: Float64Array, divisor: number, spare: number): void {
  if (spare === 0) return;
  const cut = parts.length <= FEW_PARTS ? cutByScan(remainders, spare) : cutByHistogram(remainders, divisor, spare);
  let ties = cut.ties;
  for (let index = 0; index < parts.length; index += 1) {
    const remainder = remainders[index] ?? 0;
    if (remainder < cut.remainder) continue;
    if (remainder === cut.remainder) {
      if (ties === 0) continue;
      ties -= 1;
    }
    parts[index] = (parts[index] ?? 0) + 1;
  }
}

/** The smallest remainder that still gets a unit, and how many of the parts with exactly that remainder get one. */
interface Cut {
  readonly remainder: number;
  readonly ties: number;
}

function cutByScan(remainders: Float64Array, spare: number): Cut {
  const sorted = remainders.slice();
  for (let index = 1; index < sorted.length; index += 1) {
    const moving = sorted[index] ?? 0;
    let place = index;
    while (place > 0 && (sorted[place - 1] ?? 0) < moving) {
      sorted[place] = sorted[place - 1] ?? 0;
      place -= 1;
    }
    sorted[place] = moving;
  }
  return cutOfDescending(sorted, spare);
}

function cutOfDescending(sorted: Float64Array, spare: number): Cut {
  const remainder = sorted[spare - 1] ?? 0;
  let first = spare - 1;
  while (first > 0 && sorted[first - 1] === remainder) first -= 1;
  return { remainder, ties: spare - first };
}

/** Counts remainders by size, so that only those of the bucket in which the cut falls have to be sorted. */
function cutByHistogram(remainders: Float64Array, divisor: number, spare: number): Cut {
  const length = remainders.length;
  const buckets = Math.min(MOST_BUCKETS, 2 ** (33 - Math.clz32(length)));
  const factor = buckets / divisor;
  // One bucket more: with a huge divisor the product may round up to the number of buckets.
  const counts = new Int32Array(buckets + 1);
  for (let index = 0; index < length; index += 1) {
    const bucket = ((remainders[index] ?? 0) * factor) | 0;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  let bucket = buckets;
  let above = 0;
  while (above + (counts[bucket] ?? 0) < spare) {
    above += counts[bucket] ?? 0;
    bucket -= 1;
  }
  const edge = new Float64Array(counts[bucket] ?? 0);
  let filled = 0;
  for (let index = 0; index < length; index += 1) {
    const remainder = remainders[index] ?? 0;
    if (((remainder * factor) | 0) !== bucket) continue;
    edge[filled] = remainder;
    filled += 1;
  }
  return cutOfDescending(edge.sort().reverse(), spare - above);
}

function addFromFirst(split: UnfinishedSplit, units: number): void {
  let left = units;
  for (let index = 0; left > 0 && index < split.parts.length; index += 1) {
    if (split.claims[index] === 0) continue;
    split.parts[index] = (split.parts[index] ?? 0) + 1;
    left -= 1;
  }
}

function roundThenAdjust(split: UnfinishedSplit): void {
  const { parts, remainders, divisor } = split;
  let left = split.spare;
  for (let index = 0; index < parts.length; index += 1) {
    if ((remainders[index] ?? 0) * 2 <= divisor) continue;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  addFromFirst(split, left);
  for (let index = 0; left < 0 && index < parts.length; index += 1) {
    const part = parts[index] ?? 0;
    if (part === 0) continue;
    parts[index] = part - 1;
    left += 1;
  }
}

function leaveToLast(split: UnfinishedSplit): void {
  const { parts, claims, remainders, divisor } = split;
  let last = parts.length - 1;
  while (last > 0 && claims[last] === 0) last -= 1;
  let rest = (parts[last] ?? 0) + split.spare;
  for (let index = 0; index < last; index += 1) {
    if ((remainders[index] ?? 0) * 2 < divisor) continue;
    parts[index] = (parts[index] ?? 0) + 1;
    rest -= 1;
  }
  for (let index = last - 1; rest < 0 && index >= 0; index -= 1) {
    if ((remainders[index] ?? 0) * 2 < divisor) continue;
    parts[index] = (parts[index] ?? 0) - 1;
    rest += 1;
  }
  parts[last] = rest;
}
