import { compareDays, type CalendarDay } from "../core/calendar-day.js";
import { compare, fromUnits, isNegative, minimum, subtract, toUnits, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { CustomerCode, ItemCode } from "../model/ids.js";
import { firstIndex, indexOn } from "./first-index.js";
import { isWithinDigits, QUANTITY_DIGITS } from "../model/digit-limit.js";
import { wholeSteps } from "../model/whole-steps.js";

/** A quantity and the day on which it comes, goes, or can be had. */
export interface DatedQuantity {
  /** Day. */
  readonly day: CalendarDay;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/** A dated quantity of an item. */
export interface DatedItemQuantity extends DatedQuantity {
  /** Item. */
  readonly itemCode: ItemCode;
  /** The customer whose goods these are, in store with us; absent for our own. */
  readonly owner?: CustomerCode;
}

/** Why quantities cannot be counted. */
export type DatedQuantityIssue = IssueOf<{
  "promise.negative": { readonly quantity: Decimal };
  "promise.out_of_range": { readonly quantity: Decimal };
}>;

/** What an availability rests on besides supplies and demands. */
export interface AvailableToPromiseOptions {
  /** Today in the seller's calendar: the first day of the answer. */
  readonly today: CalendarDay;
}

/** A promise in parts. */
export interface SplitPromise {
  /** What comes when, earliest first. */
  readonly parts: readonly DatedQuantity[];
  /** What no supply is there for. */
  readonly short: Decimal;
}

/** How a quantity may be promised. */
export interface SplitPromiseOptions {
  /** Nothing is promised for a day before this one. */
  readonly notBefore?: CalendarDay;
  /** Smallest step, above zero: every part is a multiple of it. */
  readonly quantum?: Decimal;
}

/**
 * Works out how much of an item may still be promised for each day without breaking a promise that was given before.
 *
 * **Rules**
 * 1. With the supply S and the committed demand D of all days up to and with a day, ATP(t) = max(0, min over u ≥ t of
 *    S(u) − D(u)): what can be added on day t without making the balance of any later day negative.
 * 2. Supply and demand of one day meet on that day. Stock on hand is a supply of today.
 * 3. Demand of an earlier day is overdue and counts today. Supply of an earlier day has not come and counts for nothing:
 *    who still trusts it gives it a new day.
 * 4. The answer names today and each day on which the quantity rises; between them it stays the same.
 *
 * @param supplies stock on hand and what is expected, in the base unit, in any order
 * @param demands what is committed and not yet taken from the stock on hand, in any order
 * @param options today
 * @returns steps: the quantity that can be had from each day on, in all and not in addition. n log n.
 *
 * **Source:** mission 8.1; definition B9
 * @example
 * ```ts
 * import { availableToPromise, calendarDay, decimal } from "ordercycle";
 * const on = (day: string, quantity: string) => ({ day: calendarDay(day), quantity: decimal(quantity) });
 * const supplies = [on("2026-03-02", "20"), on("2026-03-04", "30"), on("2026-03-06", "10")];
 * const demands = [on("2026-03-02", "5"), on("2026-03-03", "10"), on("2026-03-05", "25")];
 * const found = availableToPromise(supplies, demands, { today: calendarDay("2026-03-02") });
 * found.ok && found.value.map(({ quantity }) => quantity); // => ["5", "10", "20"]
 * ```
 */
export function availableToPromise(
  supplies: readonly DatedQuantity[],
  demands: readonly DatedQuantity[],
  { today }: AvailableToPromiseOptions,
): Result<readonly DatedQuantity[], DatedQuantityIssue> {
  const issues = [...quantityIssues(supplies, "supplies"), ...quantityIssues(demands, "demands")];
  if (issues.length > 0) return refuse(issues);
  const steps = availableUnits(supplies, demands, today);
  return ok(steps.map(({ day, units }) => ({ day, quantity: quantityOf(units) })));
}

/**
 * Finds the first day on which a quantity can be had at one go.
 *
 * @param steps as `availableToPromise` gives them
 * @param quantity in the base unit, not negative
 * @param options `notBefore`: first day that is of use
 * @returns the day; undefined where no supply is there for the whole of it. log n.
 * @throws RangeError for a negative quantity
 *
 * **Source:** mission 8.1, 8.2; definition B9
 * @example
 * ```ts
 * import { calendarDay, decimal, earliestDate } from "ordercycle";
 * const steps = [{ day: calendarDay("2026-03-02"), quantity: decimal("5") }, { day: calendarDay("2026-03-04"), quantity: decimal("10") }];
 * earliestDate(steps, decimal("6")); // => "2026-03-04"
 * ```
 */
export function earliestDate(
  steps: readonly DatedQuantity[],
  quantity: Decimal,
  { notBefore }: Pick<SplitPromiseOptions, "notBefore"> = {},
): CalendarDay | undefined {
  if (isNegative(quantity)) throw new RangeError(`A quantity of ${quantity} cannot be promised.`);
  const enough = firstIndex(steps.length, (index) => compare((steps[index] as DatedQuantity).quantity, quantity) >= 0);
  const day = steps[enough]?.day;
  return day === undefined ? undefined : laterOf(day, notBefore);
}

/**
 * Promises a quantity in parts, each as early as the supply allows.
 *
 * **Rules**
 * 1. By every day, as much is promised as can be had by then, in whole steps, and no more than is asked for.
 * 2. What is left at the end is short.
 *
 * @param steps as `availableToPromise` gives them
 * @param quantity in the base unit, not negative
 * @param options first day of use, and the step
 * @returns the parts and what is short; together the quantity
 * @throws RangeError for a negative quantity, or a step that is not above zero
 *
 * **Source:** mission 8.1; definition B9
 * @example
 * ```ts
 * import { calendarDay, decimal, splitPromise } from "ordercycle";
 * const steps = [{ day: calendarDay("2026-03-02"), quantity: decimal("5") }, { day: calendarDay("2026-03-04"), quantity: decimal("10") }];
 * splitPromise(steps, decimal("12")); // => {"parts":[{"day":"2026-03-02","quantity":"5"},{"day":"2026-03-04","quantity":"5"}],"short":"2"}
 * ```
 */
export function splitPromise(
  steps: readonly DatedQuantity[],
  quantity: Decimal,
  { notBefore, quantum }: SplitPromiseOptions = {},
): SplitPromise {
  if (isNegative(quantity)) throw new RangeError(`A quantity of ${quantity} cannot be promised.`);
  const first = notBefore === undefined ? 0 : indexOn(steps, notBefore);
  const parts: DatedQuantity[] = [];
  let promised = ZERO;
  for (const step of steps.slice(Math.max(first, 0))) {
    const most = minimum(step.quantity, quantity);
    const whole = wholeSteps(most, quantum);
    if (compare(whole, promised) <= 0) continue;
    parts.push({ day: laterOf(step.day, notBefore), quantity: subtract(whole, promised) });
    promised = whole;
  }
  return { parts, short: subtract(quantity, promised) };
}

/** What can be had from a day on, in all: below zero where more is committed than there is. @internal */
export interface DayBalance {
  /** Today, or a day on which something comes or goes. */
  readonly day: CalendarDay;
  /** The least balance of the day and all later ones. */
  readonly units: bigint;
}

/** Applies the rules of `availableToPromise` to quantities that are known to be in range. @internal */
function availableUnits(
  supplies: readonly DatedQuantity[],
  demands: readonly DatedQuantity[],
  today: CalendarDay,
): DayBalance[] {
  const least = leastBalances(supplies, demands, today);
  const steps = least.map(({ day, units }) => ({ day, units: units > 0n ? units : 0n }));
  return steps.filter(({ units }, index) => index === 0 || units !== steps[index - 1]!.units);
}

/** The least balance of each day and all later ones, of quantities that are known to be in range. @internal */
export function leastBalances(
  supplies: readonly DatedQuantity[],
  demands: readonly DatedQuantity[],
  today: CalendarDay,
): DayBalance[] {
  const changes = new Map<CalendarDay, bigint>([[today, 0n]]);
  const change = (day: CalendarDay, units: bigint): void => void changes.set(day, (changes.get(day) ?? 0n) + units);
  for (const { day, quantity } of supplies) if (day >= today) change(day, unitsOf(quantity));
  for (const { day, quantity } of demands) change(laterOf(today, day), -unitsOf(quantity));
  let balance = 0n;
  const days = [...changes].sort(([a], [b]) => compareDays(a, b));
  const balances = days.map(([day, units]) => ({ day, units: (balance += units) }));
  for (let index = balances.length - 2; index >= 0; index--) {
    const later = balances[index + 1]!.units;
    if (later < balances[index]!.units) balances[index]!.units = later;
  }
  return balances;
}

/** Reasons why quantities of a list cannot be counted. @internal */
export function quantityIssues(
  list: readonly { readonly quantity: Decimal }[],
  ...path: readonly (string | number)[]
): DatedQuantityIssue[] {
  return list.flatMap(({ quantity }, index) => quantityIssue(quantity, [...path, index, "quantity"]));
}

/** The reason why a quantity cannot be counted, if there is one. @internal */
export function quantityIssue(quantity: Decimal, path: readonly (string | number)[]): DatedQuantityIssue[] {
  if (isNegative(quantity)) return [issue("promise.negative", path, { quantity })];
  return isWithinDigits(quantity, QUANTITY_DIGITS) ? [] : [issue("promise.out_of_range", path, { quantity })];
}

/** A quantity in the finest units that a record may state, so that none is ever rounded. @internal */
export function unitsOf(quantity: Decimal): bigint {
  return toUnits(quantity, QUANTITY_DIGITS.decimals);
}

/** The inverse of `unitsOf`. @internal */
export function quantityOf(units: bigint): Decimal {
  return fromUnits(units, QUANTITY_DIGITS.decimals);
}

/** The later of a day and another, if there is another. @internal */
export function laterOf(day: CalendarDay, other: CalendarDay | undefined): CalendarDay {
  return other !== undefined && other > day ? other : day;
}
