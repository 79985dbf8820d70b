import type { Result } from "../core/result.js";
import type { HostRequest } from "../model/request.js";
import { hostRequestSchema } from "./request-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a request to the host out of its outbox.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the request; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 4.14, 7.3, 14.5
 * @example
 * ```ts
 * import { parseHostRequest } from "ordercycle/schema";
 * parseHostRequest({ type: "refund", orderNo: "SO-1", amount: "12.50" }).ok; // => true
 * ```
 */
export function parseHostRequest(input: unknown, options: ParseOptions = {}): Result<HostRequest, SchemaIssue> {
  return parseWith(hostRequestSchema, input, options);
}
