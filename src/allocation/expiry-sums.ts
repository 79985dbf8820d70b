import type { StockShelf } from "./stock-shelf.js";

/**
 * Knows, for each queue of lots, how much of it expires before a day, without looking at the lots: running sums over the
 * lots by expiry, kept in a Fenwick tree for each queue. Building is n log n, asking and taking logarithmic.
 */
export interface ExpirySums {
  /** Units left in a queue's lots that expire before the day. */
  readonly below: (queue: number, day: number) => number;
  /** Notes that units were taken out of a lot. */
  readonly take: (lot: number, units: number) => void;
}

/**
 * Builds the sums.
 *
 * @param expiry first day on which each lot of the shelf may no longer be used, as a day number
 */
export function buildExpirySums(
  { left, head, queueEnd, queueOfLot }: Pick<StockShelf, "left" | "head" | "queueEnd" | "queueOfLot">,
  expiry: Int32Array,
): ExpirySums {
  const begin = head.slice();
  const byExpiry = Int32Array.from(expiry, (_, lot) => lot).sort(
    (a, b) =>
      (queueOfLot[a] as number) - (queueOfLot[b] as number) || (expiry[a] as number) - (expiry[b] as number) || a - b,
  );
  const rank = new Int32Array(expiry.length);
  for (const [place, lot] of byExpiry.entries()) rank[lot] = place - (begin[queueOfLot[lot] as number] as number);
  const sums = new Float64Array(expiry.length);

  const add = (lot: number, units: number): void => {
    const queue = queueOfLot[lot] as number;
    const first = begin[queue] as number;
    const size = (queueEnd[queue] as number) - first;
    for (let node = (rank[lot] as number) + 1; node <= size; node += node & -node) {
      sums[first + node - 1] = (sums[first + node - 1] as number) + units;
    }
  };
  for (const [lot, units] of left.entries()) add(lot, units);

  const below = (queue: number, day: number): number => {
    const first = begin[queue] as number;
    let low = 0;
    let high = (queueEnd[queue] as number) - first;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((expiry[byExpiry[first + middle] as number] as number) < day) low = middle + 1;
      else high = middle;
    }
    let total = 0;
    for (let node = low; node > 0; node -= node & -node) total += sums[first + node - 1] as number;
    return total;
  };

  return { below, take: (lot, units) => add(lot, -units) };
}
