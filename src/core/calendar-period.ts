import { tz } from "@date-fns/tz/tz";
import { addMonths as addMonthsToDate } from "date-fns/addMonths";
import { getISOWeek } from "date-fns/getISOWeek";
import { getISOWeekYear } from "date-fns/getISOWeekYear";
import { calendarDay, daysInMonth, type CalendarDay } from "./calendar-day.js";

/**
 * The day a number of months later.
 *
 * **Rules**
 * 1. Where the month is too short, its last day is taken: 31 January plus one month is 28 or 29 February.
 *
 * @param day - the day
 * @param months - whole months to add; negative ones go back
 * @returns the other day
 * @throws RangeError when the number is not whole, or the result lies outside the years 0001 to 9999
 *
 * @example
 * ```ts
 * import { addMonths, calendarDay } from "ordercycle";
 *
 * addMonths(calendarDay("2026-01-31"), 1); // => "2026-02-28"
 * ```
 */
export function addMonths(day: CalendarDay, months: number): CalendarDay {
  if (!Number.isInteger(months)) throw new RangeError(`Months must be a whole number, not ${months}.`);
  const moved = addMonthsToDate(startOf(day), months, { in: tz("UTC") });
  if (Number.isNaN(moved.getTime())) throw new RangeError(`${months} months from ${day} is no day of the calendar.`);
  return calendarDay(new Date(moved.getTime()).toISOString().slice(0, 10));
}

/**
 * The week of the year in which a day lies, by ISO 8601: weeks start on Monday, and a week belongs to the year of its Thursday.
 *
 * @param day - the day
 * @returns text such as `"2026-W48"`, in the order of time
 *
 * @example
 * ```ts
 * import { calendarDay, weekOf } from "ordercycle";
 *
 * weekOf(calendarDay("2027-01-01")); // => "2026-W53"
 * ```
 */
export function weekOf(day: CalendarDay): string {
  const start = startOf(day);
  const year = String(getISOWeekYear(start, { in: tz("UTC") })).padStart(4, "0");
  return `${year}-W${String(getISOWeek(start, { in: tz("UTC") })).padStart(2, "0")}`;
}

/**
 * The first day of the month in which a day lies.
 *
 * @param day - the day
 * @returns the first of the month
 *
 * @example
 * ```ts
 * import { calendarDay, firstDayOfMonth } from "ordercycle";
 *
 * firstDayOfMonth(calendarDay("2026-11-24")); // => "2026-11-01"
 * ```
 */
export function firstDayOfMonth(day: CalendarDay): CalendarDay {
  return `${day.slice(0, 8)}01` as CalendarDay;
}

/**
 * The last day of the month in which a day lies.
 *
 * @param day - the day
 * @returns the 28th, 29th, 30th or 31st
 *
 * @example
 * ```ts
 * import { calendarDay, lastDayOfMonth } from "ordercycle";
 *
 * lastDayOfMonth(calendarDay("2028-02-01")); // => "2028-02-29"
 * ```
 */
export function lastDayOfMonth(day: CalendarDay): CalendarDay {
  const year = Number.parseInt(day.slice(0, 4), 10);
  const month = Number.parseInt(day.slice(5, 7), 10);
  return `${day.slice(0, 8)}${daysInMonth(year, month)}` as CalendarDay;
}

/** Midnight of the day in UTC, so that the zone of the host does not matter. */
function startOf(day: CalendarDay): Date {
  return new Date(Date.parse(calendarDay(day)));
}
