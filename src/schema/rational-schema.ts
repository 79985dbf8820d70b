import * as z from "zod";
import { rational, type Rational, type UnitOfMeasure } from "../core/unit-conversion.js";
import { positiveSchema } from "./decimal-schema.js";
import { isWithinDigits, TERM_DIGITS } from "../model/digit-limit.js";
import { exactly } from "./exactly.js";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";
import { nameSchema } from "./text-schema.js";
import { withinDomain } from "./within-domain.js";

/**
 * An exact factor above zero, brought to lowest terms, in which each term has at most 12 digits.
 *
 * **Source:** mission 5.10
 */
export const rationalSchema: z.ZodType<Rational> = /* @__PURE__ */ (() =>
  z.strictObject({ numerator: positiveSchema, denominator: positiveSchema }).transform((value, context): Rational => {
    // Both are decimals above zero, so only their size can make them no fraction.
    const factor = withinDomain(() => rational(value.numerator, value.denominator));
    if (factor !== undefined && hasShortTerms(factor)) return factor;
    const received = shortened(`${value.numerator}/${value.denominator}`);
    report(context, value, "schema.too_many_digits", { received, ...TERM_DIGITS });
    return z.NEVER;
  }))();

/** A unit of measure with its base units. **Source:** mission 5.10 */
export const unitOfMeasureSchema: z.ZodType<UnitOfMeasure> = /* @__PURE__ */ (() =>
  exactly<UnitOfMeasure>()(z.strictObject({ uom: nameSchema, factor: rationalSchema })))();

function hasShortTerms({ numerator, denominator }: Rational): boolean {
  return isWithinDigits(numerator, TERM_DIGITS) && isWithinDigits(denominator, TERM_DIGITS);
}
