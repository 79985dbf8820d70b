import * as z from "zod";
import { compareDays, type CalendarDay } from "../core/calendar-day.js";
import { compare, ONE } from "../core/decimal.js";
import type { Item, PriceEntry, SubstituteItem, SubstitutePriceRule } from "../model/item.js";
import { currencySchema } from "./currency-schema.js";
import { moneySchema, nonNegativeSchema, percentSchema, quantitySchema, signedMoneySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { paymentTermSchema } from "./order-terms-schema.js";
import { rationalSchema, unitOfMeasureSchema } from "./rational-schema.js";
import { reportDuplicates } from "./report-duplicates.js";
import { report } from "./schema-check.js";
import { digitsSchema, nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema } from "./time-schema.js";
import { counterSchema } from "./whole-number-schema.js";

const priceRuleSchema: z.ZodType<SubstitutePriceRule> = /* @__PURE__ */ (() =>
  exactly<SubstitutePriceRule>()(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("own"), difference: z.exactOptional(signedMoneySchema) }),
      z.strictObject({ kind: z.literal("original"), difference: z.exactOptional(signedMoneySchema) }),
      z.strictObject({ kind: z.literal("lower") }),
    ]),
  ))();

const substituteItemSchema: z.ZodType<SubstituteItem> = /* @__PURE__ */ (() =>
  exactly<SubstituteItem>()(
    z
      .strictObject({
        itemCode: nameSchema,
        ratio: rationalSchema,
        priority: counterSchema,
        validFrom: z.exactOptional(calendarDaySchema),
        validTo: z.exactOptional(calendarDaySchema),
        consentRequired: z.boolean(),
        priceRule: z.exactOptional(priceRuleSchema),
      })
      .check((context) => reportValidity(context)),
  ))();

/**
 * An item of the item master.
 *
 * **Rules**
 * 1. Each unit of measure is listed once; where the base unit is listed, it holds one base unit.
 * 2. A global trade item number is made of digits; its check digit is another matter.
 *
 * **Source:** mission 4.9, 5.9, 5.10
 */
export const itemSchema: z.ZodType<Item> = /* @__PURE__ */ (() =>
  exactly<Item>()(
    z
      .strictObject({
        itemCode: nameSchema,
        name: remarkSchema,
        spec: z.exactOptional(remarkSchema),
        gtin: z.exactOptional(digitsSchema),
        baseUom: nameSchema,
        units: z.exactOptional(z.array(unitOfMeasureSchema)),
        orderMultiple: z.exactOptional(quantitySchema),
        minOrderQty: z.exactOptional(nonNegativeSchema),
        quantum: z.exactOptional(quantitySchema),
        unitVolume: z.exactOptional(nonNegativeSchema),
        unitWeight: z.exactOptional(nonNegativeSchema),
        temperatureClass: z.exactOptional(nameSchema),
        substitutes: z.exactOptional(z.array(substituteItemSchema)),
        categories: z.exactOptional(z.array(nameSchema)),
        tags: z.exactOptional(z.array(nameSchema)),
        attributes: z.exactOptional(z.record(nameSchema, remarkSchema)),
        taxRate: z.exactOptional(percentSchema),
        lifeStatus: z.exactOptional(z.enum(["active", "discontinued", "planned", "obsolete"])),
        reorderLevel: z.exactOptional(nonNegativeSchema),
      })
      .check((context) => reportUnits(context)),
  ))();

/**
 * One price of the price structure.
 *
 * **Rules**
 * 1. A price that ends begins before it ends.
 * 2. A floor is not above the price.
 *
 * **Source:** mission 3.6
 */
export const priceEntrySchema: z.ZodType<PriceEntry> = /* @__PURE__ */ (() =>
  exactly<PriceEntry>()(
    z
      .strictObject({
        itemCode: nameSchema,
        customerType: z.exactOptional(nameSchema),
        paymentTerm: z.exactOptional(paymentTermSchema),
        uom: nameSchema,
        currency: currencySchema,
        minQuantity: z.exactOptional(nonNegativeSchema),
        validFrom: z.exactOptional(calendarDaySchema),
        validTo: z.exactOptional(calendarDaySchema),
        unitPrice: moneySchema,
        floorPrice: z.exactOptional(moneySchema),
      })
      .check((context) => {
        reportValidity(context);
        reportFloor(context);
      }),
  ))();

/** What has a first day and a first day on which it no longer holds. */
interface Period {
  readonly validFrom?: CalendarDay;
  readonly validTo?: CalendarDay;
}

function reportValidity(context: z.core.ParsePayload<Period>): void {
  const { validFrom, validTo } = context.value;
  if (validFrom === undefined || validTo === undefined || compareDays(validFrom, validTo) < 0) return;
  const params = { rule: "validity", expected: `after ${validFrom}`, actual: validTo } as const;
  report(context, validTo, "schema.inconsistent", params, ["validTo"]);
}

function reportFloor(context: z.core.ParsePayload<PriceEntry>): void {
  const { unitPrice, floorPrice } = context.value;
  if (floorPrice === undefined || compare(floorPrice, unitPrice) <= 0) return;
  const params = { rule: "floor_price", expected: `at most ${unitPrice}`, actual: floorPrice } as const;
  report(context, floorPrice, "schema.inconsistent", params, ["floorPrice"]);
}

function reportUnits(context: z.core.ParsePayload<Pick<Item, "baseUom" | "units">>): void {
  const { baseUom, units = [] } = context.value;
  reportDuplicates(context, units, "uom", ({ uom }) => uom, ["units"], "uom");
  units.forEach(({ uom, factor }, index) => {
    if (uom !== baseUom || (factor.numerator === ONE && factor.denominator === ONE)) return;
    const params = { rule: "base_unit", expected: "1/1", actual: `${factor.numerator}/${factor.denominator}` } as const;
    report(context, factor, "schema.inconsistent", params, ["units", index, "factor"]);
  });
}
