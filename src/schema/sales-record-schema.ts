import * as z from "zod";
import type { SalesRecord } from "../model/sales-record.js";
import { signedMoneySchema, signedQuantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema } from "./time-schema.js";

/** A line of the sales history; quantity and price are signed. **Source:** mission 12.4b, 18.1 */
export const salesRecordSchema: z.ZodType<SalesRecord> = /* @__PURE__ */ (() =>
  exactly<SalesRecord>()(
    z.strictObject({
      documentNo: nameSchema,
      kind: z.enum(["sale", "credit", "writeOff", "adjustment"]),
      itemCode: nameSchema,
      itemName: z.exactOptional(remarkSchema),
      quantity: signedQuantitySchema,
      unitPrice: signedMoneySchema,
      soldOn: calendarDaySchema,
      customerCode: z.exactOptional(nameSchema),
      country: z.exactOptional(remarkSchema),
    }),
  ))();
