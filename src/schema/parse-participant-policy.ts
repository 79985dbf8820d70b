import type { ParticipantPolicy } from "../allocation/participant-policy.js";
import type { Result } from "../core/result.js";
import { participantPolicySchema } from "./batch-policy-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes the policy of who takes part in a batch out of a data base or a settings file.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the policy; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.6, 4.13
 * @example
 * ```ts
 * import { parseParticipantPolicy } from "ordercycle/schema";
 * const included = { include: true };
 * const policy = {
 *   deferred: included, backfill: { include: true, onlyIfStockNow: true }, futureDue: { include: true, leadDays: 2 },
 *   allocatedNotShipped: { include: true, reservation: "keep" }, holdReleased: included, new: included,
 * };
 * parseParticipantPolicy(policy).ok; // => true
 * const result = parseParticipantPolicy({ ...policy, futureDue: { include: true, leadDays: -1 } });
 * result.ok ? [] : result.issues.map(({ path }) => path); // => [["futureDue","leadDays"]]
 * ```
 */
export function parseParticipantPolicy(
  input: unknown,
  options: ParseOptions = {},
): Result<ParticipantPolicy, SchemaIssue> {
  return parseWith(participantPolicySchema, input, options);
}
