import { finestScale } from "../../core/decimal-arithmetic.js";
import { fromUnits, isDecimal, isNegative, toSafeUnits, ZERO, type Decimal } from "../../core/decimal.js";
import type { Rational } from "../../core/unit-conversion.js";
import { isWithinDigits, QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { FairShare, FairSharePolicy, ShareClaim } from "./fair-share-policy.js";
import { FAIR_SHARE_RULES, rationalOf, type FairShareRule } from "./fair-share-rules.js";

/** Shares of plain claims. @internal */
interface PlainShares {
  /** One for each claim. */
  readonly shares: readonly FairShare[];
  /** What nobody can take. */
  readonly left: Decimal;
  /** Whether there is enough for all. */
  readonly isEnough: boolean;
}

/** All claims for the same quantity: they differ by a step at most. */
interface ClaimSize {
  readonly requested: Decimal;
  count: number;
  units: number;
  /** Part of each before rounding, in units over a denominator that all have in common. */
  numerator: number;
  floor: number;
  rest: number;
  exact?: Rational;
  shares?: [lower: ShareFigures | undefined, upper: ShareFigures | undefined];
}

type ShareFigures = Pick<FairShare, "quantity" | "short" | "code">;

/**
 * Shares out in safe integers among claims that say nothing but what they ask for, in steps of one unit: then nothing but
 * the rule and the largest remainder decides, and claims for the same quantity are worked out once. Figures are looked at
 * as they come; whatever is unusual about one of them is left to the general way.
 *
 * @param claims in the order of service
 * @param available what there is
 * @param policy rule and step
 * @returns the same shares as the general way; undefined where that is needed. n log n in the sizes of claims.
 * @internal
 */
export function plainShares(
  claims: readonly ShareClaim[],
  available: Decimal,
  { rule, quantum }: FairSharePolicy,
): PlainShares | undefined {
  if (!FAIR_SHARE_RULES.includes(rule)) return undefined;
  if (!isFigure(available) || !isFigure(quantum) || quantum === ZERO) return undefined;
  const sizes = sizesOf(claims);
  if (sizes === undefined) return undefined;
  const all = [...sizes.values()];
  const scale = finestScale([available, quantum, ...sizes.keys()]);
  const total = toSafeUnits(available, scale);
  if (total === undefined || toSafeUnits(quantum, scale) !== 1) return undefined;
  let sum = 0;
  let greatest = 0;
  for (const size of all) {
    size.units = toSafeUnits(size.requested, scale) ?? Number.NaN;
    sum += size.units * size.count;
    greatest = Math.max(greatest, size.units);
  }
  const isEnough = total >= sum;
  // Every product below is one of a claim, or of what there is, with a denominator.
  const longest = Math.max(greatest, 1) * 4 * Math.max(sum, claims.length, 1);
  if (!(longest <= Number.MAX_SAFE_INTEGER)) return undefined;
  const over = isEnough ? inFull(all) : numeratorsByRule(rule, all, sum, total);

  let spare = isEnough ? 0 : total;
  for (const size of all) {
    size.floor = Math.floor(size.numerator / over);
    size.rest = size.numerator - size.floor * over;
    if (!isEnough) spare -= size.floor * size.count;
  }
  const cut = cutOf(all, spare);
  let { ties } = cut;
  const shares = claims.map(({ claimId, requested }): FairShare => {
    const size = sizes.get(requested)!;
    const isAtCut = size.rest === cut.rest;
    const isRaised = size.rest > cut.rest || (isAtCut && ties > 0);
    if (isAtCut && ties > 0) ties--;
    const own = (size.shares ??= [undefined, undefined]);
    const { quantity, short, code } = (own[isRaised ? 1 : 0] ??= figuresOf(
      size,
      isRaised ? size.floor + 1 : size.floor,
      scale,
    ));
    size.exact ??= exactOf(size.numerator, over, scale);
    return { claimId, requested, exact: size.exact, quantity, short, code };
  });
  return { shares, left: isEnough ? fromUnits(total - sum, scale) : ZERO, isEnough };
}

/** Claims by what they ask for; undefined when one says more than that, twice the same name, or no figure. */
function sizesOf(claims: readonly ShareClaim[]): Map<Decimal, ClaimSize> | undefined {
  const sizes = new Map<Decimal, ClaimSize>();
  const names = new Set<string>();
  for (const { claimId, requested, quantum, minimum, weight, tier, quota } of claims) {
    const saysMore =
      quantum !== undefined ||
      minimum !== undefined ||
      weight !== undefined ||
      tier !== undefined ||
      quota !== undefined;
    if (saysMore) return undefined;
    names.add(claimId);
    const known = sizes.get(requested);
    if (known !== undefined) known.count++;
    else {
      if (!isFigure(requested)) return undefined;
      sizes.set(requested, { requested, count: 1, units: 0, numerator: 0, floor: 0, rest: 0 });
    }
  }
  return names.size === claims.length ? sizes : undefined;
}

function isFigure(value: Decimal): boolean {
  return isDecimal(value) && !isNegative(value) && isWithinDigits(value, QUANTITY_DIGITS);
}

function inFull(sizes: readonly ClaimSize[]): number {
  for (const size of sizes) size.numerator = size.units;
  return 1;
}

/** Writes the numerators of the exact parts; returns their denominator. */
function numeratorsByRule(rule: FairShareRule, sizes: readonly ClaimSize[], sum: number, total: number): number {
  switch (rule) {
    case "proportional":
      for (const size of sizes) size.numerator = total * size.units;
      return sum;
    case "equalAwards":
      return fillEqually(sizes, total);
    case "equalLosses":
      return withoutLosses(sizes, fillEqually(sizes, sum - total));
    case "talmud":
      // Half vessels: twice the total in whole vessels, then half of what is in each.
      return 2 * total <= sum
        ? 2 * fillEqually(sizes, 2 * total)
        : withoutLosses(sizes, 2 * fillEqually(sizes, 2 * (sum - total)));
  }
}

/** Fills vessels to the same level, but none above its claim. */
function fillEqually(sizes: readonly ClaimSize[], total: number): number {
  let left = total;
  let over = sizes.reduce((count, size) => count + size.count, 0);
  const order = [...sizes].sort((a, b) => a.units - b.units);
  const level = order.findIndex((size) => {
    if (size.units * over > left) return true;
    left -= size.units * size.count;
    over -= size.count;
    return false;
  });
  for (const [place, size] of order.entries()) {
    size.numerator = level < 0 || place < level ? size.units * Math.max(over, 1) : left;
  }
  return Math.max(over, 1);
}

function withoutLosses(sizes: readonly ClaimSize[], over: number): number {
  for (const size of sizes) size.numerator = size.units * over - size.numerator;
  return over;
}

/** What a part must have lost at least to be raised by a unit, and how many of those that lost just that are. */
function cutOf(sizes: readonly ClaimSize[], spare: number): { readonly rest: number; readonly ties: number } {
  let left = spare;
  if (left === 0) return { rest: Infinity, ties: 0 };
  const order = [...sizes].sort((a, b) => b.rest - a.rest);
  let begin = 0;
  for (;;) {
    const { rest } = order[begin]!;
    let end = begin;
    let count = 0;
    while (end < order.length && order[end]!.rest === rest) count += order[end++]!.count;
    if (count >= left) return { rest, ties: left };
    left -= count;
    begin = end;
  }
}

function figuresOf({ requested, units }: ClaimSize, part: number, scale: number): ShareFigures {
  return part === units
    ? { quantity: requested, short: ZERO, code: "served_in_full" }
    : { quantity: fromUnits(part, scale), short: fromUnits(units - part, scale), code: "fair_share" };
}

/** The part as a fraction in lowest terms; safe integers are never too long for one. */
function exactOf(numerator: number, over: number, scale: number): Rational {
  const denominator = over * 10 ** scale;
  if (denominator > Number.MAX_SAFE_INTEGER) return rationalOf(BigInt(numerator), BigInt(over) * 10n ** BigInt(scale))!;
  let [divisor, rest] = [denominator, numerator];
  while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
  return { numerator: fromUnits(numerator / divisor, 0), denominator: fromUnits(denominator / divisor, 0) };
}
