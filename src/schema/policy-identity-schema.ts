import * as z from "zod";
import type { PolicyIdentity } from "../model/allocation-plan.js";
import { exactly } from "./exactly.js";
import { nameSchema, remarkSchema } from "./text-schema.js";

/** The host's own name for a policy. **Source:** mission 4.15 */
export const policyIdentitySchema: z.ZodType<PolicyIdentity> = /* @__PURE__ */ (() =>
  exactly<PolicyIdentity>()(
    z.strictObject({
      policyId: nameSchema,
      version: z.exactOptional(nameSchema),
      name: z.exactOptional(remarkSchema),
    }),
  ))();
