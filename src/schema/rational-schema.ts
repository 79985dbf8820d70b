import * as z from "zod";
import { rational, type Rational, type UnitOfMeasure } from "../core/unit-conversion.js";
import { quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";
import { nameSchema } from "./text-schema.js";

/** An exact factor above zero, brought to lowest terms. **Source:** mission 5.10 */
export const rationalSchema: z.ZodType<Rational> = /* @__PURE__ */ (() =>
  z.strictObject({ numerator: quantitySchema, denominator: quantitySchema }).transform((value, context): Rational => {
    try {
      return rational(value.numerator, value.denominator);
    } catch {
      // Both are decimals above zero, so only their size can be at fault.
      const received = shortened(`${value.numerator}/${value.denominator}`);
      report(context, value, "schema.not_a_decimal", { received });
      return z.NEVER;
    }
  }))();

/** A unit of measure with its base units. **Source:** mission 5.10 */
export const unitOfMeasureSchema: z.ZodType<UnitOfMeasure> = /* @__PURE__ */ (() =>
  exactly<UnitOfMeasure>()(z.strictObject({ uom: nameSchema, factor: rationalSchema })))();
