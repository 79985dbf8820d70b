import type { Result } from "../core/result.js";
import type { ArchivedOrder } from "../model/archived-order.js";
import { archivedOrderSchema } from "./archived-order-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes an archived order from other media.
 *
 * **Rules**
 * 1. It says of itself that it is one, in a version of the form that is known here.
 * 2. The order is whole, as {@link parseOrder} sees to it; whether its events lead to it, `fromArchive` says.
 *
 * @param input anything: parsed JSON of a file
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the archived order; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 12.5
 * @example
 * ```ts
 * import { parseArchivedOrder } from "ordercycle/schema";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { order, events } = anyOrderHistory();
 * const file = { format: "ordercycle.archived-order", formatVersion: 1, archivedAt: "2027-03-02T00:00:00.000Z", order, events };
 * parseArchivedOrder(JSON.parse(JSON.stringify(file))).ok; // => true
 * parseArchivedOrder({ ...file, formatVersion: 2 }).ok; // => false
 * ```
 */
export function parseArchivedOrder(input: unknown, options: ParseOptions = {}): Result<ArchivedOrder, SchemaIssue> {
  return parseWith(archivedOrderSchema, input, options);
}
