import type { Result } from "../core/result.js";
import type { PriceEntry } from "../model/item.js";
import { duplicatesInList } from "./duplicates-in-list.js";
import { priceEntrySchema } from "./item-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a price structure out of a file or a data base.
 *
 * **Rules**
 * 1. Two prices that differ in nothing but the money are refused, since nobody could say which one holds.
 *
 * @param input anything; a list of prices
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the prices, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 3.6
 * @example
 * ```ts
 * import { parsePriceList } from "ordercycle/schema";
 * const price = { itemCode: "TEA", uom: "EA", currency: "EUR", unitPrice: "2.50" };
 * const result = parsePriceList([price, { ...price, unitPrice: "2.60" }]);
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.duplicate", 1]]
 * ```
 */
export function parsePriceList(input: unknown, options: ParseOptions = {}): Result<readonly PriceEntry[], SchemaIssue> {
  return parseListWith(priceEntrySchema, input, options, (entries) => duplicatesInList(entries, "price", priceKey));
}

/** All that a price depends on; two entries with the same key would contradict or repeat each other. */
function priceKey(entry: PriceEntry): string {
  const { itemCode, customerType, paymentTerm, uom, currency, minQuantity = "0", validFrom, validTo } = entry;
  const open = [customerType, paymentTerm, uom, currency, minQuantity, validFrom, validTo].map((part) => part ?? "");
  return [itemCode, ...open].join("\n");
}
