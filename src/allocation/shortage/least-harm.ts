import { coverOf, givingRoom, noUnits, type GivingLimits } from "./giving-limits.js";
import { mostCovered } from "./most-covered.js";

/** Somebody who could give goods up, in whole units. */
export interface Donor {
  /** What it could give, positive. */
  readonly units: bigint;
  /** Harm of taking anything at all, not negative. */
  readonly fixed: bigint;
  /** Harm of each unit, not negative. */
  readonly perUnit: bigint;
  /** Whether it gives everything or nothing. */
  readonly isWhole?: boolean;
  /** Number of its group among the limits; absent for who may give whatever it has. */
  readonly group?: number;
}

/** Who gives how much. */
export interface LeastHarm {
  /** Units by donor. */
  readonly taken: readonly bigint[];
  /** Units in all: what was wanted, or the most that donors can give of it. */
  readonly covered: bigint;
  /** Harm in all. */
  readonly harm: bigint;
  /** Whether no other choice does less harm. */
  readonly optimal: boolean;
  /** Steps that the search took. */
  readonly steps: number;
}

/**
 * Chooses donors that cover a need, or the most of it that they can, with the least harm. Among donors that are chosen,
 * those with the least harm by unit give first; which are chosen is searched with a bound on what the others could still
 * better. When the steps end, the best choice so far stands, at least as good as taking donors by their rate and leaving out
 * whom one can do without.
 *
 * @param donors in the order in which they are preferred among equals
 * @param wanted units, positive
 * @param budget steps, each one look at one donor, for the search and for what donors that give everything can cover
 * @param limits what groups may give; none when absent
 */
export function leastHarm(donors: readonly Donor[], wanted: bigint, budget: number, limits?: GivingLimits): LeastHarm {
  const order = [...donors.keys()].sort((a, b) => {
    const [one, other] = [donors[a]!, donors[b]!];
    const difference = whole(one) * other.units - whole(other) * one.units;
    return difference === 0n ? a - b : difference < 0n ? -1 : 1;
  });
  const sorted = order.map((place) => donors[place]!);
  const cover = mostCovered(sorted, wanted, budget, limits);
  const need = cover.covered;
  let best = greedy(sorted, cover.chosen, need, limits);
  let steps = 0;
  const chosen: number[] = [];
  const search = (place: number, held: bigint, firm: bigint): boolean => {
    steps += sorted.length;
    if (steps > budget) return false;
    if (firm > need || bound(sorted, chosen, place, need) >= best.harm) return true;
    if (held >= need) best = better(best, fill(sorted, chosen, need, limits));
    const next = sorted[place];
    if (next === undefined) return true;
    chosen.push(place);
    const isDone = search(place + 1, held + next.units, next.isWhole === true ? firm + next.units : firm);
    chosen.pop();
    return isDone && search(place + 1, held, firm);
  };
  // A path is as deep as there are donors; more than a stack can hold are never searched to the end anyway.
  const isBest = best.harm === 0n || (sorted.length <= DEEPEST && search(0, 0n, 0n));
  const taken = donors.map(() => 0n);
  for (const [place, units] of best.taken.entries()) taken[order[place]!] = units;
  return { taken, covered: need, harm: best.harm, optimal: isBest && cover.isMost, steps };
}

const DEEPEST = 500;

const whole = ({ units, fixed, perUnit }: Donor): bigint => fixed + perUnit * units;

interface Filled {
  readonly taken: readonly bigint[];
  readonly harm: bigint;
}

const better = (one: Filled, other: Filled | undefined): Filled =>
  other !== undefined && other.harm < one.harm ? other : one;

/** What chosen donors give: the least harm by unit first; who gives nothing is not harmed. Undefined when it cannot be. */
function fill(
  sorted: readonly Donor[],
  chosen: readonly number[],
  need: bigint,
  limits: GivingLimits | undefined,
): Filled | undefined {
  const taken = sorted.map(() => 0n);
  const room = givingRoom(limits);
  let harm = 0n;
  let rest = need;
  const partly = (place: number): number => (sorted[place]!.isWhole === true ? 0 : 1);
  const inOrder = [...chosen].sort((a, b) => partly(a) - partly(b) || byPerUnit(sorted[a]!, sorted[b]!) || a - b);
  for (const place of inOrder) {
    const { units, fixed, perUnit, isWhole, group } = sorted[place]!;
    if (isWhole === true && room.most(group, units < rest ? units : rest) < units) return undefined;
    if (rest === 0n) break;
    const given = room.take(group, units < rest ? units : rest);
    if (given === 0n) continue;
    taken[place] = given;
    harm += fixed + perUnit * given;
    rest -= given;
  }
  return rest === 0n ? { taken, harm } : undefined;
}

const byPerUnit = (one: Donor, other: Donor): number =>
  one.perUnit === other.perUnit ? 0 : one.perUnit < other.perUnit ? -1 : 1;

/** The better of two choices by rate: on top of those that the cover needs, and from nothing. */
function greedy(
  sorted: readonly Donor[],
  cover: readonly number[],
  need: bigint,
  limits: GivingLimits | undefined,
): Filled {
  const rest = byRate(sorted, [], need, "all", limits);
  return better(byRate(sorted, cover, need, "parts", limits)!, rest);
}

function byRate(
  sorted: readonly Donor[],
  start: readonly number[],
  need: bigint,
  who: "parts" | "all",
  limits: GivingLimits | undefined,
): Filled | undefined {
  const chosen = [...start];
  const room = givingRoom(limits);
  const [whole, parts] = [noUnits(limits), noUnits(limits)];
  const count = ({ isWhole, group, units }: Donor, times: bigint): void => {
    const list = isWhole === true ? whole : parts;
    list[group ?? list.length - 1]! += times * units;
  };
  let [held, firm] = [0n, 0n];
  const choose = (donor: Donor): void => {
    held += room.take(donor.group, donor.units);
    if (donor.isWhole === true) firm += donor.units;
    count(donor, 1n);
  };
  for (const place of start) choose(sorted[place]!);
  for (const [place, donor] of sorted.entries()) {
    const { units, isWhole, group } = donor;
    if (held >= need) break;
    if (isWhole === true && (who === "parts" || firm + units > need || room.most(group, units) < units)) continue;
    chosen.push(place);
    choose(donor);
  }
  let best = fill(sorted, chosen, need, limits);
  if (best === undefined) return undefined;
  for (const place of [...chosen]) {
    count(sorted[place]!, -1n);
    if (coverOf(whole, parts, limits)! < need) {
      count(sorted[place]!, 1n);
      continue;
    }
    chosen.splice(chosen.indexOf(place), 1);
    best = better(best, fill(sorted, chosen, need, limits));
  }
  return best;
}

/** The least that covering the need can cost once some are chosen: the others at their rate, in whatever parts. */
function bound(sorted: readonly Donor[], chosen: readonly number[], from: number, need: bigint): bigint {
  const paid = chosen.map((place) => sorted[place]!).sort(byPerUnit);
  let harm = 0n;
  let rest = need;
  let [own, other] = [0, from];
  while (rest > 0n && (own < paid.length || other < sorted.length)) {
    const chosenOne = paid[own];
    const next = sorted[other];
    const isPaid = next === undefined || (chosenOne !== undefined && chosenOne.perUnit * next.units <= whole(next));
    const donor = (isPaid ? chosenOne : next)!;
    const given = donor.units < rest ? donor.units : rest;
    harm += isPaid ? donor.perUnit * given : (whole(donor) * given) / donor.units;
    rest -= given;
    if (isPaid) own++;
    else other++;
  }
  // Who was chosen is harmed at all only when it gives something; giving nothing is looked at by leaving it out.
  for (const { fixed } of paid) harm += fixed;
  return rest > 0n ? INFINITE : harm;
}

const INFINITE = 1n << 4096n;
