import type { Result } from "../core/result.js";
import type { OrderEvent } from "../model/event.js";
import { orderEventSchema } from "./event-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the history of orders out of a data base or a queue.
 *
 * **Rules**
 * 1. The list is taken as it comes; `applyEvent` sees to it that the versions follow each other.
 *
 * @param input anything; a list of events
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the events, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 11.3, 20.1
 * @example
 * ```ts
 * import { parseOrderEvents } from "ordercycle/schema";
 * import { anyOrderHistory } from "ordercycle/testing";
 * parseOrderEvents(JSON.parse(JSON.stringify(anyOrderHistory().events))).ok; // => true
 * ```
 */
export function parseOrderEvents(
  input: unknown,
  options: ParseOptions = {},
): Result<readonly OrderEvent[], SchemaIssue> {
  return parseListWith(orderEventSchema, input, options);
}
