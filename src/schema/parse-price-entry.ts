import type { Result } from "../core/result.js";
import type { PriceEntry } from "../model/item.js";
import { priceEntrySchema } from "./item-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes one price out of the price structure.
 *
 * **Rules**
 * 1. A price that ends begins before it ends.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the price; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 3.6
 * @example
 * ```ts
 * import { parsePriceEntry } from "ordercycle/schema";
 * const result = parsePriceEntry({ itemCode: "TEA", uom: "EA", currency: "EUR", unitPrice: "2.50" });
 * result.ok ? result.value.unitPrice : undefined; // => "2.5"
 * ```
 */
export function parsePriceEntry(input: unknown, options: ParseOptions = {}): Result<PriceEntry, SchemaIssue> {
  return parseWith(priceEntrySchema, input, options);
}
