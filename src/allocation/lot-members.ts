import type { LotNo } from "../model/ids.js";
import { buildExpirySums } from "./expiry-sums.js";
import { buildGreatestTree } from "./greatest-tree.js";
import type { StockDesk } from "./stock-desk.js";

/**
 * The lots of each number in each queue of a desk, as one group with what is left of it. Groups are numbered as somebody who
 * walks along the shelf meets them, so those of one queue follow each other. Asking is logarithmic in the lots of the batch,
 * but for what it lists.
 */
export interface LotMembers {
  /** Groups that there are. */
  readonly groups: number;
  /** Group of each lot of the shelf. */
  readonly groupOf: Int32Array;
  /** Group of a lot number in a queue; -1 where there is none. */
  readonly named: (queue: number, lotNo: LotNo | undefined) => number;
  /** Last day that all lots of a group live until; 0 where they differ. */
  readonly lifeOf: (group: number) => number;
  /** Units of a group that live until a day; none of group -1. */
  readonly unitsOf: (group: number, day: number) => number;
  /** First lot of a group with something left that lives until a day; -1 when there is none. */
  readonly firstOf: (group: number, day: number) => number;
  /** Lots of a group with something left that live until a day, in the order of the queue, as many as are needed; none of group -1. */
  readonly lotsOf: (group: number, wanted: number, day: number) => readonly number[];
}

/** Groups the lots of a desk by their number. */
export function lotMembers(desk: StockDesk, lotNoOf: (lot: number) => LotNo | undefined): LotMembers {
  const { left, queueOfLot } = desk.shelf;
  const lots = left.length;
  const numbers = new Map<string, number>();
  const groupOf = new Int32Array(lots);
  for (let lot = 0; lot < lots; lot++) {
    const name = groupKey(queueOfLot[lot]!, lotNoOf(lot));
    const group = numbers.get(name) ?? numbers.size;
    numbers.set(name, group);
    groupOf[lot] = group;
  }
  const groups = numbers.size;
  // Members of a group stand beside each other, in the order of the queue.
  const begin = new Int32Array(groups + 1);
  for (const group of groupOf) begin[group + 1]!++;
  for (let group = 0; group < groups; group++) begin[group + 1]! += begin[group]!;
  const next = begin.slice();
  const memberAt = new Int32Array(lots);
  const placeOf = new Int32Array(lots);
  const units = new Float64Array(groups);
  const life = new Int32Array(groups);
  for (let lot = 0; lot < lots; lot++) {
    const group = groupOf[lot]!;
    const place = next[group]!++;
    memberAt[place] = lot;
    placeOf[lot] = place;
    units[group]! += left[lot]!;
    const isFirst = place === begin[group];
    life[group] = isFirst || life[group] === desk.dayOf(lot) ? desk.dayOf(lot) : 0;
  }
  const days = memberAt.map((lot) => desk.dayOf(lot));
  const filled = buildGreatestTree(days.map((day, place) => (left[memberAt[place]!]! > 0 ? day : 0)));
  const sums = life.includes(0)
    ? buildExpirySums(
        {
          left: Float64Array.from(memberAt, (lot) => left[lot]!),
          head: begin.subarray(0, groups),
          queueEnd: begin.subarray(1),
          queueOfLot: memberAt.map((lot) => groupOf[lot]!),
        },
        days,
      )
    : undefined;

  desk.onMove((lot, taken) => {
    const place = placeOf[lot]!;
    units[groupOf[lot]!]! -= taken;
    filled.write(place, left[lot]! > 0 ? days[place]! : 0);
    sums?.take(place, taken);
  });
  return {
    groups,
    groupOf,
    named: (queue, lotNo) => numbers.get(groupKey(queue, lotNo)) ?? -1,
    lifeOf: (group) => life[group]!,
    unitsOf: (group, day) => {
      if (group < 0) return 0;
      if (life[group]! > 0) return life[group]! >= day ? units[group]! : 0;
      return units[group]! - sums!.below(group, day);
    },
    firstOf: (group, day) => {
      const place = filled.next(begin[group]!, begin[group + 1]!, day);
      return place < 0 ? -1 : memberAt[place]!;
    },
    lotsOf: (group, wanted, day) => {
      if (group < 0) return [];
      const end = begin[group + 1]!;
      const found: number[] = [];
      let have = 0;
      for (let place = filled.next(begin[group]!, end, day); place >= 0 && have < wanted;) {
        found.push(memberAt[place]!);
        have += left[memberAt[place]!]!;
        place = filled.next(place + 1, end, day);
      }
      return found;
    },
  };
}

function groupKey(queue: number, lotNo: LotNo | undefined): string {
  return lotNo === undefined ? `${queue}` : `${queue} ${lotNo}`;
}
