import type { Result } from "../core/result.js";
import type { SubstituteProposal } from "../model/substitute-proposal.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";
import { substituteProposalSchema } from "./substitute-proposal-schema.js";

/**
 * Takes a proposal of a substitute back that was stored while the customer was asked.
 *
 * **Rules**
 * 1. What would come is what it replaces by the ratio, and the same in the unit of the new line.
 * 2. It suffices when nothing is still short.
 * 3. The way has a step at least, meets no item twice, and ends at the substitute.
 *
 * Whether it still is what order and item master lead to is asked by `applySubstitution`.
 *
 * @param input anything: parsed JSON, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the proposal; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 8.3, 4.13
 * @example
 * ```ts
 * import { parseSubstituteProposal } from "ordercycle/schema";
 * const proposal = {
 *   proposalId: "SP-1-1", state: "pending", line: { orderNo: "SO-1", lineId: "SO-1-1" }, customerCode: "C-100",
 *   way: ["TEA", "CHAI"], itemCode: "CHAI", ratio: { numerator: "3", denominator: "2" },
 *   replaces: "4", quantity: "7", stillShort: "0", suffices: true, available: "20",
 *   orderedQty: "7", uom: "EA", unitFactor: { numerator: "1", denominator: "1" }, consentRequired: true,
 * };
 * const result = parseSubstituteProposal(proposal);
 * result.ok ? [] : result.issues.map(({ path, params }) => [path, params]); // => [[["quantity"], { rule: "proposal", expected: "6", actual: "7" }]]
 * ```
 */
export function parseSubstituteProposal(
  input: unknown,
  options: ParseOptions = {},
): Result<SubstituteProposal, SchemaIssue> {
  return parseWith(substituteProposalSchema, input, options);
}
