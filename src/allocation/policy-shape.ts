import type { IssueOf } from "../core/issue.js";
import { shapeFaults, type Shape, type UnknownWord, type WrongShape } from "../model/value-shape.js";

/** What is wrong with a policy as it is written. */
export type PolicyShapeIssue = IssueOf<{
  "policy.unknown_word": {
    readonly word: UnknownWord["word"];
    readonly allowed: UnknownWord["allowed"];
  };
  "policy.wrong_shape": {
    readonly shape: WrongShape["shape"];
    readonly found: WrongShape["found"];
  };
}>;

/** Finds what is not written as a policy is. Linear. @internal */
export function policyFaults(policy: unknown, shape: Shape): PolicyShapeIssue[] {
  return shapeFaults(policy, shape).map((fault) => ({ ...fault, code: `policy.${fault.code}` }) as PolicyShapeIssue);
}
