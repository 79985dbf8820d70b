import { ANY, least, notBelowZero, type PickQueue, type PromiseShelf, type SupplyKind } from "./promise-shelf.js";

/** What was picked of the stock of today. @internal */
export interface Picked {
  readonly source: number;
  readonly units: bigint;
}

/** What limits a line besides its kind. @internal */
export interface ShelfWish {
  readonly kind: SupplyKind;
  /** The stock of today, as it is picked for the line. */
  readonly queue: PickQueue;
  /** Units that stay for other customer groups. */
  readonly kept: bigint;
}

/**
 * Picks up to so many units of the stock of today, source after source in their order, as an allocation would. Picking
 * ends where it would touch what a later day needs.
 *
 * @param lives day until which what is picked must be of use
 * @internal
 */
export function pick(shelf: PromiseShelf, { kind, queue, kept }: ShelfWish, most: bigint, lives = 0): Picked[] {
  const { sources } = shelf;
  const own = kind.tree.at(0);
  let need = least(most, kept > 0n ? least(own, freeOfAll(shelf, 0) - kept) : own);
  const picked: Picked[] = [];
  const { order } = queue;
  while (queue.head < order.length && sources[order[queue.head]!]!.left === 0n) queue.head++;
  for (let turn = queue.head; turn < order.length && need > 0n; turn++) {
    const source = order[turn]!;
    const { left } = sources[source]!;
    if (left === 0n || kind.until[source]! < lives) continue;
    const wanted = least(left, need);
    const units = least(wanted, untouched(shelf, source));
    if (units > 0n) {
      moveSource(shelf, source, units);
      picked.push({ source, units });
      need -= units;
    }
    if (units < wanted) break;
  }
  return picked;
}

/** Puts units back, those that were picked last first. @internal */
export function putBack(shelf: PromiseShelf, picked: Picked[], units: bigint): void {
  let left = units;
  while (left > 0n) {
    const last = picked.pop()!;
    const back = least(last.units, left);
    moveSource(shelf, last.source, -back);
    if (back < last.units) picked.push({ ...last, units: last.units - back });
    left -= back;
  }
}

/** What can be picked of a source without touching what a later day needs. */
function untouched({ kinds }: PromiseShelf, source: number): bigint {
  let units: bigint | undefined;
  for (const { tree, until } of kinds) {
    const found = until[source]! < 1 ? undefined : tree.leastGuarded(1, until[source]!);
    if (found !== undefined && (units === undefined || found < units)) units = found;
  }
  return notBelowZero(units ?? ANY);
}

function moveSource({ sources, kinds, queues }: PromiseShelf, source: number, units: bigint): void {
  sources[source]!.left -= units;
  for (const queue of units < 0n ? queues : []) queue.head = Math.min(queue.head, queue.turnOf[source]!);
  for (const { tree, until } of kinds) if (until[source]! >= 0) tree.add(0, until[source]!, -units);
}

/** What of a kind can be promised on a day, whatever is picked for it. */
function availableOn({ days }: PromiseShelf, kind: SupplyKind, day: number): bigint {
  let units = kind.tree.at(day);
  for (const [other, both] of kind.shared) {
    const found = other.tree.leastGuarded(day + 1, days.length - 1);
    if (found !== undefined && found < both) units = least(units, found);
  }
  return notBelowZero(units);
}

/** What a line can be promised on a day. @internal */
export function openOn(shelf: PromiseShelf, wish: ShelfWish, day: number): bigint {
  if (day === 0) {
    const picked = pick(shelf, wish, ANY);
    const units = pickedUnits(picked);
    putBack(shelf, picked, units);
    return units;
  }
  const own = availableOn(shelf, wish.kind, day);
  return wish.kept === 0n ? own : least(own, notBelowZero(freeOfAll(shelf, day) - wish.kept));
}

/** What is left of all there is, whoever asks. */
function freeOfAll({ days, all }: PromiseShelf, day: number): bigint {
  const own = all.tree.at(day);
  const later = all.tree.leastGuarded(day + 1, days.length - 1);
  return later === undefined ? own : least(own, later);
}

/** First day after today, from a day on, on which so many units can be promised at one go; -1 where there is none. @internal */
export function firstDayFor(
  { all, days }: PromiseShelf,
  { kind, kept }: ShelfWish,
  from: number,
  units: bigint,
): number {
  let day = Math.max(1, from);
  for (const [other, both] of kind.shared) day = Math.max(day, other.tree.lastGuardedBelow(least(units, both)));
  if (kept > 0n) day = Math.max(day, all.tree.lastGuardedBelow(units + kept));
  for (;;) {
    let found = kind.tree.firstReaching(day, units);
    if (found >= 0 && kept > 0n) found = all.tree.firstReaching(found, units + kept);
    if (found < 0) return -1;
    const isKnown = found <= from || days[found] !== days[found - 1];
    if (isKnown && (found === day || kept === 0n)) return found;
    day = isKnown ? found : found + 1;
    if (day >= days.length) return -1;
  }
}

/** Units of what was picked. @internal */
export function pickedUnits(picked: readonly Picked[]): bigint {
  return picked.reduce((sum, { units }) => sum + units, 0n);
}
