import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";
import { checkAllocationPolicy, type AllocationPolicyIssue } from "../check-allocation-policy.js";
import { orderRuleShapes } from "../order-rule-shape.js";
import { anything, fields, listOf, number, oneOf, optional, variants, type Shape } from "../../model/value-shape.js";
import { policyFaults } from "../policy-shape.js";
import type { ReconfirmOrdersPolicy, SetBackConsent, StrategyRule, UnusableGoods } from "./reconfirm-orders-policy.js";

type Redistribution = ReconfirmOrdersPolicy["redistribute"];

const reconfirmPolicyShape: Shape = /* @__PURE__ */ (() => {
  const consent = optional(oneOf<SetBackConsent>({ none: true, whenLosing: true, whenLater: true }));
  const strategy = oneOf<ReconfirmStrategy>({
    skip: true,
    win: true,
    gain: true,
    improve: true,
    redistribute: true,
    fill: true,
    lose: true,
  });
  return fields<ReconfirmOrdersPolicy>({
    allocation: anything,
    strategies: listOf(fields<StrategyRule>({ ...orderRuleShapes, strategy, consent })),
    otherwise: strategy,
    consent,
    keepsUnusable: optional(listOf(oneOf<UnusableGoods>({ held: true, expired: true }))),
    maxTimesDisplaced: optional(number),
    onException: oneOf<ReconfirmOrdersPolicy["onException"]>({ abort: true, bestEffort: true }),
    redistribute: variants<Redistribution["kind"]>("kind", {
      inOrder: anything,
      // Rule and step are looked at by who shares out.
      fairShare: fields<Extract<Redistribution, { kind: "fairShare" }>>({
        kind: anything,
        policy: fields({ rule: anything, quantum: anything }),
      }),
    }),
  });
})();

/**
 * Finds what cannot be meant in a policy of re-confirmation, whatever is stored in its place.
 *
 * @returns every fault, with its path in the policy; linear
 * @internal
 */
export function checkReconfirmPolicy(policy: ReconfirmOrdersPolicy): AllocationPolicyIssue[] {
  const misshapen = policyFaults(policy, reconfirmPolicyShape);
  if (misshapen.some(({ path }) => path.length === 0)) return misshapen;
  const inAllocation = checkAllocationPolicy(policy.allocation).map((fault) => ({
    ...fault,
    path: ["allocation", ...fault.path],
  }));
  return [...inAllocation, ...misshapen];
}
