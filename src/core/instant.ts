import { compareText } from "./compare-text.js";

/**
 * A moment in time as ISO 8601 text in UTC with milliseconds, `"2026-11-24T06:46:19.000Z"`: the order of the texts is the order in time.
 *
 * Years run from 0001 to 9999.
 */
export type Instant = string & { readonly __brand: "Instant" };

const INSTANT_TEXT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;
const CANONICAL_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const FIRST_MILLISECOND = -62_135_596_800_000;
const LAST_MILLISECOND = 253_402_300_799_999;
const MILLISECONDS_PER_MINUTE = 60_000;
// The calendar repeats after 400 years; two-digit years, which Date.UTC takes for 19xx, are computed there.
const YEARS_OF_CYCLE = 400;
const MILLISECONDS_OF_CYCLE = 146_097 * 86_400_000;

/**
 * Reads a moment in time from outside, or tells that the input is none.
 *
 * **Rules**
 * 1. ISO 8601 date and time with `Z` or an offset `±hh:mm`; a local time without offset is refused. Seconds may be left out.
 * 2. Up to nine digits of a fraction of a second are read; beyond milliseconds they are cut off, not rounded, so that a moment never
 *    moves into the next second.
 * 3. Days that do not exist, hour 24, leap seconds (`:60`) and offsets beyond ±23:59 are refused.
 * 4. Years 0001 to 9999, after the offset is applied.
 *
 * @param input - anything
 * @returns the instant in UTC, or undefined when the input is none
 *
 * @example
 * ```ts
 * import { parseInstant } from "ordercycle";
 *
 * parseInstant("2026-11-24T07:46+01:00"); // => "2026-11-24T06:46:00.000Z"
 * parseInstant("2026-11-24T07:46:00"); // => undefined
 * ```
 */
export function parseInstant(input: unknown): Instant | undefined {
  if (typeof input !== "string" || input.length > 40) return undefined;
  const match = INSTANT_TEXT.exec(input);
  if (match === null) return undefined;
  const field = (index: number): number => Number.parseInt(match[index] ?? "0", 10);
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)];
  if (hour > 23 || minute > 59 || second > 59 || field(9) > 23 || field(10) > 59) return undefined;
  const millisecond = Number.parseInt((match[7] ?? "").padEnd(3, "0").slice(0, 3), 10);
  const local = utcMilliseconds(year, month, day, hour, minute, second, millisecond);
  if (local === undefined) return undefined;
  const offset = (field(9) * 60 + field(10)) * MILLISECONDS_PER_MINUTE;
  const moment = match[8] === "-" ? local + offset : local - offset;
  return moment < FIRST_MILLISECOND || moment > LAST_MILLISECOND ? undefined : textOf(moment);
}

/**
 * An instant written in program code.
 *
 * Input from outside goes through {@link parseInstant}, by the same rules.
 *
 * @param text - ISO 8601 date and time with `Z` or an offset
 * @returns the instant in UTC
 * @throws RangeError when the text is no instant
 *
 * @example
 * ```ts
 * import { instant } from "ordercycle";
 *
 * instant("2026-11-24T06:46:19Z"); // => "2026-11-24T06:46:19.000Z"
 * ```
 */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new RangeError(`Not an instant with time zone offset: ${String(text).slice(0, 60)}`);
  return parsed;
}

/**
 * Tells whether a value is an instant in its canonical form.
 *
 * @param value - anything
 * @returns true for existing moments written like `"2026-11-24T06:46:19.000Z"`
 *
 * @example
 * ```ts
 * import { isInstant } from "ordercycle";
 *
 * isInstant("2026-11-24T06:46:19.000Z"); // => true
 * isInstant("2026-11-24T06:46:19Z"); // => false
 * ```
 */
export function isInstant(value: unknown): value is Instant {
  return typeof value === "string" && CANONICAL_TEXT.test(value) && parseInstant(value) === value;
}

/**
 * Compares two instants; fit for sorting.
 *
 * @param left - a moment
 * @param right - a moment
 * @returns -1 when left is the earlier, 1 when it is the later, 0 when they are the same
 *
 * @example
 * ```ts
 * import { compareInstants, instant } from "ordercycle";
 *
 * compareInstants(instant("2026-01-01T00:00:00Z"), instant("2026-01-01T00:00:01Z")); // => -1
 * ```
 */
export function compareInstants(left: Instant, right: Instant): -1 | 0 | 1 {
  return compareText(left, right);
}

/**
 * The milliseconds since 1970-01-01 in UTC, for arithmetic in bulk.
 *
 * @param moment - the moment
 * @returns milliseconds, negative before 1970
 * @throws RangeError when the text is no canonical instant
 *
 * @example
 * ```ts
 * import { instant, toEpochMilliseconds } from "ordercycle";
 *
 * toEpochMilliseconds(instant("1970-01-01T00:01:00Z")); // => 60000
 * ```
 */
export function toEpochMilliseconds(moment: Instant): number {
  const milliseconds = CANONICAL_TEXT.test(moment) ? Date.parse(moment) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not a canonical instant: ${String(moment).slice(0, 60)}`);
  return milliseconds;
}

/**
 * The instant a number of milliseconds after 1970-01-01 in UTC.
 *
 * @param milliseconds - whole milliseconds, negative before 1970
 * @returns the instant
 * @throws RangeError when the number is not whole, or the moment lies outside the years 0001 to 9999
 *
 * @example
 * ```ts
 * import { fromEpochMilliseconds } from "ordercycle";
 *
 * fromEpochMilliseconds(60000); // => "1970-01-01T00:01:00.000Z"
 * ```
 */
export function fromEpochMilliseconds(milliseconds: number): Instant {
  if (!Number.isInteger(milliseconds) || milliseconds < FIRST_MILLISECOND || milliseconds > LAST_MILLISECOND) {
    throw new RangeError(`Not a moment of the years 0001 to 9999 in whole milliseconds: ${milliseconds}`);
  }
  return textOf(milliseconds);
}

/**
 * The instant a number of milliseconds later.
 *
 * @param moment - the moment
 * @param milliseconds - whole milliseconds to add; negative ones go back in time
 * @returns the other moment
 * @throws RangeError when the number is not whole, or the moment lies outside the years 0001 to 9999
 *
 * @example
 * ```ts
 * import { addMilliseconds, instant } from "ordercycle";
 *
 * addMilliseconds(instant("2026-11-24T06:46:19Z"), 1500); // => "2026-11-24T06:46:20.500Z"
 * ```
 */
export function addMilliseconds(moment: Instant, milliseconds: number): Instant {
  return fromEpochMilliseconds(toEpochMilliseconds(moment) + milliseconds);
}

/**
 * The time from one instant to another.
 *
 * @param from - the first moment
 * @param to - the second moment
 * @returns milliseconds; negative when the second is the earlier
 *
 * @example
 * ```ts
 * import { instant, millisecondsBetween } from "ordercycle";
 *
 * millisecondsBetween(instant("2026-11-24T06:00:00Z"), instant("2026-11-24T07:00:00Z")); // => 3600000
 * ```
 */
export function millisecondsBetween(from: Instant, to: Instant): number {
  return toEpochMilliseconds(to) - toEpochMilliseconds(from);
}

function textOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

function utcMilliseconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number | undefined {
  if (year === 0 || month < 1 || month > 12 || day < 1) return undefined;
  const shifted = year + YEARS_OF_CYCLE;
  const lastDay = new Date(Date.UTC(shifted, month, 0)).getUTCDate();
  if (day > lastDay) return undefined;
  return Date.UTC(shifted, month - 1, day, hour, minute, second, millisecond) - MILLISECONDS_OF_CYCLE;
}
