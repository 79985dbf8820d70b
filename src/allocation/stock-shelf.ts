import type { AllocationColumns } from "./allocation-columns.js";

/**
 * Stock as the engine wants it: lots sorted into queues, one for each item and warehouse that has any, so that a line
 * finds its lots without searching.
 */
export interface StockShelf {
  /** Position in the columns of each lot of the shelf. */
  readonly lotOf: Int32Array;
  /** Queue of each lot of the shelf. */
  readonly queueOfLot: Int32Array;
  /** Units left in each lot of the shelf. */
  readonly left: Float64Array;
  /** First lot of each queue that may have something left. */
  readonly head: Int32Array;
  /** End of each queue's lots. */
  readonly queueEnd: Int32Array;
  /** Warehouse of each queue. */
  readonly queueWarehouse: Int32Array;
  /** Units left in each queue. */
  readonly queueUnits: Float64Array;
  /** Queues of the items: item i has those from `queuesBegin[i]` on, `queuesLeft[i]` of them not empty, these first. */
  readonly queueAt: Int32Array;
  /** Where each item's queues begin in `queueAt`. */
  readonly queuesBegin: Int32Array;
  /** How many of each item's queues are not empty. */
  readonly queuesLeft: Int32Array;
}

/** Sorts lots into queues: by item with a counting sort, then by warehouse and place within the item. */
export function stockShelf(columns: AllocationColumns): StockShelf {
  const { items, lotItem, lotWarehouse, lotUnits } = columns;
  const lots = lotItem.length;
  const lotOf = sortedByItem(lotItem, items);
  sortRuns(lotOf, columns);

  const left = new Float64Array(lots);
  const queueOfLot = new Int32Array(lots);
  const head = new Int32Array(lots);
  const queueEnd = new Int32Array(lots);
  const queueWarehouse = new Int32Array(lots);
  const queueUnits = new Float64Array(lots);
  const queueAt = new Int32Array(lots);
  const queuesBegin = new Int32Array(items);
  const queuesLeft = new Int32Array(items);
  let queues = 0;
  for (let place = 0; place < lots; place++) {
    const lot = lotOf[place] as number;
    const item = lotItem[lot] as number;
    const previous = place === 0 ? -1 : (lotOf[place - 1] as number);
    if (previous < 0 || lotItem[previous] !== item || lotWarehouse[previous] !== lotWarehouse[lot]) {
      if (queuesLeft[item] === 0) queuesBegin[item] = queues;
      queuesLeft[item] = (queuesLeft[item] as number) + 1;
      head[queues] = place;
      queueWarehouse[queues] = lotWarehouse[lot] as number;
      queueAt[queues] = queues;
      queues++;
    }
    left[place] = lotUnits[lot] as number;
    queueOfLot[place] = queues - 1;
    queueEnd[queues - 1] = place + 1;
    queueUnits[queues - 1] = (queueUnits[queues - 1] as number) + (left[place] as number);
  }
  const shelf = {
    lotOf,
    queueOfLot,
    left,
    head,
    queueEnd,
    queueWarehouse,
    queueUnits,
    queueAt,
    queuesBegin,
    queuesLeft,
  };
  for (let item = 0; item < items; item++) dropEmptyQueues(shelf, item);
  return shelf;
}

/** Moves an item's empty queues behind its others, so that lines of a sold-out item find nothing at once. */
export function dropEmptyQueues({ queueAt, queueUnits, queuesBegin, queuesLeft }: StockShelf, item: number): void {
  const begin = queuesBegin[item] as number;
  let end = begin + (queuesLeft[item] as number);
  for (let slot = begin; slot < end;) {
    const queue = queueAt[slot] as number;
    if ((queueUnits[queue] as number) > 0) {
      slot++;
    } else {
      end--;
      queueAt[slot] = queueAt[end] as number;
      queueAt[end] = queue;
    }
  }
  queuesLeft[item] = end - begin;
}

function sortedByItem(lotItem: Int32Array, items: number): Int32Array {
  const next = new Int32Array(items + 1);
  for (const item of lotItem) next[item + 1] = (next[item + 1] as number) + 1;
  for (let item = 0; item < items; item++) next[item + 1] = (next[item + 1] as number) + (next[item] as number);
  const sorted = new Int32Array(lotItem.length);
  for (let lot = 0; lot < lotItem.length; lot++) {
    const item = lotItem[lot] as number;
    const place = next[item] as number;
    sorted[place] = lot;
    next[item] = place + 1;
  }
  return sorted;
}

/** Longest run that insertion sort handles faster than the built-in sort. */
const SHORT_RUN = 24;

/** Sorts each run of equal items by warehouse and place; equal ones stay in the order of their positions. */
function sortRuns(lotOf: Int32Array, { lotItem, lotWarehouse, lotQueue }: AllocationColumns): void {
  // The keys stand beside each other in the order of the shelf, so that sorting does not jump about in the columns.
  const warehouses = lotOf.map((lot) => lotWarehouse[lot] as number);
  const queuePlaces = new Float64Array(lotOf.length);
  for (let place = 0; place < lotOf.length; place++) queuePlaces[place] = lotQueue[lotOf[place] as number] as number;
  for (let begin = 0; begin < lotOf.length;) {
    const item = lotItem[lotOf[begin] as number];
    let end = begin + 1;
    while (end < lotOf.length && lotItem[lotOf[end] as number] === item) end++;
    if (end - begin > SHORT_RUN) {
      lotOf
        .subarray(begin, end)
        .sort(
          (a, b) =>
            (lotWarehouse[a] as number) - (lotWarehouse[b] as number) ||
            (lotQueue[a] as number) - (lotQueue[b] as number) ||
            a - b,
        );
    } else {
      sortShortRun(lotOf, warehouses, queuePlaces, begin, end);
    }
    begin = end;
  }
}

function sortShortRun(
  lotOf: Int32Array,
  warehouses: Int32Array,
  queuePlaces: Float64Array,
  begin: number,
  end: number,
): void {
  for (let place = begin + 1; place < end; place++) {
    const lot = lotOf[place] as number;
    const warehouse = warehouses[place] as number;
    const queuePlace = queuePlaces[place] as number;
    let hole = place;
    for (; hole > begin; hole--) {
      const other = warehouses[hole - 1] as number;
      if (other < warehouse || (other === warehouse && (queuePlaces[hole - 1] as number) <= queuePlace)) break;
      lotOf[hole] = lotOf[hole - 1] as number;
      warehouses[hole] = other;
      queuePlaces[hole] = queuePlaces[hole - 1] as number;
    }
    lotOf[hole] = lot;
    warehouses[hole] = warehouse;
    queuePlaces[hole] = queuePlace;
  }
}
