import type { ReleasePolicy } from "../allocation/release/release-policy.js";
import type { Result } from "../core/result.js";
import { limitsForPolicies, type ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import { releasePolicySchema } from "./reconfirm-orders-policy-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the policy of who gives goods back first out of a data base or a settings file.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; as for `parseAllocationPolicy`
 * @returns the policy; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.17, 4.13
 * @example
 * ```ts
 * import { parseReleasePolicy } from "ordercycle/schema";
 * const result = parseReleasePolicy({ priority: [], together: "spare" });
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path]); // => [["schema.not_allowed","together"]]
 * ```
 */
export function parseReleasePolicy(input: unknown, options: ParseOptions = {}): Result<ReleasePolicy, SchemaIssue> {
  return parseWith(releasePolicySchema, input, limitsForPolicies(options));
}
