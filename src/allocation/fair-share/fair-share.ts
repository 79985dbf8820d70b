import { fromUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { claimIssues, countClaims } from "./count-claims.js";
import type { CountedClaim } from "./exact-shares.js";
import type {
  FairShare,
  FairShareIssue,
  FairSharePolicy,
  FairShares,
  FairShareWarning,
  ShareClaim,
  ShareCode,
} from "./fair-share-policy.js";
import { plainShares } from "./plain-shares.js";
import { rationalOf, totalOf } from "./fair-share-rules.js";
import { shareUnits } from "./share-units.js";

/**
 * Shares out what does not suffice for all who ask for it, by a rule that is named beforehand.
 *
 * **Rules**
 * 1. Nobody gets more than was asked for, and where there is enough everybody gets that.
 * 2. Quotas come first: what is set aside for a claim, and what others leave of theirs in proportion to the quotas. Where
 *    the quotas exceed what there is, classes and rule decide among them.
 * 3. The rest goes class by class: a class gets nothing before the one ahead of it has all. The rule decides in the class
 *    that cannot be served in full; weights tilt it.
 * 4. Shares are exact fractions until the end. Then each is rounded down to the claim's step, and what that leaves over goes,
 *    a step each, to those that lost the greatest part of their step, the earlier claim first where that is equal.
 * 5. A claim whose share would be less than its minimum gets nothing, and all is shared out once more among the others;
 *    what is then still there is offered to the claims without anything, in the order of service.
 * 6. Nothing stays behind that a claim could still take: less is left than any step, or minimum, of a claim that lacks as
 *    much.
 * 7. Where something is lacking, a rule under which large orders gain from being larger is warned of: only equal awards
 *    leave nothing to gain for whoever asks for more than the others get.
 *
 * @param claims in the order of service, each id once; quantities in the same unit
 * @param available what there is, zero or more
 * @param policy rule, and the step of claims that name none
 * @returns a share for each claim, or every reason why nothing can be shared out. n log n in the claims.
 *
 * **Source:** mission 9.13; definitions B1, B7
 * @example
 * ```ts
 * import { decimal, fairShare } from "ordercycle";
 * const claims = [
 *   { claimId: "SHOP-1", requested: decimal("50") },
 *   { claimId: "SHOP-2", requested: decimal("80") },
 *   { claimId: "SHOP-3", requested: decimal("120") },
 * ];
 * const result = fairShare(claims, decimal("100"), { rule: "equalAwards", quantum: decimal("1") });
 * result.ok && result.value.shares.map(({ quantity }) => quantity); // => ["34", "33", "33"]
 * result.ok && result.value.shares[0]!.exact; // => {"numerator":"100","denominator":"3"}
 * const cartons = fairShare(claims, decimal("100"), { rule: "proportional", quantum: decimal("12") });
 * cartons.ok && cartons.value.warnings[0]!.code; // => "share.rewards_inflated_orders"
 * ```
 */
export function fairShare(
  claims: readonly ShareClaim[],
  available: Decimal,
  policy: FairSharePolicy,
): Result<FairShares, FairShareIssue> {
  const plain = plainShares(claims, available, policy);
  if (plain !== undefined) {
    const { shares, left, isEnough } = plain;
    return ok({ shares, left, warnings: warningsOf(isEnough, policy) });
  }
  const issues = claimIssues(claims, available, policy);
  if (issues.length > 0) return refuse(issues);
  const { counted, units, scale } = countClaims(claims, available, policy);
  const { exact, parts, left } = shareUnits(counted, units, policy.rule);
  const isEnough = totalOf(counted.map(({ requested }) => requested)) <= units;
  const over = exact.over * 10n ** BigInt(scale);
  const shares = claims.map(({ claimId, requested }, place): FairShare => {
    const part = parts[place]!;
    const missing = counted[place]!.requested - part;
    const fraction = rationalOf(exact.parts[place]!, over);
    return {
      claimId,
      requested,
      ...(fraction === undefined ? {} : { exact: fraction }),
      quantity: missing === 0n ? requested : fromUnits(part, scale),
      short: missing === 0n ? ZERO : fromUnits(missing, scale),
      code: shareCode(counted[place]!, part),
    };
  });
  return ok({ shares, left: fromUnits(left, scale), warnings: warningsOf(isEnough, policy) });
}

/**
 * Says why a claim got what it got.
 *
 * @param claim in units
 * @param part what it got
 * @returns the code
 * @internal
 */
function shareCode({ requested, quantum, minimum }: CountedClaim, part: bigint): ShareCode {
  if (part === requested) return "served_in_full";
  if (part === 0n && minimum > quantum) return "below_minimum";
  return requested - part < quantum ? "below_quantum" : "fair_share";
}

function warningsOf(isEnough: boolean, { rule }: FairSharePolicy): FairShareWarning[] {
  if (isEnough || rule === "equalAwards") return [];
  return [issue("share.rewards_inflated_orders", ["policy", "rule"], { rule })];
}
