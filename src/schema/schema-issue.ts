import type { IssueOf } from "../core/issue.js";

/**
 * Cross-field rules of the model that a record can break although each of its fields is well formed.
 *
 * | rule | law |
 * |---|---|
 * | `ordered_quantity` | the buckets of a line sum to its ordered quantity in the base unit |
 * | `reservations` | what a line holds at named places sums to its buckets |
 * | `loaded` | no more is loaded than picked |
 * | `shortages` | the recorded shortages of a line sum to its `backfill` and `deferred` buckets |
 * | `status` | the status is the one that stage, buckets and money lead to |
 * | `totals` | net, allowances and payable follow from the lines and the charges |
 * | `billing` | invoiced and collected money is the sum of invoices and payments |
 * | `hold_line` | a hold names a line of its order |
 * | `line_numbers` | all lines of a draft carry a number, or none does |
 * | `reserved_within_on_hand`, `picked_within_reserved` | on hand ≥ reserved ≥ picked |
 * | `validity` | a period begins before it ends |
 * | `base_unit` | one base unit is one base unit |
 * | `floor_price` | a floor is not above its price |
 * | `adjustments` | what promotions took off a line adds up by unit and is part of its allowance |
 * | `planned_quantity` | the takes of a planned line sum to what it gets, and that and what stays short to what it asks for |
 * | `planned_order` | a planned line names its order |
 * | `proposal` | the figures of a proposal follow from each other: sums of what is given, quantities by the ratio and in the unit, the end of the way |
 * | `promotions` | adjustments and charges name promotions that have applied, and charges that are there |
 */
export type InconsistencyRule =
  | "ordered_quantity"
  | "reservations"
  | "loaded"
  | "shortages"
  | "status"
  | "totals"
  | "billing"
  | "hold_line"
  | "line_numbers"
  | "reserved_within_on_hand"
  | "picked_within_reserved"
  | "validity"
  | "base_unit"
  | "floor_price"
  | "adjustments"
  | "planned_quantity"
  | "planned_order"
  | "proposal"
  | "promotions";

/** Why a value was refused at the door, by code. Values that are shown again are cut to 40 characters. */
export interface SchemaIssueParams {
  /** A field that must be given is missing. */
  readonly "schema.required": { readonly [name: string]: never };
  /** The value is of another kind than the field. */
  readonly "schema.wrong_type": {
    /** Kind that is needed. */ readonly expected: string;
    /** Kind that came. */ readonly received: string;
  };
  /** The value is NaN or beyond what a number can hold. */
  readonly "schema.not_finite": { /** What came. */ readonly received: string };
  /** The value is not a decimal number. */
  readonly "schema.not_a_decimal": { /** What came. */ readonly received: string };
  /** The number has more digits than its field takes; superfluous zeros do not count. */
  readonly "schema.too_many_digits": {
    /** What came; of a fraction both terms. */ readonly received: string;
    /** Most digits before the point. */ readonly integerDigits: number;
    /** Most digits after the point. */ readonly decimals: number;
  };
  /** The number has decimals where it counts whole things. */
  readonly "schema.not_an_integer": { /** What came. */ readonly received: string };
  /** The value is zero or below where something must be there. */
  readonly "schema.not_positive": { /** What came. */ readonly received: string };
  /** The value is below zero. */
  readonly "schema.negative": { /** What came. */ readonly received: string };
  /** The value lies outside its bounds. */
  readonly "schema.out_of_range": {
    /** What came. */ readonly received: string;
    /** Least value, where there is one. */ readonly minimum?: string;
    /** Greatest value, where there is one. */ readonly maximum?: string;
  };
  /** The text is not a day of the calendar, written YYYY-MM-DD. */
  readonly "schema.not_a_calendar_day": { /** What came. */ readonly received: string };
  /** The text is not an instant in ISO 8601 with its offset. */
  readonly "schema.not_an_instant": { /** What came. */ readonly received: string };
  /** The text is not a local time, written HH:mm or HH:mm:ss. */
  readonly "schema.not_a_local_time": { /** What came. */ readonly received: string };
  /** The code is not a currency of ISO 4217. */
  readonly "schema.unknown_currency": { /** What came. */ readonly received: string };
  /** The name is not a time zone of the IANA data base. */
  readonly "schema.unknown_time_zone": { /** What came. */ readonly received: string };
  /** The text is not made of the digits 0 to 9 alone. */
  readonly "schema.not_digits": { /** What came. */ readonly received: string };
  /** The value is not one of those that the field knows. */
  readonly "schema.not_allowed": {
    /** What came. */ readonly received: string;
    /** What may come. */ readonly allowed: readonly string[];
  };
  /** A field that the record does not have. */
  readonly "schema.unknown_field": { /** Name of the field. */ readonly field: string };
  /** A field whose name would reach into the prototype of objects. */
  readonly "schema.forbidden_field": { /** Name of the field. */ readonly field: string };
  /** The text is empty where it must name something. */
  readonly "schema.empty": { readonly [name: string]: never };
  /** The text holds a character that cannot be printed. */
  readonly "schema.control_character": { /** The character, as U+0009. */ readonly character: string };
  /** The text holds half of a surrogate pair, which is no character. */
  readonly "schema.lone_surrogate": { readonly [name: string]: never };
  /** The text has more characters than allowed. */
  readonly "schema.too_long": {
    /** Greatest length. */ readonly limit: number;
    /** Length that came. */ readonly length: number;
  };
  /** The list or the record has more members than allowed. */
  readonly "schema.too_many": {
    /** Greatest number. */ readonly limit: number;
    /** Number that came. */ readonly count: number;
  };
  /** The list has fewer members than needed. */
  readonly "schema.too_few": {
    /** Least number. */ readonly limit: number;
    /** Number that came. */ readonly count: number;
  };
  /** The value is nested deeper than allowed. */
  readonly "schema.too_deep": { /** Greatest depth. */ readonly limit: number };
  /** The value contains itself. */
  readonly "schema.cycle": { readonly [name: string]: never };
  /** The value cannot be read: an access to it failed. */
  readonly "schema.unreadable": { readonly [name: string]: never };
  /** The same key stands twice in a list. */
  readonly "schema.duplicate": {
    /** Field or fields that must be unique. */ readonly of: string;
    /** Value that stands twice. */ readonly received: string;
    /** Index of the member that had it first. */ readonly first: number;
  };
  /** The fields contradict each other. */
  readonly "schema.inconsistent": {
    /** Rule that is broken. */ readonly rule: InconsistencyRule;
    /** Value that the rule leads to. */ readonly expected: string;
    /** Value that came. */ readonly actual: string;
  };
  /** There are more issues than are listed. */
  readonly "schema.more_issues": { /** Number of issues listed before this one. */ readonly limit: number };
}

/** Codes of the refusals at the door. */
export type SchemaIssueCode = keyof SchemaIssueParams;

/**
 * One reason why a value is not what it was taken for. The path leads to the field, with indices for the members of
 * lists.
 *
 * **Source:** mission 4.2, 4.13
 */
export type SchemaIssue = IssueOf<SchemaIssueParams>;

/** Longest text of an input that an issue repeats. */
const ECHO_LENGTH = 40;

/**
 * Cuts a value of the input to what an issue may show of it, so that a refusal never grows with what it refuses.
 *
 * @param value anything
 * @returns at most 40 characters, `…` at the end when something was cut off
 */
export function shortened(value: unknown): string {
  const text = typeof value === "string" ? value : nameOf(value);
  if (text.length <= ECHO_LENGTH) return text.replace(/\p{Surrogate}/gu, "\uFFFD");
  return `${text.slice(0, ECHO_LENGTH - 1).replace(/\p{Surrogate}/gu, "\uFFFD")}…`;
}

/**
 * Names the kind of a value in the words of JSON.
 *
 * @param value anything
 * @returns `null`, `array`, `object`, `text`, `number` … ; a field that is missing is `nothing`
 */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (typeof value === "string") return "text";
  if (typeof value !== "object") return typeof value;
  return Array.isArray(value) ? "array" : "object";
}

function nameOf(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
}
