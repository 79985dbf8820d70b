import type { AllocationColumns, AllocationTakes } from "./allocation-columns.js";
import { buildExpirySums } from "./expiry-sums.js";
import { buildGreatestTree } from "./greatest-tree.js";
import { allocatePlainly, isPlain } from "./plain-columns.js";
import { dropEmptyQueues, stockShelf } from "./stock-shelf.js";

/**
 * Gives stock to lines in their order: each line asks the warehouses from the nearest on, and in each the lots from the
 * head of the queue on.
 *
 * **Rules**
 * 1. A line never gets more than it wants, a lot never gives more than it has.
 * 2. While a line is short, no lot that it may use has anything left – but for less than its step, or where it is served
 *    in full or not at all.
 * 3. A line gets a multiple of its step; what is over stays in the lots.
 *
 * @returns the takes. The work grows as n log n in lines and lots; expiry dates add a logarithm.
 * @throws RangeError where all lots of an item together hold more units than a safe integer counts: what is left of them could not
 *   be counted exactly
 *
 * **Source:** mission 9.2, 9.7, 9.9
 * @example
 * ```ts
 * import { allocateColumns } from "ordercycle";
 * const takes = allocateColumns({
 *   items: 1, warehouses: 2, sequence: Int32Array.of(1, 0),
 *   lineItem: Int32Array.of(0, 0), lineUnits: Int32Array.of(5, 4), lineArea: Int32Array.of(0, 0),
 *   lotItem: Int32Array.of(0, 0), lotWarehouse: Int32Array.of(0, 1), lotUnits: Int32Array.of(3, 3), lotQueue: Int32Array.of(0, 0),
 *   nearness: Int32Array.of(0, 1),
 * });
 * [...takes.lineTaken]; // => [2,4]
 * ```
 */
export function allocateColumns(columns: AllocationColumns): AllocationTakes {
  checkTotals(columns);
  return isPlain(columns) ? allocatePlainly(columns) : allocateWithWishes(columns);
}

/** Columns of four bytes cannot hold lots whose sum would not be exact. */
function checkTotals({ items, lotItem, lotUnits }: AllocationColumns): void {
  if (lotUnits.BYTES_PER_ELEMENT < 8) return;
  const totals = new Float64Array(items);
  for (let lot = 0; lot < lotItem.length; lot++) totals[lotItem[lot] as number]! += lotUnits[lot] as number;
  const item = totals.findIndex((total) => total > Number.MAX_SAFE_INTEGER);
  if (item >= 0) throw new RangeError(`The lots of item ${item} hold more units than can be counted exactly.`);
}

function allocateWithWishes(columns: AllocationColumns): AllocationTakes {
  const { sequence, lineItem, lineUnits, lineArea, lineExpiry, lineQuantum, lineAllOrNothing } = columns;
  const { nearness, warehouses, lotExpiry } = columns;
  const shelf = stockShelf(columns);
  const { lotOf, left, head, queueEnd, queueWarehouse, queueUnits, queueAt, queuesBegin, queuesLeft } = shelf;
  const expiries =
    lineExpiry === undefined || lotExpiry === undefined ? undefined : lotOf.map((lot) => lotExpiry[lot] as number);
  const tree = expiries === undefined ? undefined : buildGreatestTree(expiries);
  const sums = expiries === undefined || !hasChoosyLine(columns) ? undefined : buildExpirySums(shelf, expiries);

  const lines = lineItem.length;
  // All takes of a line but its last empty a lot.
  const capacity = lines + lotOf.length;
  const takeLine = new Int32Array(capacity);
  const takeLot = new Int32Array(capacity);
  const takeUnits = new Float64Array(capacity);
  let count = 0;
  const lineTaken = new Float64Array(lines);
  const lineOffered = new Float64Array(lines);

  for (let place = 0; place < sequence.length; place++) {
    const line = sequence[place] as number;
    const item = lineItem[line] as number;
    if (item < 0) continue;
    const wanted = lineUnits[line] as number;
    const expiry = tree === undefined ? 0 : (lineExpiry?.[line] as number);
    const begin = queuesBegin[item] as number;
    const end = begin + (queuesLeft[item] as number);
    const row = (lineArea[line] as number) * warehouses;
    const quantum = lineQuantum?.[line] ?? 0;
    const isAllOrNothing = lineAllOrNothing?.[line] === 1;
    let need = wanted;
    if (isAllOrNothing || quantum > 0) {
      // The queues know what they hold: what the line will keep is known before it takes anything, so a line that gets
      // nothing costs no walk over the lots.
      let free = 0;
      for (let slot = begin; slot < end; slot++) {
        const queue = queueAt[slot] as number;
        if ((nearness[row + (queueWarehouse[queue] as number)] as number) < 0) continue;
        const below = expiry > 0 && sums !== undefined ? sums.below(queue, expiry) : 0;
        free += (queueUnits[queue] as number) - below;
      }
      const offered = free < wanted ? free : wanted;
      need = keptOf(offered, wanted, quantum, isAllOrNothing);
      lineOffered[line] = offered;
    }
    const kept = need;
    let asked = -1;
    let isQueueEmptied = false;
    while (need > 0) {
      // The nearest warehouse that was not asked yet; of equally near ones the first.
      let queue = -1;
      let nearest = Number.MAX_SAFE_INTEGER;
      for (let slot = begin; slot < end; slot++) {
        const candidate = queueAt[slot] as number;
        const warehouse = queueWarehouse[candidate] as number;
        const distance = nearness[row + warehouse] as number;
        const rank = distance * warehouses + warehouse;
        if (distance >= 0 && rank > asked && rank < nearest) {
          nearest = rank;
          queue = candidate;
        }
      }
      if (queue < 0) break;
      asked = nearest;
      const last = queueEnd[queue] as number;
      let lot = head[queue] as number;
      let unitsLeft = queueUnits[queue] as number;
      while (lot < last) {
        if (tree !== undefined && expiry > 0) {
          lot = tree.next(lot, last, expiry);
          if (lot < 0) break;
        }
        const free = left[lot] as number;
        const units = free < need ? free : need;
        if (units > 0) {
          // Written out here, since a function that shares the counter costs the loop a third of its speed.
          left[lot] = free - units;
          unitsLeft -= units;
          need -= units;
          sums?.take(lot, units);
          if (units === free) tree?.write(lot, 0);
          takeLine[count] = line;
          takeLot[count] = lotOf[lot] as number;
          takeUnits[count++] = units;
          if (units < free) break;
        }
        lot++;
        if (need === 0) break;
      }
      queueUnits[queue] = unitsLeft;
      isQueueEmptied ||= unitsLeft === 0;
      // A line that takes any lot leaves nothing before the place where it stopped.
      if (expiry === 0) head[queue] = lot;
    }
    lineTaken[line] = kept - need;
    if (isQueueEmptied) dropEmptyQueues(shelf, item);
  }
  // In the order of the columns, which is far cheaper than in the order of service.
  for (let line = 0; line < lines; line++) {
    if (lineAllOrNothing?.[line] !== 1 && (lineQuantum?.[line] ?? 0) === 0)
      lineOffered[line] = lineTaken[line] as number;
  }
  return { count, line: takeLine, lot: takeLot, units: takeUnits, lineTaken, lineOffered };
}

/** Says whether any line asks for life as well as for a step or for all or nothing. */
function hasChoosyLine({ lineExpiry, lineQuantum, lineAllOrNothing }: AllocationColumns): boolean {
  return (
    lineExpiry?.some((day, line) => day > 0 && (lineAllOrNothing?.[line] === 1 || (lineQuantum?.[line] ?? 0) > 0)) ??
    false
  );
}

/** What a line keeps of what it could have: all, a multiple of its step, or nothing. */
function keptOf(offered: number, wanted: number, quantum: number, isAllOrNothing: boolean): number {
  const kept = quantum > 0 ? offered - (offered % quantum) : offered;
  const target = quantum > 0 ? wanted - (wanted % quantum) : wanted;
  return isAllOrNothing && kept < target ? 0 : kept;
}
