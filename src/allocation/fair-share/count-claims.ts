import { finestScale } from "../../core/decimal-arithmetic.js";
import { isDecimal, isNegative, ONE, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { isWithinDigits, PERCENT_DIGITS, QUANTITY_DIGITS, type DigitLimit } from "../../model/digit-limit.js";
import { PERCENT_UNITS, type CountedClaim } from "./exact-shares.js";
import type { FairShareIssue, FairSharePolicy, ShareClaim, ShareQuota } from "./fair-share-policy.js";
import { FAIR_SHARE_RULES, inLowestTerms, leastCommonMultiple } from "./fair-share-rules.js";

const QUOTA_KINDS: ReadonlySet<string> = new Set<ShareQuota["kind"]>(["amount", "percent", "ratio"]);

/**
 * Looks for figures with which nothing can be shared out.
 *
 * @param claims in the order of service
 * @param available what there is
 * @param policy rule and step
 * @returns every reason, empty when there is none
 * @internal
 */
export function claimIssues(
  claims: readonly ShareClaim[],
  available: Decimal,
  { rule, quantum }: FairSharePolicy,
): FairShareIssue[] {
  const issues: FairShareIssue[] = [];
  const check = (
    figure: Decimal,
    least: "zero" | "aboveZero",
    path: readonly (string | number)[],
    limit = LIMIT,
  ): void => {
    const found = figureIssue(figure, least, path, limit);
    if (found !== undefined) issues.push(found);
  };
  if (!FAIR_SHARE_RULES.includes(rule))
    issues.push(issue("share.unknown_rule", ["policy", "rule"], { rule: shownFigure(rule) }));
  check(quantum, "aboveZero", ["policy", "quantum"]);
  check(available, "zero", ["available"]);
  const seen = new Set<string>();
  for (const [place, claim] of claims.entries()) {
    const { claimId, tier, quota } = claim;
    const path = ["claims", place];
    if (seen.has(claimId)) issues.push(issue("share.listed_twice", path, { claimId }));
    seen.add(claimId);
    check(claim.requested, "zero", [...path, "requested"]);
    if (claim.quantum !== undefined) check(claim.quantum, "aboveZero", [...path, "quantum"]);
    if (claim.minimum !== undefined) check(claim.minimum, "zero", [...path, "minimum"]);
    if (claim.weight !== undefined) check(claim.weight, "aboveZero", [...path, "weight"]);
    if (quota !== undefined) {
      if (!QUOTA_KINDS.has(quota.kind)) {
        issues.push(issue("share.unknown_quota", [...path, "quota", "kind"], { kind: shownFigure(quota.kind) }));
      }
      check(quota.figure, "zero", [...path, "quota", "figure"], quota.kind === "percent" ? PERCENT_DIGITS : LIMIT);
      if (quota.kind === "percent" && isAboveHundred(quota.figure)) {
        issues.push(issue("share.above_hundred", [...path, "quota", "figure"], { figure: quota.figure }));
      }
    }
    if (tier !== undefined && !Number.isSafeInteger(tier)) {
      issues.push(issue("share.bad_tier", [...path, "tier"], { tier: shownFigure(tier) }));
    }
  }
  const isByLosses = rule === "equalLosses" || rule === "talmud";
  if (isByLosses && issues.length === 0 && leastCommonMultiple(weightsOf(claims)) === undefined) {
    issues.push(issue("share.weights_too_uneven", ["claims"], { claims: claims.length }));
  }
  return issues;
}

/** Claims in whole units, and how many decimals a unit has. @internal */
interface CountedClaims {
  /** The claims. */
  readonly counted: readonly CountedClaim[];
  /** What there is, in units. */
  readonly units: bigint;
  /** Decimals that one unit stands for. */
  readonly scale: number;
}

/**
 * Turns claims into whole units: the finest in which any of their quantities is written.
 *
 * @param claims without issues, in the order of service
 * @param available what there is
 * @param policy rule and step
 * @returns the claims and what there is in units
 * @internal
 */
export function countClaims(claims: readonly ShareClaim[], available: Decimal, policy: FairSharePolicy): CountedClaims {
  const figures = [available, policy.quantum];
  for (const { requested, quantum = ZERO, minimum = ZERO, quota } of claims) {
    figures.push(requested, quantum, minimum);
    if (quota?.kind === "amount") figures.push(quota.figure);
  }
  const scale = finestScale(figures);
  const weights = weightsOf(claims);
  const usualQuantum = toUnits(policy.quantum, scale);
  const counted = claims.map(({ requested, quantum, minimum, tier = 0, quota }, place): CountedClaim => ({
    requested: toUnits(requested, scale),
    quantum: quantum === undefined ? usualQuantum : toUnits(quantum, scale),
    minimum: minimum === undefined ? 0n : toUnits(minimum, scale),
    weight: weights[place]!,
    tier,
    quota: quota === undefined ? undefined : { group: place, kind: quota.kind, units: quotaUnits(quota, scale) },
  }));
  return { counted, units: toUnits(available, scale), scale };
}

const LIMIT: DigitLimit = QUANTITY_DIGITS;

function figureIssue(
  figure: Decimal,
  least: "zero" | "aboveZero",
  path: readonly (string | number)[],
  limit: DigitLimit,
): FairShareIssue | undefined {
  const name = String(path.at(-1));
  const params = { field: name === "figure" ? "quota" : name, figure: shownFigure(figure) };
  if (!isDecimal(figure)) return issue("share.not_a_figure", path, params);
  if (!isWithinDigits(figure, limit)) return issue("share.out_of_range", path, params);
  if (least === "zero") return isNegative(figure) ? issue("share.negative", path, params) : undefined;
  return isNegative(figure) || figure === ZERO ? issue("share.not_above_zero", path, params) : undefined;
}

/**
 * What was given for a figure, as text: what is none at all still has to fit into a sentence.
 *
 * @param value anything
 * @returns at most 50 characters
 * @internal
 */
export function shownFigure(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 50) : typeof value;
}

function isAboveHundred(percent: Decimal): boolean {
  return isDecimal(percent) && isWithinDigits(percent, PERCENT_DIGITS)
    ? toUnits(percent, PERCENT_DIGITS.decimals) > PERCENT_UNITS
    : false;
}

/**
 * Counts what is set aside: a ratio in its own units, since only proportions matter.
 *
 * @param quota what is set aside; an amount with no more decimals than a unit
 * @param scale decimals of a unit
 * @returns units of its kind
 * @internal
 */
export function quotaUnits({ kind, figure }: ShareQuota, scale: number): bigint {
  switch (kind) {
    case "amount":
      return toUnits(figure, scale);
    case "percent":
      return toUnits(figure, PERCENT_DIGITS.decimals);
    case "ratio":
      return toUnits(figure, QUANTITY_DIGITS.decimals);
  }
}

function weightsOf(claims: readonly ShareClaim[]): readonly bigint[] {
  if (claims.every(({ weight }) => weight === undefined)) return claims.map(() => 1n);
  return countWeights(claims.map(({ weight = ONE }) => weight));
}

/**
 * Weights as whole numbers.
 *
 * @param weights above zero
 * @returns whole numbers in the same proportion, as small as they can be
 * @internal
 */
export function countWeights(weights: readonly Decimal[]): readonly bigint[] {
  const scale = finestScale(weights);
  return inLowestTerms(weights.map((weight) => toUnits(weight, scale)));
}
