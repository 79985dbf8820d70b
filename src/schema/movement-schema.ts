import * as z from "zod";
import { MOVEMENT_ACCOUNTS, type MovementKind, type StockMovement } from "../model/movement.js";
import { quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { stockSourceFields } from "./stock-schema.js";
import { nameSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema } from "./time-schema.js";

/** One movement of stock. **Source:** mission 5.11 */
export const stockMovementSchema: z.ZodType<StockMovement> = /* @__PURE__ */ (() =>
  exactly<StockMovement>()(
    z.strictObject({
      kind: z.enum(Object.keys(MOVEMENT_ACCOUNTS) as MovementKind[]),
      itemCode: nameSchema,
      ...stockSourceFields,
      quantity: quantitySchema,
      at: instantSchema,
      orderNo: z.exactOptional(nameSchema),
      lineId: z.exactOptional(nameSchema),
      receivedOn: z.exactOptional(calendarDaySchema),
      expiresOn: z.exactOptional(calendarDaySchema),
    }),
  ))();
