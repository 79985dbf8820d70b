import * as z from "zod";
import type {
  AmountOff,
  BuyGet,
  ChargeOff,
  FixedPrice,
  Gift,
  Groups,
  PercentOff,
  PromotionEffect,
  Tiers,
  Trigger,
  UnitRanking,
} from "../model/promotion/promotion-effect.js";
import { moneySchema, nonNegativeSchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { CHARGE_KINDS } from "./order-terms.js";
import { lineSelectorSchema } from "./promotion-condition-schema.js";
import { nameSchema } from "./text-schema.js";
import { wholeNumberSchema } from "./whole-number-schema.js";

// Percentages above 100, zero units and the like are well formed: `checkPromotion` says what is wrong with them.

const unitRankingSchema: z.ZodType<UnitRanking> = /* @__PURE__ */ (() =>
  exactly<UnitRanking>()(
    z.strictObject({ by: z.enum(["unitPrice", "lineAmount"]), first: z.enum(["cheapest", "dearest"]) }),
  ))();

const triggerSchema: z.ZodType<Trigger> = /* @__PURE__ */ (() =>
  exactly<Trigger>()(
    z.strictObject({
      which: lineSelectorSchema,
      units: z.exactOptional(wholeNumberSchema),
      amount: z.exactOptional(moneySchema),
    }),
  ))();

const percentOffSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    kind: z.literal("percentOff"),
    which: lineSelectorSchema,
    percent: moneySchema,
    spread: z.enum(["eachLine", "across"]),
    cap: z.exactOptional(moneySchema),
  }))();

const amountOffSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    kind: z.literal("amountOff"),
    which: lineSelectorSchema,
    amount: moneySchema,
    per: z.enum(["unit", "line", "once", "across"]),
    pick: z.exactOptional(unitRankingSchema),
    stated: z.exactOptional(z.enum(["taxInclusive", "taxExclusive"])),
  }))();

const fixedPriceSchema = /* @__PURE__ */ (() =>
  z.strictObject({ kind: z.literal("fixedPrice"), which: lineSelectorSchema, unitPrice: moneySchema }))();

const chargeOffSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    kind: z.literal("chargeOff"),
    charges: z.array(z.enum(CHARGE_KINDS)),
    reward: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("percent"), percent: moneySchema }),
      z.strictObject({ kind: z.literal("amount"), amount: moneySchema }),
      z.strictObject({ kind: z.literal("downTo"), amount: moneySchema }),
    ]),
  }))();

const tiersSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    kind: z.literal("tiers"),
    which: lineSelectorSchema,
    measure: z.enum(["quantity", "amount"]),
    per: z.enum(["line", "item", "group"]),
    mode: z.enum(["allUnits", "incremental"]),
    reward: z.enum(["percent", "amountPerUnit", "unitPrice", "amount"]),
    steps: z.array(z.strictObject({ from: moneySchema, value: moneySchema })),
  }))();

const groupsSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    kind: z.literal("groups"),
    which: lineSelectorSchema,
    size: wholeNumberSchema,
    per: z.enum(["line", "item", "group"]),
    pick: unitRankingSchema,
    reward: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("payFor"), units: wholeNumberSchema }),
      z.strictObject({ kind: z.literal("fixedSum"), amount: moneySchema }),
      z.strictObject({ kind: z.literal("percent"), percent: moneySchema }),
      z.strictObject({ kind: z.literal("amount"), amount: moneySchema }),
    ]),
    maxGroups: z.exactOptional(wholeNumberSchema),
  }))();

const buyGetSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    kind: z.literal("buyGet"),
    buy: triggerSchema,
    get: z.strictObject({ which: lineSelectorSchema, units: wholeNumberSchema }),
    reward: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("percent"), percent: moneySchema }),
      z.strictObject({ kind: z.literal("unitPrice"), amount: moneySchema }),
      z.strictObject({ kind: z.literal("amount"), amount: moneySchema }),
    ]),
    buyFirst: unitRankingSchema,
    getFirst: unitRankingSchema,
    maxUnits: z.exactOptional(wholeNumberSchema),
    repeat: z.enum(["everyTime", "once"]),
    partly: z.enum(["allowed", "refused"]),
    blocked: z.exactOptional(z.enum(["any", "sameRole"])),
  }))();

const giftSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    kind: z.literal("gift"),
    buy: z.exactOptional(triggerSchema),
    items: z.array(
      z.strictObject({
        itemCode: nameSchema,
        uom: z.exactOptional(nameSchema),
        value: z.exactOptional(moneySchema),
      }),
    ),
    units: nonNegativeSchema,
    maxUnits: z.exactOptional(nonNegativeSchema),
    repeat: z.enum(["everyTime", "once"]),
    choose: z.enum(["firstAvailable", "dearestAvailable", "customer"]),
    category: z.enum(["gift", "exchange"]),
    whenShort: z.enum(["backfill", "drop", "replace"]),
  }))();

/** What a promotion gives. **Source:** mission 2.5, 6.1, 6.3, 6.4, 6.5 */
export const promotionEffectSchema: z.ZodType<PromotionEffect> = /* @__PURE__ */ (() =>
  z.discriminatedUnion("kind", [
    tied<PercentOff>()(percentOffSchema),
    tied<AmountOff>()(amountOffSchema),
    tied<FixedPrice>()(fixedPriceSchema),
    tied<ChargeOff>()(chargeOffSchema),
    tied<Tiers>()(tiersSchema),
    tied<Groups>()(groupsSchema),
    tied<BuyGet>()(buyGetSchema),
    tied<Gift>()(giftSchema),
  ]))();

/** Holds a member of the union against its interface, and leaves it the object that a union must have. */
function tied<T>(): <Schema extends z.ZodType<T>>(schema: Schema) => Schema {
  return (schema) => schema;
}
