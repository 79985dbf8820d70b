import type { CalendarDay } from "../core/calendar-day.js";
import type { OrderLine } from "../model/order-line.js";
import { quantityOf } from "./available-to-promise.js";
import type { PromiseShelf } from "./promise-shelf.js";
import type { ShelfWish } from "./shelf-supply.js";
import type { PromisedLine, PromisedPart } from "./promised-line.js";

/** What a line asks of its shelf. @internal */
export interface LineWish extends Omit<ShelfWish, "kept"> {
  readonly line: OrderLine;
  readonly shelf: PromiseShelf;
  readonly units: bigint;
  /** What comes on one day is a multiple of this. */
  readonly quantum: bigint;
  /** All of it that comes in whole steps. */
  readonly whole: bigint;
  readonly group: string | undefined;
  readonly from: CalendarDay;
  readonly neededOn: CalendarDay | undefined;
  readonly isHeld: boolean;
  /** Whether there is any record of the item's supply. */
  readonly isKnown: boolean;
}

/** What is promised to a line. @internal */
export type Granted = Pick<PromisedLine, "promised" | "short" | "parts" | "kind" | "day" | "code" | "waitsFor">;

/** A part of a promise, in units. @internal */
export interface PartUnits {
  readonly day: CalendarDay;
  readonly units: bigint;
  readonly kind: PromisedPart["kind"];
}

/** What is answered to a line. @internal */
export function grantedOf(wish: LineWish, parts: readonly PartUnits[], shortCode: () => Granted["code"]): Granted {
  const promised = parts.reduce((sum, { units }) => sum + units, 0n);
  const short = wish.units - promised;
  const last = parts.at(-1);
  const onTime = last === undefined || wish.neededOn === undefined || last.day <= wish.neededOn ? "on_time" : "late";
  return {
    promised: quantityOf(promised),
    short: quantityOf(short),
    parts: parts.map(({ day, units, kind }) => ({ day, quantity: quantityOf(units), kind })),
    kind: last?.kind ?? "none",
    ...(last === undefined ? {} : { day: last.day }),
    code: short === 0n ? onTime : shortCode(),
  };
}
