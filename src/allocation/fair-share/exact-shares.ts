import { PERCENT_DIGITS } from "../../model/digit-limit.js";
import { groupedBy } from "../../core/grouped-by.js";
import { fillVessels, sharesByRule, totalOf, type ExactParts, type FairShareRule } from "./fair-share-rules.js";

/** A claim in whole units. @internal */
export interface CountedClaim {
  /** What it asks for. */
  readonly requested: bigint;
  /** Smallest step, above zero. */
  readonly quantum: bigint;
  /** Least that may be given, if anything. */
  readonly minimum: bigint;
  /** Whole number above zero. */
  readonly weight: bigint;
  /** Class; the lower number is served first. */
  readonly tier: number;
  /** What is set aside for it; claims of one group have weight, class and quota in common. */
  readonly quota: CountedQuota | undefined;
}

/** What is set aside for a claim, or for several together. @internal */
interface CountedQuota {
  /** Claims with the same number share it. */
  readonly group: number;
  /** What the units are. */
  readonly kind: "amount" | "percent" | "ratio";
  /** Units; units of 1/`PERCENT_UNITS` of the whole; or a ratio of what those leave. */
  readonly units: bigint;
}

/** The whole in the units in which percentages are counted: 100 with the decimals that a percentage may have. @internal */
export const PERCENT_UNITS: bigint = 100n * 10n ** BigInt(PERCENT_DIGITS.decimals);

/**
 * Shares out before rounding: quotas, then what quotas leave unused, then the rest class by class.
 *
 * @param claims in the order of service
 * @param available units
 * @param rule for the rest, and for quotas that exceed what there is
 * @returns exact parts, and what of each comes out of quotas. n log n.
 * @internal
 */
export function exactShares(
  claims: readonly CountedClaim[],
  available: bigint,
  rule: FairShareRule,
): ExactParts & Pick<SetAside, "setAside"> {
  const reserved = quotaShares(claims, available, rule);
  const { over } = reserved;
  const missing = claims.map(({ requested }, place) => requested * over - reserved.parts[place]!);
  const rest = classByClass(claims, missing, available * over - totalOf(reserved.parts), rule);
  return { ...plus(reserved, rest), setAside: reserved.parts.map((part) => part * rest.over) };
}

/** What comes out of quotas, in units of the exact parts. @internal */
export interface SetAside {
  /** Part of each claim. */
  readonly setAside: readonly bigint[];
}

/**
 * Places of the claims with a quota, those that share one together.
 *
 * @param claims claims
 * @returns the places, in the order of service
 * @internal
 */
export function placesByQuota(claims: readonly CountedClaim[]): [number, ...number[]][] {
  const some = [...claims.keys()].filter((place) => claims[place]!.quota !== undefined);
  return [...groupedBy(some, (place) => claims[place]!.quota!.group).values()];
}

/** Adds parts that are counted in units of the first. */
function plus(first: ExactParts, second: ExactParts): ExactParts {
  const parts = first.parts.map((part, place) => part * second.over + second.parts[place]!);
  return { parts, over: first.over * second.over };
}

/** What quotas give: each its own first, then what others leave of theirs, in proportion to the quotas. */
function quotaShares(claims: readonly CountedClaim[], available: bigint, rule: FairShareRule): ExactParts {
  const groups = placesByQuota(claims);
  if (groups.length === 0) return { parts: claims.map(() => 0n), over: 1n };
  const asking = groups.map((places): CountedClaim => ({
    ...claims[places[0]]!,
    requested: totalOf(places.map((place) => claims[place]!.requested)),
  }));
  const quotas = quotasOf(
    groups.map(([place]) => claims[place]!.quota!),
    available,
  );
  const wanted = asking.map(({ requested }, group) => lesserOf(requested * quotas.over, quotas.parts[group]!));
  const given = classByClass(asking, wanted, available * quotas.over, rule);
  const own: ExactParts = { parts: given.parts, over: quotas.over * given.over };

  const reserved = lesserOf(totalOf(quotas.parts), available * quotas.over) * given.over;
  const room = asking.map(({ requested }, group) =>
    quotas.parts[group]! > 0n ? requested * own.over - own.parts[group]! : 0n,
  );
  const spilt = plus(own, fillVessels(room, quotas.parts, reserved - totalOf(own.parts)));
  return amongMembers(claims, groups, spilt, rule);
}

/**
 * Claims with what is set aside for them as an amount, whatever it was a part of.
 *
 * @param claims claims
 * @param available units of which percentages and ratios are parts
 * @returns the same claims, their quotas in units, rounded down
 * @internal
 */
export function quotaAmounts<Claim extends CountedClaim>(
  claims: readonly Claim[],
  available: bigint,
): readonly Claim[] {
  const groups = placesByQuota(claims);
  const { parts, over } = quotasOf(
    groups.map(([place]) => claims[place]!.quota!),
    available,
  );
  const unitsOf = new Map(groups.map(([place], group) => [claims[place]!.quota!.group, parts[group]! / over]));
  return claims.map((claim): Claim => {
    if (claim.quota === undefined) return claim;
    const { group } = claim.quota;
    return { ...claim, quota: { group, kind: "amount", units: unitsOf.get(group)! } };
  });
}

/** Shares what a group has among its members, by the rule. */
function amongMembers(
  claims: readonly CountedClaim[],
  groups: readonly (readonly number[])[],
  { parts: totals, over }: ExactParts,
  rule: FairShareRule,
): ExactParts {
  const shares = groups.map((places, group) => {
    const own = places.map((place) => claims[place]!.requested * over);
    // One alone has it all, without a denominator of its own.
    if (places.length === 1) return { parts: [totals[group]!], over: 1n };
    return sharesByRule(
      rule,
      own,
      own.map(() => 1n),
      totals[group]!,
    );
  });
  const common = shares.reduce((product, share) => product * share.over, 1n);
  const parts = claims.map(() => 0n);
  for (const [group, places] of groups.entries()) {
    const share = shares[group]!;
    const times = common / share.over;
    for (const [index, place] of places.entries()) parts[place] = share.parts[index]! * times;
  }
  return { parts, over: over * common };
}

/** What quotas come to, each of a group. */
function quotasOf(quotas: readonly CountedQuota[], available: bigint): ExactParts {
  const sumOf = (kind: CountedQuota["kind"]): bigint =>
    totalOf(quotas.map((quota) => (quota.kind === kind ? quota.units : 0n)));
  const percentOver = quotas.some(({ kind }) => kind === "percent") ? PERCENT_UNITS : 1n;
  const ratios = sumOf("ratio");
  const ratioOver = ratios === 0n ? 1n : ratios;
  const unbound = available * percentOver - sumOf("amount") * percentOver - sumOf("percent") * available;
  const parts = quotas.map(({ kind, units }) => {
    switch (kind) {
      case "amount":
        return units * percentOver * ratioOver;
      case "percent":
        return units * available * ratioOver;
      case "ratio":
        return unbound > 0n ? unbound * units : 0n;
    }
  });
  return { parts, over: percentOver * ratioOver };
}

/** Fills class after class; the rule decides in the one that cannot be filled, and those after it get nothing. */
function classByClass(
  claims: readonly CountedClaim[],
  wanted: readonly bigint[],
  available: bigint,
  rule: FairShareRule,
): ExactParts {
  const parts = claims.map(() => 0n);
  let left = available;
  let over = 1n;
  for (const places of placesByTier(claims)) {
    const own = places.map((place) => wanted[place]!);
    const weights = places.map((place) => claims[place]!.weight);
    const shares = sharesByRule(rule, own, weights, left);
    // Only a class that takes all that is left has a denominator of its own.
    if (shares.over !== 1n) for (const [place, part] of parts.entries()) parts[place] = part * shares.over;
    over *= shares.over;
    for (const [index, place] of places.entries()) parts[place] = shares.parts[index]!;
    left -= lesserOf(left, totalOf(own));
    if (left === 0n) break;
  }
  return { parts, over };
}

/**
 * Places of claims by class.
 *
 * @param claims in the order of service
 * @returns the places of each class, in the order of service, the class that is served first at the front
 * @internal
 */
function placesByTier(claims: readonly CountedClaim[]): number[][] {
  return [...groupedBy([...claims.keys()], (place) => claims[place]!.tier)]
    .sort(([a], [b]) => a - b)
    .map(([, places]) => places);
}

/** The lesser of two whole numbers. @internal */
export const lesserOf = (left: bigint, right: bigint): bigint => (left < right ? left : right);
