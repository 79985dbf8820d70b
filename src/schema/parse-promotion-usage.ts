import type { Result } from "../core/result.js";
import type { PromotionUsageEntry } from "../model/promotion/promotion-usage.js";
import { duplicatesInList } from "./duplicates-in-list.js";
import type { ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import { promotionUsageEntrySchema } from "./price-adjustment-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes entries of the ledger of promotions out of a data base.
 *
 * **Rules**
 * 1. An entry stands once: the same id twice would count a use twice.
 *
 * @param input anything; a list of entries
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the entries, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 6.3, 6.7
 * @example
 * ```ts
 * import { parsePromotionUsage } from "ordercycle/schema";
 * const entry = { entryId: "SO-1@2/1", kind: "reserve", promotionId: "P-1", customerCode: "C-1", orderNo: "SO-1", uses: 1, amount: "5.00", units: "2", at: "2026-03-02T09:00:00Z" };
 * const result = parsePromotionUsage([entry]);
 * result.ok && result.value[0]?.amount; // => "5"
 * ```
 */
export function parsePromotionUsage(
  input: unknown,
  options: ParseOptions = {},
): Result<readonly PromotionUsageEntry[], SchemaIssue> {
  return parseListWith(promotionUsageEntrySchema, input, options, (entries) =>
    duplicatesInList(entries, "entryId", ({ entryId }) => entryId),
  );
}
