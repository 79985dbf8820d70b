import * as z from "zod";
import type { LineSelector } from "../model/promotion/line-selector.js";
import type { PromotionCondition } from "../model/promotion/promotion-condition.js";
import { moneySchema, nonNegativeSchema } from "./decimal-schema.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema, localTimeSchema } from "./time-schema.js";
import { wholeNumberSchema } from "./whole-number-schema.js";

// A tree cannot be tied to its interface by `exactly`, which would never end: the return types do it field by field.

/** Which lines of an order a promotion looks at. How deep the tree is, the limits of parsing bound. **Source:** mission 6.2 */
export const lineSelectorSchema: z.ZodType<LineSelector> = /* @__PURE__ */ (() => {
  const names = z.array(nameSchema);
  const parts = z.lazy(() => z.array(lineSelectorSchema));
  return z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("every") }),
    z.strictObject({ kind: z.literal("items"), in: names }),
    z.strictObject({ kind: z.literal("categories"), in: names }),
    z.strictObject({ kind: z.literal("tags"), in: names }),
    z.strictObject({ kind: z.literal("attribute"), name: nameSchema, in: z.array(remarkSchema) }),
    z.strictObject({
      kind: z.literal("quantity"),
      atLeast: z.exactOptional(nonNegativeSchema),
      atMost: z.exactOptional(nonNegativeSchema),
    }),
    z.strictObject({
      kind: z.literal("unitPrice"),
      atLeast: z.exactOptional(moneySchema),
      atMost: z.exactOptional(moneySchema),
    }),
    z.strictObject({ kind: z.literal("couponItems") }),
    z.strictObject({ kind: z.literal("all"), of: parts }),
    z.strictObject({ kind: z.literal("any"), of: parts }),
    z.strictObject({ kind: z.literal("not"), of: z.lazy(() => lineSelectorSchema) }),
  ]);
})();

/** When a promotion holds. **Source:** mission 6.2, 6.7 */
export const promotionConditionSchema: z.ZodType<PromotionCondition> = /* @__PURE__ */ (() => {
  const names = z.array(nameSchema);
  const parts = z.lazy(() => z.array(promotionConditionSchema));
  return z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("customer"),
      fact: z.enum(["customerCode", "customerType", "customerClass", "creditRating", "tag"]),
      in: names,
    }),
    z.strictObject({
      kind: z.literal("order"),
      fact: z.enum([
        "channel",
        "orderSource",
        "paymentTerm",
        "paymentMeans",
        "deliveryArea",
        "deliveryWaveId",
        "salespersonCode",
      ]),
      in: names,
    }),
    z.strictObject({
      kind: z.literal("lines"),
      which: lineSelectorSchema,
      measure: z.enum(["quantity", "amount", "discountedAmount", "lines", "items"]),
      atLeast: z.exactOptional(moneySchema),
      atMost: z.exactOptional(moneySchema),
    }),
    z.strictObject({
      kind: z.literal("nthOrder"),
      from: z.exactOptional(wholeNumberSchema),
      to: z.exactOptional(wholeNumberSchema),
      every: z.exactOptional(wholeNumberSchema),
    }),
    z.strictObject({
      kind: z.literal("time"),
      weekdays: z.exactOptional(z.array(wholeNumberSchema)),
      fromDay: z.exactOptional(calendarDaySchema),
      toDay: z.exactOptional(calendarDaySchema),
      fromTime: z.exactOptional(localTimeSchema),
      toTime: z.exactOptional(localTimeSchema),
    }),
    z.strictObject({ kind: z.literal("all"), of: parts }),
    z.strictObject({ kind: z.literal("any"), of: parts }),
    z.strictObject({ kind: z.literal("not"), of: z.lazy(() => promotionConditionSchema) }),
  ]);
})();
