import * as z from "zod";
import { BUCKETS } from "../model/bucket.js";
import { OPTIONAL_AMENDABLE_FIELDS } from "../model/order.js";
import type { Change, ShortageNote } from "../model/change.js";
import { moneySchema, nonNegativeSchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { linePromiseSchema, orderLineSchema, shortageCauseSchema, shortageModeSchema } from "./order-line-schema.js";
import {
  appliedPaymentSchema,
  headerTermsSchema,
  holdSchema,
  orderSchema,
  orderStageSchema,
  orderTotalsSchema,
  postedInvoiceSchema,
} from "./order-schema.js";
import { lineDiscountSchema } from "./order-terms-schema.js";
import { lineAdjustmentSchema, orderPromotionsSchema } from "./price-adjustment-schema.js";
import { stockSourceSchema } from "./stock-schema.js";
import { nameSchema } from "./text-schema.js";
import { instantSchema } from "./time-schema.js";

const shortageNoteSchema: z.ZodType<ShortageNote> = /* @__PURE__ */ (() =>
  exactly<ShortageNote>()(
    z.strictObject({
      cause: shortageCauseSchema,
      mode: shortageModeSchema,
      reason: nameSchema,
      since: instantSchema,
    }),
  ))();

const servedRecordsSchema: z.ZodType<Partial<ShortageNote>> = /* @__PURE__ */ (() =>
  exactly<Partial<ShortageNote>>()(
    z.strictObject({
      cause: z.exactOptional(shortageCauseSchema),
      mode: z.exactOptional(shortageModeSchema),
      reason: z.exactOptional(nameSchema),
      since: z.exactOptional(instantSchema),
    }),
  ))();

/**
 * A small fact about an order. Whether an order allows it, `applyChanges` decides.
 *
 * **Source:** mission 11.3
 */
export const changeSchema: z.ZodType<Change> = /* @__PURE__ */ (() =>
  exactly<Change>()(
    z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("quantity_moved"),
        lineId: nameSchema,
        from: z.enum(BUCKETS),
        to: z.enum(BUCKETS),
        quantity: quantitySchema,
        source: z.exactOptional(stockSourceSchema),
        shortage: z.exactOptional(shortageNoteSchema),
        serves: z.exactOptional(servedRecordsSchema),
      }),
      z.strictObject({ kind: z.literal("quantity_added"), lineId: nameSchema, quantity: quantitySchema }),
      z.strictObject({ kind: z.literal("line_added"), line: orderLineSchema }),
      z.strictObject({
        kind: z.literal("reservation_set"),
        lineId: nameSchema,
        source: stockSourceSchema,
        loaded: nonNegativeSchema,
      }),
      z.strictObject({
        kind: z.literal("price_set"),
        lines: z.array(
          z.strictObject({
            lineId: nameSchema,
            unitPrice: moneySchema,
            allowance: moneySchema,
            lineAmount: moneySchema,
            adjustments: z.exactOptional(z.array(lineAdjustmentSchema)),
          }),
        ),
        totals: orderTotalsSchema,
        promotions: z.exactOptional(orderPromotionsSchema),
      }),
      z.strictObject({
        kind: z.literal("terms_set"),
        header: z.exactOptional(headerTermsSchema),
        cleared: z.exactOptional(z.array(z.enum(OPTIONAL_AMENDABLE_FIELDS))),
        lines: z.exactOptional(
          z.array(
            z.strictObject({
              lineId: nameSchema,
              unitPrice: z.exactOptional(moneySchema),
              priceAgreed: z.exactOptional(z.boolean()),
              discount: z.exactOptional(lineDiscountSchema),
            }),
          ),
        ),
      }),
      z.strictObject({ kind: z.literal("promise_set"), lineId: nameSchema, promise: linePromiseSchema }),
      z.strictObject({ kind: z.literal("hold_set"), hold: holdSchema }),
      z.strictObject({ kind: z.literal("stage_set"), stage: orderStageSchema }),
      z.strictObject({
        kind: z.literal("billing_set"),
        invoice: z.exactOptional(postedInvoiceSchema),
        invoicedLines: z.exactOptional(z.array(z.strictObject({ lineId: nameSchema, quantity: quantitySchema }))),
        payment: z.exactOptional(appliedPaymentSchema),
      }),
      z.strictObject({ kind: z.literal("order_opened"), order: orderSchema }),
    ]),
  ))();
