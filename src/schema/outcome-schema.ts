import * as z from "zod";
import type { Outcome } from "../model/outcome.js";
import { orderEventSchema } from "./event-schema.js";
import { exactly } from "./exactly.js";
import { stockMovementSchema } from "./movement-schema.js";
import { orderSchema } from "./order-schema.js";
import { hostRequestSchema } from "./request-schema.js";

/** The answer of a decision on one order, as it may travel to another process. */
export const outcomeSchema: z.ZodType<Outcome> = /* @__PURE__ */ (() =>
  exactly<Outcome>()(
    z.strictObject({
      order: orderSchema,
      events: z.array(orderEventSchema),
      movements: z.array(stockMovementSchema),
      requests: z.array(hostRequestSchema),
    }),
  ))();
