import type { RoundingMode } from "../../core/decimal.js";
import type { RemainderRule } from "../../core/split-amount.js";

/**
 * How all promotions of a seller are worked out together.
 *
 * **Source:** mission 6.6, 6.7; definition B18
 */
export interface PromotionPolicy {
  /** How half a minor unit is rounded. */
  readonly rounding: RoundingMode;
  /** Decimals of amounts; the currency's minor unit when absent. */
  readonly decimals?: number;
  /** Who gets the smallest units that shares leave over. */
  readonly remainder: RemainderRule;
  /** Whether prices hold their tax. */
  readonly prices: "taxInclusive" | "taxExclusive";
  /**
   * Lanes in their order. In a lane that stacks, promotions come one after the other; in a lane of the best, each line
   * takes the one that gives it most, all worked out from the amounts at the begin of the lane. One lane that stacks when
   * absent.
   */
  readonly lanes?: readonly {
    /** Name. */ readonly lane: string;
    /** How its promotions go together. */ readonly mode: "stack" | "bestPerLine";
  }[];
  /**
   * Order of promotions of equal priority: `content` orders them by what they do (fixed prices, unit offers, tiers,
   * percentages, amounts, charges, gifts, then by their fields), so that no id matters; `id` by their ids.
   */
  readonly ties: "content" | "id";
  /**
   * `inOrder` applies what the combination rules let through; `bestForCustomer` looks for the choice of promotions that
   * gives most, evaluating at most `steps` choices, and says whether it has proved the best.
   */
  readonly search: { readonly kind: "inOrder" } | { readonly kind: "bestForCustomer"; readonly steps: number };
}

/** Promotions one after the other by priority, half up to the minor unit, shares by largest remainder, prices without tax. */
export const USUAL_PROMOTION_POLICY: PromotionPolicy = {
  rounding: "halfUp",
  remainder: "largestRemainder",
  prices: "taxExclusive",
  ties: "content",
  search: { kind: "inOrder" },
};
