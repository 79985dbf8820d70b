import type { Result } from "../core/result.js";
import type { OrderEvent } from "../model/event.js";
import { orderEventSchema } from "./event-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes one event of an order out of its history.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the event; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 11.3, 20.1
 * @example
 * ```ts
 * import { parseOrderEvent } from "ordercycle/schema";
 * import { anyOrderHistory } from "ordercycle/testing";
 * parseOrderEvent(anyOrderHistory().events[0]).ok; // => true
 * ```
 */
export function parseOrderEvent(input: unknown, options: ParseOptions = {}): Result<OrderEvent, SchemaIssue> {
  return parseWith(orderEventSchema, input, options);
}
