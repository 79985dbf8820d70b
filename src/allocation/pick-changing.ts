import { toSafeUnits } from "../core/decimal.js";
import type { BinId, WarehouseId } from "../model/ids.js";
import type { BatchColumns } from "./batch-columns.js";
import { groupedBy } from "../core/grouped-by.js";
import { fewestPlacesBook, handlingUnitsBook, type PlaceBook } from "./place-book.js";
import type { BinRule } from "./picking-policy.js";
import { scanPlaces } from "./scan-places.js";
import type { StockDesk } from "./stock-desk.js";

/** Picks where the order of bins depends on how much is wanted. */
export interface ChangingPicks {
  /** Whether a warehouse has such a rule. */
  readonly isAt: (warehouse: number) => boolean;
  /** Takes units of a line from these lots of one warehouse, in the order of its zones. It looks at each of them. */
  readonly pick: (line: number, lots: readonly number[], wanted: number) => void;
  /** The same for a line that may take from every lot of a queue: logarithmic in the lots for each take. */
  readonly pickFromAll: (line: number, queue: number, wanted: number) => void;
}

/** Lots of one queue in one zone: they stand beside each other on the shelf. */
interface Zone {
  readonly rule: BinRule;
  readonly begin: number;
  readonly end: number;
  book?: PlaceBook;
}

/** Prepares such picks; undefined where no warehouse has such a rule. */
export function pickChanging(batch: BatchColumns, desk: StockDesk): ChangingPicks | undefined {
  const { bins, lots, lineScale } = batch;
  if (bins.changingWarehouses.size === 0) return undefined;
  const { lotOf, left } = desk.shelf;
  const idOf = new Map<number, WarehouseId>();
  for (const [lot, { warehouseId }] of lots.entries()) idOf.set(batch.columns.lotWarehouse[lot]!, warehouseId);

  const binOf = (lot: number): BinId | undefined => lots[lotOf[lot]!]!.binId;
  const unitIn = (lot: number, scale: number): number => {
    const unit = bins.unitOf(lots[lotOf[lot]!]!);
    return unit === undefined ? 0 : (toSafeUnits(unit, scale) ?? 0);
  };
  let zones: Zones | undefined;
  /** All lines of an item count it in the same decimals, so the first one that comes opens the book for all. */
  const bookOf = (zone: Zone, line: number): PlaceBook | undefined => {
    if (zone.book !== undefined) return zone.book;
    const stretch = { ...zone, left };
    if (zone.rule === "fewestPlaces") zone.book = fewestPlacesBook(stretch, binOf);
    if (zone.rule === "handlingUnitsFirst") {
      zone.book = handlingUnitsBook(stretch, (lot) => unitIn(lot, lineScale[line]!));
    }
    return zone.book;
  };
  const zonesNow = (): Zones => {
    if (zones !== undefined) return zones;
    const found = zonesOf(batch, desk);
    desk.onMove((lot) => found.of(lot).book?.note(lot));
    zones = found;
    return found;
  };
  return {
    isAt: (warehouse) => bins.changingWarehouses.has(idOf.get(warehouse) ?? ""),
    pick: (line, from, wanted) => {
      let need = wanted;
      const entries = groupedBy(from, (lot) => bins.entryOf(lots[lotOf[lot]!]!));
      for (const [entry, lotsHere] of entries) {
        const { warehouseId } = lots[lotOf[lotsHere[0]]!]!;
        const piles = lotsHere.map((lot) => ({
          lot,
          bin: binOf(lot),
          free: left[lot]!,
          unit: unitIn(lot, lineScale[line]!),
        }));
        for (const [lot, units] of scanPlaces(bins.ruleOf(warehouseId, entry), piles, need)) {
          desk.take(line, lot, units);
          need -= units;
        }
        if (need === 0) return;
      }
    },
    pickFromAll: (line, queue, wanted) => {
      let need = wanted;
      const give = (lot: number, units: number): void => {
        desk.take(line, lot, units);
        need -= units;
      };
      // A zone that could not give all has nothing left, so the next lot with something left is in a later one.
      for (let lot = desk.next(queue, desk.first(queue), 0); lot >= 0 && need > 0;) {
        const book = bookOf(zonesNow().of(lot), line);
        if (book === undefined) give(lot, Math.min(need, left[lot]!));
        else book.pick(need, give);
        lot = desk.next(queue, lot + 1, 0);
      }
    },
  };
}

interface Zones {
  readonly of: (lot: number) => Zone;
}

/** Zones of the lots of a shelf, whose queues are sorted by zone before all else. */
function zonesOf({ bins, lots }: BatchColumns, { shelf: { lotOf, queueOfLot } }: StockDesk): Zones {
  const zones: Zone[] = [];
  const zoneOf = new Int32Array(lotOf.length);
  const entryAt = (lot: number): number => bins.entryOf(lots[lotOf[lot]!]!);
  for (let begin = 0; begin < lotOf.length;) {
    const entry = entryAt(begin);
    let end = begin + 1;
    while (end < lotOf.length && queueOfLot[end] === queueOfLot[begin] && entryAt(end) === entry) end++;
    zoneOf.fill(zones.length, begin, end);
    zones.push({ rule: bins.ruleOf(lots[lotOf[begin]!]!.warehouseId, entry), begin, end });
    begin = end;
  }
  return { of: (lot) => zones[zoneOf[lot]!]! };
}
