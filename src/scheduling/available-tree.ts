import type { CalendarDay } from "../core/calendar-day.js";
import type { AvailableUnits } from "./available-to-promise.js";

/** Position of the last step at or before a day; -1 where there is none. @internal */
export function indexOn(steps: readonly { readonly day: CalendarDay }[], day: CalendarDay): number {
  return firstIndex(steps.length, (index) => (steps[index] as { readonly day: CalendarDay }).day > day) - 1;
}

/** The first position for which something holds that holds for all positions after it, too. @internal */
export function firstIndex(length: number, holdsFor: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holdsFor(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * What each step adds to the one before, in a binary indexed tree, so that sums and takings cost log n; position 0 of the
 * list is the tree's 1.
 *
 * @internal
 */
export function treeOf(steps: readonly AvailableUnits[]): bigint[] {
  const tree = steps.map(({ units }, index) => units - (steps[index - 1]?.units ?? 0n));
  for (let place = 1; place <= tree.length; place++) {
    const parent = place + (place & -place);
    if (parent <= tree.length) tree[parent - 1] = (tree[parent - 1] as bigint) + (tree[place - 1] as bigint);
  }
  return tree;
}

/** What can be promised by a step, in all. @internal */
export function prefixSum(tree: readonly bigint[], index: number): bigint {
  let units = 0n;
  for (let place = index + 1; place > 0; place -= place & -place) units += tree[place - 1] as bigint;
  return units;
}

/** The first step by which so much can be promised; the number of steps where none is. @internal */
export function firstReaching(tree: readonly bigint[], units: bigint): number {
  let place = 0;
  let missing = units;
  for (let stride = 1 << (31 - Math.clz32(tree.length)); stride >= 1; stride >>= 1) {
    const reached = tree[place + stride - 1];
    if (reached === undefined || reached >= missing) continue;
    place += stride;
    missing -= reached;
  }
  return place;
}

/** Takes units that can be promised by a step: from that step first and backwards, so that early supply stays longest. @internal */
export function take(tree: bigint[], index: number, units: bigint): void {
  let left = units;
  let before = prefixSum(tree, index);
  while (left > 0n) {
    const source = firstReaching(tree, before);
    const below = prefixSum(tree, source - 1);
    const taken = before - below < left ? before - below : left;
    for (let place = source + 1; place <= tree.length; place += place & -place) {
      tree[place - 1] = (tree[place - 1] as bigint) - taken;
    }
    left -= taken;
    before = below;
  }
}
