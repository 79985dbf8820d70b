import { ok, refuse, type Result } from "../../core/result.js";
import type { CouponCode, PromotionId } from "../../model/promotion/promotion.js";
import type { PromotionPolicy } from "../../model/promotion/promotion-policy.js";
import type { CartState, PromotionCartIssue } from "./cart-state.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";
import { couponItems, reasonsAgainst } from "./coupon-codes.js";
import { isCut } from "./cuts.js";
import { evaluateAll } from "./evaluate-all.js";
import type { PromotionFacts } from "./evaluate.js";
import { nextStepOf, type NextStep } from "./next-step.js";
import {
  freshState,
  pricingOf,
  runPromotions,
  type PricedAdjustment,
  type PricedChargeAdjustment,
  type PricedGift,
  type PromotionPricing,
} from "./price-promotions.js";
import type { PromotionCart } from "./promotion-cart.js";
import type { PromotionCut, PromotionReason } from "./promotion-reason.js";
import type { CompiledSelector } from "./selector.js";

/** What one promotion did on a cart, and why not more. */
export interface PromotionVerdict {
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Its name. */
  readonly name: string;
  /** Code, where one counted. */
  readonly code?: CouponCode;
  /** Whether it gave anything. */
  readonly applied: boolean;
  /** Money off lines. */
  readonly adjustments: readonly PricedAdjustment[];
  /** Money off charges. */
  readonly charges: readonly PricedChargeAdjustment[];
  /** Goods given. */
  readonly gifts: readonly PricedGift[];
  /** Every reason for which it did not apply; empty where it did. */
  readonly reasons: readonly PromotionReason[];
  /** Where it applied, every reason for which it gave less than it says: a floor price, a budget, a cap … */
  readonly cuts: readonly PromotionCut[];
  /** What the customer lacks for more of it. */
  readonly next?: NextStep;
}

/** What became of a code that was presented. */
export interface CodeVerdict {
  /** Code. */
  readonly code: CouponCode;
  /** Whether a promotion applied by it. */
  readonly accepted: boolean;
  /** Every reason for which none did. */
  readonly reasons: readonly PromotionReason[];
}

/** Promotions on a cart with their reasons. */
export interface PromotionExplanation {
  /** What they give, as `pricePromotions` says. */
  readonly pricing: PromotionPricing;
  /** How amounts were rounded and shared out, and whether prices hold their tax. */
  readonly setting: Pick<PromotionPolicy, "rounding" | "remainder" | "prices"> & {
    /** Decimals of an amount. */ readonly decimals: number;
  };
  /** Every promotion in the order of evaluation. */
  readonly promotions: readonly PromotionVerdict[];
  /** Every code in the order in which it was presented. */
  readonly codes: readonly CodeVerdict[];
}

/** What explaining needs to know besides what pricing does. */
export interface ExplainFacts extends PromotionFacts {
  /** Tells whether a code is written as codes are, so that a slip can be told from a code that nobody issued. */
  readonly isWellFormed?: (code: CouponCode) => boolean;
}

/**
 * Says for every promotion and every code whether it applied on a cart, what it gave where, every reason why not, and what
 * the customer lacks for the next step.
 *
 * **Rules**
 * 1. What applied is what `pricePromotions` gives; this looks at all promotions, also those that the cart has nothing to do
 *    with, and so takes time for each of them.
 * 2. All that stands against a promotion is told, not only the first: code, time, conditions, limits, goods that are
 *    lacking. Only where another promotion rules it out, nothing is said of the goods.
 * 3. Of a promotion that applied, all is told that kept it from giving more.
 *
 * @returns the explanation, or every reason why the cart cannot be worked out
 *
 * **Source:** mission 2.5, 4.15, 6.3, 6.5, 6.7
 * @example
 * ```ts
 * import { compilePromotions, decimal, explainPromotions, instant } from "ordercycle";
 * import { anyPromotion } from "ordercycle/testing";
 * const steps = [{ from: decimal("24"), value: decimal("5") }];
 * const effect = { kind: "tiers", which: { kind: "every" }, measure: "quantity", per: "line", mode: "allUnits", reward: "percent", steps } as const;
 * const compiled = compilePromotions([anyPromotion({ effect })]);
 * if (!compiled.ok) throw new Error("refused");
 * const lines = [{ lineId: "1", itemCode: "TEA", quantity: decimal("12"), unitPrice: decimal("2") }];
 * const explained = explainPromotions(compiled.value, { at: instant("2026-03-02T09:00:00Z"), currency: "EUR", lines });
 * const verdict = explained.ok ? explained.value.promotions[0] : undefined;
 * [verdict?.applied, verdict?.reasons[0]?.code, verdict?.next?.missing]; // => [false, "step_not_reached", "12"]
 * ```
 */
export function explainPromotions(
  compiled: CompiledPromotions,
  cart: PromotionCart,
  facts: ExplainFacts = {},
): Result<PromotionExplanation, PromotionCartIssue> {
  const ran = runPromotions(compiled, cart, facts);
  if (!ran.ok) return refuse(ran.issues);
  const { choice } = ran.value;
  const { decimals, rounding, remainder } = ran.value.state;
  const told = new Map<number, { readonly code: CouponCode | undefined; readonly reason: PromotionReason }[]>();
  const everything = compiled.promotions.flatMap(({ promotion }, slot) =>
    facts.without?.has(promotion.promotionId) === true ? [] : [{ slot, buyLines: undefined, getLines: undefined }],
  );
  const state = freshState(ran.value.state);
  const runs = evaluateAll(compiled, state, facts, everything, choice?.banned, (slot, code, reason) => {
    told.set(slot, [...(told.get(slot) ?? []), { code, reason }]);
  });
  const pricing = pricingOf(compiled, { state, runs, choice });
  const promotions = everything.flatMap(({ slot }): PromotionVerdict[] => {
    const said = told.get(slot) ?? [];
    return codesOf(slot, runs, said).map((code) => {
      const run = runs.filter((one) => one.slot === slot && one.code === code);
      const reasons = said.filter((one) => one.code === code || one.code === undefined);
      return verdictOf(
        compiled,
        slot,
        code,
        { state, runs: run, choice },
        withoutRepeats(reasons.map(({ reason }) => reason)),
        facts,
      );
    });
  });
  return ok({
    pricing,
    setting: { rounding, remainder, prices: compiled.policy.prices, decimals },
    promotions,
    codes: codeVerdicts(compiled, cart, facts, promotions),
  });
}

/** Codes for which a promotion applied or was told why not: one of both it always is; no name where no code counts. */
function codesOf(
  slot: number,
  runs: readonly { readonly slot: number; readonly code: CouponCode | undefined }[],
  told: readonly { readonly code: CouponCode | undefined }[],
): readonly (CouponCode | undefined)[] {
  const applied = runs.filter((run) => run.slot === slot).map(({ code }) => code);
  const codes = new Set([...applied, ...told.map(({ code }) => code)]);
  if (codes.size > 1) codes.delete(undefined);
  return [...codes];
}

function verdictOf(
  compiled: CompiledPromotions,
  slot: number,
  code: CouponCode | undefined,
  ran: Parameters<typeof pricingOf>[1],
  reasons: readonly PromotionReason[],
  facts: PromotionFacts,
): PromotionVerdict {
  const one = compiled.promotions[slot] as CompiledPromotion;
  const { promotionId, version, name } = one.promotion;
  const { adjustments, charges, gifts } = pricingOf(compiled, ran);
  const applied = ran.runs.length > 0;
  const next = mayGrow(reasons) ? nextOf(one, ran.state, code, facts) : undefined;
  return {
    promotionId,
    version,
    name,
    ...(code === undefined ? {} : { code }),
    applied,
    adjustments,
    charges,
    gifts,
    reasons: applied ? [] : reasons,
    cuts: applied ? reasons.filter(isCut) : [],
    ...(next === undefined ? {} : { next }),
  };
}

/** Reasons that more goods on the order would do away with. */
function mayGrow(reasons: readonly PromotionReason[]): boolean {
  return reasons.every(({ code }) => GROWING.includes(code));
}

const GROWING: readonly PromotionReason["code"][] = [
  "step_not_reached",
  "no_full_group",
  "not_enough_bought",
  "too_little",
  "nothing_to_get",
  "floor_reached",
  "zero_reached",
];

function nextOf(
  { promotion, buy, get }: CompiledPromotion,
  state: CartState,
  code: CouponCode | undefined,
  facts: PromotionFacts,
): NextStep | undefined {
  if (buy === undefined) return undefined;
  const items = code === undefined ? undefined : couponItems({ facts, state, itemsOf: undefined }, code);
  const linesOf = (selector: CompiledSelector): number[] =>
    state.cart.lines.flatMap((line, k) => (selector.test(line, items) ? [k] : []));
  return nextStepOf(promotion.effect, state, linesOf(buy), get === undefined ? [] : linesOf(get));
}

function codeVerdicts(
  compiled: CompiledPromotions,
  cart: PromotionCart,
  { coupons, isWellFormed }: ExplainFacts,
  verdicts: readonly PromotionVerdict[],
): CodeVerdict[] {
  const seen = new Set<CouponCode>();
  return (cart.couponCodes ?? []).map((code): CodeVerdict => {
    if (seen.has(code)) return { code, accepted: false, reasons: [{ code: "code_twice", params: {} }] };
    seen.add(code);
    if (verdicts.some((verdict) => verdict.applied && verdict.code === code))
      return { code, accepted: true, reasons: [] };
    const own = compiled.promotions.flatMap(({ promotion: { coupons: of, promotionId } }) =>
      of?.kind === "codes" && of.codes.includes(code) ? [promotionId] : [],
    );
    const coupon = coupons?.get(code);
    if (own.length === 0 && coupon === undefined) {
      const isSlip = isWellFormed?.(code) === false;
      return { code, accepted: false, reasons: [{ code: isSlip ? "code_mistyped" : "code_unknown", params: {} }] };
    }
    const against = coupon === undefined ? [] : reasonsAgainst(coupon, cart);
    const reasons = verdicts
      .filter((verdict) => verdict.code === code || own.includes(verdict.promotionId))
      .flatMap(({ code: other, applied, reasons: told }): readonly PromotionReason[] =>
        applied && other !== undefined ? [{ code: "other_code_counts", params: { other } }] : told,
      );
    const all = withoutRepeats([...against, ...reasons]);
    return { code, accepted: false, reasons: all.length > 0 ? all : [{ code: "code_unknown", params: {} }] };
  });
}

/** Several promotions may say the same of one code. */
function withoutRepeats(reasons: readonly PromotionReason[]): PromotionReason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}
