import type { Result } from "../core/result.js";
import type { Invoice } from "../model/invoice.js";
import { invoiceSchema } from "./invoice-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes an invoice out of a data base.
 *
 * **Rules**
 * 1. Net is the sum of the lines, and payable is net and charges.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the invoice; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 15.1, 15.3
 * @example
 * ```ts
 * import { parseInvoice } from "ordercycle/schema";
 * const head = { invoiceNo: "I-1", orderNo: "SO-1", customerCode: "C-100", currency: "EUR", issuedOn: "2026-03-02", dueOn: "2026-04-01" };
 * const result = parseInvoice({ ...head, lines: [], net: "0", charges: "5", payable: "6" });
 * result.ok ? [] : result.issues.map(({ params }) => params); // => [{ rule: "totals", expected: "5", actual: "6" }]
 * ```
 */
export function parseInvoice(input: unknown, options: ParseOptions = {}): Result<Invoice, SchemaIssue> {
  return parseWith(invoiceSchema, input, options);
}
