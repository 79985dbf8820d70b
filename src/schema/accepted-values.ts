import { compare, decimal, isNegative, isPositive, parseDecimal, type Decimal } from "../core/decimal.js";
import {
  isWithinDigits,
  MONEY_DIGITS,
  PERCENT_DIGITS,
  QUANTITY_DIGITS,
  type DigitLimit,
} from "../model/digit-limit.js";
import { DEFAULT_PARSE_LIMITS } from "./parse-options.js";

const HUNDRED: Decimal = /* @__PURE__ */ (() => decimal("100"))();

/** A record while its fields are taken one by one. */
export type Building<T> = { -readonly [Name in keyof T]?: T[Name] | undefined };

/**
 * Says whether a value is an object whose own fields are all that it has, so that reading them once tells everything.
 * Objects of other realms are left to the slower reader.
 */
export function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Says whether a value is a code or an id without any character that needs a second look. */
export function isPlainName(value: unknown): value is string {
  if (typeof value !== "string" || value.length === 0 || value.length > DEFAULT_PARSE_LIMITS.maxTextLength)
    return false;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit < 0x20 || (unit >= 0x7f && (unit <= 0x9f || (unit >= 0xd800 && unit <= 0xdfff)))) return false;
  }
  return true;
}

/** Says whether a value is free text without any character that needs a second look. */
export function isPlainRemark(value: unknown): value is string {
  if (typeof value !== "string" || value.length > DEFAULT_PARSE_LIMITS.maxTextLength) return false;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (
      unit < 0x20
        ? unit !== 0x09 && unit !== 0x0a && unit !== 0x0d
        : unit === 0x7f || (unit >= 0xd800 && unit <= 0xdfff)
    ) {
      return false;
    }
  }
  return true;
}

/** Says whether a value is a counter from 1 on. */
export function isCounter(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** Gives a quantity above zero, or undefined. */
export function acceptQuantity(value: unknown): Decimal | undefined {
  const quantity = acceptDecimal(value, QUANTITY_DIGITS);
  return quantity !== undefined && isPositive(quantity) ? quantity : undefined;
}

/** Gives money of zero or more, or undefined. */
export function acceptMoney(value: unknown): Decimal | undefined {
  const amount = acceptDecimal(value, MONEY_DIGITS);
  return amount !== undefined && !isNegative(amount) ? amount : undefined;
}

/** Gives a percentage from 0 to 100, or undefined. */
export function acceptPercent(value: unknown): Decimal | undefined {
  const percent = acceptDecimal(value, PERCENT_DIGITS);
  return percent !== undefined && !isNegative(percent) && compare(percent, HUNDRED) <= 0 ? percent : undefined;
}

/** Big integers, which the core would read, are no plain data. */
function acceptDecimal(value: unknown, limit: DigitLimit): Decimal | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const read = parseDecimal(value);
  return read !== undefined && isWithinDigits(read, limit) ? read : undefined;
}

/**
 * Takes every member of a list.
 *
 * @param value anything
 * @param limit greatest number of members
 * @param accept takes one member, or gives undefined
 * @returns a fresh list, or undefined when the value is no such list
 */
export function acceptList<T>(
  value: unknown,
  limit: number,
  accept: (member: unknown) => T | undefined,
): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const count = value.length;
  if (count > limit) return undefined;
  const list: T[] = [];
  for (let index = 0; index < count; index++) {
    const member = accept(value[index]);
    if (member === undefined) return undefined;
    list.push(member);
  }
  return list;
}

/** Gives a value that is one of those listed, or undefined. */
export function acceptOneOf<T extends string>(listed: readonly T[], value: unknown): T | undefined {
  return (listed as readonly unknown[]).includes(value) ? (value as T) : undefined;
}

/** Stands where no name is left: a field that was forgotten does not compile. */
export function expectNoOther(_name: never): void {
  // At run time the name is that of an unknown field, which the caller refuses.
}

/** Says whether a record has the two fields and no other. */
export function hasOnly(record: Readonly<Record<string, unknown>>, first: string, second: string): boolean {
  const names = Object.keys(record);
  return names.length === 2 && names.includes(first) && names.includes(second);
}
