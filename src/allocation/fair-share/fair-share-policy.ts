import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { Rational } from "../../core/unit-conversion.js";
import type { AllocationReasonCode } from "../../model/allocation-reason.js";
import type { FairShareRule } from "./fair-share-rules.js";

/**
 * What is set aside for a claim before the rule shares out the rest; what it does not use goes to the other claims with a
 * quota.
 *
 * | kind | figure |
 * |---|---|
 * | `amount` | a quantity |
 * | `percent` | 0 to 100 of what there is |
 * | `ratio` | a part of what amounts and percentages leave, in proportion to the other ratios |
 */
export interface ShareQuota {
  /** What the figure is. */
  readonly kind: "amount" | "percent" | "ratio";
  /** Zero or more. */
  readonly figure: Decimal;
}

/** Who asks for how much of something that does not suffice. Quantities are in one unit for all claims. */
export interface ShareClaim {
  /** Id: of an order line, a customer, a shop. */
  readonly claimId: string;
  /** What is asked for, zero or more. */
  readonly requested: Decimal;
  /** Smallest step, above zero; the policy's when absent. */
  readonly quantum?: Decimal;
  /** Least quantity, if any at all. Default 0. */
  readonly minimum?: Decimal;
  /** Weight, above zero: double the weight, double the award – or half the loss, where losses are shared. Default 1. */
  readonly weight?: Decimal;
  /** Class, a whole number: the lower one is served in full before the next gets anything. Default 0. */
  readonly tier?: number;
  /** What is set aside for it. */
  readonly quota?: ShareQuota;
}

/** How something that does not suffice is shared out, as data that a host stores. */
export interface FairSharePolicy {
  /** Rule. */
  readonly rule: FairShareRule;
  /** Smallest step of the claims that name none, above zero. */
  readonly quantum: Decimal;
}

/** Why a claim got what it got. */
export type ShareCode = Extract<
  AllocationReasonCode,
  "served_in_full" | "fair_share" | "below_minimum" | "below_quantum"
>;

/** What a claim gets. */
export interface FairShare {
  /** Id of the claim. */
  readonly claimId: string;
  /** What it asked for. */
  readonly requested: Decimal;
  /** Its part before rounding and minimums; absent where the fraction has more digits than a fraction can hold. */
  readonly exact?: Rational;
  /** What it gets: a multiple of its step. */
  readonly quantity: Decimal;
  /** What it lacks. */
  readonly short: Decimal;
  /** `below_quantum`: what it lacks is less than its step; `below_minimum`: its part would be less than its minimum. */
  readonly code: ShareCode;
}

/** What somebody should think about before the shares are used. */
export type FairShareWarning = IssueOf<{
  /** Under this rule, whoever asks for more than needed gets more. */
  "share.rewards_inflated_orders": { readonly rule: FairShareRule };
}>;

/** The shares of all claims. */
export interface FairShares {
  /** One for each claim, in the order of the claims. */
  readonly shares: readonly FairShare[];
  /** What nobody can take: nobody lacks anything, or it is less than the steps and minimums of those who do. */
  readonly left: Decimal;
  /** What to think about; empty when there is enough for all. */
  readonly warnings: readonly FairShareWarning[];
}

/** Why nothing is shared out. */
export type FairShareIssue = IssueOf<{
  "share.unknown_quota": { readonly kind: string };
  "share.unknown_rule": { readonly rule: string };
  "share.listed_twice": { readonly claimId: string };
  "share.not_a_figure": { readonly field: string; readonly figure: string };
  "share.negative": { readonly field: string; readonly figure: string };
  "share.not_above_zero": { readonly field: string; readonly figure: string };
  "share.out_of_range": { readonly field: string; readonly figure: string };
  "share.above_hundred": { readonly figure: Decimal };
  "share.bad_tier": { readonly tier: string };
  "share.weights_too_uneven": { readonly claims: number };
}>;
