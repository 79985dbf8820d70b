import type { Result } from "../core/result.js";
import type { StockPosition } from "../model/stock.js";
import { stockPositionSchema } from "./stock-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes what is known of one item at one place.
 *
 * **Rules**
 * 1. On hand ≥ reserved ≥ picked ≥ 0.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the position; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 5.11, 9.7
 * @example
 * ```ts
 * import { parseStockPosition } from "ordercycle/schema";
 * import { anyStock } from "ordercycle/testing";
 * const result = parseStockPosition({ ...anyStock({ onHand: "40" })[0], reserved: "41" });
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.inconsistent", "reserved"]]
 * ```
 */
export function parseStockPosition(input: unknown, options: ParseOptions = {}): Result<StockPosition, SchemaIssue> {
  return parseWith(stockPositionSchema, input, options);
}
