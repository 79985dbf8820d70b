import * as z from "zod";
import type { OrderDraft, OrderDraftLine } from "../model/order-draft.js";
import { addressSchema } from "./address-schema.js";
import { currencySchema } from "./currency-schema.js";
import { moneySchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import {
  deliveryRequirementSchema,
  lineDiscountSchema,
  orderChannelSchema,
  orderChargeSchema,
  orderSourceSchema,
  paymentTermSchema,
  shortageOffersSchema,
  shortagePolicySchema,
  transactionCategorySchema,
} from "./order-terms-schema.js";
import { reportDuplicates } from "./report-duplicates.js";
import { report } from "./schema-check.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema } from "./time-schema.js";
import { vehicleRestrictionSchema } from "./vehicle-schema.js";
import { counterSchema } from "./whole-number-schema.js";

/** A line as the customer wrote it. **Source:** mission 4.2 */
const orderDraftLineSchema: z.ZodType<OrderDraftLine> = /* @__PURE__ */ (() =>
  exactly<OrderDraftLine>()(
    z.strictObject({
      lineNo: z.exactOptional(counterSchema),
      itemCode: nameSchema,
      itemName: z.exactOptional(remarkSchema),
      quantity: quantitySchema,
      uom: z.exactOptional(nameSchema),
      unitPrice: z.exactOptional(moneySchema),
      discount: z.exactOptional(lineDiscountSchema),
      transactionCategory: z.exactOptional(transactionCategorySchema),
      deliveryGroup: z.exactOptional(nameSchema),
      lotNo: z.exactOptional(nameSchema),
      oneLotOnly: z.exactOptional(z.boolean()),
      shortagePolicy: z.exactOptional(shortagePolicySchema),
      shortageOffers: z.exactOptional(shortageOffersSchema),
    }),
  ))();

/**
 * An order as it came in.
 *
 * **Rules**
 * 1. There is at least one line.
 * 2. Line numbers are given for all lines or for none, each once.
 *
 * **Source:** mission 4.2, 4.13
 */
export const orderDraftSchema: z.ZodType<OrderDraft> = /* @__PURE__ */ (() =>
  exactly<OrderDraft>()(
    z
      .strictObject({
        orderNo: nameSchema,
        customerCode: nameSchema,
        customerName: z.exactOptional(remarkSchema),
        receivedAt: instantSchema,
        orderDate: calendarDaySchema,
        requestedDeliveryDate: z.exactOptional(calendarDaySchema),
        deliveryWaveId: z.exactOptional(nameSchema),
        paymentMeans: z.exactOptional(nameSchema),
        paymentTerm: z.exactOptional(paymentTermSchema),
        salespersonCode: z.exactOptional(nameSchema),
        deliveryRequirement: z.exactOptional(deliveryRequirementSchema),
        customerPoNo: z.exactOptional(nameSchema),
        remark: z.exactOptional(remarkSchema),
        shipToAddress: z.exactOptional(addressSchema),
        deliveryAreaPath: z.exactOptional(z.array(nameSchema).min(1).max(3)),
        vehicleRestriction: z.exactOptional(vehicleRestrictionSchema),
        orderSource: z.exactOptional(orderSourceSchema),
        channel: z.exactOptional(orderChannelSchema),
        currency: z.exactOptional(currencySchema),
        charges: z.exactOptional(z.array(orderChargeSchema)),
        partialAllowed: z.exactOptional(z.boolean()),
        shortagePolicy: z.exactOptional(shortagePolicySchema),
        shortageOffers: z.exactOptional(shortageOffersSchema),
        preBooked: z.exactOptional(z.boolean()),
        shipComplete: z.exactOptional(z.boolean()),
        couponCodes: z.exactOptional(z.array(nameSchema)),
        giftChoices: z.exactOptional(z.record(nameSchema, nameSchema)),
        lines: z.array(orderDraftLineSchema).min(1),
      })
      .check((context) => reportLineNumbers(context, context.value.lines)),
  ))();

function reportLineNumbers(context: z.core.ParsePayload, lines: readonly OrderDraftLine[]): void {
  const numbered = lines.filter((line) => line.lineNo !== undefined).length;
  if (numbered !== 0 && numbered !== lines.length) {
    const params = { rule: "line_numbers", expected: String(lines.length), actual: String(numbered) } as const;
    report(context, lines, "schema.inconsistent", params, ["lines"]);
  }
  reportDuplicates(context, lines, "lineNo", (line) => line.lineNo, ["lines"], "lineNo");
}
