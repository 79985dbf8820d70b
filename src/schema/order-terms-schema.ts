import * as z from "zod";
import type { DeliveryRequirement, PaymentTerm, ShortageOffer, ShortagePolicy } from "../model/customer.js";
import { type OrderChannel, type OrderCharge, type OrderSource } from "../model/order.js";
import { TRANSACTION_CATEGORIES, type LineDiscount, type TransactionCategory } from "../model/order-line.js";
import { moneySchema, percentSchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import {
  CHARGE_KINDS,
  ORDER_CHANNELS,
  ORDER_SOURCES,
  PAYMENT_TERMS,
  SHORTAGE_OFFERS,
  SHORTAGE_POLICIES,
} from "./order-terms.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { localTimeSchema } from "./time-schema.js";

/** When the customer pays. **Source:** mission 3.6 */
export const paymentTermSchema: z.ZodType<PaymentTerm> = /* @__PURE__ */ (() =>
  exactly<PaymentTerm>()(z.enum(PAYMENT_TERMS)))();

/** What happens with quantity that cannot be served. **Source:** mission 9.15 */
export const shortagePolicySchema: z.ZodType<ShortagePolicy> = /* @__PURE__ */ (() =>
  exactly<ShortagePolicy>()(z.enum(SHORTAGE_POLICIES)))();

/** What is tried for short quantity before its policy is followed. **Source:** mission 9.14, 8.3 */
export const shortageOffersSchema: z.ZodType<readonly ShortageOffer[]> = /* @__PURE__ */ (() =>
  exactly<readonly ShortageOffer[]>()(z.array(z.enum(SHORTAGE_OFFERS))))();

/** What an order line is for. **Source:** mission 5.2 */
export const transactionCategorySchema: z.ZodType<TransactionCategory> = /* @__PURE__ */ (() =>
  exactly<TransactionCategory>()(z.enum(TRANSACTION_CATEGORIES)))();

/** How an order arose. **Source:** mission 2.1 */
export const orderSourceSchema: z.ZodType<OrderSource> = /* @__PURE__ */ (() =>
  exactly<OrderSource>()(z.enum(ORDER_SOURCES)))();

/** The way on which an order came in. **Source:** mission 4.1 */
export const orderChannelSchema: z.ZodType<OrderChannel> = /* @__PURE__ */ (() =>
  exactly<OrderChannel>()(z.enum(ORDER_CHANNELS)))();

/** A charge or a tax on the whole order. */
export const orderChargeSchema: z.ZodType<OrderCharge> = /* @__PURE__ */ (() =>
  exactly<OrderCharge>()(
    z.strictObject({
      kind: z.enum(CHARGE_KINDS),
      amount: moneySchema,
    }),
  ))();

/** A discount agreed for a line. */
export const lineDiscountSchema: z.ZodType<LineDiscount> = /* @__PURE__ */ (() =>
  exactly<LineDiscount>()(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("percent"), percent: percentSchema }),
      z.strictObject({ kind: z.literal("amount"), amount: moneySchema }),
    ]),
  ))();

/** How goods are to be handed over. **Source:** mission 5.7 */
export const deliveryRequirementSchema: z.ZodType<DeliveryRequirement> = /* @__PURE__ */ (() =>
  exactly<DeliveryRequirement>()(
    z.strictObject({
      windowFrom: z.exactOptional(localTimeSchema),
      windowTo: z.exactOptional(localTimeSchema),
      services: z.exactOptional(z.array(nameSchema)),
      note: z.exactOptional(remarkSchema),
    }),
  ))();
