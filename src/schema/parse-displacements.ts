import type { Result } from "../core/result.js";
import type { Displacement } from "../model/displacement.js";
import { displacementSchema } from "./displacement-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a ledger of displacements out of a store.
 *
 * @param input anything; a list of entries
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the entries, in the order of the input; or every reason why it is no ledger, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 8.7; definition B15
 * @example
 * ```ts
 * import { timesDisplaced } from "ordercycle";
 * import { parseDisplacements } from "ordercycle/schema";
 * import { anyDisplacement } from "ordercycle/testing";
 * const stored = JSON.stringify([anyDisplacement({ victim: { orderNo: "SO-1", lineId: "SO-1-1" } })]);
 * const ledger = parseDisplacements(JSON.parse(stored));
 * ledger.ok && timesDisplaced(ledger.value).get("SO-1"); // => 1
 * ```
 */
export function parseDisplacements(
  input: unknown,
  options: ParseOptions = {},
): Result<readonly Displacement[], SchemaIssue> {
  return parseListWith(displacementSchema, input, options);
}
