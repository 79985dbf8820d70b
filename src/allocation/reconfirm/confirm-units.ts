import { lesserOf } from "../fair-share/exact-shares.js";
import type { FairShareRule } from "../fair-share/fair-share-rules.js";
import { shareUnits } from "../fair-share/share-units.js";
import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";

/** A demand in whole units. @internal */
export interface UnitDemand {
  /** What it asks for. */
  readonly requested: bigint;
  /** What it has. */
  readonly confirmed: bigint;
  /** What may be done with that. */
  readonly strategy: ReconfirmStrategy;
  /** Smallest step, above zero. */
  readonly quantum: bigint;
  /** Whether it takes all or nothing. */
  readonly isWhole: boolean;
}

/** How demands of strategy `redistribute` share; undefined for one after the other. @internal */
export interface UnitSharing {
  /** Rule. */
  readonly rule: FairShareRule;
  /** Step of demands that have none of their own. */
  readonly quantum: bigint;
}

/** What a run gives. @internal */
interface ConfirmedUnits {
  /** What each demand has after it. */
  readonly after: readonly bigint[];
  /** What each demand lacks of what its strategy promises; zero for most. */
  readonly unmet: readonly bigint[];
}

/**
 * Re-confirms the demands of one item.
 *
 * **Rules** (numbered as the steps of the definition, from 0)
 * 0. `skip` keeps what it has, `lose` gives it up.
 * 1. `win` gets what it asks for, in order.
 * 2. `gain` keeps what it has, in order.
 * 3. `gain` gets what it asks for beyond that, in order.
 * 4. `improve` keeps what it has, in order, and then gets what it asks for beyond that, in order.
 * 5. `redistribute` gets what is left, in order or by a rule for sharing.
 * 6. `fill` keeps what it has as far as there is anything left, in order.
 *
 * @param demands in the order of service
 * @param pool what there is, what the demands have of it included
 * @param sharing rule for step 5
 * @returns what each has after the run. n log n.
 * @internal
 */
export function confirmUnits(
  demands: readonly UnitDemand[],
  pool: bigint,
  sharing: UnitSharing | undefined,
): ConfirmedUnits {
  const after = demands.map(() => 0n);
  const unmet = demands.map(() => 0n);
  let left = pool;
  const withStrategy = (strategy: ReconfirmStrategy): number[] =>
    [...demands.keys()].filter((place) => demands[place]!.strategy === strategy);
  const give = (place: number, units: bigint): void => {
    after[place]! += units;
    left -= units;
  };
  const keep = (place: number): void => {
    const { confirmed, quantum, isWhole } = demands[place]!;
    if (confirmed <= left) give(place, confirmed);
    else if (!isWhole) give(place, left - (left % quantum));
  };
  const topUp = (place: number): void => {
    const { requested, quantum, isWhole } = demands[place]!;
    const most = requested - after[place]!;
    const wanted = most - (most % quantum);
    if (wanted <= left) give(place, wanted);
    else if (!isWhole) give(place, left - (left % quantum));
  };

  for (const place of withStrategy("skip")) give(place, demands[place]!.confirmed);
  for (const place of withStrategy("win")) {
    topUp(place);
    const missing = demands[place]!.requested - after[place]!;
    if (missing >= demands[place]!.quantum) unmet[place] = missing;
  }
  for (const place of withStrategy("gain")) {
    keep(place);
    unmet[place] = demands[place]!.confirmed - after[place]!;
  }
  withStrategy("gain").forEach(topUp);
  withStrategy("improve").forEach(keep);
  withStrategy("improve").forEach(topUp);
  const sharers = withStrategy("redistribute");
  if (sharing === undefined) sharers.forEach(topUp);
  else for (const [index, units] of shared(sharers, left).entries()) give(sharers[index]!, units);
  withStrategy("fill").forEach(keep);
  return { after, unmet };

  function shared(places: readonly number[], units: bigint): readonly bigint[] {
    if (sharing === undefined) return [];
    const claims = places.map((place) => {
      const { requested, quantum, isWhole } = demands[place]!;
      const step = quantum > 1n ? quantum : sharing.quantum;
      return {
        requested,
        quantum: step,
        minimum: isWhole ? requested - (requested % step) : 0n,
        weight: 1n,
        tier: 0,
        quota: undefined,
      };
    });
    return shareUnits(claims, units, sharing.rule).parts;
  }
}

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
