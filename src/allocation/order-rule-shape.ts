import type { OrderRule } from "./order-rule.js";
import { listOf, oneOf, optional, text, type FieldShapes } from "../model/value-shape.js";

/** The fields by which a rule of a policy fits orders. @internal */
export const orderRuleShapes: FieldShapes<OrderRule> = /* @__PURE__ */ (() => {
  const texts = optional(listOf(text));
  return {
    customerClasses: texts,
    customerTypes: texts,
    customerCodes: texts,
    promise: optional(oneOf<NonNullable<OrderRule["promise"]>>({ given: true, none: true })),
    preBooked: optional(oneOf<NonNullable<OrderRule["preBooked"]>>({ yes: true, no: true })),
  };
})();
