import type { Result } from "../core/result.js";
import type { SalesRecord } from "../model/sales-record.js";
import { salesRecordSchema } from "./sales-record-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseListWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a sales history out of an export.
 *
 * @param input anything; a list of lines
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the lines, in the order of the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 12.4b, 18.1
 * @example
 * ```ts
 * import { parseSalesRecords } from "ordercycle/schema";
 * const record = { documentNo: "536365", kind: "sale", itemCode: "85123A", quantity: 6, unitPrice: 2.55, soldOn: "2010-12-01" };
 * const result = parseSalesRecords([record, { ...record, soldOn: "01/12/2010" }]);
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.not_a_calendar_day", 1, "soldOn"]]
 * ```
 */
export function parseSalesRecords(
  input: unknown,
  options: ParseOptions = {},
): Result<readonly SalesRecord[], SchemaIssue> {
  return parseListWith(salesRecordSchema, input, options);
}
