import { PERCENT_DIGITS } from "../../model/digit-limit.js";
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
  /** What is reserved for it: units; units of 1/`PERCENT_UNITS` of the whole; or a ratio of what those leave. */
  readonly quota: { readonly kind: "amount" | "percent" | "ratio"; readonly units: bigint } | undefined;
}

/** The whole in the units in which percentages are counted: 100 with the decimals that a percentage may have. @internal */
export const PERCENT_UNITS: bigint = 100n * 10n ** BigInt(PERCENT_DIGITS.decimals);

/**
 * Shares out before rounding: quotas, then what quotas leave unused, then the rest class by class.
 *
 * @param claims in the order of service
 * @param available units
 * @param rule for the rest, and for quotas that exceed what there is
 * @returns exact parts. n log n.
 * @internal
 */
export function exactShares(claims: readonly CountedClaim[], available: bigint, rule: FairShareRule): ExactParts {
  const reserved = quotaShares(claims, available, rule);
  const { over } = reserved;
  const missing = claims.map(({ requested }, place) => requested * over - reserved.parts[place]!);
  const rest = classByClass(claims, missing, available * over - totalOf(reserved.parts), rule);
  return plus(reserved, rest);
}

/** Adds parts that are counted in units of the first. */
function plus(first: ExactParts, second: ExactParts): ExactParts {
  const parts = first.parts.map((part, place) => part * second.over + second.parts[place]!);
  return { parts, over: first.over * second.over };
}

/** What quotas give: each its own first, then what others leave of theirs, in proportion to the quotas. */
function quotaShares(claims: readonly CountedClaim[], available: bigint, rule: FairShareRule): ExactParts {
  if (claims.every(({ quota }) => quota === undefined)) return { parts: claims.map(() => 0n), over: 1n };
  const quotas = quotasOf(claims, available);
  const wanted = claims.map(({ requested }, place) => lesserOf(requested * quotas.over, quotas.parts[place]!));
  const given = classByClass(claims, wanted, available * quotas.over, rule);
  const own: ExactParts = { parts: given.parts, over: quotas.over * given.over };

  const reserved = lesserOf(totalOf(quotas.parts), available * quotas.over) * given.over;
  const room = claims.map(({ requested }, place) =>
    quotas.parts[place]! > 0n ? requested * own.over - own.parts[place]! : 0n,
  );
  return plus(own, fillVessels(room, quotas.parts, reserved - totalOf(own.parts)));
}

function quotasOf(claims: readonly CountedClaim[], available: bigint): ExactParts {
  const sumOf = (kind: "amount" | "percent" | "ratio"): bigint =>
    totalOf(claims.map(({ quota }) => (quota?.kind === kind ? quota.units : 0n)));
  const percentOver = claims.some(({ quota }) => quota?.kind === "percent") ? PERCENT_UNITS : 1n;
  const ratios = sumOf("ratio");
  const ratioOver = ratios === 0n ? 1n : ratios;
  const unbound = available * percentOver - sumOf("amount") * percentOver - sumOf("percent") * available;
  const parts = claims.map(({ quota }) => {
    switch (quota?.kind) {
      case undefined:
        return 0n;
      case "amount":
        return quota.units * percentOver * ratioOver;
      case "percent":
        return quota.units * available * ratioOver;
      case "ratio":
        return unbound > 0n ? unbound * quota.units : 0n;
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
  const tiers = new Map<number, number[]>();
  for (const [place, { tier }] of claims.entries()) {
    const own = tiers.get(tier);
    if (own === undefined) tiers.set(tier, [place]);
    else own.push(place);
  }
  return [...tiers].sort(([a], [b]) => a - b).map(([, places]) => places);
}

/** The lesser of two whole numbers. @internal */
export const lesserOf = (left: bigint, right: bigint): bigint => (left < right ? left : right);
