import type { Result } from "../core/result.js";
import type { Customer } from "../model/customer.js";
import { customerSchema } from "./customer-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a customer out of the customer master.
 *
 * **Rules**
 * 1. The delivery area has one to three levels.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the customer; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 4.3, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8
 * @example
 * ```ts
 * import { parseCustomer } from "ordercycle/schema";
 * import { anyCustomer } from "ordercycle/testing";
 * const result = parseCustomer({ ...anyCustomer(), currency: "XXQ" });
 * result.ok ? [] : result.issues.map(({ code, params }) => [code, params]); // => [["schema.unknown_currency", { received: "XXQ" }]]
 * ```
 */
export function parseCustomer(input: unknown, options: ParseOptions = {}): Result<Customer, SchemaIssue> {
  return parseWith(customerSchema, input, options);
}
