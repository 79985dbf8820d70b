import type { Result } from "../core/result.js";
import type { Displacement } from "../model/displacement.js";
import { displacementSchema } from "./displacement-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes one entry of the ledger of displacements out of a store.
 *
 * **Rules**
 * 1. The quantity is above zero.
 *
 * @param input anything: parsed JSON, a row
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the entry; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 8.7; definition B15
 * @example
 * ```ts
 * import { parseDisplacement } from "ordercycle/schema";
 * import { anyDisplacement } from "ordercycle/testing";
 * parseDisplacement(anyDisplacement()).ok; // => true
 * const result = parseDisplacement({ ...anyDisplacement(), quantity: "0", at: "today" });
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.not_positive", "quantity"], ["schema.not_an_instant", "at"]]
 * ```
 */
export function parseDisplacement(input: unknown, options: ParseOptions = {}): Result<Displacement, SchemaIssue> {
  return parseWith(displacementSchema, input, options);
}
