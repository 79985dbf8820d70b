import type { ReallocationPolicy } from "../allocation/shortage/reallocation-proposal.js";
import type { Result } from "../core/result.js";
import { reallocationPolicySchema } from "./allocation-policy-schema.js";
import { limitsForPolicies, type ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the policy of who may be asked to give goods up out of a data base or a settings file.
 *
 * What its fields mean together is asked by all that proposes: `proposeReallocation` and `decideShortages`.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; as for `parseAllocationPolicy`
 * @returns the policy; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.14, 8.7, 4.13
 * @example
 * ```ts
 * import { parseReallocationPolicy } from "ordercycle/schema";
 * const sourcing = { kind: "nearest", areas: [], otherwise: ["NORTH"] };
 * const harm = { perLine: 5, perUnit: "1", perUnitAndDay: "-0.5", unknownDelayDays: 10 };
 * const result = parseReallocationPolicy({ priority: [], sourcing, promises: "kept", harm, steps: 1000 });
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, path.join(".")]); // => [["schema.not_allowed","promises"],["schema.negative","harm.perUnitAndDay"]]
 * ```
 */
export function parseReallocationPolicy(
  input: unknown,
  options: ParseOptions = {},
): Result<ReallocationPolicy, SchemaIssue> {
  return parseWith(reallocationPolicySchema, input, limitsForPolicies(options));
}
