import { ok, type Result } from "../core/result.js";
import type { OrderDraft } from "../model/order-draft.js";
import { acceptOrderDraft } from "./accept-order-draft.js";
import { orderDraftSchema } from "./order-draft-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes an order as it comes in by telephone, EDI or web shop into the form that entry works on.
 *
 * **Rules**
 * 1. Missing, unknown and malformed fields are all told at once.
 * 2. Numbers may come as text or as JSON numbers and become canonical decimals; instants become UTC.
 * 3. There is at least one line; line numbers are given for all lines or for none, each once.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the draft, sharing nothing with the input; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 4.2, 4.13
 * @example
 * ```ts
 * import { parseOrderDraft } from "ordercycle/schema";
 * const result = parseOrderDraft({
 *   orderNo: "SO-1",
 *   customerCode: "C-100",
 *   receivedAt: "2026-03-02T09:00+01:00",
 *   orderDate: "2026-02-30",
 *   lines: [{ itemCode: "TEA", quantity: "12.50" }, { itemCode: "RICE", quantity: "12,5" }],
 * });
 * result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
 * // => ["schema.not_a_calendar_day orderDate", "schema.not_a_decimal lines.1.quantity"]
 * ```
 */
export function parseOrderDraft(input: unknown, options: ParseOptions = {}): Result<OrderDraft, SchemaIssue> {
  // The quick way knows the usual limits only; what it leaves open, the schema decides.
  const draft = options.limits === undefined ? acceptOrderDraft(input) : undefined;
  return draft === undefined ? parseWith(orderDraftSchema, input, options) : ok(draft);
}
