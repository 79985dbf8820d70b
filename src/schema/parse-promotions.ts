import { refuse, type Result } from "../core/result.js";
import type { CheckPromotionOptions } from "../model/promotion/check-promotion.js";
import { checkPromotions } from "../model/promotion/check-promotions.js";
import type { Promotion } from "../model/promotion/promotion.js";
import type { PromotionIssue } from "../model/promotion/promotion-issue.js";
import { limitsForPromotions, limitsOf, type ParseOptions } from "./parse-options.js";
import { closed, parseListWith } from "./parse-with.js";
import { promotionSchema } from "./promotion-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the promotions of a seller out of a file or a data base.
 *
 * **Rules**
 * 1. Each is well formed and makes sense by itself and beside the others: `checkPromotions` is asked too.
 *
 * @param input anything; a list of promotions
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default;
 * decimals of amounts where the policy has others than the currency
 * @returns the promotions, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 6.2
 * @example
 * ```ts
 * import { parsePromotions } from "ordercycle/schema";
 * import { anyPromotion } from "ordercycle/testing";
 * const result = parsePromotions([anyPromotion(), anyPromotion()]);
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["promotion.version_twice", 1, "version"]]
 * ```
 */
export function parsePromotions(
  input: unknown,
  options: ParseOptions & CheckPromotionOptions = {},
): Result<readonly Promotion[], SchemaIssue | PromotionIssue> {
  const parsed = parseListWith(promotionSchema, input, limitsForPromotions(options));
  if (!parsed.ok) return parsed;
  const issues = checkPromotions(parsed.value, options);
  return issues.length === 0 ? parsed : refuse(closed(issues, limitsOf(options)));
}
