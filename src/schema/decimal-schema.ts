import type * as z from "zod";
import { compare, decimal, isNegative, isPositive, parseDecimal, type Decimal } from "../core/decimal.js";
import {
  isWithinDigits,
  MONEY_DIGITS,
  PERCENT_DIGITS,
  QUANTITY_DIGITS,
  type DigitLimit,
} from "../model/digit-limit.js";
import { scalar } from "./scalar.js";
import { report } from "./schema-check.js";
import { kindOf, shortened } from "./schema-issue.js";

/**
 * An exact number of either sign, given as text or as a JSON number, normalised to canonical decimal text.
 *
 * **Rules**
 * 1. `"12.50"` and `12.5` both give `"12.5"`; exponents in JSON numbers are expanded.
 * 2. Decimal commas, blanks, plus signs, exponents in text, digits of other scripts and big integers are refused.
 * 3. It may have as many digits as a decimal; the numbers of the records may not, so that what is computed from them
 *    has room: quantities, stock figures and measures have at most 12 digits before and 6 after the point, money and
 *    prices 12 and 8, percentages 3 and 6, and the terms of a fraction in lowest terms are whole numbers of at most 12.
 *    Superfluous zeros do not count.
 *
 * **Source:** mission 4.2
 */
export const decimalSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() =>
  scalar<Decimal>((context) => void toDecimal(context)))();

/** A quantity of either sign, as the sales history has it; at most 12 digits before and 6 after the point. */
export const signedQuantitySchema: z.ZodType<Decimal> = /* @__PURE__ */ (() => figure(QUANTITY_DIGITS))();

/** Money of either sign, as the sales history has it; at most 12 digits before and 8 after the point. */
export const signedMoneySchema: z.ZodType<Decimal> = /* @__PURE__ */ (() => figure(MONEY_DIGITS))();

/** A quantity of zero or more: stock that lies somewhere; at most 12 digits before and 6 after the point. */
export const nonNegativeSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() => figure(QUANTITY_DIGITS, refuseNegative))();

/** Money of zero or more: an amount owed, a unit price; at most 12 digits before and 8 after the point. */
export const moneySchema: z.ZodType<Decimal> = /* @__PURE__ */ (() => figure(MONEY_DIGITS, refuseNegative))();

/** A quantity above zero: what is ordered, a step of delivery; at most 12 digits before and 6 after the point. */
export const quantitySchema: z.ZodType<Decimal> = /* @__PURE__ */ (() => figure(QUANTITY_DIGITS, refuseNotPositive))();

/** A number above zero with as many digits as a decimal: a term of a fraction that is not yet in lowest terms. */
export const positiveSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() =>
  scalar<Decimal>((context) => {
    const input = context.value;
    const value = toDecimal(context);
    if (value !== undefined) refuseNotPositive(context, value, input);
  }))();

/** A number of zero or more with as many digits as a decimal: what the site measures in its own unit. */
export const measureSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() =>
  scalar<Decimal>((context) => {
    const input = context.value;
    const value = toDecimal(context);
    if (value !== undefined) refuseNegative(context, value, input);
  }))();

/** A percentage from 0 to 100 with at most 6 digits after the point. */
export const percentSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() => figure(PERCENT_DIGITS, refuseNoPercentage))();

/** Reports why a number does not fit, and says whether it did. */
type Refuse = (context: z.core.ParsePayload, value: Decimal, input: unknown) => boolean;

/** A number with bounded digits. One that lies outside its bounds is not told of its digits as well. */
function figure(limit: DigitLimit, refuse: Refuse = () => false): z.ZodType<Decimal> {
  return scalar<Decimal>((context) => {
    const input = context.value;
    const value = toDecimal(context);
    if (value === undefined || refuse(context, value, input) || isWithinDigits(value, limit)) return;
    report(context, input, "schema.too_many_digits", { received: shortened(input), ...limit });
  });
}

function refuseNegative(context: z.core.ParsePayload, value: Decimal, input: unknown): boolean {
  if (!isNegative(value)) return false;
  report(context, input, "schema.negative", { received: shortened(input) });
  return true;
}

function refuseNotPositive(context: z.core.ParsePayload, value: Decimal, input: unknown): boolean {
  if (isPositive(value)) return false;
  report(context, input, "schema.not_positive", { received: shortened(input) });
  return true;
}

function refuseNoPercentage(context: z.core.ParsePayload, value: Decimal, input: unknown): boolean {
  if (!isNegative(value) && compare(value, decimal("100")) <= 0) return false;
  report(context, input, "schema.out_of_range", { received: shortened(input), minimum: "0", maximum: "100" });
  return true;
}

/** Puts the decimal in the place of the input. */
function toDecimal(context: z.core.ParsePayload): Decimal | undefined {
  const input = context.value;
  if (typeof input !== "string" && typeof input !== "number") {
    report(context, input, "schema.wrong_type", { expected: "decimal number", received: kindOf(input) });
    return undefined;
  }
  const value = parseDecimal(input);
  if (value === undefined) report(context, input, "schema.not_a_decimal", { received: shortened(input) });
  else context.value = value;
  return value;
}
