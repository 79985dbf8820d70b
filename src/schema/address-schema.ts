import * as z from "zod";
import type { Address } from "../model/address.js";
import { exactly } from "./exactly.js";
import { nameSchema, remarkSchema } from "./text-schema.js";

/** A postal address. **Source:** mission 4.2, 5.1 */
export const addressSchema: z.ZodType<Address> = /* @__PURE__ */ (() =>
  exactly<Address>()(
    z.strictObject({
      name: z.exactOptional(remarkSchema),
      street: remarkSchema,
      city: remarkSchema,
      region: z.exactOptional(remarkSchema),
      postalCode: z.exactOptional(remarkSchema),
      country: nameSchema,
    }),
  ))();
