import { toSafeUnits } from "../core/decimal.js";
import type { WarehouseId } from "../model/ids.js";
import type { BatchColumns } from "./batch-columns.js";
import { groupedBy } from "./grouped-by.js";
import type { BinRule } from "./picking-policy.js";
import type { StockDesk } from "./stock-desk.js";

/** Picks where the order of bins depends on how much is wanted. */
export interface ChangingPicks {
  /** Whether a warehouse has such a rule. */
  readonly isAt: (warehouse: number) => boolean;
  /** Takes units of a line from these lots of one warehouse, in the order of its zones. */
  readonly pick: (line: number, lots: readonly number[], wanted: number) => void;
}

/** Prepares such picks; undefined where no warehouse has such a rule. */
export function pickChanging(batch: BatchColumns, desk: StockDesk): ChangingPicks | undefined {
  const { bins, lots, lineScale } = batch;
  if (bins.changingWarehouses.size === 0) return undefined;
  const { lotOf, left } = desk.shelf;
  const idOf = new Map<number, WarehouseId>();
  for (const [lot, { warehouseId }] of lots.entries()) idOf.set(batch.columns.lotWarehouse[lot]!, warehouseId);

  const pickBy = (rule: BinRule, lotsHere: readonly number[], wanted: number, scale: number): Map<number, number> => {
    switch (rule) {
      case "handlingUnitsFirst":
        return byHandlingUnits(
          lotsHere.map((lot) => {
            const unit = bins.unitOf(lots[lotOf[lot]!]!);
            return { lot, free: left[lot]!, unit: unit === undefined ? 0 : (toSafeUnits(unit, scale) ?? 0) };
          }),
          wanted,
        );
      case "fewestPlaces":
        return byFewestPlaces(
          lotsHere.map((lot) => ({ lot, free: left[lot]! })),
          wanted,
        );
      default:
        return inOrder(
          lotsHere.map((lot) => ({ lot, free: left[lot]! })),
          wanted,
        );
    }
  };
  return {
    isAt: (warehouse) => bins.changingWarehouses.has(idOf.get(warehouse) ?? ""),
    pick: (line, from, wanted) => {
      let need = wanted;
      const entries = groupedBy(from, (lot) => bins.entryOf(lots[lotOf[lot]!]!));
      for (const [entry, lotsHere] of entries) {
        const { warehouseId } = lots[lotOf[lotsHere[0]]!]!;
        const picks = pickBy(bins.ruleOf(warehouseId, entry), lotsHere, need, lineScale[line]!);
        for (const [lot, units] of picks) {
          desk.take(line, lot, units);
          need -= units;
        }
        if (need === 0) return;
      }
    },
  };
}

interface Pile {
  readonly lot: number;
  readonly free: number;
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
function byHandlingUnits(piles: readonly (Pile & { readonly unit: number })[], wanted: number): Map<number, number> {
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

/** The fullest while none has all that is missing, then the one that has least above it. */
function byFewestPlaces(piles: readonly Pile[], wanted: number): Map<number, number> {
  const picks = new Map<number, number>();
  const fullest = [...piles].sort((a, b) => b.free - a.free);
  let need = wanted;
  for (const [place, { lot, free }] of fullest.entries()) {
    if (need === 0) break;
    if (free < need) {
      picks.set(lot, free);
      need -= free;
      continue;
    }
    // From here on they only get smaller: the last one that still has enough, and of equal ones the first.
    const enough = fullest.slice(place).filter((pile) => pile.free >= need);
    const least = enough[enough.length - 1]!.free;
    picks.set(enough.find((pile) => pile.free === least)!.lot, need);
    break;
  }
  return picks;
}
