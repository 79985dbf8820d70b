import type { Result } from "../core/result.js";
import type { StockMovement } from "../model/movement.js";
import { stockMovementSchema } from "./movement-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes one movement of stock out of a message.
 *
 * **Rules**
 * 1. The quantity is above zero: the kind of movement tells its direction.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the movement; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 5.11
 * @example
 * ```ts
 * import { parseStockMovement } from "ordercycle/schema";
 * const movement = { kind: "receive", itemCode: "TEA", warehouseId: "NORTH", quantity: "40", at: "2026-03-02T09:00:00Z" };
 * parseStockMovement(movement).ok; // => true
 * parseStockMovement({ ...movement, quantity: "-40" }).ok; // => false
 * ```
 */
export function parseStockMovement(input: unknown, options: ParseOptions = {}): Result<StockMovement, SchemaIssue> {
  return parseWith(stockMovementSchema, input, options);
}
