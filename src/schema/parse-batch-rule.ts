import type { BatchRule } from "../allocation/batch-rule.js";
import type { Result } from "../core/result.js";
import { batchRuleSchema } from "./batch-policy-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the rule by which orders are cut into batches out of a data base or a settings file. Whether slots follow each
 * other is asked by `cutBatches`.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the rule; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.3, 9.4, 9.5, 4.13
 * @example
 * ```ts
 * import { parseBatchRule } from "ordercycle/schema";
 * const slots = { kind: "receiptSlot", timeZone: "Europe/Berlin", slots: [{ from: "08:00" }, { from: "13:00" }] };
 * parseBatchRule({ kind: "combined", rules: [slots, { kind: "area", level: 1 }] }).ok; // => true
 * const result = parseBatchRule({ kind: "route", by: "salesman" });
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.not_allowed","by"]]
 * ```
 */
export function parseBatchRule(input: unknown, options: ParseOptions = {}): Result<BatchRule, SchemaIssue> {
  return parseWith(batchRuleSchema, input, options);
}
