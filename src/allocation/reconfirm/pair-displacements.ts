import { lesserOf } from "../fair-share/exact-shares.js";

/** What went from one demand to another, by their places. @internal */
interface DisplacedUnits {
  /** Place of the demand that lost it. */
  readonly victim: number;
  /** Place of the demand that has it. */
  readonly winner: number;
  /** Units. */
  readonly units: bigint;
}

/**
 * Pairs losses with gains.
 *
 * **Rules**
 * 1. Whoever was served first got what was free before; only what exceeds that was taken from others.
 * 2. Losses are taken from the back: from whoever was served last, first.
 *
 * @param changes what each demand has more than before, or less, in the order in which they were served
 * @param free what nobody had before; below zero where something has gone
 * @returns the pairs, winners in the order in which they were served. Linear.
 * @internal
 */
export function pairDisplacements(changes: readonly bigint[], free: bigint): DisplacedUnits[] {
  const pairs: DisplacedUnits[] = [];
  const lost = changes.map((change) => (change < 0n ? -change : 0n));
  let unclaimed = free > 0n ? free : 0n;
  let victim = changes.length - 1;
  for (const [winner, gain] of changes.entries()) {
    if (gain <= 0n) continue;
    const ofFree = lesserOf(gain, unclaimed);
    unclaimed -= ofFree;
    let taken = gain - ofFree;
    while (taken > 0n && victim >= 0) {
      const units = lesserOf(taken, lost[victim]!);
      if (units > 0n) pairs.push({ victim, winner, units });
      lost[victim]! -= units;
      taken -= units;
      if (lost[victim] === 0n) victim -= 1;
    }
  }
  return pairs;
}
