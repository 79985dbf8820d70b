import type { Result } from "../core/result.js";
import type { SalesRecord } from "../model/sales-record.js";
import { salesRecordSchema } from "./sales-record-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes one line of a sales history; quantity and price may be negative.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the line; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 12.4b, 18.1
 * @example
 * ```ts
 * import { parseSalesRecord } from "ordercycle/schema";
 * const record = { documentNo: "536365", kind: "credit", itemCode: "85123A", quantity: -6, unitPrice: 2.55, soldOn: "2010-12-01" };
 * const result = parseSalesRecord(record);
 * result.ok ? [result.value.quantity, result.value.unitPrice] : []; // => ["-6", "2.55"]
 * ```
 */
export function parseSalesRecord(input: unknown, options: ParseOptions = {}): Result<SalesRecord, SchemaIssue> {
  return parseWith(salesRecordSchema, input, options);
}
