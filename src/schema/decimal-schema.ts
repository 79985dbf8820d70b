import type * as z from "zod";
import { compare, decimal, isNegative, isPositive, parseDecimal, type Decimal } from "../core/decimal.js";
import { scalar } from "./scalar.js";
import { report } from "./schema-check.js";
import { kindOf, shortened } from "./schema-issue.js";

/**
 * An exact number of either sign, given as text or as a JSON number, normalised to canonical decimal text.
 *
 * **Rules**
 * 1. `"12.50"` and `12.5` both give `"12.5"`; exponents in JSON numbers are expanded.
 * 2. Decimal commas, blanks, plus signs, exponents in text, digits of other scripts and big integers are refused.
 *
 * **Source:** mission 4.2
 */
export const decimalSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() =>
  scalar<Decimal>((context) => void toDecimal(context)))();

/** A decimal of zero or more: money that is owed, stock that lies somewhere. */
export const nonNegativeSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() =>
  scalar<Decimal>((context) => {
    const input = context.value;
    const value = toDecimal(context);
    if (value !== undefined && isNegative(value))
      report(context, input, "schema.negative", { received: shortened(input) });
  }))();

/** A decimal above zero: an ordered quantity, a step of delivery. */
export const quantitySchema: z.ZodType<Decimal> = /* @__PURE__ */ (() =>
  scalar<Decimal>((context) => {
    const input = context.value;
    const value = toDecimal(context);
    if (value !== undefined && !isPositive(value)) {
      report(context, input, "schema.not_positive", { received: shortened(input) });
    }
  }))();

/** A percentage from 0 to 100. */
export const percentSchema: z.ZodType<Decimal> = /* @__PURE__ */ (() =>
  scalar<Decimal>((context) => {
    const input = context.value;
    const value = toDecimal(context);
    if (value !== undefined && (isNegative(value) || compare(value, decimal("100")) > 0)) {
      report(context, input, "schema.out_of_range", { received: shortened(input), minimum: "0", maximum: "100" });
    }
  }))();

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
