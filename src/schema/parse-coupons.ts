import type { Result } from "../core/result.js";
import type { Coupon } from "../model/promotion/promotion.js";
import { duplicatesInList } from "./duplicates-in-list.js";
import { limitsForPromotions, type ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import { couponSchema } from "./promotion-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes coupons out of a file or a data base.
 *
 * **Rules**
 * 1. A code stands once.
 *
 * @param input anything; a list of coupons
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the coupons, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 6.3
 * @example
 * ```ts
 * import { parseCoupons } from "ordercycle/schema";
 * const coupon = { code: "TEA-7", batchId: "B-1" };
 * const result = parseCoupons([coupon, coupon]);
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.duplicate", 1]]
 * ```
 */
export function parseCoupons(input: unknown, options: ParseOptions = {}): Result<readonly Coupon[], SchemaIssue> {
  return parseListWith(couponSchema, input, limitsForPromotions(options), (coupons) =>
    duplicatesInList(coupons, "code", ({ code }) => code),
  );
}
