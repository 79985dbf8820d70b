import type { ReconfirmOrdersPolicy } from "../allocation/reconfirm/reconfirm-orders-policy.js";
import type { Result } from "../core/result.js";
import { limitsForPolicies, type ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import { reconfirmOrdersPolicySchema } from "./reconfirm-orders-policy-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a policy of re-confirmation out of a data base or a settings file, with the policy of allocation that stands in it.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; as for `parseAllocationPolicy`
 * @returns the policy; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.18, 8.7, 4.13
 * @example
 * ```ts
 * import { parseReconfirmOrdersPolicy } from "ordercycle/schema";
 * const input = { strategies: [{ customerClasses: ["A"], strategy: "win" }], otherwise: "loose", onException: "abort", redistribute: { kind: "inOrder" } };
 * const result = parseReconfirmOrdersPolicy(input);
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.required","allocation"],["schema.not_allowed","otherwise"]]
 * ```
 */
export function parseReconfirmOrdersPolicy(
  input: unknown,
  options: ParseOptions = {},
): Result<ReconfirmOrdersPolicy, SchemaIssue> {
  return parseWith(reconfirmOrdersPolicySchema, input, limitsForPolicies(options));
}
