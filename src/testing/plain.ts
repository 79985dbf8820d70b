import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { LocalTime } from "../core/time-zone.js";

/**
 * The same shape with plain text in place of decimals, instants, days and times, so that a test may write `"2.5"`
 * where the model wants a `Decimal`.
 */
export type Plain<T> = T extends string
  ? T extends Decimal | Instant | CalendarDay | LocalTime
    ? string
    : T
  : T extends readonly (infer Element)[]
    ? readonly Plain<Element>[]
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

/** What a fixture lets a test say: any part of the shape, in plain text; the rest is filled in. */
export type PlainPart<T> = Partial<Plain<T>>;

/**
 * Takes a complete shape in plain text for the model's own. The compiler checks that every field is there; that texts
 * are canonical is for the fixture to see to.
 */
export function complete<T>(plain: Plain<T>): T {
  return plain as unknown as T;
}
