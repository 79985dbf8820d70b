import type { LotNo } from "../model/ids.js";
import type { StockSource } from "../model/stock.js";
import type { AllocationTakes } from "./allocation-columns.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import type { BatchColumns } from "./batch-columns.js";
import { groupedBy } from "../core/grouped-by.js";
import { lotGroups, type LotGroups } from "./lot-groups.js";
import type { StockDesk } from "./stock-desk.js";

/** Finds lots for lines that do not take every one: a lot is named, or all must come from one. */
export interface LotFinder {
  /** Whether a line takes only some lots. */
  readonly isChoosy: (line: number) => boolean;
  /** Whether all of a line must come from one lot in one warehouse. */
  readonly isOneLot: (line: number) => boolean;
  /** Units that a line may take in a warehouse; of the best lot, where all must come from one. */
  readonly freeFor: (line: number, warehouse: number) => number;
  /** Lots of the shelf that a line takes in a warehouse, in their order. */
  readonly lotsFor: (line: number, warehouse: number, wanted: number) => readonly number[];
  /** Lots of the shelf in a warehouse that a line may take from, in their order. */
  readonly mayTake: (line: number, warehouse: number) => readonly number[];
  /** All lots of the shelf in a warehouse that live long enough for a line and have something left. */
  readonly allLots: (line: number, warehouse: number) => readonly number[];
}

/**
 * Builds the finder of a batch.
 *
 * @param before what the same lines took in a round before
 */
export function lotFinder(
  { columns, lines, lots, eligibility, bins }: BatchColumns,
  desk: StockDesk,
  { oneLotPerLine }: AllocationPolicy,
  before?: AllocationTakes,
): LotFinder {
  const { lineItem, lineExpiry } = columns;
  const areBinsFixed = bins.changingWarehouses.size === 0;
  const { lotOf, left, queueOfLot } = desk.shelf;
  const lotNoOf = (lot: number): LotNo | undefined => lots[lotOf[lot]!]!.lotNo;
  let named: ReadonlyMap<string, readonly number[]> | undefined;
  const namedIn = (queue: number, lotNo: LotNo): readonly number[] => {
    named ??= groupedBy([...lotOf.keys()], (lot) => lotKey(queueOfLot[lot]!, lotNoOf(lot)));
    return named.get(lotKey(queue, lotNo)) ?? [];
  };
  const isOneLot = (line: number): boolean => oneLotPerLine === true || lines[line]!.oneLotOnly === true;

  const takenLots = lines.some((_, line) => isOneLot(line)) ? lotsTaken(desk, before) : undefined;
  /** The place that says which lot a line of one lot is of, once it has some. */
  const heldBy = (line: number): StockSource | undefined => {
    const taken = takenLots?.(line);
    return lines[line]!.reservations[0] ?? (taken === undefined ? undefined : lots[taken]);
  };

  const isIn = (queue: number, { warehouseId }: StockSource): boolean =>
    lots[lotOf[desk.first(queue)]!]!.warehouseId === warehouseId;

  const isByPlace = (line: number): boolean => eligibility?.isByPlace(line) === true;
  const keptFor = (line: number, found: number[]): number[] =>
    isByPlace(line) ? found.filter((lot) => eligibility!.mayTake(line, lots[lotOf[lot]!]!)) : found;
  const allLots = (line: number, warehouse: number): number[] => {
    const queue = desk.queueOf(lineItem[line]!, warehouse);
    if (queue < 0) return [];
    const day = lineExpiry?.[line] ?? 0;
    const found: number[] = [];
    for (let lot = desk.next(queue, desk.first(queue), day); lot >= 0; lot = desk.next(queue, lot + 1, day)) {
      found.push(lot);
    }
    return keptFor(line, found);
  };
  const candidates = (line: number, warehouse: number): readonly number[] => {
    const { lotNo } = lines[line]!;
    const queue = desk.queueOf(lineItem[line]!, warehouse);
    if (queue < 0) return [];
    const day = Math.max(1, lineExpiry?.[line] ?? 0);
    const found =
      lotNo === undefined
        ? allLots(line, warehouse)
        : keptFor(
            line,
            namedIn(queue, lotNo).filter((lot) => left[lot]! > 0 && desk.dayOf(lot) >= day),
          );
    const held = isOneLot(line) ? heldBy(line) : undefined;
    if (held === undefined) return found;
    // What the line holds already says which lot it is.
    return found.filter((lot) => {
      const place = lots[lotOf[lot]!]!;
      return place.warehouseId === held.warehouseId && place.lotNo === held.lotNo;
    });
  };
  let groups: LotGroups | undefined;
  /** Lots by their numbers, where a line may take from every one that lives long enough: whoever may not, looks at each lot. */
  const groupsFor = (line: number): LotGroups | undefined => {
    if (lines[line]!.lotNo !== undefined || isByPlace(line)) return undefined;
    groups ??= lotGroups(desk, lotNoOf);
    return groups;
  };
  const byLot = (line: number, warehouse: number): { readonly lots: number[]; units: number }[] => {
    const groups = new Map<LotNo | undefined, { readonly lots: number[]; units: number }>();
    for (const lot of candidates(line, warehouse)) {
      const lotNo = lotNoOf(lot);
      const group = groups.get(lotNo) ?? { lots: [], units: 0 };
      group.lots.push(lot);
      group.units += left[lot]!;
      groups.set(lotNo, group);
    }
    return [...groups.values()];
  };
  return {
    isChoosy: (line) => isOneLot(line) || lines[line]!.lotNo !== undefined || isByPlace(line),
    isOneLot,
    mayTake: candidates,
    allLots,
    freeFor: (line, warehouse) => {
      if (!isOneLot(line)) return candidates(line, warehouse).reduce((total, lot) => total + left[lot]!, 0);
      const queue = desk.queueOf(lineItem[line]!, warehouse);
      if (queue < 0) return 0;
      const all = groupsFor(line);
      if (all === undefined) return byLot(line, warehouse).reduce((most, { units }) => Math.max(most, units), 0);
      const day = lineExpiry?.[line] ?? 0;
      const held = heldBy(line);
      if (held === undefined) return all.most(queue, day);
      return isIn(queue, held) ? all.unitsOf(all.named(queue, held.lotNo), day) : 0;
    },
    lotsFor: (line, warehouse, wanted) => {
      if (!isOneLot(line)) return candidates(line, warehouse);
      const queue = desk.queueOf(lineItem[line]!, warehouse);
      if (queue < 0) return [];
      const all = groupsFor(line);
      if (all === undefined) return byLot(line, warehouse).find(({ units }) => units >= wanted)?.lots ?? [];
      const day = lineExpiry?.[line] ?? 0;
      const held = heldBy(line);
      if (held !== undefined && !isIn(queue, held)) return [];
      const group = held === undefined ? all.firstWith(queue, wanted, day) : all.named(queue, held.lotNo);
      // Bins that change with what is wanted choose among all lots of the number, not among the first that have enough.
      return all.lotsOf(group, areBinsFixed ? wanted : Infinity, day);
    },
  };
}

/** Keeps in mind from which lot of the batch lines take, also in a round before; undefined for one that took nothing. */
function lotsTaken(desk: StockDesk, before?: AllocationTakes): (line: number) => number | undefined {
  const lotOfLine = new Map<number, number>();
  for (let take = 0; take < (before?.count ?? 0); take++) lotOfLine.set(before!.line[take]!, before!.lot[take]!);
  const first = new Map(lotOfLine);
  desk.onMove((lot, _units, line) => {
    if (first.has(line)) return;
    if (desk.takenBy(line) > 0) lotOfLine.set(line, desk.shelf.lotOf[lot]!);
    else lotOfLine.delete(line);
  });
  return (line) => lotOfLine.get(line);
}

function lotKey(queue: number, lotNo: LotNo | undefined): string {
  return lotNo === undefined ? `${queue}` : `${queue} ${lotNo}`;
}
