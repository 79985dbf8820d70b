import { groupedBy } from "../../core/grouped-by.js";
import { lesserOf, quotaAmounts, type CountedClaim } from "./exact-shares.js";
import { totalOf, type FairShareRule } from "./fair-share-rules.js";
import { shareUnits } from "./share-units.js";
import type { SharingRules } from "./sharing-rules.js";

/** A claim with the customer group that it counts for. @internal */
export interface GroupClaim extends CountedClaim {
  /** Group; absent for a customer of none. */
  readonly customerGroup?: string | undefined;
}

/**
 * Shares units out so that caps and protected minimums of customer groups hold.
 *
 * **Rules**
 * 1. A group that would get more than it may shares the most that it may have by the rule; the others share the rest.
 * 2. Where minimums keep some of what others would get, the groups that would get less than their minimum share what is
 *    kept, each up to its minimum; all others share the rest. That is looked at again until no more groups fall below.
 * 3. Quotas are then what they were of the whole. Rules that the shares keep anyhow change nothing.
 *
 * @param claims in the order of service
 * @param available units
 * @param rule how they are shared
 * @param rules caps and minimums; none when undefined
 * @returns units of each claim. n log n in the claims for each group.
 * @internal
 */
export function ruledShares(
  claims: readonly GroupClaim[],
  available: bigint,
  rule: FairShareRule,
  rules: SharingRules | undefined,
): readonly bigint[] {
  if (rules === undefined) return shareUnits(claims, available, rule).parts;
  const parts = claims.map(() => 0n);
  const minimums = new Map(rules.minimums);
  let own = claims;
  let places = [...claims.keys()];
  let [amount, free] = [available, rules.free];
  for (;;) {
    shareAmong(places, amount, rules.mostOf);
    const got = unitsByGroup(places.map((place) => [claims[place]!.customerGroup, parts[place]!]));
    if (isKept(got, minimums, free)) return parts;
    own = quotaAmounts(own, available);
    const below = new Map([...minimums].filter(([group, least]) => (got.get(group) ?? 0n) < least));
    free -= totalOf([...below.values()]);
    const rest = lesserOf(amount, free);
    const isBelow = (place: number): boolean => {
      const { customerGroup } = claims[place]!;
      return customerGroup !== undefined && below.has(customerGroup);
    };
    shareAmong(places.filter(isBelow), amount - rest, (group) => lesserOf(rules.mostOf(group), below.get(group!)!));
    for (const group of below.keys()) minimums.delete(group);
    places = places.filter((place) => !isBelow(place));
    amount = rest;
  }

  /** Shares units among some claims, no group more than its most; writes into the parts. */
  function shareAmong(some: readonly number[], units: bigint, mostOf: (group: string | undefined) => bigint): void {
    let left = units;
    let sharing = some;
    for (;;) {
      const shares = shareUnits(
        sharing.map((place) => own[place]!),
        left,
        rule,
      ).parts;
      for (const [index, place] of sharing.entries()) parts[place] = shares[index]!;
      const groups = groupedBy(sharing, (place) => claims[place]!.customerGroup);
      const tooMuch = [...groups].filter(([group, members]) => {
        return totalOf(members.map((place) => parts[place]!)) > mostOf(group);
      });
      if (tooMuch.length === 0) return;
      own = quotaAmounts(own, available);
      for (const [group, members] of tooMuch) {
        const asking = members.map((place): GroupClaim => ({ ...own[place]!, quota: undefined }));
        const inside = shareUnits(asking, mostOf(group), rule).parts;
        for (const [index, place] of members.entries()) parts[place] = inside[index]!;
        left -= totalOf(inside);
        groups.delete(group);
      }
      sharing = sharing.filter((place) => groups.has(claims[place]!.customerGroup));
    }
  }
}

/** Whether claims could not all be served in full, for want of units or by the rules. @internal */
export function isShort(claims: readonly GroupClaim[], available: bigint, rules: SharingRules | undefined): boolean {
  if (totalOf(claims.map(({ requested }) => requested)) > available) return true;
  if (rules === undefined) return false;
  const asked = unitsByGroup(claims.map(({ customerGroup, requested }) => [customerGroup, requested]));
  const isTooMuch = [...asked].some(([group, units]) => units > rules.mostOf(group));
  return isTooMuch || !isKept(asked, rules.minimums, rules.free);
}

/** Whether free units cover what groups get and all that is left of the minimums then. */
function isKept(
  got: ReadonlyMap<string | undefined, bigint>,
  minimums: ReadonlyMap<string, bigint>,
  free: bigint,
): boolean {
  // Where they do not cover the minimums alone, the most that a group may get keeps those of all others.
  if (totalOf([...minimums.values()]) > free) return true;
  const unused = [...minimums].map(([group, least]) => least - lesserOf(least, got.get(group) ?? 0n));
  return totalOf([...got.values()]) + totalOf(unused) <= free;
}

function unitsByGroup(
  parts: readonly (readonly [string | undefined, bigint])[],
): ReadonlyMap<string | undefined, bigint> {
  const total = new Map<string | undefined, bigint>();
  for (const [group, units] of parts) total.set(group, (total.get(group) ?? 0n) + units);
  return total;
}
