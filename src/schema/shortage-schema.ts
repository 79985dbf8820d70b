import * as z from "zod";
import type { Consent } from "../model/consent.js";
import type { MergeRecord } from "../model/merge-record.js";
import { moneySchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { instantSchema } from "./time-schema.js";

/** What a customer agreed to. **Source:** mission 9.14 */
export const consentSchema: z.ZodType<Consent> = /* @__PURE__ */ (() =>
  exactly<Consent>()(
    z.strictObject({
      customerCode: nameSchema,
      subject: nameSchema,
      agreedBy: nameSchema,
      agreedAt: instantSchema,
      reference: nameSchema,
      compensation: z.exactOptional(
        z.strictObject({ amount: z.exactOptional(moneySchema), note: z.exactOptional(remarkSchema) }),
      ),
      expiresAt: z.exactOptional(instantSchema),
    }),
  ))();

const lineNameFields = { orderNo: nameSchema, lineId: nameSchema };

/** A row of the merged-order file. **Source:** mission 12.2b */
export const mergeRecordSchema: z.ZodType<MergeRecord> = /* @__PURE__ */ (() =>
  exactly<MergeRecord>()(
    z.strictObject({
      from: z.strictObject(lineNameFields),
      to: z.strictObject(lineNameFields),
      itemCode: nameSchema,
      quantity: quantitySchema,
      reason: nameSchema,
      consent: z.exactOptional(nameSchema),
    }),
  ))();
