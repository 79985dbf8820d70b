import type { CalendarDay } from "../core/calendar-day.js";
import type { LineId } from "../model/ids.js";
import { grantedOf, type Granted, type LineWish, type PartUnits } from "./line-wish.js";
import { keepFor, mostFor, onHandFor, roomFor, shortCode } from "./promise-parts.js";
import type { PromiseReasonCode } from "./promised-line.js";
import { dayAt, giveBack, takeOn } from "./promise-shelf.js";
import { firstDayFor, pick, pickedUnits, putBack, type Picked } from "./shelf-supply.js";
import { consumeFor, groupLimit, type GroupLimit, type SupplyStanding } from "../model/supply-standing.js";

/**
 * Promises lines that come together, all in full on one day: the first on which all of each is there. When one of them
 * cannot be had, none is promised.
 *
 * @internal
 */
export function promiseGroup(wishes: readonly LineWish[]): ReadonlyMap<LineId, Granted> {
  const members = membersOf(wishes);
  const isBarred = members.some(({ wish, surely }) => wish.isHeld || mostFor(wish, surely) < wish.whole);
  const found = isBarred ? undefined : commonDay(members);
  if (found?.takes === undefined) {
    const missing = found?.missing ?? members.find(({ code }) => code !== undefined)!;
    const answers = members.map((member): [LineId, Granted] => [member.wish.line.lineId, refused(member, missing)]);
    // Demand that a hold or a cap turns away takes nothing from anybody.
    const limits = new Map(members.map(({ wish, limit }) => [wish, limit]));
    // An allocation tries the choosiest first where lines stand in each other's way, and may serve them so.
    for (const wish of isBarred ? [] : choosiestFirst(wishes)) keepFor(wish, limits.get(wish)!, wish.whole);
    return new Map(answers);
  }
  const { day, takes, latest } = found;
  return new Map(
    members.map(({ wish, alone }, place): [LineId, Granted] => {
      consumeFor(wish.shelf.groups, wish.group, wish.whole);
      consumeFor(wish.shelf.promisedOf, wish.group, wish.whole);
      const kind = takes[place]!.kind;
      const granted = grantedOf(
        wish,
        wish.whole === 0n ? [] : [{ day, units: wish.whole, kind }],
        () => "below_quantum",
      );
      const isWaiting = latest !== wish && alone !== undefined && alone < day && wish.whole > 0n;
      return [wish.line.lineId, isWaiting ? { ...granted, waitsFor: latest.line.lineId } : granted];
    }),
  );
}

/** Those first that have the fewest goods to choose from. */
function choosiestFirst(wishes: readonly LineWish[]): LineWish[] {
  const choiceOf = ({ shelf, kind }: LineWish): bigint =>
    shelf.sources.reduce((sum, { units }, place) => (kind.until[place]! >= 0 ? sum + units : sum), 0n);
  const choices = new Map(wishes.map((wish) => [wish, choiceOf(wish)]));
  return [...wishes].sort((a, b) => compareUnits(choices.get(a)!, choices.get(b)!) || compareUnits(b.whole, a.whole));
}

function compareUnits(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A line among those that come together. */
interface Member {
  readonly wish: LineWish;
  readonly limit: GroupLimit;
  /** What holds it back whatever becomes of demand that has no promise. */
  readonly surely: GroupLimit;
  /** First day on which all of it could be had, were it alone; undefined where there is none. */
  readonly alone: CalendarDay | undefined;
  /** Why it could not, even alone. */
  readonly code: PromiseReasonCode | undefined;
}

function membersOf(wishes: readonly LineWish[]): Member[] {
  const asked = new Map<LineWish["shelf"], bigint>();
  return wishes.map((wish): Member => {
    const before = asked.get(wish.shelf) ?? 0n;
    asked.set(wish.shelf, before + wish.whole);
    const limit = limitAfter(wish.shelf.groups, wish, before);
    const bounds = { limit, surely: limitAfter(wish.shelf.promisedOf, wish, before) };
    if (wish.isHeld) return { wish, ...bounds, alone: undefined, code: "on_hold" };
    if (!wish.isKnown) return { wish, ...bounds, alone: undefined, code: "no_supply" };
    if (wish.whole === 0n) return { wish, ...bounds, alone: wish.from, code: undefined };
    const alone = mostFor(wish, limit) < wish.whole ? undefined : dayFrom(wish, limit, wish.from);
    return { wish, ...bounds, alone, code: alone === undefined ? lackOf(wish, limit) : undefined };
  });
}

/** What holds a line back when the others before it have what they want. */
function limitAfter(standing: SupplyStanding, { group }: LineWish, before: bigint): GroupLimit {
  const { kept, capLeft } = groupLimit(standing, group);
  return { kept, capLeft: capLeft === undefined ? undefined : capLeft > before ? capLeft - before : 0n };
}

function lackOf(wish: LineWish, limit: GroupLimit): PromiseReasonCode {
  return shortCode(wish, limit, { total: roomFor(wish), promised: 0n });
}

/** First day, from a day on, on which all of a line can be had. */
function dayFrom(wish: LineWish, limit: GroupLimit, from: CalendarDay): CalendarDay | undefined {
  const take = takeOf(wish, limit, from);
  if (take === undefined) return undefined;
  undo(wish, take);
  return take.day;
}

/** What was taken for a line. */
interface Take {
  readonly day: CalendarDay;
  readonly kind: PartUnits["kind"];
  /** Of the stock of today; absent where it was taken on a later day, or nothing was. */
  readonly picked?: Picked[];
  readonly isTaken: boolean;
}

/** Takes all of a line on the first day, from a day on, on which it can be had. */
function takeOf(wish: LineWish, { kept }: GroupLimit, from: CalendarDay): Take | undefined {
  const { shelf, kind, whole } = wish;
  if (whole === 0n) return { day: from, kind: "onHand", isTaken: false };
  const { days, isPerishable } = shelf;
  const ask = { ...wish, kept };
  let place = dayAt(days, from);
  let day = from;
  // What lives long enough is known for the days of the shelf alone.
  if (isPerishable && days[place] !== from) {
    place++;
    if (place === days.length) return undefined;
    day = days[place]!;
  }
  if (place === 0) {
    const picked = pick(shelf, ask, whole);
    const units = pickedUnits(picked);
    if (units === whole) return { day, kind: "onHand", picked, isTaken: true };
    putBack(shelf, picked, units);
  }
  const found = firstDayFor(shelf, ask, place, whole);
  if (found < 0) return undefined;
  const onHand = onHandFor(wish, kept, found);
  takeOn(shelf, kind, found, whole);
  return { day: found === place ? day : days[found]!, kind: whole <= onHand ? "onHand" : "scheduled", isTaken: true };
}

function undo({ shelf, whole }: LineWish, { picked, isTaken }: Take): void {
  if (!isTaken) return;
  if (picked === undefined) giveBack(shelf);
  else putBack(shelf, picked, whole);
}

/** What was found for lines that come together. */
type CommonDay =
  | {
      readonly takes: readonly Take[];
      readonly day: CalendarDay;
      /** Line that sets the day. */ readonly latest: LineWish;
    }
  | { readonly takes?: undefined; /** Line that cannot be had. */ readonly missing: Member };

/**
 * Takes all lines on the first day on which each can be had beside the others. A try that fails moves the day on to the
 * first one for the line that failed, so there are no more tries than days on which something changes.
 */
function commonDay(members: readonly Member[]): CommonDay {
  const lacking = members.find(({ alone }) => alone === undefined);
  if (lacking !== undefined) return { missing: lacking };
  let { wish: latest, alone: day } = members[0] as Member & { readonly alone: CalendarDay };
  for (const { wish, alone } of members) if (alone! > day) [latest, day] = [wish, alone!];
  for (;;) {
    const takes: Take[] = [];
    let missing: Member | undefined;
    for (const member of members) {
      const take = takeOf(member.wish, member.limit, day);
      if (take === undefined) missing = { ...member, alone: undefined, code: lackOf(member.wish, member.limit) };
      else takes.push(take);
      if (take?.day !== day) break;
    }
    const last = takes.at(-1);
    if (missing === undefined && last?.day === day) return { takes, day, latest };
    for (let place = takes.length - 1; place >= 0; place--) undo(members[place]!.wish, takes[place]!);
    if (missing !== undefined) return { missing };
    [latest, day] = [members[takes.length - 1]!.wish, last!.day];
  }
}

function refused({ wish, code }: Member, missing: Member): Granted {
  const isMissing = wish === missing.wish;
  const own = isMissing ? missing.code : (code ?? (wish.whole === 0n ? "below_quantum" : undefined));
  const granted = grantedOf(wish, [], () => own ?? "group_incomplete");
  return isMissing ? granted : { ...granted, waitsFor: missing.wish.line.lineId };
}
