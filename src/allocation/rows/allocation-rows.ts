import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { WarehouseId } from "../../model/ids.js";
import type { LotRule } from "../../model/lot-order.js";
import type { PolicyShapeIssue } from "../policy-shape.js";

/** How a host knows a row: its text, or its whole number. */
export type RowId = string | number;

/**
 * Orders and lots as a driver of SQL or `JSON.parse` gives them. Every field is checked when it is read, so the rows may
 * come as they are; fields that nobody asks for may stay on them.
 *
 * | row | field | holds |
 * |---|---|---|
 * | order | `orderNo` | its id, once in the batch |
 * | | `area` | the delivery area, a name of `nearest` |
 * | | `lines` | the list of its lines |
 * | line | `lineId` | its id, once in the order |
 * | | `lineNo` | number by which the lines of an order are served; without one they are served as they stand |
 * | | `itemCode` | the item |
 * | | `quantity` | what is wanted, zero or more |
 * | | `quantum` | smallest deliverable step; none when absent |
 * | | `partialAllowed` | `false` for a line that is served in full or not at all |
 * | lot | `lotId` | its id, once in the batch |
 * | | `itemCode` | the item |
 * | | `warehouseId` | where it lies |
 * | | `quantity` | what is free of it, zero or more |
 * | | `receivedOn`, `expiresOn` | days `YYYY-MM-DD`; none when absent |
 *
 * Ids and items are texts or whole numbers, all of a field of one kind. Quantities are decimal text, whole numbers, big
 * integers, or what else `parseDecimal` reads. `null` is the same as absent. A day is text: the day of a `Date` depends
 * on the time zone, so that only who made it can tell; and ids that a driver gives as big integers must be cast to text.
 */
export interface AllocationRows {
  /** Orders, each with its lines. */
  readonly orders: readonly object[];
  /** Lots. */
  readonly lots: readonly object[];
}

/** What the host calls the fields; those that are left out bear the usual names. */
export interface RowNames {
  /** Fields of an order. */
  readonly order?: Partial<Readonly<Record<"orderNo" | "area" | "lines", string>>>;
  /** Fields of a line. */
  readonly line?: Partial<
    Readonly<Record<"lineId" | "lineNo" | "itemCode" | "quantity" | "quantum" | "partialAllowed", string>>
  >;
  /** Fields of a lot. */
  readonly lot?: Partial<
    Readonly<Record<"lotId" | "itemCode" | "warehouseId" | "quantity" | "receivedOn" | "expiresOn", string>>
  >;
}

/** Compares a field of the order rows. **Source:** mission 9.10, 9.11, 9.12; definition B4 */
export interface RowKey {
  /** Name of the field; one order has it at least, be it as `null`. */
  readonly column: string;
  /** `ascending` serves the smaller value first. */
  readonly direction: "ascending" | "descending";
  /** Where orders without a value stand. Default `last`. */
  readonly nulls?: "first" | "last";
  /**
   * Values from the first served to the last, for fields whose text says nothing about rank; the values that it does not
   * name are equal to each other and come after all of these.
   */
  readonly ranking?: readonly string[];
  /** `decimal` where texts hold numbers (`"980.00"`), as many drivers give amounts; else texts compare by their characters. */
  readonly compares?: "decimal";
}

/** How stock is given to rows, as data that a host stores. */
export interface RowPolicy {
  /** Fields of the order of service, first key first. The order number, and in an order the line, always end the chain. */
  readonly priority: readonly RowKey[];
  /** Warehouses by delivery area, nearest first. Others are not asked. */
  readonly nearest: Readonly<Record<string, readonly WarehouseId[]>>;
  /** Warehouses for every other area, nearest first. Without it an area that `nearest` does not name is refused. */
  readonly otherwise?: readonly WarehouseId[];
  /** Which lot goes first inside a warehouse. */
  readonly lots: LotRule;
  /** Lots that expire on this day or earlier are not given: today, or the day on which goods must still be good. */
  readonly mustOutlive: CalendarDay;
  /** What the host calls the fields. */
  readonly names?: RowNames;
}

/** So much of a lot for a line. */
export interface RowTake {
  /** Order. */
  readonly orderNo: RowId;
  /** Line. */
  readonly lineId: RowId;
  /** Lot. */
  readonly lotId: RowId;
  /** Quantity, above zero. */
  readonly quantity: Decimal;
}

/** What a line does not get. */
export interface RowShortage {
  /** Order. */
  readonly orderNo: RowId;
  /** Line. */
  readonly lineId: RowId;
  /** Quantity, above zero. */
  readonly quantity: Decimal;
}

/** What rows get and what they do not, in the order of service. */
export interface RowAllocation {
  /** Takes; those of a line in the order in which its lots were asked. */
  readonly takes: readonly RowTake[];
  /** Shortages. */
  readonly shortages: readonly RowShortage[];
}

/** Why rows are refused. Paths lead to the field, by the name that the host gave it. */
export type AllocateRowsIssue = PolicyShapeIssue | RowIssue;

/** What is wrong with rows. */
export type RowIssue = IssueOf<{
  "rows.bad_row": { readonly found: string };
  "rows.bad_id": { readonly column: string; readonly found: string };
  "rows.mixed_ids": { readonly column: string };
  "rows.listed_twice": { readonly column: string; readonly id: RowId };
  "rows.unknown_area": { readonly area: string };
  "rows.bad_quantity": { readonly column: string; readonly found: string };
  "rows.out_of_range": { readonly itemCode: RowId };
  "rows.bad_day": { readonly column: string; readonly found: string };
  "rows.bad_flag": { readonly column: string; readonly found: string };
  "rows.bad_key": { readonly column: string; readonly found: string };
  "rows.mixed_keys": { readonly column: string };
  "rows.unknown_column": { readonly column: string };
}>;
