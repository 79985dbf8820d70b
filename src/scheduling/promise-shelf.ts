import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import type { SupplyStanding } from "../model/supply-standing.js";
import { unitsOf, type DatedItemQuantity } from "./available-to-promise.js";
import { balanceTree, type BalanceTree } from "./balance-tree.js";
import type { DatedSupply } from "./dated-supply.js";
import { firstIndex } from "./first-index.js";

/** More than any quantity. @internal */
export const ANY: bigint = 10n ** 40n;

/** One item of one owner, while promises are taken from it. Days are counted along its own `days`. @internal */
export interface PromiseShelf {
  /**
   * Today, and each later day on which something comes, goes or is asked for. Each stands there twice where lines must
   * come together with other items: the second one is the time until the next.
   */
  readonly days: readonly CalendarDay[];
  /** Supplies, each from its day on. */
  readonly sources: readonly Source[];
  /** Whether any of them expires. */
  readonly isPerishable: boolean;
  /** Kinds of supply that lines ask for, as they were first asked for. */
  readonly kinds: SupplyKind[];
  /** All of it that has not expired and lies, or comes, where somebody may be served from. */
  readonly all: SupplyKind;
  /** What was taken on later days. */
  readonly takings: Taking[];
  /** The stock of today, as it is picked for each area. */
  readonly queues: PickQueue[];
  /** Caps and minimums, used by all that is asked for and could be served. */
  readonly groups: SupplyStanding;
  /** The same, used by what was promised alone. */
  readonly promisedOf: SupplyStanding;
  /** Units that are kept for demand without a promise: an allocation may give them to others. */
  unpromised: bigint;
}

/** A supply on a shelf. @internal */
interface Source {
  readonly supply: DatedSupply;
  /** First day. */
  readonly from: number;
  readonly units: bigint;
  /** What is left of the stock of today; what comes later is counted by day alone. */
  left: bigint;
}

/** The stock of today in the order in which it is picked. @internal */
export interface PickQueue {
  /** Positions of the sources. */
  readonly order: readonly number[];
  /** Turn of each source. */
  readonly turnOf: readonly number[];
  /** First turn with something left. */
  head: number;
}

/** The supplies that lines of one kind may have. @internal */
export interface SupplyKind {
  /** Balance of each day: what of it is there and not taken. */
  readonly tree: BalanceTree;
  /** Last day on which each source may go to such a line; -1 where it never may. */
  readonly until: readonly number[];
  /** Last day on which some of it comes. */
  readonly lastReceipt: number;
  /** What could be promised in all before the first promise. */
  readonly beganWith: bigint;
  /** Units that may also go to lines of another kind. */
  readonly shared: Map<SupplyKind, bigint>;
}

/** What was taken on a later day, from no certain source. */
interface Taking {
  readonly kind: SupplyKind;
  readonly day: number;
  readonly units: bigint;
}

/** What is put on a shelf. @internal */
export interface ShelfFacts {
  readonly supplies: readonly DatedSupply[];
  /** What is committed besides the orders. */
  readonly demands: readonly DatedItemQuantity[];
  /** Whether anybody may be served from a supply: what lies elsewhere covers no minimum. */
  readonly mayServe: (supply: DatedSupply) => boolean;
}

/** Puts supplies on a shelf and takes what is committed besides the orders. @internal */
export function openShelf(
  days: readonly CalendarDay[],
  { supplies, demands, mayServe }: ShelfFacts,
  { groups, promisedOf }: Pick<PromiseShelf, "groups" | "promisedOf">,
): PromiseShelf {
  const today = days[0]!;
  const sources = supplies
    .filter(({ day, condition }) => day >= today && condition !== "held")
    .map((supply): Source => {
      const units = unitsOf(supply.quantity);
      return { supply, from: dayAt(days, supply.day), units, left: units };
    });
  const isPerishable = sources.some(({ supply }) => supply.expiresOn !== undefined);
  const kinds: SupplyKind[] = [];
  const takings: Taking[] = [];
  const open = { days, sources, isPerishable, kinds, takings };
  const all = addKind(open, untilFor(open, { mayUse: mayServe, life: 1 }), demands);
  const shelf: PromiseShelf = { ...open, all, groups, promisedOf, queues: [], unpromised: 0n };
  for (const { day, quantity } of demands) takeOn(shelf, all, Math.max(0, dayAt(days, day)), unitsOf(quantity));
  return shelf;
}

/**
 * Position of a day among days, or of the time after the last one before it. Days that stand there twice have a time after
 * them that belongs to days of which the shelf does not know.
 *
 * @internal
 */
export function dayAt(days: readonly CalendarDay[], day: CalendarDay): number {
  const place = firstIndex(days.length, (index) => days[index]! > day) - 1;
  return days[place] === day && days[place - 1] === day ? place - 1 : place;
}

/** What a line asks of its sources. @internal */
export interface SourceWish {
  readonly mayUse: (supply: DatedSupply) => boolean;
  /** Days of life that a lot must still have on the day of delivery, at least one. */
  readonly life: number;
  /** Day before which the goods are not delivered. */
  readonly deliveredOn?: CalendarDay | undefined;
}

/** Last day on which each source may go to a line; -1 where it never may. @internal */
export function untilFor(
  { days, sources }: Pick<PromiseShelf, "days" | "sources">,
  { mayUse, life, deliveredOn }: SourceWish,
): number[] {
  const today = days[0]!;
  return sources.map(({ supply, from }) => {
    if (!mayUse(supply)) return -1;
    if (supply.expiresOn === undefined) return days.length - 1;
    const lives = daysBetween(today, supply.expiresOn) - life;
    if (deliveredOn !== undefined && lives < daysBetween(today, deliveredOn)) return -1;
    const until = firstIndex(days.length, (index) => daysBetween(today, days[index]!) > lives) - 1;
    return until < from ? -1 : until;
  });
}

/** Adds a kind of supply to a shelf, as it stands after all that was promised. @internal */
export function addKind(
  { days, sources, kinds, takings }: Pick<PromiseShelf, "days" | "sources" | "kinds" | "takings">,
  until: readonly number[],
  demands: readonly DatedItemQuantity[] = [],
): SupplyKind {
  const changes = new Array<bigint>(days.length + 1).fill(0n);
  let lastReceipt = 0;
  for (const [place, { from, left, units }] of sources.entries()) {
    if (until[place]! < 0) continue;
    changes[from]! += left;
    changes[until[place]! + 1]! -= left;
    if (units > 0n) lastReceipt = Math.max(lastReceipt, from);
  }
  const committed = demands.reduce((sum, { quantity }) => sum + unitsOf(quantity), 0n);
  const total = sources.reduce(
    (sum, { from, units }, place) => (from <= lastReceipt && until[place]! >= lastReceipt ? sum + units : sum),
    0n,
  );
  let balance = 0n;
  const tree = balanceTree(days.map((_, day) => (balance += changes[day]!)));
  const shared = new Map<SupplyKind, bigint>();
  const kind = { tree, until, lastReceipt, beganWith: notBelowZero(total - committed), shared };
  for (const other of kinds) {
    const both = sources.reduce(
      (sum, { units }, place) => (until[place]! >= 0 && other.until[place]! >= 0 ? sum + units : sum),
      0n,
    );
    if (both === 0n) continue;
    shared.set(other, both);
    other.shared.set(kind, both);
  }
  shared.set(kind, ANY);
  for (const taking of takings) {
    const units = least(taking.units, shared.get(taking.kind) ?? 0n);
    tree.add(taking.day, days.length - 1, -units);
  }
  kinds.push(kind);
  return kind;
}

/**
 * Takes units on a day, of which nobody knows yet from which source: they count against every kind that may go to the
 * same lines, as far as both can have the same goods. The day is guarded.
 *
 * @internal
 */
export function takeOn(shelf: PromiseShelf, kind: SupplyKind, day: number, units: bigint): void {
  move(shelf, { kind, day, units }, 1);
  shelf.takings.push({ kind, day, units });
}

/** Gives back what was taken last. @internal */
export function giveBack(shelf: PromiseShelf): void {
  move(shelf, shelf.takings.pop()!, -1);
}

function move({ days }: PromiseShelf, { kind, day, units }: Taking, times: 1 | -1): void {
  for (const [other, both] of kind.shared) other.tree.add(day, days.length - 1, -BigInt(times) * least(units, both));
  kind.tree.guard(day, times);
}

/** The smaller of two. @internal */
export function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

/** Nothing, where it is less. @internal */
export function notBelowZero(units: bigint): bigint {
  return units > 0n ? units : 0n;
}
