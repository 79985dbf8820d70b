import * as z from "zod";
import type {
  AppliedPromotion,
  ChargeAdjustment,
  GiftOrigin,
  LineAdjustment,
  OrderPromotions,
} from "../model/promotion/price-adjustment.js";
import type { PromotionUsageEntry } from "../model/promotion/promotion-usage.js";
import { moneySchema, nonNegativeSchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { instantSchema } from "./time-schema.js";
import { counterSchema, countSchema } from "./whole-number-schema.js";

/** What a promotion took off a line. Its sums are checked with the order. **Source:** mission 6.6 */
export const lineAdjustmentSchema: z.ZodType<LineAdjustment> = /* @__PURE__ */ (() =>
  exactly<LineAdjustment>()(
    z.strictObject({
      promotionId: nameSchema,
      version: counterSchema,
      code: z.exactOptional(nameSchema),
      amount: moneySchema,
      shares: z.array(z.strictObject({ quantity: quantitySchema, amount: moneySchema })).min(1),
    }),
  ))();

/** Where a gift line comes from. **Source:** mission 6.1 */
export const giftOriginSchema: z.ZodType<GiftOrigin> = /* @__PURE__ */ (() =>
  exactly<GiftOrigin>()(
    z.strictObject({ promotionId: nameSchema, version: counterSchema, triggers: z.array(nameSchema) }),
  ))();

const chargeAdjustmentSchema: z.ZodType<ChargeAdjustment> = /* @__PURE__ */ (() =>
  exactly<ChargeAdjustment>()(
    z.strictObject({
      promotionId: nameSchema,
      version: counterSchema,
      code: z.exactOptional(nameSchema),
      charge: countSchema,
      amount: moneySchema,
    }),
  ))();

const appliedPromotionSchema: z.ZodType<AppliedPromotion> = /* @__PURE__ */ (() =>
  exactly<AppliedPromotion>()(
    z.strictObject({
      promotionId: nameSchema,
      version: counterSchema,
      name: remarkSchema,
      code: z.exactOptional(nameSchema),
      amount: moneySchema,
      units: nonNegativeSchema,
      giftWorth: z.exactOptional(moneySchema),
      forgone: z.exactOptional(quantitySchema),
      uses: z.enum(["giveBack", "spent"]),
    }),
  ))();

/** What promotions gave on an order. **Source:** mission 6.6, 6.7 */
export const orderPromotionsSchema: z.ZodType<OrderPromotions> = /* @__PURE__ */ (() =>
  exactly<OrderPromotions>()(
    z.strictObject({
      asOf: instantSchema,
      applied: z.array(appliedPromotionSchema),
      charges: z.array(chargeAdjustmentSchema),
    }),
  ))();

/** One entry of the ledger of promotions. **Source:** mission 6.3, 6.7, 6.8 */
export const promotionUsageEntrySchema: z.ZodType<PromotionUsageEntry> = /* @__PURE__ */ (() =>
  exactly<PromotionUsageEntry>()(
    z.strictObject({
      entryId: nameSchema,
      kind: z.enum(["reserve", "release", "use", "giveBack"]),
      promotionId: nameSchema,
      code: z.exactOptional(nameSchema),
      customerCode: nameSchema,
      orderNo: nameSchema,
      uses: countSchema,
      amount: moneySchema,
      units: nonNegativeSchema,
      at: instantSchema,
    }),
  ))();
