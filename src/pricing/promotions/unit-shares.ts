import {
  add,
  fromUnits,
  isZero,
  minimum,
  multiplyDivideUnits,
  scaleOf,
  subtract,
  toSafeUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import type { LineAdjustment, UnitShare } from "../../model/promotion/price-adjustment.js";

/** What a promotion takes off a line, and how many of its units get it. */
export interface LineDiscountPart {
  /** Minor units of money. */
  readonly amount: number;
  /** Units of the order. */
  readonly units: Decimal;
  /** What the units of the line bore of it before, where it stands. */
  readonly before?: readonly UnitShare[];
}

/** Units of a line that are alike: what each has left to pay, and what each discount has taken off each. */
interface Run {
  /** Whole units; 1 for the fraction that ends a quantity which is not whole. */
  readonly count: number;
  /** Quantity of one of them as steps: one unit, or the fraction. */
  readonly steps: number;
  left: number;
  readonly taken: number[];
}

/**
 * Says what each unit of a line bears of each discount.
 *
 * **Rules**
 * 1. Before discounts, every unit costs the same up to a minor unit; a fraction of a unit its part.
 * 2. A discount on all units is shared equally among them; one on some units goes to units that bear least so far, the last
 *    first, so that two offers do not hit the same unit while another is free.
 * 3. No unit falls below zero: what a unit cannot bear goes to the others.
 * 4. Of a discount that stands, each unit goes on bearing what it did, as far as it can.
 * 5. The shares of each discount sum to it, and its quantities to the quantity of the line.
 *
 * @param quantity of the line in units of the order
 * @param amount of the line before the discounts, minor units
 * @param parts discounts in the order in which they were given, together not more than the amount
 * @param decimals of a minor unit
 * @returns for each discount its shares, from the line's first unit on
 *
 * **Source:** mission 6.6
 */
export function unitShares(
  quantity: Decimal,
  amount: number,
  parts: readonly LineDiscountPart[],
  decimals: number,
): UnitShare[][] {
  const quantities = parts.flatMap(({ units, before = [] }) => [units, ...before.map((share) => share.quantity)]);
  const scale = quantities.reduce((most, units) => Math.max(most, scaleOf(units)), scaleOf(quantity));
  const steps = toSafeUnits(quantity, scale) ?? 0;
  const one = 10 ** scale;
  let runs = openRuns(steps, one, amount);
  for (const [place, part] of parts.entries()) {
    const wanted = toSafeUnits(part.units, scale) ?? steps;
    for (const run of runs) run.taken.push(0);
    let rest = part.amount;
    if (part.before !== undefined) {
      const stood = goOn(runs, part.before, rest, place, { scale, decimals });
      [runs, rest] = [stood.runs, stood.rest];
    }
    const chosen = choose(runs, wanted);
    const spread = fill(chosen.runs, rest, place, (run) => chosen.picked.has(run));
    runs = fill(spread.runs, spread.rest, place, () => true).runs;
  }
  return parts.map((_part, place) => sharesOf(runs, place, scale, decimals));
}

function openRuns(steps: number, one: number, amount: number): Run[] {
  const whole = Math.floor(steps / one);
  const fraction = steps - whole * one;
  const ofFraction = fraction === 0 ? 0 : multiplyDivideUnits(amount, fraction, steps, "halfUp");
  const rest = amount - ofFraction;
  const each = whole === 0 ? 0 : Math.floor(rest / whole);
  const dearer = whole === 0 ? 0 : rest - each * whole;
  return [
    { count: dearer, steps: one, left: each + 1, taken: [] },
    { count: whole - dearer, steps: one, left: each, taken: [] },
    { count: fraction === 0 ? 0 : 1, steps: fraction, left: whole === 0 ? amount : ofFraction, taken: [] },
  ].filter(({ count }) => count > 0);
}

/** Lets units bear what they bore before; one that was borne by two runs in part begins anew. */
function goOn(
  given: readonly Run[],
  before: readonly UnitShare[],
  amount: number,
  place: number,
  { scale, decimals }: { readonly scale: number; readonly decimals: number },
): { readonly runs: Run[]; readonly rest: number } {
  const shares = before.map((share) => {
    const steps = toSafeUnits(share.quantity, scale) ?? 0;
    return { steps, amount: toSafeUnits(share.amount, decimals) ?? 0, left: steps };
  });
  const runs: Run[] = [];
  let rest = amount;
  let at = 0;
  for (const run of given) {
    let open = run;
    for (let share = shares[at]; share !== undefined && open.count > 0; share = shares[at]) {
      const count = Math.min(open.count, Math.floor(share.left / open.steps));
      const [first, last] = splitRun(open, open.count - Math.max(1, count));
      const each = count === 0 ? 0 : Math.floor(share.amount / (share.steps / open.steps));
      const taken = Math.min(each, first.left);
      if (taken * first.count <= rest) {
        first.left -= taken;
        first.taken[place] = taken;
        rest -= taken * first.count;
      }
      runs.push(first);
      open = last;
      // A unit on the border of two runs uses up the rest of the one and begins the other.
      let gone = first.count * first.steps;
      for (let current = shares[at]; current !== undefined && gone > 0; current = shares[at]) {
        const part = Math.min(gone, current.left);
        gone -= part;
        current.left -= part;
        if (current.left === 0) at += 1;
      }
    }
    if (open.count > 0) runs.push(open);
  }
  return { runs, rest };
}

/** Picks units for a discount that not all of them get: those that bear least, the last of equals. */
function choose(runs: readonly Run[], wanted: number): { readonly runs: Run[]; readonly picked: ReadonlySet<Run> } {
  const order = runs.map((run, place) => ({ run, place }));
  // Whole units first: an offer is for pieces, not for the end of a length.
  order.sort((a, b) => b.run.steps - a.run.steps || b.run.left - a.run.left || b.place - a.place);
  const picked = new Set<Run>();
  const split = new Map<Run, readonly [Run, Run]>();
  let left = wanted;
  for (const { run } of order) {
    const count = Math.min(run.count, Math.ceil(left / run.steps));
    if (count <= 0) break;
    left -= count * run.steps;
    if (count === run.count) picked.add(run);
    else {
      const parts = splitRun(run, count);
      split.set(run, parts);
      picked.add(parts[1]);
    }
    if (left <= 0) break;
  }
  return { runs: runs.flatMap((run) => split.get(run) ?? [run]), picked };
}

/** The first units of a run and its last ones. */
function splitRun(run: Run, last: number): [Run, Run] {
  return [
    { ...run, count: run.count - last, taken: [...run.taken] },
    { ...run, count: last, taken: [...run.taken] },
  ];
}

/** Takes an amount off units in equal parts, as far as they can bear it. */
function fill(
  given: readonly Run[],
  amount: number,
  place: number,
  isMeant: (run: Run) => boolean,
): { readonly runs: Run[]; readonly rest: number } {
  let runs = [...given];
  const meant = new Set(runs.filter(isMeant));
  let rest = amount;
  const take = (run: Run, each: number): void => {
    run.left -= each;
    run.taken[place] = (run.taken[place] ?? 0) + each;
    rest -= each * run.count;
  };
  const steps = [...meant].reduce((sum, run) => sum + run.steps * run.count, 0);
  const longest = [...meant].reduce((most, run) => Math.max(most, run.steps), 0);
  for (const run of meant) {
    // A fraction of a unit bears its part before the whole ones share the rest.
    if (run.steps === longest) continue;
    take(run, Math.min(run.left, rest, multiplyDivideUnits(amount, run.steps, steps, "down")));
  }
  for (;;) {
    const open = [...meant].filter((run) => run.left > 0);
    const whole = open.filter((run) => run.steps === longest);
    // The fraction has borne its part; more falls to it only when the whole units can bear nothing more.
    const able = whole.length > 0 ? whole : open;
    const units = able.reduce((sum, run) => sum + run.count, 0);
    if (rest === 0 || units === 0) return { runs, rest };
    const each = Math.floor(rest / units);
    if (each > 0) {
      for (const run of able) take(run, Math.min(each, run.left));
      continue;
    }
    for (const run of able) {
      if (rest === 0) break;
      if (rest >= run.count) {
        take(run, 1);
        continue;
      }
      const [first, last] = splitRun(run, run.count - rest);
      runs = runs.flatMap((other) => (other === run ? [first, last] : [other]));
      take(first, 1);
    }
  }
}

/** The shares of one discount; neighbours that bear the same are one run. */
function sharesOf(runs: readonly Run[], place: number, scale: number, decimals: number): UnitShare[] {
  const shares: { steps: number; amount: number; each: number; unit: number }[] = [];
  for (const run of runs) {
    const each = run.taken[place] ?? 0;
    const last = shares.at(-1);
    const [steps, amount] = [run.steps * run.count, each * run.count];
    if (last?.each === each && (last.unit === run.steps || each === 0)) {
      last.steps += steps;
      last.amount += amount;
    } else shares.push({ steps, amount, each, unit: run.steps });
  }
  return shares.map(({ steps, amount }) => ({
    quantity: fromUnits(steps, scale),
    amount: fromUnits(amount, decimals),
  }));
}

/** How many units bear something of a discount, of all or of the first ones. */
export function bearingUnits({ shares }: Pick<LineAdjustment, "shares">, first?: Decimal): Decimal {
  let left = first;
  let units = ZERO;
  for (const { quantity, amount } of shares) {
    const part = left === undefined ? quantity : minimum(left, quantity);
    if (!isZero(amount)) units = add(units, part);
    if (left !== undefined) left = subtract(left, part);
  }
  return units;
}
