import type { Result } from "../core/result.js";
import type { Item } from "../model/item.js";
import { itemSchema } from "./item-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes an item out of the item master.
 *
 * **Rules**
 * 1. Each unit of measure is listed once, with an exact factor above zero that is brought to lowest terms.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the item; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 4.9, 5.9, 5.10
 * @example
 * ```ts
 * import { parseItem } from "ordercycle/schema";
 * const result = parseItem({
 *   itemCode: "TEA",
 *   name: "Green tea",
 *   baseUom: "EA",
 *   units: [{ uom: "CS", factor: { numerator: 24, denominator: 2 } }],
 * });
 * result.ok ? result.value.units : undefined; // => [{ uom: "CS", factor: { numerator: "12", denominator: "1" } }]
 * ```
 */
export function parseItem(input: unknown, options: ParseOptions = {}): Result<Item, SchemaIssue> {
  return parseWith(itemSchema, input, options);
}
