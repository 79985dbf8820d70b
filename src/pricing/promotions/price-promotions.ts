import { fromUnits, scaleOf, ZERO, type Decimal } from "../../core/decimal.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { LineId } from "../../model/ids.js";
import type { CouponCode, PromotionId } from "../../model/promotion/promotion.js";
import { bestChoice, type BestChoice } from "./best-choice.js";
import { openCart, type CartState, type PromotionCartIssue } from "./cart-state.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";
import { evaluateAll } from "./evaluate-all.js";
import type { AppliedRun, PromotionFacts } from "./evaluate.js";
import type { CartLine, PromotionCart } from "./promotion-cart.js";
import { candidatesFor } from "./promotion-index.js";
import type { EarnedGift } from "./proposal.js";

/** What a promotion takes off a line. */
export interface PricedAdjustment {
  /** Line. */
  readonly lineId: LineId;
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Code that was presented. */
  readonly code?: CouponCode;
  /** Money, above zero. */
  readonly amount: Decimal;
  /** Units of the order that get it. */
  readonly units: Decimal;
}

/** What a promotion takes off a charge. */
export interface PricedChargeAdjustment {
  /** Place of the charge in the cart's list, from 0. */
  readonly charge: number;
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Code that was presented. */
  readonly code?: CouponCode;
  /** Money, above zero. */
  readonly amount: Decimal;
}

/** Goods that a promotion adds. */
export interface PricedGift extends EarnedGift {
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Code that was presented. */
  readonly code?: CouponCode;
}

/** What promotions give on a cart. */
export interface PromotionPricing {
  /** Money off lines, in the order in which it came about. */
  readonly adjustments: readonly PricedAdjustment[];
  /** Money off charges. */
  readonly charges: readonly PricedChargeAdjustment[];
  /** Goods to add. */
  readonly gifts: readonly PricedGift[];
  /** Σ money off lines and charges. */
  readonly discount: Decimal;
  /** For a search for the best choice: whether it is proved to be. */
  readonly optimal?: boolean;
}

/**
 * Works out what promotions give on a cart.
 *
 * **Rules**
 * 1. Promotions are taken by lane, priority and the policy's order of equals; each starts from what was to be paid before
 *    promotions, or from what is left, as it says.
 * 2. No line falls below zero or its floor; what a floor cuts off an amount that is shared out goes to the other lines.
 * 3. Every share is a whole number of minor units, and the shares of an amount sum to it.
 * 4. Uses, budget and units are limits also within this cart.
 * 5. Units that offers of the kind “buy this, get that” use are used once.
 * 6. Only promotions that the cart can have anything to do with are looked at; `explainPromotions` looks at all of them
 *    and says why each one did or did not apply.
 *
 * @param compiled from `compilePromotions`
 * @param cart lines of goods and what is known of customer and order
 * @param facts coupons, what was used of the limits, gifts that cannot be had
 * @returns what they give, or every reason why the cart cannot be worked out
 *
 * **Source:** mission 2.5, 6.1, 6.3, 6.4, 6.5, 6.6, 6.7; definition B1, B18
 * @example
 * ```ts
 * import { compilePromotions, decimal, instant, pricePromotions } from "ordercycle";
 * import { anyPromotion } from "ordercycle/testing";
 * const compiled = compilePromotions([anyPromotion()]);
 * if (!compiled.ok) throw new Error("refused");
 * const lines = [{ lineId: "1", itemCode: "TEA", quantity: decimal("3"), unitPrice: decimal("1.99") }];
 * const priced = pricePromotions(compiled.value, { at: instant("2026-03-02T09:00:00Z"), currency: "EUR", lines });
 * priced.ok && priced.value.discount; // => "0.6"
 * ```
 */
export function pricePromotions(
  compiled: CompiledPromotions,
  cart: PromotionCart,
  facts: PromotionFacts = {},
): Result<PromotionPricing, PromotionCartIssue> {
  const ran = runPromotions(compiled, cart, facts);
  return ran.ok ? ok(pricingOf(compiled, ran.value)) : refuse(ran.issues);
}

/** What applied to a cart, before it is written down. */
export interface PromotionRun {
  /** The cart afterwards. */
  readonly state: CartState;
  /** What applied, in order. */
  readonly runs: readonly AppliedRun[];
  /** The choice that was made, where one was looked for. */
  readonly choice: BestChoice | undefined;
}

/**
 * Evaluates promotions on a cart.
 *
 * @param facts with promotions that are left out
 */
export function runPromotions(
  compiled: CompiledPromotions,
  cart: PromotionCart,
  facts: PromotionFacts,
): Result<PromotionRun, PromotionCartIssue> {
  const opened = openCart(cart, compiled.policy, finestQuantity(compiled, facts));
  if (!opened.ok) return refuse(opened.issues);
  const state = opened.value;
  const candidates = candidatesFor(compiled.index, cart, facts.coupons);
  const { search } = compiled.policy;
  if (search.kind === "inOrder") {
    return ok({ state, runs: evaluateAll(compiled, state, facts, candidates), choice: undefined });
  }
  const choice = bestChoice(compiled, () => freshState(state), facts, candidates, search.steps);
  return ok({ state, runs: evaluateAll(compiled, state, facts, candidates, choice.banned), choice });
}

/** What was used of a limit of units may be finer than the limit. */
function finestQuantity({ quantityScale, unitLimited }: CompiledPromotions, { usage }: PromotionFacts): number {
  let finest = quantityScale;
  if (usage === undefined) return finest;
  for (const promotionId of unitLimited) finest = Math.max(finest, scaleOf(usage.get(promotionId)?.units ?? ZERO));
  return finest;
}

/** The state with nothing done on it. */
export function freshState(state: CartState): CartState {
  return {
    ...state,
    left: state.start.slice(),
    used: undefined,
    closed: undefined,
    charges: state.chargesAtStart.slice(),
  };
}

/** Writes down what applied. */
export function pricingOf(compiled: CompiledPromotions, { state, runs, choice }: PromotionRun): PromotionPricing {
  const { cart, decimals, quantityScale } = state;
  const adjustments: PricedAdjustment[] = [];
  const charges: PricedChargeAdjustment[] = [];
  const gifts: PricedGift[] = [];
  let sum = 0;
  for (let turn = 0; turn < runs.length; turn += 1) {
    const { slot, code, proposal } = runs[turn] as AppliedRun;
    const { promotionId, version } = compiled.promotions[slot] as CompiledPromotion;
    const { lines, amounts, units } = proposal;
    for (let place = 0; place < lines.length; place += 1) {
      const k = lines[place] ?? 0;
      const line = cart.lines[k] as CartLine;
      const { lineId } = line;
      const minor = amounts[place] ?? 0;
      const amount = fromUnits(minor, decimals);
      // Mostly all of a line gets it, and its quantity need not be written anew.
      const isAll = units === undefined || units[place] === state.quantity[k];
      const quantity = isAll ? line.quantity : fromUnits(units[place] ?? 0, quantityScale);
      sum += minor;
      adjustments.push(
        code === undefined
          ? { lineId, promotionId, version, amount, units: quantity }
          : { lineId, promotionId, version, code, amount, units: quantity },
      );
    }
    if (proposal.charges === undefined && proposal.gift === undefined) continue;
    const given = { promotionId, version, ...(code === undefined ? {} : { code }) };
    for (const [charge, minor] of (proposal.charges ?? NO_CHARGES).entries()) {
      if (minor === 0) continue;
      sum += minor;
      charges.push({ charge, ...given, amount: fromUnits(minor, decimals) });
    }
    if (proposal.gift !== undefined) gifts.push({ ...given, ...proposal.gift });
  }
  const discount = fromUnits(sum, decimals);
  return choice === undefined
    ? { adjustments, charges, gifts, discount }
    : { adjustments, charges, gifts, discount, optimal: choice.isOptimal };
}

const NO_CHARGES: readonly number[] = [];
