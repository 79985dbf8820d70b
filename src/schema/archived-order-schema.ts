import * as z from "zod";
import type { ArchivedOrder } from "../model/archived-order.js";
import { orderEventSchema } from "./event-schema.js";
import { exactly } from "./exactly.js";
import { orderSchema } from "./order-schema.js";
import { instantSchema } from "./time-schema.js";

/** An order on other media, with its history. **Source:** mission 12.5 */
export const archivedOrderSchema: z.ZodType<ArchivedOrder> = /* @__PURE__ */ (() =>
  exactly<ArchivedOrder>()(
    z.strictObject({
      format: z.literal("ordercycle.archived-order"),
      formatVersion: z.literal(1),
      archivedAt: instantSchema,
      order: orderSchema,
      events: z.array(orderEventSchema),
    }),
  ))();
