import { fromUnits } from "../../core/decimal.js";
import { greatestDivisor } from "../../core/greatest-divisor.js";
import type { Rational } from "../../core/unit-conversion.js";

/**
 * How what there is is shared out when it does not suffice, with `r` for what a claim asks for.
 *
 * | rule | part of a claim | who likes it |
 * |---|---|---|
 * | `proportional` | the same percentage of every `r` | large claims |
 * | `equalAwards` | the same for all, but never above `r` | small claims |
 * | `equalLosses` | `r` less the same for all, but never below 0 | large claims, more still |
 * | `talmud` | up to half of all claims as `equalAwards` on halves, beyond as `equalLosses` on halves | nobody in particular |
 *
 * **Source:** mission 9.13; definition B7
 */
export type FairShareRule = "proportional" | "equalAwards" | "equalLosses" | "talmud";

/** All rules. */
export const FAIR_SHARE_RULES: readonly FairShareRule[] = ["proportional", "equalAwards", "equalLosses", "talmud"];

/** Exact parts as whole numbers over one denominator. @internal */
export interface ExactParts {
  /** Numerators, one for each claim. */
  readonly parts: readonly bigint[];
  /** Denominator of all, above zero. */
  readonly over: bigint;
}

/**
 * Fills vessels side by side from one tap: each rises at its own speed until its cap, so that part = min(cap, speed × level).
 *
 * @param caps most of each, zero or more
 * @param speeds one for each, above zero wherever the cap is
 * @param total what to hand out; what exceeds the caps stays behind
 * @returns exact parts that sum to the total, or to the caps. n log n.
 * @internal
 */
export function fillVessels(caps: readonly bigint[], speeds: readonly bigint[], total: bigint): ExactParts {
  if (total >= totalOf(caps)) return { parts: caps, over: 1n };
  const places = [...caps.keys()].filter((place) => caps[place]! > 0n);
  // Who is full at the lowest level comes first.
  places.sort((a, b) => compareUnits(caps[a]! * speeds[b]!, caps[b]! * speeds[a]!) || a - b);
  const isFull = new Uint8Array(caps.length);
  let left = total;
  let over = totalOf(places.map((place) => speeds[place]!));
  for (const place of places) {
    if (caps[place]! * over > left * speeds[place]!) break;
    isFull[place] = 1;
    left -= caps[place]!;
    over -= speeds[place]!;
  }
  const parts = caps.map((cap, place) => {
    if (cap === 0n) return 0n;
    return isFull[place] === 1 ? cap * over : left * speeds[place]!;
  });
  return { parts, over };
}

/**
 * Shares a total out by a rule, exactly.
 *
 * @param rule which
 * @param claims what each asks for, zero or more
 * @param weights whole numbers above zero; the greater, the better for the claim
 * @param total what there is, zero or more
 * @returns exact parts, none above its claim, that sum to the total, or to the claims. n log n.
 * @throws RangeError for a rule that there is not
 * @internal
 */
export function sharesByRule(
  rule: FairShareRule,
  claims: readonly bigint[],
  weights: readonly bigint[],
  total: bigint,
): ExactParts {
  const wanted = totalOf(claims);
  if (total >= wanted) return { parts: claims, over: 1n };
  switch (rule) {
    case "proportional":
      return fillVessels(claims, productsOf(claims, weights), total);
    case "equalAwards":
      return fillVessels(claims, weights, total);
    case "equalLosses":
      return withoutLosses(claims, fillVessels(claims, reciprocalsOf(weights), wanted - total));
    case "talmud":
      // Half vessels: twice the total in whole vessels, then half of what is in each.
      return 2n * total <= wanted
        ? halved(fillVessels(claims, weights, 2n * total))
        : withoutLosses(claims, halved(fillVessels(claims, reciprocalsOf(weights), 2n * (wanted - total))));
  }
  throw new RangeError(`Unknown rule: ${String(rule)}`);
}

const productsOf = (claims: readonly bigint[], weights: readonly bigint[]): bigint[] =>
  claims.map((claim, place) => claim * weights[place]!);
const halved = ({ parts, over }: ExactParts): ExactParts => ({ parts, over: 2n * over });
const withoutLosses = (claims: readonly bigint[], { parts, over }: ExactParts): ExactParts => ({
  parts: claims.map((claim, place) => claim * over - parts[place]!),
  over,
});

/** Whole numbers in proportion to 1 ÷ weight: double the weight, half the loss. */
function reciprocalsOf(weights: readonly bigint[]): bigint[] {
  const multiple = leastCommonMultiple(weights) ?? 1n;
  return weights.map((weight) => multiple / weight);
}

// Beyond this, single comparisons would take so long that a large batch no longer ends in bounded time.
const GREATEST_MULTIPLE = 10n ** 100n;

/**
 * The least number that all weights divide.
 *
 * @param weights whole numbers above zero
 * @returns the number; undefined where it exceeds 10^100
 * @internal
 */
export function leastCommonMultiple(weights: readonly bigint[]): bigint | undefined {
  let multiple = 1n;
  for (const weight of new Set(weights)) {
    multiple *= weight / greatestDivisor(multiple, weight);
    if (multiple > GREATEST_MULTIPLE) return undefined;
  }
  return multiple;
}

/**
 * Whole numbers in the same proportion, as small as they can be.
 *
 * @param values whole numbers of zero or more
 * @returns one for each
 * @internal
 */
export function inLowestTerms(values: readonly bigint[]): readonly bigint[] {
  let divisor = 0n;
  for (const value of values) {
    divisor = greatestDivisor(divisor, value);
    if (divisor === 1n) return values;
  }
  return divisor === 0n ? values : values.map((value) => value / divisor);
}

const LONGEST_TERM = 10n ** 30n;

/**
 * A fraction as plain data.
 *
 * @param numerator a whole number of zero or more
 * @param denominator a whole number above zero
 * @returns the fraction in lowest terms; undefined where a term is longer than a fraction can hold
 * @internal
 */
export function rationalOf(numerator: bigint, denominator: bigint): Rational | undefined {
  const divisor = greatestDivisor(denominator, numerator);
  const [above, below] = [numerator / divisor, denominator / divisor];
  if (above >= LONGEST_TERM || below >= LONGEST_TERM) return undefined;
  return { numerator: fromUnits(above, 0), denominator: fromUnits(below, 0) };
}

/** The sum of whole numbers. @internal */
export const totalOf = (figures: readonly bigint[]): bigint => figures.reduce((total, figure) => total + figure, 0n);

/** Compares whole numbers, for sorting. @internal */
const compareUnits = (left: bigint, right: bigint): number => (left < right ? -1 : left > right ? 1 : 0);
