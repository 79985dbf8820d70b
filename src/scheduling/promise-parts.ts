import { dayAt, least, takeOn } from "./promise-shelf.js";
import { firstDayFor, openOn, pick, pickedUnits, putBack } from "./shelf-supply.js";
import { grantedOf, type Granted, type LineWish, type PartUnits } from "./line-wish.js";
import { consumeFor, groupLimit, within, type GroupLimit } from "../model/supply-standing.js";
import type { PromiseReasonCode } from "./promised-line.js";

/** Promises a line that takes parts: from the day on which it is needed, each day as much as can be had by then. @internal */
export function promiseParts(wish: LineWish): Granted {
  const { shelf, from, quantum, group, isHeld } = wish;
  if (isHeld) return grantedOf(wish, [], () => "on_hold");
  const limit = groupLimit(shelf.groups, group);
  const most = mostFor(wish, limit);
  const surely = mostFor(wish, groupLimit(shelf.promisedOf, group));
  const ask = { ...wish, kept: limit.kept };
  const first = dayAt(shelf.days, from);
  // Who needs the goods today has all that is on hand before anything else.
  const onHand = first === 0 ? 0n : onHandFor(wish, limit.kept, first);
  const parts: PartUnits[] = [];
  let promised = 0n;
  let day = first;
  if (day === 0) {
    const picked = pick(shelf, ask, most);
    const found = pickedUnits(picked);
    promised = found - (found % quantum);
    putBack(shelf, picked, found - promised);
    if (promised > 0n) parts.push({ day: from, units: promised, kind: "onHand" });
  }
  while (promised < most) {
    day = firstDayFor(shelf, ask, day, quantum);
    if (day < 0) break;
    const open = least(most - promised, openOn(shelf, ask, day));
    const part = open - (open % quantum);
    takeOn(shelf, wish.kind, day, part);
    promised += part;
    parts.push({ day: shelf.days[day]!, units: part, kind: promised <= onHand ? "onHand" : "scheduled" });
  }
  const total = promised < wish.units ? promised + roomFor(wish) : promised;
  // What only demand without a promise has used of its cap may still come to it.
  consumeFor(shelf.groups, group, promised);
  consumeFor(shelf.promisedOf, group, promised);
  keepFor(wish, limit, surely - promised);
  return grantedOf(wish, parts, () =>
    promised === wish.whole ? "below_quantum" : shortCode(wish, limit, { total, promised }),
  );
}

/** What a cap leaves of a wish, in whole steps. @internal */
export function mostFor({ units, quantum }: LineWish, { capLeft }: GroupLimit): bigint {
  const reach = capLeft === undefined ? units : least(capLeft, units);
  return reach - (reach % quantum);
}

/** Day on which a line can have most: the last on which something comes, or the first of use. @internal */
function fullestDay({ shelf, kind, from }: LineWish): number {
  return Math.max(kind.lastReceipt, dayAt(shelf.days, from));
}

/** What could be promised to a line in all, whatever is kept for other groups. @internal */
export function roomFor(wish: LineWish): bigint {
  return openOn(wish.shelf, { ...wish, kept: 0n }, fullestDay(wish));
}

/** What there is today and still of use on a day. @internal */
export function onHandFor(wish: LineWish, kept: bigint, day: number): bigint {
  const picked = pick(wish.shelf, { ...wish, kept }, wish.units, day);
  const units = pickedUnits(picked);
  putBack(wish.shelf, picked, units);
  return units;
}

/**
 * Keeps what is left for units that could be served and are not promised, and counts them for the group of the line: also
 * those that could be served only of what is kept for others without a promise, as far as the cap goes.
 *
 * @internal
 */
export function keepFor(wish: LineWish, limit: GroupLimit, units: bigint): void {
  const { shelf, group } = wish;
  const before = shelf.unpromised;
  const blocked = block(wish, limit, units);
  shelf.unpromised += blocked;
  consumeFor(shelf.groups, group, blocked);
  const more = least(units - blocked, before);
  const used = group === undefined ? undefined : shelf.groups.usedOfCap.get(group);
  if (used !== undefined && more > 0n) shelf.groups.usedOfCap.set(group!, used + more);
}

/**
 * Keeps what is left for units that could be served and are not promised: they are still asked for, and nobody overtakes.
 *
 * @returns units that are kept
 */
function block(wish: LineWish, { kept }: GroupLimit, units: bigint): bigint {
  if (units <= 0n) return 0n;
  const { shelf, kind } = wish;
  const ask = { ...wish, kept };
  const day = fullestDay(wish);
  if (day === 0) return pickedUnits(pick(shelf, ask, units));
  const blocked = least(units, openOn(shelf, ask, day));
  if (blocked > 0n) takeOn(shelf, kind, day, blocked);
  return blocked;
}

/** Why a wish is not promised in full, for what its shelf can tell. @internal */
export function shortCode(
  { kind, quantum, units: wanted }: LineWish,
  limit: GroupLimit,
  { total, promised }: { readonly total: bigint; readonly promised: bigint },
): PromiseReasonCode {
  const room = within({ kept: limit.kept, capLeft: undefined }, total);
  if (limit.capLeft !== undefined && limit.capLeft < least(wanted, room)) return "group_cap";
  if (promised === 0n && room > 0n) return room < quantum ? "below_quantum" : "partial_not_allowed";
  if (room < total) return "protected_for_others";
  return total < kind.beganWith ? "taken_by_earlier" : "no_supply";
}
