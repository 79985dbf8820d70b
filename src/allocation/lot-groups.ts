import type { LotNo } from "../model/ids.js";
import { buildGreatestTree } from "./greatest-tree.js";
import type { StockDesk } from "./stock-desk.js";

/**
 * Lots of one number in one queue as one: what they have together, and the first that has enough. Taking and asking are
 * logarithmic in the lots of the batch.
 */
export interface LotGroups {
  /** Units of the group of a queue that has most. */
  readonly most: (queue: number) => number;
  /** Lots of the first group of a queue that has enough, as many as are needed; none where no group has. */
  readonly firstWith: (queue: number, wanted: number) => readonly number[];
  /** Units that the lots of one number have in a queue. */
  readonly unitsOf: (queue: number, lotNo: LotNo | undefined) => number;
  /** Lots of one number in a queue, as many as are needed. */
  readonly lotsOf: (queue: number, lotNo: LotNo | undefined, wanted: number) => readonly number[];
}

/**
 * Groups the lots of a desk by their number.
 *
 * A group stands where its first lot with something left does, as somebody who walks along the queue meets it.
 */
export function lotGroups(desk: StockDesk, lotNoOf: (lot: number) => LotNo | undefined): LotGroups {
  const { left, queueOfLot, queueEnd } = desk.shelf;
  const lots = left.length;
  const numbers = new Map<string, number>();
  const groupOf = new Int32Array(lots);
  for (let lot = 0; lot < lots; lot++) {
    const name = groupKey(queueOfLot[lot]!, lotNoOf(lot));
    const group = numbers.get(name) ?? numbers.size;
    numbers.set(name, group);
    groupOf[lot] = group;
  }
  // Members of a group stand beside each other, in the order of the queue.
  const begin = new Int32Array(numbers.size + 1);
  for (const group of groupOf) begin[group + 1]!++;
  for (let group = 0; group < numbers.size; group++) begin[group + 1]! += begin[group]!;
  const next = begin.slice();
  const memberAt = new Int32Array(lots);
  const placeOf = new Int32Array(lots);
  const units = new Float64Array(numbers.size);
  for (let lot = 0; lot < lots; lot++) {
    const group = groupOf[lot]!;
    const place = next[group]!++;
    memberAt[place] = lot;
    placeOf[lot] = place;
    units[group]! += left[lot]!;
  }
  const filled = buildGreatestTree(memberAt.map((lot) => (left[lot]! > 0 ? 1 : 0)));
  const firstOf = (group: number): number => filled.next(begin[group]!, begin[group + 1]!, 1);
  const stands = new Float64Array(lots);
  const standsAt = new Int32Array(numbers.size).fill(-1);
  for (let group = 0; group < numbers.size; group++) {
    const place = firstOf(group);
    if (place < 0) continue;
    standsAt[group] = memberAt[place]!;
    stands[memberAt[place]!] = units[group]!;
  }
  const tree = buildGreatestTree(stands);

  desk.onMove((lot, taken) => {
    const group = groupOf[lot]!;
    units[group]! -= taken;
    filled.write(placeOf[lot]!, left[lot]! > 0 ? 1 : 0);
    const place = firstOf(group);
    const at = place < 0 ? -1 : memberAt[place]!;
    const before = standsAt[group]!;
    if (before !== at && before >= 0) tree.write(before, 0);
    if (at >= 0) tree.write(at, units[group]!);
    standsAt[group] = at;
  });
  const membersWith = (group: number, from: number, wanted: number): readonly number[] => {
    const end = begin[group + 1]!;
    const found: number[] = [];
    let have = 0;
    for (let place = from; place >= 0 && have < wanted; place = filled.next(place + 1, end, 1)) {
      found.push(memberAt[place]!);
      have += left[memberAt[place]!]!;
    }
    return found;
  };
  return {
    most: (queue) => tree.greatest(desk.first(queue), queueEnd[queue]!),
    firstWith: (queue, wanted) => {
      const first = tree.next(desk.first(queue), queueEnd[queue]!, wanted);
      return first < 0 ? [] : membersWith(groupOf[first]!, placeOf[first]!, wanted);
    },
    unitsOf: (queue, lotNo) => units[numbers.get(groupKey(queue, lotNo)) ?? -1] ?? 0,
    lotsOf: (queue, lotNo, wanted) => {
      const group = numbers.get(groupKey(queue, lotNo));
      return group === undefined ? [] : membersWith(group, firstOf(group), wanted);
    },
  };
}

function groupKey(queue: number, lotNo: LotNo | undefined): string {
  return lotNo === undefined ? `${queue}` : `${queue} ${lotNo}`;
}
