import { compareText } from "./compare-text.js";

/**
 * A day of the calendar as `"YYYY-MM-DD"`, without time and without time zone: the order of the texts is the order of the days.
 *
 * Years run from 0001 to 9999.
 */
export type CalendarDay = string & { readonly __brand: "CalendarDay" };

const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS_PER_DAY = 86_400_000;
const FIRST_DAY_NUMBER = -719_162;
const LAST_DAY_NUMBER = 2_932_896;

/**
 * Reads a day from outside, or tells that the input is none.
 *
 * **Rules**
 * 1. Exactly `YYYY-MM-DD`; no time, no blanks, no other order.
 * 2. The day must exist: `"2026-02-30"` is refused. Years 0001 to 9999 of the Gregorian calendar.
 *
 * @param input - anything
 * @returns the day, or undefined when the input is none
 *
 * @example
 * ```ts
 * import { parseCalendarDay } from "ordercycle";
 *
 * parseCalendarDay("2028-02-29"); // => "2028-02-29"
 * parseCalendarDay("2026-02-30"); // => undefined
 * ```
 */
export function parseCalendarDay(input: unknown): CalendarDay | undefined {
  return isCalendarDay(input) ? input : undefined;
}

/**
 * A day written in program code.
 *
 * Input from outside goes through {@link parseCalendarDay}, by the same rules.
 *
 * @param text - the day as `YYYY-MM-DD`
 * @returns the day
 * @throws RangeError when the text is no existing day
 *
 * @example
 * ```ts
 * import { calendarDay } from "ordercycle";
 *
 * calendarDay("2026-11-24"); // => "2026-11-24"
 * ```
 */
export function calendarDay(text: string): CalendarDay {
  if (!isCalendarDay(text)) throw new RangeError(`Not a day of the form YYYY-MM-DD: ${String(text).slice(0, 60)}`);
  return text;
}

/**
 * Tells whether a value is an existing day written as `YYYY-MM-DD`.
 *
 * @param value - anything
 * @returns true for an existing day of the years 0001 to 9999
 *
 * @example
 * ```ts
 * import { isCalendarDay } from "ordercycle";
 *
 * isCalendarDay("2026-02-30"); // => false
 * ```
 */
export function isCalendarDay(value: unknown): value is CalendarDay {
  if (typeof value !== "string" || !DAY_TEXT.test(value)) return false;
  const year = Number.parseInt(value.slice(0, 4), 10);
  const month = Number.parseInt(value.slice(5, 7), 10);
  const day = Number.parseInt(value.slice(8), 10);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * The day a number of days later.
 *
 * @param day - the day
 * @param days - whole days to add; negative ones go back
 * @returns the other day
 * @throws RangeError when the number is not whole, or the result lies outside the years 0001 to 9999
 *
 * @example
 * ```ts
 * import { addDays, calendarDay } from "ordercycle";
 *
 * addDays(calendarDay("2026-12-30"), 3); // => "2027-01-02"
 * ```
 */
export function addDays(day: CalendarDay, days: number): CalendarDay {
  return dayOfNumber(dayNumber(day) + days);
}

/**
 * The number of days from one day to another.
 *
 * @param from - the first day
 * @param to - the second day
 * @returns whole days; negative when the second is the earlier
 *
 * @example
 * ```ts
 * import { calendarDay, daysBetween } from "ordercycle";
 *
 * daysBetween(calendarDay("2026-02-27"), calendarDay("2026-03-01")); // => 2
 * ```
 */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Compares two days; fit for sorting.
 *
 * @param left - a day
 * @param right - a day
 * @returns -1 when left is the earlier, 1 when it is the later, 0 when they are the same
 *
 * @example
 * ```ts
 * import { calendarDay, compareDays } from "ordercycle";
 *
 * compareDays(calendarDay("2026-11-24"), calendarDay("2026-11-25")); // => -1
 * ```
 */
export function compareDays(left: CalendarDay, right: CalendarDay): -1 | 0 | 1 {
  return compareText(left, right);
}

/**
 * The day of the week.
 *
 * @param day - the day
 * @returns 1 for Monday to 7 for Sunday, as in ISO 8601
 *
 * @example
 * ```ts
 * import { calendarDay, dayOfWeek } from "ordercycle";
 *
 * dayOfWeek(calendarDay("2026-11-24")); // => 2
 * ```
 */
export function dayOfWeek(day: CalendarDay): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // Day 0 is a Thursday; the earliest day has a negative number.
  const sinceMonday = (((dayNumber(day) + 3) % 7) + 7) % 7;
  return (sinceMonday + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** Number of days of a month of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function startOfDay(day: CalendarDay): number {
  // Date-only text is read as UTC by the language, whatever the zone of the host.
  const milliseconds = DAY_TEXT.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not a day of the form YYYY-MM-DD: ${String(day).slice(0, 60)}`);
  return milliseconds;
}

function dayNumber(day: CalendarDay): number {
  return startOfDay(day) / MILLISECONDS_PER_DAY;
}

function dayOfNumber(number: number): CalendarDay {
  if (!Number.isInteger(number) || number < FIRST_DAY_NUMBER || number > LAST_DAY_NUMBER) {
    throw new RangeError("The result is no whole day of the years 0001 to 9999.");
  }
  return new Date(number * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as CalendarDay;
}
