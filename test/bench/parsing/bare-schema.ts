import * as z from "zod";
import { CHANNELS, CURRENCIES } from "./draft-texts.js";

const name = z.string().min(1).max(10_000);
const remark = z.string().max(10_000);
const day = z.iso.date();
const quantity = z.string().regex(/^(?=.*[1-9])\d{1,30}(\.\d{1,20})?$/);
const amount = z.string().regex(/^\d{1,30}(\.\d{1,20})?$/);

/** What a user of zod alone would write for the same order; it checks less (no canonical decimals, no control characters). */
export const bareSchema = z.strictObject({
  orderNo: name,
  customerCode: name,
  customerName: remark.optional(),
  receivedAt: z.iso.datetime({ offset: true }),
  orderDate: day,
  requestedDeliveryDate: day.optional(),
  channel: z.enum(CHANNELS).optional(),
  currency: z.enum(CURRENCIES).optional(),
  shipToAddress: z
    .strictObject({
      name: remark.optional(),
      street: remark,
      city: remark,
      region: remark.optional(),
      postalCode: remark.optional(),
      country: name,
    })
    .optional(),
  partialAllowed: z.boolean().optional(),
  remark: remark.optional(),
  lines: z
    .array(
      z.strictObject({
        lineNo: z.int().min(1).optional(),
        itemCode: name,
        itemName: remark.optional(),
        quantity,
        uom: name.optional(),
        unitPrice: amount.optional(),
        discount: z.strictObject({ kind: z.literal("percent"), percent: amount }).optional(),
      }),
    )
    .min(1),
});
