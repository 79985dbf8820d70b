import { groupedBy } from "../core/grouped-by.js";
import type { BinId } from "../model/ids.js";
import type { BinRule } from "./picking-policy.js";

/** A lot that may be picked. */
export interface Pile {
  /** Lot of the shelf. */
  readonly lot: number;
  /** Bin that it lies in. */
  readonly bin: BinId | undefined;
  /** Units left of it. */
  readonly free: number;
  /** Units in the handling unit that stands in its bin; 0 for loose goods. */
  readonly unit: number;
}

/** Picks from some lots of one zone by its rule; it looks at each of them. */
export function scanPlaces(rule: BinRule, piles: readonly Pile[], wanted: number): Map<number, number> {
  switch (rule) {
    case "handlingUnitsFirst":
      return byHandlingUnits(piles, wanted);
    case "fewestPlaces":
      return byFewestPlaces(piles, wanted);
    default:
      return inOrder(piles, wanted);
  }
}

/** From each in turn. */
function inOrder(piles: readonly Pile[], wanted: number): Map<number, number> {
  const picks = new Map<number, number>();
  let need = wanted;
  for (const { lot, free } of piles) {
    if (need === 0) break;
    picks.set(lot, Math.min(need, free));
    need -= Math.min(need, free);
  }
  return picks;
}

/** Whole units, the largest first; then loose goods, opened units, and last a unit that must be opened. */
function byHandlingUnits(piles: readonly Pile[], wanted: number): Map<number, number> {
  const picks = new Map<number, number>();
  let need = wanted;
  const pick = (lot: number, units: number): void => {
    if (units > 0) picks.set(lot, (picks.get(lot) ?? 0) + units);
    need -= units;
  };
  const smallestFirst = [...piles].sort((a, b) => a.unit - b.unit);
  for (const { lot, free, unit } of [...piles].sort((a, b) => b.unit - a.unit)) {
    const most = Math.min(need, free);
    if (unit > 0) pick(lot, most - (most % unit));
  }
  for (const { lot, free, unit } of smallestFirst) {
    pick(lot, Math.min(need, unit === 0 ? free : free % unit));
  }
  for (const { lot, free } of smallestFirst) pick(lot, Math.min(need, free - (picks.get(lot) ?? 0)));
  return picks;
}

/** The fullest bin while none has all that is missing, then the one that has least above it. */
function byFewestPlaces(piles: readonly Pile[], wanted: number): Map<number, number> {
  const picks = new Map<number, number>();
  const fullest = [...groupedBy(piles, ({ bin }) => bin).values()]
    .map((own) => ({ own, free: own.reduce((total, pile) => total + pile.free, 0) }))
    .sort((a, b) => b.free - a.free);
  let need = wanted;
  for (const [place, bin] of fullest.entries()) {
    if (need === 0) break;
    // Those that come later have less: the last one that still has enough, and of equal ones the first.
    const enough = fullest.slice(place).filter(({ free }) => free >= need);
    const least = enough.at(-1)?.free;
    const { own } = enough.find(({ free }) => free === least) ?? bin;
    for (const [lot, units] of inOrder(own, need)) {
      picks.set(lot, units);
      need -= units;
    }
  }
  return picks;
}
