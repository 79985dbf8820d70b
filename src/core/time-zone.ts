import { tzOffset } from "@date-fns/tz/tzOffset";
import { type CalendarDay, isCalendarDay } from "./calendar-day.js";
import { type Instant, fromEpochMilliseconds, toEpochMilliseconds } from "./instant.js";

/** A time of day on the wall clock of some place, `"HH:mm"` or `"HH:mm:ss"`, from 00:00 to 23:59:59. */
export type LocalTime = string & { readonly __brand: "LocalTime" };

const LOCAL_TIME_TEXT = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;
const TWO_DIGIT_OFFSET = /[+-]\d\d/;
const FIXED_OFFSET_ZONE = /^Etc\/GMT(\+1[0-2]|-1[0-4])$/;
const MILLISECONDS_PER_MINUTE = 60_000;
const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Tells whether a value is a time of day on a wall clock.
 *
 * @param value - anything
 * @returns true for `"HH:mm"` and `"HH:mm:ss"` from 00:00 to 23:59:59; `"24:00"` and `"9:00"` are refused
 *
 * @example
 * ```ts
 * import { isLocalTime } from "ordercycle";
 *
 * isLocalTime("16:30"); // => true
 * isLocalTime("24:00"); // => false
 * ```
 */
export function isLocalTime(value: unknown): value is LocalTime {
  return typeof value === "string" && LOCAL_TIME_TEXT.test(value);
}

/**
 * A time of day written in program code; input from outside is asked with {@link isLocalTime}.
 *
 * @param text - the time as `HH:mm` or `HH:mm:ss`
 * @returns the time
 * @throws RangeError when the text is no time of day
 *
 * @example
 * ```ts
 * import { timeOfDay } from "ordercycle";
 *
 * timeOfDay("16:30"); // => "16:30"
 * ```
 */
export function timeOfDay(text: string): LocalTime {
  if (!isLocalTime(text))
    throw new RangeError(`Not a time of the form HH:mm or HH:mm:ss: ${String(text).slice(0, 60)}`);
  return text;
}

/**
 * Tells whether a text is the name of a time zone that this system knows.
 *
 * **Rules**
 * 1. Names of the IANA database, such as `"Europe/Berlin"`, `"UTC"`, and its old names, such as `"Asia/Calcutta"`.
 * 2. Bare offsets such as `"+02:00"` are refused: a place has rules for summer time, an offset has none.
 *
 * @param name - anything
 * @returns true for a known name
 *
 * @example
 * ```ts
 * import { isTimeZone } from "ordercycle";
 *
 * isTimeZone("Europe/Berlin"); // => true
 * isTimeZone("+02:00"); // => false
 * ```
 */
export function isTimeZone(name: unknown): name is string {
  if (typeof name !== "string" || name.length > 64 || !ZONE_NAME.test(name)) return false;
  // tzOffset reads digits out of names the system does not know, so "Nowhere/X+05" would pass.
  if (TWO_DIGIT_OFFSET.test(name) && !FIXED_OFFSET_ZONE.test(name)) return false;
  const offset: unknown = tzOffset(name, new Date(0));
  return typeof offset === "number" && !Number.isNaN(offset);
}

/**
 * The moment at which the clocks of a place show a given time on a given day.
 *
 * **Rules**
 * 1. A time that the clocks skip when summer time begins counts as if they had not been put forward: 02:30 becomes 03:30.
 * 2. A time that the clocks show twice when summer time ends is the second one.
 * 3. The result does not depend on the time zone of the machine.
 *
 * @param day - the day in that place
 * @param time - the time of day in that place, `"HH:mm"` or `"HH:mm:ss"`
 * @param zone - IANA name of the time zone
 * @returns the moment in UTC
 * @throws RangeError when the zone is unknown, or day or time are malformed
 *
 * @example
 * ```ts
 * import { calendarDay, zonedInstant } from "ordercycle";
 *
 * zonedInstant(calendarDay("2026-11-24"), "16:00", "Europe/Berlin"); // => "2026-11-24T15:00:00.000Z"
 * ```
 */
export function zonedInstant(day: CalendarDay, time: string, zone: string): Instant {
  if (!isCalendarDay(day)) throw new RangeError(`Not a day of the form YYYY-MM-DD: ${String(day).slice(0, 60)}`);
  if (!isLocalTime(time))
    throw new RangeError(`Not a time of the form HH:mm or HH:mm:ss: ${String(time).slice(0, 60)}`);
  checkTimeZone(zone);
  const wall = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}.000Z`);
  // Whatever the zone, one day before and after lie on the other sides of a change of the clocks near the wall time.
  const before = offsetAt(wall - MILLISECONDS_PER_DAY, zone);
  const after = offsetAt(wall + MILLISECONDS_PER_DAY, zone);
  const later = wall - after;
  return fromEpochMilliseconds(offsetAt(later, zone) === after ? later : wall - before);
}

/**
 * The day that the calendar of a place shows at a moment.
 *
 * @param moment - the moment
 * @param zone - IANA name of the time zone
 * @returns the day in that place
 * @throws RangeError when the zone is unknown
 *
 * @example
 * ```ts
 * import { instant, localDay } from "ordercycle";
 *
 * localDay(instant("2026-11-24T23:30:00Z"), "Europe/Berlin"); // => "2026-11-25"
 * ```
 */
export function localDay(moment: Instant, zone: string): CalendarDay {
  return wallText(moment, zone).slice(0, 10) as CalendarDay;
}

/**
 * The time of day that the clocks of a place show at a moment.
 *
 * @param moment - the moment
 * @param zone - IANA name of the time zone
 * @returns the time in that place as `"HH:mm:ss"`, fractions of a second cut off
 * @throws RangeError when the zone is unknown
 *
 * @example
 * ```ts
 * import { instant, localTime } from "ordercycle";
 *
 * localTime(instant("2026-11-24T23:30:00Z"), "Europe/Berlin"); // => "00:30:00"
 * ```
 */
export function localTime(moment: Instant, zone: string): LocalTime {
  return wallText(moment, zone).slice(11, 19) as LocalTime;
}

function wallText(moment: Instant, zone: string): string {
  checkTimeZone(zone);
  const milliseconds = toEpochMilliseconds(moment);
  return fromEpochMilliseconds(milliseconds + offsetAt(milliseconds, zone));
}

function checkTimeZone(zone: string): void {
  if (!isTimeZone(zone)) throw new RangeError(`Unknown time zone: ${String(zone).slice(0, 60)}`);
}

/** Offset from UTC in milliseconds; offsets of the 19th century have seconds, so minutes may be fractions. */
function offsetAt(milliseconds: number, zone: string): number {
  return Math.round(tzOffset(zone, new Date(milliseconds)) * MILLISECONDS_PER_MINUTE);
}
