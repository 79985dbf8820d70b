import type { AllocationColumns } from "./allocation-columns.js";

/** Lots of a plain batch in a dense table of queues, one for each item and warehouse. */
export interface PlainShelf {
  /** For each item the set of warehouses that have something left, a bit each. */
  readonly filled: Uint16Array;
  /** For each item × warehouse where in `lots` the head of its queue lies. */
  readonly heads: Int32Array;
  /** Two numbers for each lot: units left, and its position in the columns – its complement where it ends its queue. */
  readonly lots: Int32Array;
}

/** Longest queue into which lots are inserted one by one. */
const SHORT_QUEUE = 24;

/** Puts lots into their queues; those without anything free are left out. */
export function plainShelf({
  items,
  warehouses,
  lotItem,
  lotWarehouse,
  lotUnits,
  lotQueue,
}: AllocationColumns): PlainShelf {
  const queues = items * warehouses;
  const heads = new Int32Array(queues + 1);
  for (let lot = 0; lot < lotItem.length; lot++) {
    if ((lotUnits[lot] as number) <= 0) continue;
    const queue = (lotItem[lot] as number) * warehouses + (lotWarehouse[lot] as number);
    heads[queue] = (heads[queue] as number) + 1;
  }
  let end = 0;
  for (let queue = 0; queue <= queues; queue++) {
    end += heads[queue] as number;
    heads[queue] = end;
  }
  const lots = new Int32Array(2 * end);
  const places = lotQueue.BYTES_PER_ELEMENT === 4 ? new Int32Array(end) : new Float64Array(end);
  // From the last lot on, so that the ends of the queues become their beginnings.
  for (let lot = lotItem.length - 1; lot >= 0; lot--) {
    const units = lotUnits[lot] as number;
    if (units <= 0) continue;
    const queue = (lotItem[lot] as number) * warehouses + (lotWarehouse[lot] as number);
    const at = (heads[queue] as number) - 1;
    heads[queue] = at;
    places[at] = lotQueue[lot] as number;
    lots[2 * at] = units;
    lots[2 * at + 1] = lot;
  }
  const filled = new Uint16Array(items);
  for (let queue = 0, item = 0; item < items; item++) {
    let set = 0;
    for (let warehouse = 0; warehouse < warehouses; warehouse++, queue++) {
      const begin = heads[queue] as number;
      const next = heads[queue + 1] as number;
      if (next === begin) continue;
      if (next - begin > 1) sortQueue(lots, places, begin, next);
      set |= 1 << warehouse;
      heads[queue] = 2 * begin;
      lots[2 * next - 1] = ~(lots[2 * next - 1] as number);
    }
    filled[item] = set;
  }
  return { filled, heads, lots };
}

/** Sorts a queue by its places; equal ones stay in the order of their positions. */
function sortQueue(lots: Int32Array, places: Float64Array | Int32Array, begin: number, end: number): void {
  if (end - begin > SHORT_QUEUE) {
    sortLongQueue(lots, places, begin, end);
    return;
  }
  for (let next = begin + 1; next < end; next++) {
    const place = places[next] as number;
    if ((places[next - 1] as number) <= place) continue;
    const units = lots[2 * next] as number;
    const lot = lots[2 * next + 1] as number;
    let hole = next;
    for (; hole > begin && (places[hole - 1] as number) > place; hole--) {
      places[hole] = places[hole - 1] as number;
      lots[2 * hole] = lots[2 * hole - 2] as number;
      lots[2 * hole + 1] = lots[2 * hole - 1] as number;
    }
    places[hole] = place;
    lots[2 * hole] = units;
    lots[2 * hole + 1] = lot;
  }
}

function sortLongQueue(lots: Int32Array, places: Float64Array | Int32Array, begin: number, end: number): void {
  const order = Int32Array.from({ length: end - begin }, (_, offset) => begin + offset).sort(
    (a, b) => (places[a] as number) - (places[b] as number) || a - b,
  );
  const sorted = new Int32Array(2 * order.length);
  for (let offset = 0; offset < order.length; offset++) {
    const from = order[offset] as number;
    sorted[2 * offset] = lots[2 * from] as number;
    sorted[2 * offset + 1] = lots[2 * from + 1] as number;
  }
  lots.set(sorted, 2 * begin);
}
