import { refuse, type Result } from "../core/result.js";
import { checkPromotion, type CheckPromotionOptions } from "../model/promotion/check-promotion.js";
import type { Promotion } from "../model/promotion/promotion.js";
import type { PromotionIssue } from "../model/promotion/promotion-issue.js";
import { limitsForPromotions, limitsOf, type ParseOptions } from "./parse-options.js";
import { closed, parseWith } from "./parse-with.js";
import { promotionSchema } from "./promotion-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a promotion out of a data base or a message.
 *
 * **Rules**
 * 1. Its fields are well formed, and make sense together: `checkPromotion` is asked too.
 * 2. Trees of conditions may be deeper than other records: 64 levels are read, unless the host sets another limit.
 *
 * @param input anything
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default;
 * decimals of amounts where the policy has others than the currency
 * @returns the promotion, or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 6.2
 * @example
 * ```ts
 * import { parsePromotion } from "ordercycle/schema";
 * import { anyPromotion } from "ordercycle/testing";
 * const effect = { kind: "percentOff", which: { kind: "items", in: [] }, percent: 110, spread: "eachLine" };
 * const result = parsePromotion({ ...anyPromotion(), effect });
 * result.ok ? [] : result.issues.map(({ code }) => code); // => ["promotion.empty_condition", "promotion.percent_over_100"]
 * ```
 */
export function parsePromotion(
  input: unknown,
  options: ParseOptions & CheckPromotionOptions = {},
): Result<Promotion, SchemaIssue | PromotionIssue> {
  const parsed = parseWith(promotionSchema, input, limitsForPromotions(options));
  if (!parsed.ok) return parsed;
  const issues = checkPromotion(parsed.value, options);
  return issues.length === 0 ? parsed : refuse(closed(issues, limitsOf(options)));
}
