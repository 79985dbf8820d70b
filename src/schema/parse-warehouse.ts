import type { Result } from "../core/result.js";
import type { Warehouse } from "../model/stock.js";
import { warehouseSchema } from "./stock-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a warehouse out of the master.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the warehouse; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.7
 * @example
 * ```ts
 * import { parseWarehouse } from "ordercycle/schema";
 * parseWarehouse({ warehouseId: "NORTH", name: "Harbour store" }).ok; // => true
 * ```
 */
export function parseWarehouse(input: unknown, options: ParseOptions = {}): Result<Warehouse, SchemaIssue> {
  return parseWith(warehouseSchema, input, options);
}
