import * as z from "zod";
import type { AgedKey, FieldKey, HostKey, PriorityKey } from "../allocation/allocation-policy.js";
import { exactly } from "./exactly.js";
import { nameSchema } from "./text-schema.js";
import { countSchema } from "./whole-number-schema.js";

/** How one key of the order of service ranks. **Source:** mission 9.10, 9.11, 9.12 */
export const priorityKeySchema: z.ZodType<PriorityKey> = /* @__PURE__ */ (() => {
  const direction = z.enum(["ascending", "descending"]);
  const nulls = z.exactOptional(z.enum(["first", "last"]));
  const fieldKey = z.strictObject({
    key: z.enum([
      "promisedClass",
      "customerClass",
      "customerType",
      "customerCode",
      "creditRating",
      "orderAmount",
      "orderQuantity",
      "orderLines",
      "requestedDeliveryDate",
      "promisedDate",
      "deliveryWave",
      "channel",
      "orderSource",
      "waitingSince",
      "orderDate",
      "receivedAt",
      "orderNo",
    ]),
    ranking: z.exactOptional(z.array(nameSchema)),
    direction,
    nulls,
  });
  const agedKey = z.strictObject({
    key: z.literal("aged"),
    afterDays: z.exactOptional(z.number().min(0)),
    afterDisplacements: z.exactOptional(countSchema),
  });
  const hostKey = z.strictObject({ key: z.literal("host"), name: nameSchema, direction, nulls });
  exactly<FieldKey>()(fieldKey);
  exactly<AgedKey>()(agedKey);
  exactly<HostKey>()(hostKey);
  return exactly<PriorityKey>()(z.discriminatedUnion("key", [fieldKey, agedKey, hostKey]));
})();
