import * as z from "zod";
import type { Actor } from "../model/actor.js";
import type { Displacement, LineName } from "../model/displacement.js";
import { quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { nameSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema } from "./time-schema.js";

/** The hand that an order goes through. **Source:** mission 20.1, 20.9 */
export const actorSchema: z.ZodType<Actor> = /* @__PURE__ */ (() =>
  exactly<Actor>()(z.strictObject({ function: nameSchema, person: z.exactOptional(nameSchema) })))();

/** One line was set back for another. **Source:** mission 8.7, 7.6; definition B15 */
export const displacementSchema: z.ZodType<Displacement> = /* @__PURE__ */ (() => {
  const lineName = exactly<LineName>()(z.strictObject({ orderNo: nameSchema, lineId: nameSchema }));
  return exactly<Displacement>()(
    z.strictObject({
      victim: lineName,
      winner: lineName,
      itemCode: nameSchema,
      quantity: quantitySchema,
      oldDate: z.exactOptional(calendarDaySchema),
      newDate: z.exactOptional(calendarDaySchema),
      ruleId: nameSchema,
      actor: actorSchema,
      at: instantSchema,
      consent: z.exactOptional(nameSchema),
      customerToldAt: z.exactOptional(instantSchema),
      undoneAt: z.exactOptional(instantSchema),
    }),
  );
})();
