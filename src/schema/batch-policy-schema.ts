import * as z from "zod";
import type { BatchRule, SingleBatchRule } from "../allocation/batch-rule.js";
import type { ParticipantPolicy } from "../allocation/participant-policy.js";
import { exactly } from "./exactly.js";
import { nameSchema } from "./text-schema.js";
import { localTimeSchema, timeZoneSchema } from "./time-schema.js";
import { countSchema } from "./whole-number-schema.js";

/** Which orders take part in a batch, as it is stored. **Source:** mission 9.6 */
export const participantPolicySchema: z.ZodType<ParticipantPolicy> = /* @__PURE__ */ (() => {
  const include = z.boolean();
  const short = z.strictObject({ include, onlyIfStockNow: z.exactOptional(z.boolean()) });
  return exactly<ParticipantPolicy>()(
    z.strictObject({
      deferred: short,
      backfill: short,
      futureDue: z.strictObject({ include, leadDays: countSchema }),
      allocatedNotShipped: z.strictObject({ include, reservation: z.enum(["keep", "release"]) }),
      holdReleased: z.strictObject({ include }),
      new: z.strictObject({ include }),
    }),
  );
})();

/** How orders are cut into batches, as it is stored. **Source:** mission 9.3, 9.4, 9.5 */
export const batchRuleSchema: z.ZodType<BatchRule> = /* @__PURE__ */ (() => {
  const receiptSlot = z.strictObject({
    kind: z.literal("receiptSlot"),
    timeZone: timeZoneSchema,
    slots: z.array(
      z.strictObject({
        from: localTimeSchema,
        deliveryWaveId: z.exactOptional(nameSchema),
        cutOffs: z.exactOptional(z.array(z.strictObject({ customerClass: nameSchema, at: localTimeSchema }))),
      }),
    ),
  });
  const processing = z.strictObject({ kind: z.literal("processing"), host: z.exactOptional(nameSchema) });
  const area = z.strictObject({ kind: z.literal("area"), level: z.literal([1, 2, 3]) });
  const route = z.discriminatedUnion("by", [
    z.strictObject({
      kind: z.literal("route"),
      by: z.enum([
        "customerRoute",
        "deliveryWaveId",
        "customerCode",
        "salespersonCode",
        "channel",
        "requestedDeliveryDate",
      ]),
    }),
    z.strictObject({ kind: z.literal("route"), by: z.literal("host"), host: nameSchema }),
  ]);
  const single = z.discriminatedUnion("kind", [receiptSlot, processing, area, route]);
  exactly<SingleBatchRule>()(single);
  return exactly<BatchRule>()(
    z.discriminatedUnion("kind", [
      receiptSlot,
      processing,
      area,
      route,
      z.strictObject({ kind: z.literal("combined"), rules: z.array(single) }),
    ]),
  );
})();
