import * as z from "zod";
import { ROUNDING_MODES } from "../core/decimal.js";
import {
  ORDER_STATUSES,
  type AppliedPayment,
  type HeaderTerms,
  type Hold,
  type Order,
  type OrderBilling,
  type OrderHeader,
  type OrderStage,
  type OrderTotals,
  type PostedInvoice,
} from "../model/order.js";
import { addressSchema } from "./address-schema.js";
import { currencySchema } from "./currency-schema.js";
import { moneySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { orderLineSchema } from "./order-line-schema.js";
import {
  deliveryRequirementSchema,
  orderChannelSchema,
  orderChargeSchema,
  orderSourceSchema,
  paymentTermSchema,
} from "./order-terms-schema.js";
import { orderPromotionsSchema } from "./price-adjustment-schema.js";
import { reportInconsistencies } from "./report-inconsistencies.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema } from "./time-schema.js";
import { vehicleRestrictionSchema } from "./vehicle-schema.js";
import { counterSchema, countSchema } from "./whole-number-schema.js";

const orderHeaderSchema: z.ZodType<OrderHeader> = /* @__PURE__ */ (() =>
  exactly<OrderHeader>()(
    z.strictObject({
      deliveryWaveId: z.exactOptional(nameSchema),
      orderDate: calendarDaySchema,
      receivedAt: instantSchema,
      paymentMeans: z.exactOptional(nameSchema),
      paymentTerm: z.exactOptional(paymentTermSchema),
      customerCode: nameSchema,
      customerName: remarkSchema,
      customerType: z.exactOptional(nameSchema),
      customerClass: z.exactOptional(nameSchema),
      creditRating: z.exactOptional(nameSchema),
      salespersonCode: z.exactOptional(nameSchema),
      deliveryRequirement: z.exactOptional(deliveryRequirementSchema),
      customerPoNo: z.exactOptional(nameSchema),
      requestedDeliveryDate: z.exactOptional(calendarDaySchema),
      remark: z.exactOptional(remarkSchema),
      shipToAddress: addressSchema,
      deliveryAreaPath: z.array(nameSchema).max(3),
      vehicleRestriction: z.exactOptional(vehicleRestrictionSchema),
      orderSource: z.exactOptional(orderSourceSchema),
      channel: z.exactOptional(orderChannelSchema),
      currency: currencySchema,
      charges: z.array(orderChargeSchema),
      preBooked: z.exactOptional(z.boolean()),
      shipComplete: z.exactOptional(z.boolean()),
      couponCodes: z.exactOptional(z.array(nameSchema)),
      giftChoices: z.exactOptional(z.record(nameSchema, nameSchema)),
    }),
  ))();

/** What is agreed anew on the header. */
export const headerTermsSchema: z.ZodType<HeaderTerms> = /* @__PURE__ */ (() =>
  exactly<HeaderTerms>()(
    z.strictObject({
      shipToAddress: z.exactOptional(addressSchema),
      deliveryAreaPath: z.exactOptional(z.array(nameSchema).max(3)),
      deliveryWaveId: z.exactOptional(nameSchema),
      requestedDeliveryDate: z.exactOptional(calendarDaySchema),
      deliveryRequirement: z.exactOptional(deliveryRequirementSchema),
      vehicleRestriction: z.exactOptional(vehicleRestrictionSchema),
      paymentMeans: z.exactOptional(nameSchema),
      paymentTerm: z.exactOptional(paymentTermSchema),
      salespersonCode: z.exactOptional(nameSchema),
      customerPoNo: z.exactOptional(nameSchema),
      remark: z.exactOptional(remarkSchema),
    }),
  ))();

/** How far the papers of an order have come. **Source:** mission 11.1 */
export const orderStageSchema: z.ZodType<OrderStage> = /* @__PURE__ */ (() =>
  exactly<OrderStage>()(z.enum(["entered", "reviewed", "returnedForCorrection", "rejected", "confirmed", "closed"])))();

/** A block on an order or a line. **Source:** mission 7.8 */
export const holdSchema: z.ZodType<Hold> = /* @__PURE__ */ (() =>
  exactly<Hold>()(
    z.strictObject({
      holdId: nameSchema,
      type: nameSchema,
      lineId: z.exactOptional(nameSchema),
      blocks: z.array(z.enum(["confirm", "allocate", "pick", "load", "ship", "deliver", "invoice", "close"])),
      reason: remarkSchema,
      placedAt: instantSchema,
      state: z.enum(["active", "resolved", "rejected"]),
      endedAt: z.exactOptional(instantSchema),
    }),
  ))();

/** Money of the order as a whole. */
export const orderTotalsSchema: z.ZodType<OrderTotals> = /* @__PURE__ */ (() =>
  exactly<OrderTotals>()(
    z.strictObject({
      gross: moneySchema,
      allowances: moneySchema,
      net: moneySchema,
      charges: moneySchema,
      payable: moneySchema,
    }),
  ))();

/** A posted invoice as the order remembers it. */
export const postedInvoiceSchema: z.ZodType<PostedInvoice> = /* @__PURE__ */ (() =>
  exactly<PostedInvoice>()(
    z.strictObject({
      invoiceNo: nameSchema,
      issuedOn: calendarDaySchema,
      dueOn: calendarDaySchema,
      charges: moneySchema,
      rounding: z.exactOptional(z.enum(ROUNDING_MODES)),
      payable: moneySchema,
    }),
  ))();

/** A payment as the order remembers it. */
export const appliedPaymentSchema: z.ZodType<AppliedPayment> = /* @__PURE__ */ (() =>
  exactly<AppliedPayment>()(
    z.strictObject({ paymentId: nameSchema, amount: moneySchema, receivedAt: instantSchema }),
  ))();

const orderBillingSchema: z.ZodType<OrderBilling> = /* @__PURE__ */ (() =>
  exactly<OrderBilling>()(
    z.strictObject({
      invoicedAmount: moneySchema,
      collectedAmount: moneySchema,
      invoices: z.array(postedInvoiceSchema),
      payments: z.array(appliedPaymentSchema),
    }),
  ))();

/**
 * An order as it is stored.
 *
 * **Rules**
 * 1. Each line id, line number, hold, invoice and payment stands once, and a line holds each place once.
 * 2. The laws of the model hold; they are listed with `InconsistencyRule`.
 *
 * **Source:** mission 5.1, 5.2, 11.1, 11.3
 */
export const orderSchema: z.ZodType<Order> = /* @__PURE__ */ (() =>
  exactly<Order>()(
    z
      .strictObject({
        orderNo: nameSchema,
        version: countSchema,
        status: z.enum(ORDER_STATUSES),
        stage: orderStageSchema,
        header: orderHeaderSchema,
        lines: z.array(orderLineSchema).min(1),
        lastLineNo: z.exactOptional(counterSchema),
        holds: z.array(holdSchema),
        totals: z.exactOptional(orderTotalsSchema),
        promotions: z.exactOptional(orderPromotionsSchema),
        billing: orderBillingSchema,
        provenance: z.record(nameSchema, z.enum(["given", "master", "rule"])),
      })
      .check((context) => reportInconsistencies(context)),
  ))();
