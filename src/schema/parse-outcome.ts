import type { Result } from "../core/result.js";
import type { Outcome } from "../model/outcome.js";
import { outcomeSchema } from "./outcome-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the outcome of a decision that was made in another process.
 *
 * **Rules**
 * 1. The order is whole, as {@link parseOrder} sees to it.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the outcome; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 11.3
 * @example
 * ```ts
 * import { parseOutcome } from "ordercycle/schema";
 * import { anyOrder } from "ordercycle/testing";
 * parseOutcome({ order: anyOrder(), events: [], movements: [], requests: [] }).ok; // => true
 * ```
 */
export function parseOutcome(input: unknown, options: ParseOptions = {}): Result<Outcome, SchemaIssue> {
  return parseWith(outcomeSchema, input, options);
}
