import { integer, type Arbitrary } from "fast-check";
import { addDays, calendarDay, type CalendarDay } from "../../core/calendar-day.js";

/**
 * Days of the years 2026 and 2027.
 *
 * @returns a fast-check arbitrary
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { isCalendarDay } from "ordercycle";
 * import { arbitraryCalendarDay } from "ordercycle/testing";
 * fc.sample(arbitraryCalendarDay(), 50).every(isCalendarDay); // => true
 * ```
 */
export function arbitraryCalendarDay(): Arbitrary<CalendarDay> {
  const begin = calendarDay("2026-01-01");
  return integer({ min: 0, max: 2 * 365 - 1 }).map((passed) => addDays(begin, passed));
}
