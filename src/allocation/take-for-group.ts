import { groupedBy } from "../core/grouped-by.js";
import type { BatchColumns } from "./batch-columns.js";
import type { LotFinder } from "./lot-finder.js";
import { lotsForGroup, type GroupLine, type GroupLot, type LotShare } from "./lots-for-group.js";
import type { Quota } from "./quota.js";
import type { StockDesk } from "./stock-desk.js";

/** Most looks at a lot for a line, for each item of a group. */
const MOST_LOOKS = 100_000;

/** What taking for a group rests on. @internal */
export interface GroupFacts {
  readonly batch: BatchColumns;
  readonly desk: StockDesk;
  readonly finder: LotFinder;
  /** What a line still wants, as far as its step allows. */
  readonly targetOf: (line: number) => number;
  /** Units that a line may still take of its item, as far as caps and minimums of groups go. */
  readonly leftFor: (line: number) => number;
  /** Hears of lines for which the search ended before it knew the answer. */
  readonly onEnded: (lines: readonly number[]) => void;
}

/**
 * Opens the way in which lines that come together take what they want where they stand in each other's way: all at once,
 * whichever lots that needs.
 *
 * **Rules**
 * 1. It is asked where no order of the lines served all of them, and only for items of which lines may take different lots.
 * 2. Every line gets all that it wants, or nobody anything. Each takes the first of its lots that leave the others enough.
 * 3. The search ends after 100,000 looks at a lot for a line; a group for which that was not enough stays incomplete, and its
 *    reasons say so (`searchEnded`). Where
 *    warehouses were chosen, the lots are looked for within what was chosen for each line.
 *
 * @returns whether all took
 * @internal
 */
export function takeForGroup({ batch, desk, finder, targetOf, leftFor, onEnded }: GroupFacts) {
  const { lineItem, lineExpiry } = batch.columns;
  const { left, lotOf, queueOfLot } = desk.shelf;

  const mayDiffer = (lines: readonly number[]): boolean =>
    lines.length > 1 &&
    lines.some((line) => finder.isChoosy(line) || (lineExpiry?.[line] ?? 0) !== (lineExpiry?.[lines[0]!] ?? 0));

  const sharesOf = (lines: readonly number[], warehouses: readonly number[], quota?: Quota) => {
    const places = new Map<number, number>();
    const lots: number[] = [];
    const placeOf = (lot: number): number => {
      const known = places.get(lot) ?? lots.length;
      if (known === lots.length) lots.push(lot);
      places.set(lot, known);
      return known;
    };
    const asked = lines.map((line): GroupLine => {
      const sites = warehouses.filter(
        (warehouse) => mayServe(line, warehouse) && (quota?.left(line, warehouse) ?? 1) > 0,
      );
      const own = sites.flatMap((warehouse) => finder.mayTake(line, warehouse));
      return { units: targetOf(line), lots: own.map(placeOf), isOneLot: finder.isOneLot(line) };
    });
    const known = lots.map((lot): GroupLot => {
      const { lotNo } = batch.lots[lotOf[lot]!]!;
      return { units: left[lot]!, name: JSON.stringify([queueOfLot[lot], lotNo]) };
    });
    const steps = { left: MOST_LOOKS };
    const shares = lotsForGroup(asked, known, steps);
    if (shares === undefined && steps.left <= 0) onEnded(lines);
    return shares?.map(({ line, lot, units }): LotShare => ({ line: lines[line]!, lot: lots[lot]!, units }));
  };
  const mayServe = (line: number, warehouse: number): boolean => batch.eligibility?.mayServe(line, warehouse) !== false;
  const siteOf = (lot: number): number => desk.shelf.queueWarehouse[queueOfLot[lot]!]!;

  return (lines: readonly number[], warehouses: readonly number[], quota?: Quota): boolean => {
    const items = [
      ...groupedBy(
        lines.filter((line) => targetOf(line) > 0),
        (line) => lineItem[line]!,
      ).values(),
    ];
    if (!items.some(mayDiffer)) return false;
    const wants = (own: readonly number[]): number => own.reduce((total, line) => total + targetOf(line), 0);
    if (items.some((own) => wants(own) > leftFor(own[0]))) return false;
    const shares: LotShare[] = [];
    for (const own of items) {
      const found = sharesOf(own, warehouses, quota);
      if (found === undefined) return false;
      shares.push(...found);
    }
    const mark = desk.mark();
    for (const [done, { line, lot, units }] of shares.entries()) {
      if (quota !== undefined && quota.left(line, siteOf(lot)) < units) {
        desk.undo(mark);
        for (const share of shares.slice(0, done)) quota.use(share.line, siteOf(share.lot), -share.units);
        return false;
      }
      desk.take(line, lot, units);
      quota?.use(line, siteOf(lot), units);
    }
    return true;
  };
}
