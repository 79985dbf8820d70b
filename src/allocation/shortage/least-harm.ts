/** Somebody who could give goods up, in whole units. */
export interface Donor {
  /** What it could give, positive. */
  readonly units: bigint;
  /** Harm of taking anything at all, not negative. */
  readonly fixed: bigint;
  /** Harm of each unit, not negative. */
  readonly perUnit: bigint;
}

/** Who gives how much. */
export interface LeastHarm {
  /** Units by donor. */
  readonly taken: readonly bigint[];
  /** Harm in all. */
  readonly harm: bigint;
  /** Whether no other choice does less harm. */
  readonly optimal: boolean;
  /** Steps that the search took. */
  readonly steps: number;
}

/**
 * Chooses donors that cover a need with the least harm. Among donors that are chosen, those with the least harm by unit
 * give first; which are chosen is searched with a bound on what the others could still better. When the steps end, the
 * best choice so far stands, at least as good as taking donors by their rate and leaving out whom one can do without.
 *
 * @param donors in the order in which they are preferred among equals
 * @param need units, positive, at most what donors have in all
 * @param budget steps, each one look at one donor
 */
export function leastHarm(donors: readonly Donor[], need: bigint, budget: number): LeastHarm {
  const order = [...donors.keys()].sort((a, b) => {
    const [one, other] = [donors[a]!, donors[b]!];
    const difference = whole(one) * other.units - whole(other) * one.units;
    return difference === 0n ? a - b : difference < 0n ? -1 : 1;
  });
  const sorted = order.map((place) => donors[place]!);
  let best = greedy(sorted, need);
  let steps = 0;
  const chosen: number[] = [];
  const search = (place: number, held: bigint): boolean => {
    steps += sorted.length;
    if (steps > budget) return false;
    if (bound(sorted, chosen, place, need) >= best.harm) return true;
    if (held >= need) best = better(best, fill(sorted, chosen, need));
    if (place === sorted.length) return true;
    chosen.push(place);
    const isDone = search(place + 1, held + sorted[place]!.units);
    chosen.pop();
    return isDone && search(place + 1, held);
  };
  // A path is as deep as there are donors; more than a stack can hold are never searched to the end anyway.
  const optimal = best.harm === 0n || (sorted.length <= DEEPEST && search(0, 0n));
  const taken = donors.map(() => 0n);
  for (const [place, units] of best.taken.entries()) taken[order[place]!] = units;
  return { taken, harm: best.harm, optimal, steps };
}

const DEEPEST = 500;

const whole = ({ units, fixed, perUnit }: Donor): bigint => fixed + perUnit * units;

interface Filled {
  readonly taken: readonly bigint[];
  readonly harm: bigint;
}

const better = (one: Filled, other: Filled): Filled => (other.harm < one.harm ? other : one);

/** What chosen donors give: the least harm by unit first; who gives nothing is not harmed. */
function fill(sorted: readonly Donor[], chosen: readonly number[], need: bigint): Filled {
  const taken = sorted.map(() => 0n);
  let harm = 0n;
  let rest = need;
  for (const place of [...chosen].sort((a, b) => byPerUnit(sorted[a]!, sorted[b]!) || a - b)) {
    if (rest === 0n) break;
    const { units, fixed, perUnit } = sorted[place]!;
    const given = units < rest ? units : rest;
    taken[place] = given;
    harm += fixed + perUnit * given;
    rest -= given;
  }
  return { taken, harm };
}

const byPerUnit = (one: Donor, other: Donor): number =>
  one.perUnit === other.perUnit ? 0 : one.perUnit < other.perUnit ? -1 : 1;

function greedy(sorted: readonly Donor[], need: bigint): Filled {
  const chosen: number[] = [];
  let held = 0n;
  for (const [place, { units }] of sorted.entries()) {
    if (held >= need) break;
    chosen.push(place);
    held += units;
  }
  let best = fill(sorted, chosen, need);
  for (const place of [...chosen]) {
    if (held - sorted[place]!.units < need) continue;
    held -= sorted[place]!.units;
    chosen.splice(chosen.indexOf(place), 1);
    best = better(best, fill(sorted, chosen, need));
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
