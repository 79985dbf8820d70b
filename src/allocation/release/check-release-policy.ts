import { priorityShape } from "../allocation-policy-shape.js";
import type { OrderRule } from "../order-rule.js";
import { orderRuleShapes } from "../order-rule-shape.js";
import { fields, listOf, number, oneOf, optional, text, type Shape } from "../../model/value-shape.js";
import { policyFaults, type PolicyShapeIssue } from "../policy-shape.js";
import type { ReleasePolicy } from "./release-policy.js";

const releasePolicyShape: Shape = /* @__PURE__ */ (() =>
  fields<ReleasePolicy>({
    priority: priorityShape,
    keeps: optional(listOf(fields<OrderRule>(orderRuleShapes))),
    firmHolds: optional(listOf(text)),
    maxTimesDisplaced: optional(number),
    together: optional(oneOf<NonNullable<ReleasePolicy["together"]>>({ give: true, keep: true })),
  }))();

/**
 * Finds what cannot be meant in a policy of who gives goods back, whatever is stored in its place.
 *
 * @returns every fault, with its path in the policy; linear
 * @internal
 */
export function checkReleasePolicy(policy: ReleasePolicy): PolicyShapeIssue[] {
  const misshapen = policyFaults(policy, releasePolicyShape);
  return misshapen;
}
