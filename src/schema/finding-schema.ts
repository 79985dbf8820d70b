import * as z from "zod";
import type { Finding } from "../model/finding.js";
import { exactly } from "./exactly.js";
import { nameSchema } from "./text-schema.js";

/** A soft finding of a review; its parameters are whatever plain data its code brings. */
export const findingSchema: z.ZodType<Finding> = /* @__PURE__ */ (() =>
  exactly<Finding>()(
    z.strictObject({
      code: nameSchema,
      path: z.array(z.union([z.string(), z.number()])),
      params: z.record(z.string(), z.unknown()),
      severity: z.enum(["error", "warning"]),
    }),
  ))();
