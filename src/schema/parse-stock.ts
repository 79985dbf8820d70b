import type { Result } from "../core/result.js";
import { stockKey, type StockPosition } from "../model/stock.js";
import { duplicatesInList } from "./duplicates-in-list.js";
import type { ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";
import { stockPositionSchema } from "./stock-schema.js";

/**
 * Takes a whole stock out of a data base: the positions of many items at many places.
 *
 * **Rules**
 * 1. Each place of an item stands once.
 * 2. On hand ≥ reserved ≥ picked ≥ 0 at every position.
 *
 * @param input anything; a list of positions, up to a million by default
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the positions, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 5.11, 9.7
 * @example
 * ```ts
 * import { parseStock } from "ordercycle/schema";
 * import { anyStock } from "ordercycle/testing";
 * const [position] = anyStock();
 * parseStock([position]).ok; // => true
 * const result = parseStock([position, position]);
 * result.ok ? [] : result.issues.map(({ code, path, params }) => [code, path, params]);
 * // => [["schema.duplicate", [1], { of: "place", received: "TEA NORTH", first: 0 }]]
 * ```
 */
export function parseStock(input: unknown, options: ParseOptions = {}): Result<readonly StockPosition[], SchemaIssue> {
  return parseListWith(stockPositionSchema, input, options, (positions) =>
    duplicatesInList(positions, "place", (position) => stockKey(position.itemCode, position)),
  );
}
