import * as z from "zod";
import type { OrderRule } from "../allocation/order-rule.js";
import type {
  ReconfirmOrdersPolicy,
  SetBackConsent,
  UnusableGoods,
} from "../allocation/reconfirm/reconfirm-orders-policy.js";
import type { ReleasePolicy } from "../allocation/release/release-policy.js";
import { RECONFIRM_STRATEGIES } from "../model/reconfirm-strategy.js";
import { allocationPolicySchema, fairSharePolicySchema } from "./allocation-policy-schema.js";
import { exactly } from "./exactly.js";
import { priorityKeySchema } from "./priority-schema.js";
import { nameSchema } from "./text-schema.js";
import { countSchema } from "./whole-number-schema.js";

const orderRuleFields = /* @__PURE__ */ (() => ({
  customerClasses: z.exactOptional(z.array(nameSchema)),
  customerTypes: z.exactOptional(z.array(nameSchema)),
  customerCodes: z.exactOptional(z.array(nameSchema)),
  promise: z.exactOptional(z.enum(["given", "none"])),
  preBooked: z.exactOptional(z.enum(["yes", "no"])),
}))();

/**
 * How a re-confirmation of orders goes about it, as it is stored.
 *
 * **Source:** mission 9.18, 8.7
 */
export const reconfirmOrdersPolicySchema: z.ZodType<ReconfirmOrdersPolicy> = /* @__PURE__ */ (() => {
  const consent = z.exactOptional(exactly<SetBackConsent>()(z.enum(["none", "whenLosing", "whenLater"])));
  const strategy = z.enum(RECONFIRM_STRATEGIES);
  return exactly<ReconfirmOrdersPolicy>()(
    z.strictObject({
      allocation: allocationPolicySchema,
      strategies: z.array(z.strictObject({ ...orderRuleFields, strategy, consent })),
      otherwise: strategy,
      consent,
      keepsUnusable: z.exactOptional(z.array(exactly<UnusableGoods>()(z.enum(["held", "expired"])))),
      maxTimesDisplaced: z.exactOptional(countSchema),
      onException: z.enum(["abort", "bestEffort"]),
      redistribute: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("inOrder") }),
        z.strictObject({ kind: z.literal("fairShare"), policy: fairSharePolicySchema }),
      ]),
    }),
  );
})();

/** Which orders give goods back, as it is stored. **Source:** mission 9.16 */
export const releasePolicySchema: z.ZodType<ReleasePolicy> = /* @__PURE__ */ (() =>
  exactly<ReleasePolicy>()(
    z.strictObject({
      priority: z.array(priorityKeySchema),
      keeps: z.exactOptional(z.array(exactly<OrderRule>()(z.strictObject(orderRuleFields)))),
      firmHolds: z.exactOptional(z.array(nameSchema)),
      maxTimesDisplaced: z.exactOptional(countSchema),
      together: z.exactOptional(z.enum(["give", "keep"])),
    }),
  ))();
