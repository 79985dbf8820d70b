import type { CartState } from "./cart-state.js";
import type { CompiledPromotions } from "./compile-promotions.js";
import { evaluateAll } from "./evaluate-all.js";
import type { AppliedRun, PromotionFacts } from "./evaluate.js";
import type { Candidate } from "./promotion-index.js";
import { worthOf } from "./proposal.js";

/** The choice of promotions that was found. */
export interface BestChoice {
  /** Slots that are left out. */
  readonly banned: ReadonlySet<number>;
  /** Whether every choice was tried, so that none is better. */
  readonly isOptimal: boolean;
  /** Choices that were tried. */
  readonly steps: number;
}

/** A choice with what it gives; of equals, the one that leaves out less, then the one that keeps earlier promotions. */
interface Tried {
  readonly banned: ReadonlySet<number>;
  readonly benefit: number;
}

/**
 * Looks for the promotions that give the customer most together.
 *
 * **Rules**
 * 1. Choices are made among the promotions that apply if they are alone, or in some choice that was tried.
 * 2. Where the steps suffice for every choice, every choice is tried.
 * 3. Otherwise promotions are left out, and taken in again, one by one, as long as that gives more; the answer is then not
 *    said to be the best, but it is never worse than taking all in order.
 *
 * @param freshState makes a state on which nothing has been done
 * @param steps most choices that are tried, at least 1
 */
export function bestChoice(
  compiled: CompiledPromotions,
  freshState: () => CartState,
  facts: PromotionFacts,
  candidates: readonly Candidate[],
  steps: number,
): BestChoice {
  const run = (banned: ReadonlySet<number>, some = candidates): readonly AppliedRun[] =>
    evaluateAll(compiled, freshState(), facts, some, banned);
  const able = new Set<number>();
  for (const candidate of candidates) if (run(NONE, [candidate]).length > 0) able.add(candidate.slot);
  let tried = 0;
  let best: Tried = { banned: NONE, benefit: -1 };
  const tryOut = (banned: ReadonlySet<number>): boolean => {
    tried += 1;
    const runs = run(banned);
    // Some hold only where others have taken something off before.
    for (const { slot } of runs) able.add(slot);
    const benefit = runs.reduce((sum, { proposal }) => sum + worthOf(proposal), 0);
    if (!isBetter({ banned, benefit }, best)) return false;
    best = { banned, benefit };
    return true;
  };
  tryOut(NONE);
  // The choices of those that are known come first, then those with each that turns up.
  for (let mask = 1; mask < choicesOf(able) && choicesOf(able) <= steps; mask += 1) {
    tryOut(new Set([...able].filter((_slot, place) => (mask >> place) & 1)));
  }
  const isOptimal = choicesOf(able) <= steps;
  if (!isOptimal)
    climb(
      able,
      () => best.banned,
      tryOut,
      () => tried < steps,
    );
  return { banned: best.banned, isOptimal, steps: tried };
}

const NONE: ReadonlySet<number> = new Set();

/** Choices of what is left out, all of them; as many as that are never tried for more than thirty. */
function choicesOf({ size }: ReadonlySet<number>): number {
  return size > 30 ? Infinity : 2 ** size;
}

/** Leaves one promotion more out, or takes one in again, while that is better. */
function climb(
  slots: ReadonlySet<number>,
  bestNow: () => ReadonlySet<number>,
  tryOut: (banned: ReadonlySet<number>) => boolean,
  mayTry: () => boolean,
): void {
  for (let isBetterFound = true; isBetterFound;) {
    isBetterFound = false;
    for (const slot of slots) {
      if (!mayTry()) return;
      const banned = new Set(bestNow());
      if (!banned.delete(slot)) banned.add(slot);
      if (tryOut(banned)) isBetterFound = true;
    }
  }
}

function isBetter(one: Tried, other: Tried): boolean {
  if (one.benefit !== other.benefit) return one.benefit > other.benefit;
  if (one.banned.size !== other.banned.size) return one.banned.size < other.banned.size;
  // Of two choices that leave out as many, the one that leaves out later promotions.
  const [mine = [], theirs = []] = [one.banned, other.banned].map((banned) => [...banned].sort((a, b) => a - b));
  const place = mine.findIndex((slot, index) => slot !== theirs[index]);
  return (mine[place] ?? 0) > (theirs[place] ?? 0);
}
