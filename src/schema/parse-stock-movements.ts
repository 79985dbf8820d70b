import type { Result } from "../core/result.js";
import type { StockMovement } from "../model/movement.js";
import { stockMovementSchema } from "./movement-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes movements of stock out of a file or a queue.
 *
 * **Rules**
 * 1. The quantities are above zero: the kind of movement tells its direction.
 *
 * @param input anything; a list of movements
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the movements, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 5.11
 * @example
 * ```ts
 * import { parseStockMovements } from "ordercycle/schema";
 * import { anyOrderHistory } from "ordercycle/testing";
 * parseStockMovements(anyOrderHistory().movements).ok; // => true
 * ```
 */
export function parseStockMovements(
  input: unknown,
  options: ParseOptions = {},
): Result<readonly StockMovement[], SchemaIssue> {
  return parseListWith(stockMovementSchema, input, options);
}
