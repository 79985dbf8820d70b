import type { AllocationPolicy } from "../allocation/allocation-policy.js";
import type { Result } from "../core/result.js";
import { allocationPolicySchema } from "./allocation-policy-schema.js";
import { limitsForPolicies, type ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a policy of allocation out of a data base or a settings file.
 *
 * **Rules**
 * 1. A word that no rule answers to – a key, a direction, a kind of sourcing – is refused, and so is an unknown field.
 *
 * What the fields mean together – a warehouse that is listed twice, weights that do not sum to 1 – is asked by
 * `checkAllocationPolicy`, and by all that allocates.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict by default, and wide enough for
 * the bins of a large warehouse
 * @returns the policy; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.7, 9.8, 9.10, 4.13
 * @example
 * ```ts
 * import { parseAllocationPolicy } from "ordercycle/schema";
 * const sourcing = { kind: "nearest", areas: [], otherwise: ["NORTH"] };
 * const priority = [{ key: "customerClass", direction: "ascending" }];
 * parseAllocationPolicy({ priority, sourcing, lots: "fifo" }).ok; // => true
 * const result = parseAllocationPolicy({ priority: [{ key: "custmerClass", direction: "ascending" }], sourcing, lots: "fife" });
 * result.ok ? [] : result.issues.map(({ code, path }) => [code, path.join(".")]); // => [["schema.not_allowed","priority.0.key"],["schema.not_allowed","lots"]]
 * ```
 */
export function parseAllocationPolicy(
  input: unknown,
  options: ParseOptions = {},
): Result<AllocationPolicy, SchemaIssue> {
  return parseWith(allocationPolicySchema, input, limitsForPolicies(options));
}
