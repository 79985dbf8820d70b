import { ONE, ZERO, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import type { BatchSharing } from "./batch-sharing.js";
import { claimIssues } from "./count-claims.js";
import type { FairShareIssue, ShareClaim } from "./fair-share-policy.js";
import type { FairShareRule } from "./fair-share-rules.js";

/**
 * Looks for figures with which no batch can share anything out.
 *
 * **Rules**
 * 1. The rule is one that there is; weights are above zero, minimums and quotas are not below zero, a percentage is at most
 *    a hundred.
 * 2. A customer class has one weight, one place among the tiers and one quota.
 *
 * @param sharing entries of the policy
 * @returns every fault, with its path in the policy; none for entries that can be used
 * @internal
 */
export function checkSharing(sharing: readonly BatchSharing[]): FairShareIssue[] {
  return sharing.flatMap((entry, place) => {
    const { rule, minimum = ZERO, weights = [], quotas = [], tiers = [] } = entry;
    const at = ["sharing", place];
    const byWeight = weights.map(({ customerClass, weight }) => ({ ...named(customerClass), weight }));
    const byQuota = quotas.map(({ customerClass, ...quota }) => ({ ...named(customerClass), quota }));
    const seen = new Set<string>();
    return [
      ...faultsOf(rule, byWeight, minimum).map((fault) => {
        const [first, ...rest] = fault.path;
        const list = { policy: [], available: ["minimum"] }[String(first)] ?? ["weights"];
        const moved = { ...fault, path: [...at, ...list, ...rest] };
        // The least quantity was looked at in the place of what there is.
        return first === "available"
          ? ({ ...moved, params: { ...fault.params, field: "minimum" } } as FairShareIssue)
          : moved;
      }),
      ...faultsOf("proportional", byQuota, ZERO).map((fault) => ({
        ...fault,
        path: [...at, "quotas", ...fault.path.filter((step) => step !== "claims" && step !== "quota")],
      })),
      ...tiers.flatMap((names, tier) =>
        names.flatMap((claimId, index) => {
          const isTwice = seen.has(claimId);
          seen.add(claimId);
          return isTwice ? [issue("share.listed_twice", [...at, "tiers", tier, index], { claimId })] : [];
        }),
      ),
    ];
  });
}

function faultsOf(rule: FairShareRule, claims: readonly ShareClaim[], available: Decimal): FairShareIssue[] {
  return claimIssues(claims, available, { rule, quantum: ONE });
}

function named(claimId: string): ShareClaim {
  return { claimId, requested: ZERO };
}
