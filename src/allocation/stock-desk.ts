import { groupedBy } from "../core/grouped-by.js";
import type { AllocationColumns, AllocationTakes } from "./allocation-columns.js";
import { buildExpirySums } from "./expiry-sums.js";
import { buildGreatestTree } from "./greatest-tree.js";
import { stockShelf, type StockShelf } from "./stock-shelf.js";

/**
 * Stock over which takes are written and can be taken back: what was taken since a mark goes back to where it was.
 * Asking and taking are logarithmic in the lots of an item and warehouse.
 */
export interface StockDesk {
  /** The lots in their queues. */
  readonly shelf: StockShelf;
  /** Queue of an item in a warehouse; -1 where there is none. */
  readonly queueOf: (item: number, warehouse: number) => number;
  /** Units left in a queue that live until a day. */
  readonly free: (queue: number, day: number) => number;
  /** Next lot of a queue, from a lot on, with something left that lives until a day; -1 when there is none. */
  readonly next: (queue: number, from: number, day: number) => number;
  /** First lot of a queue. */
  readonly first: (queue: number) => number;
  /** First day on which a lot of the shelf may no longer be used. */
  readonly dayOf: (lot: number) => number;
  /** Takes units of a lot of the shelf for a line. */
  readonly take: (line: number, lot: number, units: number) => void;
  /** Units that a line has taken. */
  readonly takenBy: (line: number) => number;
  /** Place to go back to. */
  readonly mark: () => number;
  /** Puts back what was taken since the mark. */
  readonly undo: (mark: number) => void;
  /** Makes ready to look at the desk as it was before some of the takes since a mark. */
  readonly lookBack: (mark: number) => DeskLookBack;
  /** Tells of all units that are taken from now on, and for which line; below zero when they go back. */
  readonly onMove: (hear: (lot: number, units: number, line: number) => void) => void;
  /** All takes, by line and then in the order in which they were made. */
  readonly takes: () => Omit<AllocationTakes, "lineOffered">;
}

/** A look at a desk as it was before. Whatever is taken meanwhile must be undone before `restore`. */
interface DeskLookBack {
  /** Puts back what a line took since the mark. */
  readonly putBack: (line: number) => void;
  /** Takes again all that was put back. */
  readonly restore: () => void;
}

/** A day that every lot with something left lives until. */
const ANY_DAY = 1;

/** Opens the desk over the stock of a batch. */
export function stockDesk(columns: AllocationColumns): StockDesk {
  const { lotExpiry, warehouses, lineItem, items } = columns;
  const shelf = stockShelf(columns);
  const { lotOf, left, head, queueEnd, queueOfLot, queueWarehouse, queueUnits, queueAt, queuesBegin } = shelf;
  const days = lotOf.map((lot) => lotExpiry?.[lot] ?? ANY_DAY);
  const tree = buildGreatestTree(days);
  for (const [lot, units] of left.entries()) if (units === 0) tree.write(lot, 0);
  const sums = lotExpiry === undefined ? undefined : buildExpirySums(shelf, days);
  const firstLots = head.slice();
  const queues = new Map<number, number>();
  for (let item = 0; item < items; item++) {
    const begin = queuesBegin[item]!;
    for (let slot = begin; slot < begin + shelf.queuesLeft[item]!; slot++) {
      const queue = queueAt[slot]!;
      queues.set(item * warehouses + queueWarehouse[queue]!, queue);
    }
  }

  const takenLine: number[] = [];
  const takenLot: number[] = [];
  const takenUnits: number[] = [];
  const lineTaken = new Float64Array(lineItem.length);
  const listeners: ((lot: number, units: number, line: number) => void)[] = [];

  const move = (line: number, lot: number, units: number): void => {
    const queue = queueOfLot[lot]!;
    left[lot]! -= units;
    queueUnits[queue]! -= units;
    lineTaken[line]! += units;
    sums?.take(lot, units);
    tree.write(lot, left[lot] === 0 ? 0 : days[lot]!);
    for (const hear of listeners) hear(lot, units, line);
  };
  return {
    shelf,
    queueOf: (item, warehouse) => queues.get(item * warehouses + warehouse) ?? -1,
    free: (queue, day) => queueUnits[queue]! - (day > ANY_DAY ? (sums?.below(queue, day) ?? 0) : 0),
    next: (queue, from, day) => tree.next(from, queueEnd[queue]!, Math.max(day, ANY_DAY)),
    first: (queue) => firstLots[queue]!,
    dayOf: (lot) => days[lot]!,
    take: (line, lot, units) => {
      takenLine.push(line);
      takenLot.push(lot);
      takenUnits.push(units);
      move(line, lot, units);
    },
    takenBy: (line) => lineTaken[line]!,
    mark: () => takenLine.length,
    undo: (mark) => {
      for (let place = takenLine.length - 1; place >= mark; place--)
        move(takenLine[place]!, takenLot[place]!, -takenUnits[place]!);
      takenLine.length = mark;
      takenLot.length = mark;
      takenUnits.length = mark;
    },
    lookBack: (mark) => {
      const since = Array.from({ length: takenLine.length - mark }, (_, place) => mark + place);
      const placesOf = groupedBy(since, (place) => takenLine[place]!);
      const away: number[] = [];
      return {
        putBack: (line) => {
          for (const place of placesOf.get(line) ?? []) {
            move(line, takenLot[place]!, -takenUnits[place]!);
            away.push(place);
          }
        },
        restore: () => {
          for (const place of away) move(takenLine[place]!, takenLot[place]!, takenUnits[place]!);
          away.length = 0;
        },
      };
    },
    onMove: (hear) => void listeners.push(hear),
    takes: () => {
      const order = Int32Array.from(takenLine.keys()).sort((a, b) => takenLine[a]! - takenLine[b]! || a - b);
      return {
        count: order.length,
        line: order.map((place) => takenLine[place]!),
        lot: order.map((place) => lotOf[takenLot[place]!]!),
        units: Float64Array.from(order, (place) => takenUnits[place]!),
        lineTaken,
      };
    },
  };
}
