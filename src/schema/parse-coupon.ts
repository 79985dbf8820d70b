import type { Result } from "../core/result.js";
import type { Coupon } from "../model/promotion/promotion.js";
import { limitsForPromotions, type ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import { couponSchema } from "./promotion-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a coupon out of a data base or a message.
 *
 * @param input anything
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the coupon, or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 6.3
 * @example
 * ```ts
 * import { parseCoupon } from "ordercycle/schema";
 * const result = parseCoupon({ code: "TEA-7", batchId: "B-1", validTo: "2026-07-01T00:00:00+02:00" });
 * result.ok && result.value.validTo; // => "2026-06-30T22:00:00.000Z"
 * ```
 */
export function parseCoupon(input: unknown, options: ParseOptions = {}): Result<Coupon, SchemaIssue> {
  return parseWith(couponSchema, input, limitsForPromotions(options));
}
