import { groupedBy } from "../../core/grouped-by.js";
import { consumeFor, groupLimit, within, type SupplyStanding } from "../../model/supply-standing.js";
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

/** What caps and minimums let the demands have of what was free. @internal */
export interface GroupedSupply {
  /** Group of the customer of each demand. */
  readonly groups: readonly (string | undefined)[];
  /** How groups had used their caps and minimums before; changes as goods are paired. */
  readonly standing: SupplyStanding;
}

/**
 * Pairs losses with gains.
 *
 * **Rules**
 * 1. Whoever was served first got what was free before; only what exceeds that was taken from others.
 * 2. Losses are taken from the back: from whoever was served last, first.
 * 3. What was kept for other groups, or lay beyond the cap of the demand's own, was not free for it. Beyond its cap it got
 *    what others of its group gave up.
 *
 * @param changes what each demand has more than before, or less, in the order in which they were served
 * @param free what nobody had before; below zero where something has gone
 * @param supply caps and minimums; absent where there are none
 * @returns the pairs, winners in the order in which they were served. Linear.
 * @internal
 */
export function pairDisplacements(changes: readonly bigint[], free: bigint, supply?: GroupedSupply): DisplacedUnits[] {
  const pairs: DisplacedUnits[] = [];
  const lost = changes.map((change) => (change < 0n ? -change : 0n));
  const losers = [...lost.keys()].filter((place) => lost[place]! > 0n);
  const groupOf = (place: number): string | undefined => supply?.groups[place];
  const losersOf = supply === undefined ? undefined : groupedBy(losers, groupOf);
  let unclaimed = free > 0n ? free : 0n;
  for (const [winner, gain] of changes.entries()) {
    if (gain <= 0n) continue;
    const group = groupOf(winner);
    const limit = supply === undefined ? undefined : groupLimit(supply.standing, group);
    const beyondCap = limit?.capLeft === undefined || limit.capLeft > gain ? 0n : gain - limit.capLeft;
    let taken = gain - takeFrom(losersOf?.get(group) ?? [], winner, beyondCap);
    const ofFree = lesserOf(taken, limit === undefined ? unclaimed : within(limit, unclaimed));
    unclaimed -= ofFree;
    count(winner, ofFree);
    taken -= ofFree;
    takeFrom(losers, winner, taken);
  }
  return pairs;

  /** Takes units from the last of the losers that still have some; says how much that was. */
  function takeFrom(from: number[], winner: number, units: bigint): bigint {
    let wanted = units;
    while (wanted > 0n && from.length > 0) {
      const victim = from.at(-1)!;
      const own = lesserOf(wanted, lost[victim]!);
      if (own > 0n) pairs.push({ victim, winner, units: own });
      lost[victim]! -= own;
      wanted -= own;
      count(winner, own);
      count(victim, -own);
      if (lost[victim] === 0n) from.pop();
    }
    return units - wanted;
  }

  function count(place: number, units: bigint): void {
    if (supply !== undefined) consumeFor(supply.standing, groupOf(place), units);
  }
}
