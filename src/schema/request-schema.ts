import * as z from "zod";
import type { HostRequest } from "../model/request.js";
import { moneySchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { findingSchema } from "./finding-schema.js";
import { shortageCauseSchema } from "./order-line-schema.js";
import { promotionUsageEntrySchema } from "./price-adjustment-schema.js";
import { stockSourceSchema } from "./stock-schema.js";
import { nameSchema } from "./text-schema.js";
import { calendarDaySchema } from "./time-schema.js";

/** Something that the host must do besides storing the outcome. **Source:** mission 4.14, 6.8, 7.3, 14.5 */
export const hostRequestSchema: z.ZodType<HostRequest> = /* @__PURE__ */ (() => {
  const findings = z.array(findingSchema);
  return exactly<HostRequest>()(
    z.discriminatedUnion("type", [
      z.strictObject({
        type: z.literal("notify_customer"),
        orderNo: nameSchema,
        template: z.enum([
          "order_confirmed",
          "order_shipped",
          "order_delivered",
          "shortage_recorded",
          "quantity_cancelled",
          "order_set_back",
          "order_amended",
          "delivery_failed",
          "order_deferred",
          "order_merged",
          "goods_given_up",
          "goods_given_back",
          "goods_substituted",
        ]),
      }),
      z.strictObject({ type: z.literal("return_to_customer"), orderNo: nameSchema, findings }),
      z.strictObject({ type: z.literal("review"), orderNo: nameSchema, findings }),
      z.strictObject({ type: z.literal("expect_receivable"), orderNo: nameSchema, amount: moneySchema }),
      z.strictObject({
        type: z.literal("count_stock"),
        orderNo: nameSchema,
        itemCode: nameSchema,
        source: stockSourceSchema,
      }),
      z.strictObject({
        type: z.literal("reprint"),
        orderNo: nameSchema,
        document: z.enum(["pick_list", "packing_list", "delivery_note"]),
        cause: z.union([shortageCauseSchema, z.enum(["cancellation", "amendment", "promotion"])]),
        lineIds: z.array(nameSchema),
      }),
      z.strictObject({ type: z.literal("reprice"), orderNo: nameSchema, lineIds: z.array(nameSchema) }),
      z.strictObject({
        type: z.literal("plan_delivery"),
        orderNo: nameSchema,
        cause: z.enum(["amendment", "failedDelivery"]),
        day: z.exactOptional(calendarDaySchema),
      }),
      z.strictObject({
        type: z.literal("claim_from_carrier"),
        orderNo: nameSchema,
        carrier: z.exactOptional(nameSchema),
        lines: z.array(
          z.strictObject({ lineId: nameSchema, itemCode: nameSchema, quantity: quantitySchema, reason: nameSchema }),
        ),
      }),
      z.strictObject({ type: z.literal("refund"), orderNo: nameSchema, amount: moneySchema }),
      z.strictObject({
        type: z.literal("post_promotion_usage"),
        orderNo: nameSchema,
        entries: z.array(promotionUsageEntrySchema),
      }),
      z.strictObject({
        type: z.literal("correct_billing"),
        orderNo: nameSchema,
        credit: moneySchema,
        charge: moneySchema,
      }),
      z.strictObject({
        type: z.literal("revise_promotions"),
        orderNo: nameSchema,
        cause: z.enum(["cancel", "short", "return", "amend"]),
      }),
      z.strictObject({
        type: z.literal("take_back_gift"),
        orderNo: nameSchema,
        lineId: nameSchema,
        quantity: quantitySchema,
      }),
    ]),
  );
})();
