import type { Result } from "../core/result.js";
import type { PromotionPolicy } from "../model/promotion/promotion-policy.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import { promotionPolicySchema } from "./promotion-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the policy of promotions out of a data base or a settings file.
 *
 * @param input anything
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the policy, or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 6.7
 * @example
 * ```ts
 * import { USUAL_PROMOTION_POLICY } from "ordercycle";
 * import { parsePromotionPolicy } from "ordercycle/schema";
 * const result = parsePromotionPolicy({ ...USUAL_PROMOTION_POLICY, rounding: "upwards" });
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.not_allowed", "rounding"]]
 * ```
 */
export function parsePromotionPolicy(input: unknown, options: ParseOptions = {}): Result<PromotionPolicy, SchemaIssue> {
  return parseWith(promotionPolicySchema, input, options);
}
