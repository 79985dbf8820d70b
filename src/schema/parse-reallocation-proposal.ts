import type { Result } from "../core/result.js";
import type { ReallocationProposal } from "../model/reallocation-proposal.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import { reallocationProposalSchema } from "./reallocation-proposal-schema.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a proposal of a re-allocation back that was stored while those who would give were asked.
 *
 * **Rules**
 * 1. The transfers sum to the quantity and to the harm of the proposal, and the places of each to what it gives.
 * 2. Each line gives once, and each of its places stands once.
 *
 * Whether the goods are still where they were is asked by `applyReallocation`.
 *
 * @param input anything: parsed JSON, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the proposal; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.17, 4.13
 * @example
 * ```ts
 * import { parseReallocationProposal } from "ordercycle/schema";
 * const places = [{ source: { warehouseId: "NORTH" }, quantity: "4" }];
 * const transfer = { victim: { orderNo: "SO-2", lineId: "SO-2-1" }, customerCode: "C-2", quantity: "4", places, harm: "9" };
 * const proposal = {
 *   proposalId: "RP-1", state: "pending", winner: { orderNo: "SO-1", lineId: "SO-1-1" }, itemCode: "TEA",
 *   quantity: "5", stillShort: "0", transfers: [transfer], harm: "9", optimal: true, notAsked: [],
 * };
 * const result = parseReallocationProposal(proposal);
 * result.ok ? [] : result.issues.map(({ path, params }) => [path, params]); // => [[["quantity"], { rule: "proposal", expected: "4", actual: "5" }]]
 * ```
 */
export function parseReallocationProposal(
  input: unknown,
  options: ParseOptions = {},
): Result<ReallocationProposal, SchemaIssue> {
  return parseWith(reallocationProposalSchema, input, options);
}
