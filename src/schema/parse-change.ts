import type { Result } from "../core/result.js";
import type { Change } from "../model/change.js";
import { changeSchema } from "./change-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a change of an order out of a message; whether the order allows it, `applyChanges` decides.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the change; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 11.3
 * @example
 * ```ts
 * import { parseChange } from "ordercycle/schema";
 * const result = parseChange({ kind: "quantity_added", lineId: "SO-1-1", quantity: 4 });
 * result.ok ? result.value : undefined; // => { kind: "quantity_added", lineId: "SO-1-1", quantity: "4" }
 * ```
 */
export function parseChange(input: unknown, options: ParseOptions = {}): Result<Change, SchemaIssue> {
  return parseWith(changeSchema, input, options);
}
