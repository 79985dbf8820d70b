import type { Result } from "../core/result.js";
import type { Order } from "../model/order.js";
import { orderSchema } from "./order-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a stored order out of a data base or a message, and makes sure that it is whole.
 *
 * **Rules**
 * 1. Every field is there and well formed.
 * 2. The laws of the model hold: buckets, reservations and shortages sum up, the status follows, totals and billing agree.
 * 3. Line ids, line numbers, holds, invoices and payments stand once.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the order, sharing nothing with the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 5.1, 5.2, 11.1
 * @example
 * ```ts
 * import { parseOrder } from "ordercycle/schema";
 * import { anyOrder } from "ordercycle/testing";
 * const row = JSON.stringify(anyOrder());
 * parseOrder(JSON.parse(row)).ok; // => true
 * const wrong = parseOrder({ ...anyOrder(), status: "shipped" });
 * wrong.ok ? [] : wrong.issues.map(({ code, path }) => [code, ...path]); // => [["schema.inconsistent", "status"]]
 * ```
 */
export function parseOrder(input: unknown, options: ParseOptions = {}): Result<Order, SchemaIssue> {
  return parseWith(orderSchema, input, options);
}
