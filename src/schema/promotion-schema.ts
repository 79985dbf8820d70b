import * as z from "zod";
import { ROUNDING_MODES } from "../core/decimal.js";
import { compareInstants } from "../core/instant.js";
import { REMAINDER_RULES } from "../core/split-amount.js";
import type {
  Coupon,
  Promotion,
  PromotionCombination,
  PromotionLimits,
  PromotionRevision,
} from "../model/promotion/promotion.js";
import type { PromotionPolicy } from "../model/promotion/promotion-policy.js";
import { currencySchema } from "./currency-schema.js";
import { moneySchema, nonNegativeSchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { promotionConditionSchema } from "./promotion-condition-schema.js";
import { promotionEffectSchema } from "./promotion-effect-schema.js";
import { reportDuplicates } from "./report-duplicates.js";
import { report } from "./schema-check.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { instantSchema, timeZoneSchema } from "./time-schema.js";
import { counterSchema, wholeNumberSchema } from "./whole-number-schema.js";

const limitsSchema: z.ZodType<PromotionLimits> = /* @__PURE__ */ (() =>
  exactly<PromotionLimits>()(
    z.strictObject({
      uses: z.exactOptional(wholeNumberSchema),
      usesPerCustomer: z.exactOptional(wholeNumberSchema),
      usesPerCode: z.exactOptional(wholeNumberSchema),
      budget: z.exactOptional(moneySchema),
      units: z.exactOptional(nonNegativeSchema),
      amountPerOrder: z.exactOptional(moneySchema),
      beyondBudget: z.exactOptional(z.enum(["capped", "refused"])),
    }),
  ))();

const combinationSchema: z.ZodType<PromotionCombination> = /* @__PURE__ */ (() =>
  exactly<PromotionCombination>()(
    z.strictObject({
      priority: wholeNumberSchema,
      lane: z.exactOptional(nameSchema),
      bestOf: z.exactOptional(nameSchema),
      exclusive: z.exactOptional(z.enum(["order", "lines"])),
      stop: z.exactOptional(z.literal(true)),
      classes: z.exactOptional(z.strictObject({ own: nameSchema, combinesWith: z.array(nameSchema) })),
      base: z.enum(["initial", "running"]),
      discountedLines: z.enum(["include", "skip"]),
    }),
  ))();

const revisionSchema: z.ZodType<PromotionRevision> = /* @__PURE__ */ (() => {
  const policy = z.enum(["keep", "proRate", "reEvaluate", "clawBack"]);
  return exactly<PromotionRevision>()(
    z.strictObject({
      cancel: policy,
      short: policy,
      return: policy,
      amend: policy,
      unearnedGifts: z.enum(["keep", "takeBack", "charge"]),
      uses: z.enum(["giveBack", "spent"]),
    }),
  );
})();

/**
 * A promotion as it is stored. What its fields mean together, `checkPromotion` checks.
 *
 * **Source:** mission 6.2, 6.7, 7.7
 */
export const promotionSchema: z.ZodType<Promotion> = /* @__PURE__ */ (() =>
  z.strictObject({
    promotionId: nameSchema,
    version: wholeNumberSchema,
    name: remarkSchema,
    reason: remarkSchema,
    owner: remarkSchema,
    validity: z.strictObject({ from: instantSchema, to: z.exactOptional(instantSchema) }),
    timeZone: timeZoneSchema,
    currency: z.exactOptional(currencySchema),
    coupons: z.exactOptional(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("codes"), codes: z.array(nameSchema) }),
        z.strictObject({ kind: z.literal("batch"), batchId: nameSchema }),
      ]),
    ),
    condition: z.exactOptional(promotionConditionSchema),
    effect: promotionEffectSchema,
    limits: z.exactOptional(limitsSchema),
    combination: combinationSchema,
    revision: revisionSchema,
  }))();

/**
 * One code of a batch.
 *
 * **Rules**
 * 1. A code that ends begins before it ends.
 *
 * **Source:** mission 6.3
 */
export const couponSchema: z.ZodType<Coupon> = /* @__PURE__ */ (() =>
  exactly<Coupon>()(
    z
      .strictObject({
        code: nameSchema,
        batchId: nameSchema,
        validFrom: z.exactOptional(instantSchema),
        validTo: z.exactOptional(instantSchema),
        customerCodes: z.exactOptional(z.array(nameSchema)),
        itemCodes: z.exactOptional(z.array(nameSchema)),
        blocked: z.exactOptional(z.literal(true)),
      })
      .check((context) => reportPeriod(context)),
  ))();

/**
 * How all promotions of a seller are worked out together.
 *
 * **Rules**
 * 1. Each lane stands once.
 *
 * **Source:** mission 6.6, 6.7
 */
export const promotionPolicySchema: z.ZodType<PromotionPolicy> = /* @__PURE__ */ (() =>
  exactly<PromotionPolicy>()(
    z
      .strictObject({
        rounding: z.enum(ROUNDING_MODES),
        decimals: z.exactOptional(z.int().min(0).max(8)),
        remainder: z.enum(REMAINDER_RULES),
        prices: z.enum(["taxInclusive", "taxExclusive"]),
        lanes: z.exactOptional(
          z.array(z.strictObject({ lane: nameSchema, mode: z.enum(["stack", "bestPerLine"]) })).min(1),
        ),
        ties: z.enum(["content", "id"]),
        search: z.discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("inOrder") }),
          z.strictObject({ kind: z.literal("bestForCustomer"), steps: counterSchema }),
        ]),
      })
      .check((context) => {
        reportDuplicates(context, context.value.lanes ?? [], "lane", ({ lane }) => lane, ["lanes"], "lane");
      }),
  ))();

function reportPeriod(context: z.core.ParsePayload<Coupon>): void {
  const { validFrom, validTo } = context.value;
  if (validFrom === undefined || validTo === undefined || compareInstants(validFrom, validTo) < 0) return;
  const params = { rule: "validity", expected: `after ${validFrom}`, actual: validTo } as const;
  report(context, validTo, "schema.inconsistent", params, ["validTo"]);
}
