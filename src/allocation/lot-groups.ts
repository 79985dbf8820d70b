import type { LotNo } from "../model/ids.js";
import { buildGreatestTree } from "./greatest-tree.js";
import { lotMembers, type LotMembers } from "./lot-members.js";
import type { StockDesk } from "./stock-desk.js";

/**
 * Finds among the lots of a queue, those of one number as one, what they have together and the first that has enough.
 *
 * Taking is logarithmic in the lots of the batch, and so is asking where all of a queue lives long enough, and for what a queue
 * has most. Otherwise each number whose lots differ in life is asked by itself, and the first that has enough is found by turns
 * among those that have enough and those that live long enough: at once where lots are taken in the order of their expiry.
 */
export interface LotGroups extends Pick<LotMembers, "named" | "unitsOf" | "lotsOf"> {
  /** Units that live until a day, of the group of a queue that has most of them. */
  readonly most: (queue: number, day: number) => number;
  /** First group of a queue that has enough that lives until a day; -1 where none has. */
  readonly firstWith: (queue: number, wanted: number, day: number) => number;
}

/** A day that every lot with something left lives until. */
const ANY_DAY = 0;

/**
 * Groups the lots of a desk by their number.
 *
 * A group stands where its first lot does that has something left and lives long enough, as somebody who walks along the queue
 * meets it.
 */
export function lotGroups(desk: StockDesk, lotNoOf: (lot: number) => LotNo | undefined): LotGroups {
  const { left, queueOfLot, queueEnd } = desk.shelf;
  const members = lotMembers(desk, lotNoOf);
  const { groups, groupOf, lifeOf, unitsOf, firstOf } = members;

  const stands = new Float64Array(left.length);
  const standsAt = new Int32Array(groups);
  for (let group = 0; group < groups; group++) {
    standsAt[group] = firstOf(group, ANY_DAY);
    if (standsAt[group]! >= 0) stands[standsAt[group]!] = unitsOf(group, ANY_DAY);
  }
  const tree = buildGreatestTree(stands);

  // Those that differ in life come first in each queue, then the others by their life.
  const queueOf = new Int32Array(groups);
  for (const [lot, group] of groupOf.entries()) queueOf[group] = queueOfLot[lot]!;
  const byLife = Int32Array.from(queueOf.keys()).sort(
    (a, b) => queueOf[a]! - queueOf[b]! || lifeOf(a) - lifeOf(b) || a - b,
  );
  const rankOf = new Int32Array(groups);
  for (const [rank, group] of byLife.entries()) rankOf[group] = rank;
  const living = buildGreatestTree(Float64Array.from(byLife, (group) => unitsOf(group, ANY_DAY)));

  desk.onMove((lot) => {
    const group = groupOf[lot]!;
    const units = unitsOf(group, ANY_DAY);
    const [before, at] = [standsAt[group]!, firstOf(group, ANY_DAY)];
    if (before !== at && before >= 0) tree.write(before, 0);
    if (at >= 0) tree.write(at, units);
    standsAt[group] = at;
    living.write(rankOf[group]!, units);
  });

  const livesLongEnough = (queue: number, day: number): boolean => desk.free(queue, day) === desk.free(queue, ANY_DAY);
  const ranksEnd = (queue: number): number => groupOf[queueEnd[queue]!] ?? groups;
  /** First of the ranks of a queue whose group lives until a day. */
  const rankFrom = (queue: number, day: number): number => {
    let [low, high] = [groupOf[desk.first(queue)]!, ranksEnd(queue)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lifeOf(byLife[middle]!) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** Groups of a queue whose lots differ in life. */
  const differing = (queue: number): Int32Array =>
    byLife.subarray(groupOf[desk.first(queue)], rankFrom(queue, ANY_DAY + 1));

  return {
    ...members,
    most: (queue, day) => {
      if (livesLongEnough(queue, day)) return tree.greatest(desk.first(queue), queueEnd[queue]!);
      const most = living.greatest(rankFrom(queue, day), ranksEnd(queue));
      return differing(queue).reduce((greatest, group) => Math.max(greatest, unitsOf(group, day)), most);
    },
    firstWith: (queue, wanted, day) => {
      const end = queueEnd[queue]!;
      const isLong = livesLongEnough(queue, day);
      let found = tree.next(desk.first(queue), end, wanted);
      while (!isLong && found >= 0 && lifeOf(groupOf[found]!) < day) {
        const longer = desk.next(queue, found + 1, day);
        found = longer < 0 ? -1 : tree.next(longer, end, wanted);
      }
      for (const group of isLong ? [] : differing(queue)) {
        const at = unitsOf(group, day) >= wanted ? firstOf(group, day) : -1;
        if (at >= 0 && (found < 0 || at < found)) found = at;
      }
      return found < 0 ? -1 : groupOf[found]!;
    },
  };
}
