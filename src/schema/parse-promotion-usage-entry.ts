import type { Result } from "../core/result.js";
import type { PromotionUsageEntry } from "../model/promotion/promotion-usage.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import { promotionUsageEntrySchema } from "./price-adjustment-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes one entry of the ledger of promotions out of a data base or a message.
 *
 * @param input anything
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the entry, or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 6.3, 6.7
 * @example
 * ```ts
 * import { parsePromotionUsageEntry } from "ordercycle/schema";
 * const result = parsePromotionUsageEntry({ kind: "taken" });
 * result.ok ? [] : result.issues.map(({ code }) => code).slice(0, 2); // => ["schema.required", "schema.not_allowed"]
 * ```
 */
export function parsePromotionUsageEntry(
  input: unknown,
  options: ParseOptions = {},
): Result<PromotionUsageEntry, SchemaIssue> {
  return parseWith(promotionUsageEntrySchema, input, options);
}
