import { groupedBy } from "../../core/grouped-by.js";
import { exactShares, lesserOf, placesByQuota, type CountedClaim, type SetAside } from "./exact-shares.js";
import { totalOf, type ExactParts, type FairShareRule } from "./fair-share-rules.js";

/** Shares in whole units. @internal */
interface SharedUnits {
  /** Shares before rounding. */
  readonly exact: ExactParts;
  /** Units of each claim: multiples of its step. */
  readonly parts: readonly bigint[];
  /** Units that no claim can take. */
  readonly left: bigint;
}

/**
 * Shares units out by a rule, in steps and with minimums, so that nothing stays behind that a claim could take.
 *
 * **Rules**
 * 1. Each exact share is rounded down to the claim's step; what that leaves over goes, a step each, to those that lost the
 *    greatest part of their step by it, the earlier claim first where that is equal. Those that share a quota have the
 *    whole units of it among them first: rounding takes nothing out of what is set aside.
 * 2. A claim that would get less than its minimum gets nothing, and all is shared out once more among the others.
 * 3. What is still there is offered to the claims without anything in the order of service, to each its least; then to all
 *    that have something by the rule again; and at last in the order of service. Better classes come first each time.
 *
 * @param claims in the order of service
 * @param available units
 * @param rule how they are shared
 * @returns the shares. n log n.
 * @internal
 */
export function shareUnits(claims: readonly CountedClaim[], available: bigint, rule: FairShareRule): SharedUnits {
  const exact = exactShares(claims, available, rule);
  const parts = inSteps(claims, exact, available);
  const kept = placesWhere(claims, ({ minimum }, place) => parts[place]! >= minimum);
  if (kept.length < claims.length) {
    const others = kept.map((place) => claims[place]!);
    const again = inSteps(others, exactShares(others, available, rule), available);
    parts.fill(0n);
    // Rounding can take a step from a claim although it shares with fewer now.
    for (const [index, place] of kept.entries()) {
      if (again[index]! >= claims[place]!.minimum) parts[place] = again[index]!;
    }
  }
  const left = withoutWaste(claims, parts, available - totalOf(parts), rule);
  return { exact, parts, left };
}

/** Rounds exact shares down to steps and hands out what that leaves over, within quotas first. */
function inSteps(
  claims: readonly CountedClaim[],
  { parts, over, setAside }: ExactParts & SetAside,
  available: bigint,
): bigint[] {
  const rounded = claims.map(({ quantum }, place) => {
    const whole = parts[place]! / over;
    return whole - (whole % quantum);
  });
  let left = available - totalOf(rounded);
  if (left === 0n) return rounded;
  const lost = parts.map((part, place) => part - rounded[place]! * over);
  const takers = new Set(
    placesWhere(
      claims,
      ({ requested, quantum }, place) => lost[place]! > 0n && rounded[place]! + quantum <= requested,
    ).sort((a, b) => {
      const [one, other] = [claims[a]!, claims[b]!];
      if (one.tier !== other.tier) return one.tier - other.tier;
      const [lostByOne, lostByOther] =
        one.quantum === other.quantum ? [lost[a]!, lost[b]!] : [lost[a]! * other.quantum, lost[b]! * one.quantum];
      return lostByOne > lostByOther ? -1 : lostByOne < lostByOther ? 1 : a - b;
    }),
  );
  /** Gives a step to those who are next, as far as the units suffice; returns what they leave. */
  const handOut = (places: Iterable<number>, units: bigint): bigint => {
    let rest = units;
    for (const place of places) {
      const { quantum } = claims[place]!;
      if (quantum > rest) continue;
      rounded[place]! += quantum;
      rest -= quantum;
      takers.delete(place);
    }
    return rest;
  };
  const order = [...takers];
  const quotaOf = groupedBy(order, (place) => claims[place]!.quota?.group);
  for (const members of placesByQuota(claims)) {
    const own = quotaOf.get(claims[members[0]]!.quota!.group) ?? [];
    const lacking =
      totalOf(members.map((place) => setAside[place]!)) / over - totalOf(members.map((place) => rounded[place]!));
    if (lacking > 0n) left -= lacking - handOut(own, lacking);
  }
  handOut(takers, left);
  return rounded;
}

/** Offers what is left until nobody can take any more of it; writes into the parts. */
function withoutWaste(
  claims: readonly CountedClaim[],
  parts: bigint[],
  available: bigint,
  rule: FairShareRule,
): bigint {
  let left = available;
  const give = (place: number, units: bigint): void => {
    parts[place]! += units;
    left -= units;
  };
  const served = [...claims.keys()].sort((a, b) => claims[a]!.tier - claims[b]!.tier || a - b);
  for (const place of served) {
    const least = leastOf(claims[place]!);
    if (parts[place] === 0n && least <= left && least <= claims[place]!.requested) give(place, least);
  }
  const roomOf = (place: number): bigint => claims[place]!.requested - parts[place]!;
  const open = served.filter((place) => {
    const { quantum } = claims[place]!;
    return parts[place]! > 0n && quantum <= roomOf(place) && quantum <= left;
  });
  if (open.length === 0) return left;
  const again = open.map((place): CountedClaim => ({
    ...claims[place]!,
    requested: roomOf(place),
    minimum: 0n,
    quota: undefined,
  }));
  const more = inSteps(again, exactShares(again, left, rule), left);
  for (const [index, place] of open.entries()) give(place, more[index]!);
  for (const place of open) {
    const most = lesserOf(left, roomOf(place));
    give(place, most - (most % claims[place]!.quantum));
  }
  return left;
}

/** The least that a claim can take, if anything. */
function leastOf({ minimum, quantum }: CountedClaim): bigint {
  const steps = minimum <= quantum ? 1n : (minimum + quantum - 1n) / quantum;
  return steps * quantum;
}

function placesWhere(
  claims: readonly CountedClaim[],
  holds: (claim: CountedClaim, place: number) => boolean,
): number[] {
  return [...claims.keys()].filter((place) => holds(claims[place]!, place));
}
