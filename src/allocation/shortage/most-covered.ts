import { coverOf, noUnits, type GivingLimits, type UnitsByGroup } from "./giving-limits.js";
import type { Donor } from "./least-harm.js";

/** How much of a need can be covered. */
export interface Cover {
  /** Units. */
  readonly covered: bigint;
  /** Donors that give everything, so that the others can give the rest. */
  readonly chosen: readonly number[];
  /** Whether nothing more can be covered. */
  readonly isMost: boolean;
}

/** Units of donors that give everything, by group. */
interface Reached {
  readonly whole: UnitsByGroup;
  readonly sum: bigint;
  readonly before: Reached | undefined;
  readonly place: number;
}

/**
 * The most that can be covered: every sum of donors that give everything, filled up by those that give a part.
 *
 * @param donors in the order in which they are tried
 * @param wanted units
 * @param budget steps, each one sum that is reached
 * @param limits what groups may give; none when absent
 */
export function mostCovered(donors: readonly Donor[], wanted: bigint, budget: number, limits?: GivingLimits): Cover {
  const parts = noUnits(limits);
  for (const donor of donors) if (donor.isWhole !== true) parts[placeOf(donor, parts)]! += donor.units;
  const nobody: Reached = { whole: noUnits(limits), sum: 0n, before: undefined, place: -1 };
  const byParts = coverOf(nobody.whole, parts, limits)!;
  if (byParts >= wanted) return { covered: wanted, chosen: [], isMost: true };
  let [best, cover] = [nobody, byParts];
  const reached = new Map([[nobody.whole.join(), nobody]]);
  let steps = 0;
  for (const [place, donor] of donors.entries()) {
    if (donor.isWhole !== true || steps > budget) continue;
    for (const before of [...reached.values()]) {
      if (steps++ >= budget) break;
      const sum = before.sum + donor.units;
      if (sum > wanted) continue;
      const whole = [...before.whole];
      whole[placeOf(donor, whole)]! += donor.units;
      const name = whole.join();
      if (reached.has(name)) continue;
      const own = coverOf(whole, parts, limits);
      if (own === undefined) continue;
      const now = { whole, sum, before, place };
      reached.set(name, now);
      // The least that suffices, else the most: who gives a part fills up the rest.
      const isBetter = own >= wanted ? cover < wanted || sum < best.sum : cover < wanted && own > cover;
      if (isBetter) [best, cover] = [now, own];
    }
  }
  const chosen: number[] = [];
  for (let step: Reached | undefined = best; step.before !== undefined; step = step.before) chosen.push(step.place);
  const covered = cover < wanted ? cover : wanted;
  return { covered, chosen, isMost: steps <= budget || covered === wanted };
}

function placeOf({ group }: Donor, units: UnitsByGroup): number {
  return group ?? units.length - 1;
}
