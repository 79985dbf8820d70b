import * as z from "zod";
import type {
  LinePromise,
  LineReservation,
  LineShortage,
  OrderLine,
  Quantities,
  ShortageCause,
  SubstitutedLine,
} from "../model/order-line.js";
import { moneySchema, nonNegativeSchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import {
  lineDiscountSchema,
  shortageOffersSchema,
  shortagePolicySchema,
  transactionCategorySchema,
} from "./order-terms-schema.js";
import { giftOriginSchema, lineAdjustmentSchema } from "./price-adjustment-schema.js";
import { rationalSchema } from "./rational-schema.js";
import { stockSourceFields } from "./stock-schema.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema } from "./time-schema.js";
import { counterSchema, countSchema } from "./whole-number-schema.js";

const quantitiesSchema: z.ZodType<Quantities> = /* @__PURE__ */ (() =>
  exactly<Quantities>()(
    z.strictObject({
      open: nonNegativeSchema,
      allocated: nonNegativeSchema,
      picked: nonNegativeSchema,
      shipped: nonNegativeSchema,
      delivered: nonNegativeSchema,
      returned: nonNegativeSchema,
      backfill: nonNegativeSchema,
      deferred: nonNegativeSchema,
      merged: nonNegativeSchema,
      cancelled: nonNegativeSchema,
    }),
  ))();

const lineReservationSchema: z.ZodType<LineReservation> = /* @__PURE__ */ (() =>
  exactly<LineReservation>()(
    z.strictObject({
      ...stockSourceFields,
      quantities: z.strictObject({
        allocated: z.exactOptional(quantitySchema),
        picked: z.exactOptional(quantitySchema),
        shipped: z.exactOptional(quantitySchema),
        delivered: z.exactOptional(quantitySchema),
        returned: z.exactOptional(quantitySchema),
      }),
      loaded: z.exactOptional(nonNegativeSchema),
    }),
  ))();

/** Where a shortage was found. **Source:** mission 12.2a */
export const shortageCauseSchema: z.ZodType<ShortageCause> = /* @__PURE__ */ (() =>
  exactly<ShortageCause>()(z.enum(["allocation", "pick", "load", "delivery"])))();

/** When a shortage is to be served. **Source:** mission 12.2c */
export const shortageModeSchema: z.ZodType<LineShortage["mode"]> = /* @__PURE__ */ (() =>
  exactly<LineShortage["mode"]>()(z.enum(["onArrival", "withNextOrder", "wholeOrder"])))();

const lineShortageSchema: z.ZodType<LineShortage> = /* @__PURE__ */ (() =>
  exactly<LineShortage>()(
    z.strictObject({
      bucket: z.enum(["backfill", "deferred"]),
      cause: shortageCauseSchema,
      quantity: quantitySchema,
      since: instantSchema,
      mode: shortageModeSchema,
      reason: nameSchema,
    }),
  ))();

/** A date that the customer was told. **Source:** mission 8.1 */
export const linePromiseSchema: z.ZodType<LinePromise> = /* @__PURE__ */ (() =>
  exactly<LinePromise>()(
    z.strictObject({
      day: calendarDaySchema,
      kind: z.enum(["onHand", "scheduled", "capable", "leadTime"]),
      promisedAt: instantSchema,
    }),
  ))();

/** A line that takes part in a substitution, and with how much. **Source:** mission 8.3 */
export const substitutedLineSchema: z.ZodType<SubstitutedLine> = /* @__PURE__ */ (() =>
  exactly<SubstitutedLine>()(z.strictObject({ lineId: nameSchema, itemCode: nameSchema, quantity: quantitySchema })))();

/** A line of an order. Its sums are checked with the order. **Source:** mission 5.2, 5.10, 11.1 */
export const orderLineSchema: z.ZodType<OrderLine> = /* @__PURE__ */ (() =>
  exactly<OrderLine>()(
    z.strictObject({
      lineId: nameSchema,
      lineNo: counterSchema,
      itemCode: nameSchema,
      itemName: remarkSchema,
      itemSpec: z.exactOptional(remarkSchema),
      transactionCategory: transactionCategorySchema,
      orderedQty: quantitySchema,
      uom: nameSchema,
      unitFactor: rationalSchema,
      baseUom: nameSchema,
      quantum: z.exactOptional(quantitySchema),
      unitPrice: z.exactOptional(moneySchema),
      priceAgreed: z.exactOptional(z.boolean()),
      discount: z.exactOptional(lineDiscountSchema),
      allowance: moneySchema,
      lineAmount: moneySchema,
      adjustments: z.exactOptional(z.array(lineAdjustmentSchema)),
      giftOf: z.exactOptional(giftOriginSchema),
      mergedFrom: z.exactOptional(z.strictObject({ orderNo: nameSchema, lineId: nameSchema })),
      substituteFor: z.exactOptional(substitutedLineSchema),
      quantities: quantitiesSchema,
      reservations: z.array(lineReservationSchema),
      shortages: z.array(lineShortageSchema),
      promises: z.array(linePromiseSchema),
      invoicedQty: nonNegativeSchema,
      partialAllowed: z.boolean(),
      shortagePolicy: shortagePolicySchema,
      shortageOffers: z.exactOptional(shortageOffersSchema),
      minimumRemainingLifeDays: z.exactOptional(countSchema),
      temperatureClass: z.exactOptional(nameSchema),
      deliveryGroup: z.exactOptional(nameSchema),
      lotNo: z.exactOptional(nameSchema),
      oneLotOnly: z.exactOptional(z.boolean()),
    }),
  ))();
