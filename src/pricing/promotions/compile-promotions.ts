import { scaleOf, ZERO } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import { minorUnitOf } from "../../core/money.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { Currency } from "../../model/ids.js";
import type { PromotionIssue } from "../../model/promotion/promotion-issue.js";
import { checkPromotions } from "../../model/promotion/check-promotions.js";
import type { LineSelector } from "../../model/promotion/line-selector.js";
import type { CouponCode, Promotion, PromotionId } from "../../model/promotion/promotion.js";
import type { PromotionEffect } from "../../model/promotion/promotion-effect.js";
import { USUAL_PROMOTION_POLICY, type PromotionPolicy } from "../../model/promotion/promotion-policy.js";
import { compileCondition, type CompiledCondition } from "./condition.js";
import { compileEffect } from "./effects/compile-effect.js";
import { orderPromotions } from "./order-promotions.js";
import { indexPromotions, type PromotionIndex } from "./promotion-index.js";
import type { ProposeEffect } from "./proposal.js";
import { compileSelector, type CompiledSelector } from "./selector.js";

/** A promotion, ready to be worked out: first what every cart asks, then what few do. */
export interface CompiledPromotion {
  /** Whether nothing but time, currency, conditions and its own codes decides: no batch, no limit, no rule about others. */
  readonly isQuick: boolean;
  /** Its own codes, one of which must be presented. */
  readonly codes: readonly CouponCode[] | undefined;
  /** First instant. */
  readonly from: Instant;
  /** End. */
  readonly to: Instant | undefined;
  /** Currency. */
  readonly currency: Currency | undefined;
  /** When it holds. */
  readonly holds: CompiledCondition | undefined;
  /** Whether it starts from what is left. */
  readonly isRunning: boolean;
  /** What it gives. */
  readonly propose: ProposeEffect;
  /** Whether it allows no other on the lines that it takes something off. */
  readonly closesLines: boolean;
  /** Id. */
  readonly promotionId: PromotionId;
  /** Version. */
  readonly version: number;
  /** Lines that it is about: for an offer, those that must be bought. */
  readonly buy: CompiledSelector | undefined;
  /** Lines that are got. */
  readonly get: CompiledSelector | undefined;
  /** The definition. */
  readonly promotion: Promotion;
  /** Place of its lane among the policy's. */
  readonly lane: number;
  /** Place at which it is looked at: its slot, or that of the first of its group, whether or not that one can apply. */
  readonly place: number;
}

/**
 * Promotions that were checked, put in the order of their evaluation and indexed by what they need. Made once by
 * `compilePromotions` and used for every cart; not to be stored.
 */
export interface CompiledPromotions {
  /** How they are worked out together. */
  readonly policy: PromotionPolicy;
  /** In the order of evaluation. */
  readonly promotions: readonly CompiledPromotion[];
  /** Finds those that a cart can have anything to do with. */
  readonly index: PromotionIndex;
  /** Whether all of them can simply be taken one after the other. */
  readonly isPlain: boolean;
  /** Whether some of them rules others out. */
  readonly isCombining: boolean;
  /** Decimals of the finest quantity that any of them names: units of a limit, units of a gift. */
  readonly quantityScale: number;
  /** Promotions with a limit of units. */
  readonly unitLimited: readonly PromotionId[];
}

/** Why promotions cannot be compiled. */
export type CompilePromotionsIssue =
  | PromotionIssue
  | IssueOf<{
      "promotion.unknown_lane": {
        readonly promotionId: PromotionId;
        readonly lane: string;
        readonly lanes: readonly string[];
      };
    }>;

/**
 * Compiles promotions once, so that a cart is held only against those that it can have anything to do with.
 *
 * **Rules**
 * 1. Every fault of every definition is told; with a fault, nothing is compiled.
 * 2. Promotions are evaluated by lane, then priority, then as the policy orders equals; the order in which they are given
 *    does not matter.
 * 3. They are found by item, category, tag, code, batch of coupons or fact of the header, whatever narrows them first;
 *    only those that need none of these are looked at for every cart.
 *
 * @param promotions definitions, of any version
 * @param policy how they are worked out together
 * @returns the compiled promotions, or every reason why they cannot be
 *
 * **Source:** mission 6.2, 6.7, 7.7; definition B18
 * @example
 * ```ts
 * import { compilePromotions } from "ordercycle";
 * import { anyPromotion } from "ordercycle/testing";
 * compilePromotions([anyPromotion()]).ok; // => true
 * const nobodys = compilePromotions([anyPromotion({ owner: "" })]);
 * nobodys.ok ? [] : nobodys.issues.map(({ code }) => code); // => ["promotion.no_owner"]
 * ```
 */
export function compilePromotions(
  promotions: readonly Promotion[],
  policy: PromotionPolicy = USUAL_PROMOTION_POLICY,
): Result<CompiledPromotions, CompilePromotionsIssue> {
  const lanes = policy.lanes?.map(({ lane }) => lane) ?? [];
  const issues: CompilePromotionsIssue[] = checkPromotions(promotions, { decimals: policy.decimals });
  for (const [position, { promotionId, combination }] of promotions.entries()) {
    const { lane } = combination;
    if (lane === undefined || lanes.includes(lane)) continue;
    issues.push(issue("promotion.unknown_lane", [position, "combination", "lane"], { promotionId, lane, lanes }));
  }
  if (issues.length > 0) return refuse(issues);
  const ordered = orderPromotions(promotions, policy);
  const places = placesOf(ordered, lanes);
  const compiled = ordered.map((promotion, slot) => compileOne(promotion, places[slot] ?? slot, policy, lanes));
  const isPlain =
    policy.search.kind === "inOrder" &&
    (policy.lanes ?? []).every(({ mode }) => mode === "stack") &&
    promotions.every(({ combination }) => combination.bestOf === undefined);
  const isCombining = promotions.some(
    ({ combination: { exclusive, stop, classes } }) => exclusive === "order" || stop === true || classes !== undefined,
  );
  return ok({
    policy,
    promotions: compiled,
    index: indexPromotions(compiled),
    isPlain,
    isCombining,
    quantityScale: promotions.reduce((finest, promotion) => Math.max(finest, quantityScaleOf(promotion)), 0),
    unitLimited: promotions.flatMap(({ promotionId, limits }) => (limits?.units === undefined ? [] : [promotionId])),
  });
}

function quantityScaleOf({ effect, limits }: Promotion): number {
  const ofGift = effect.kind === "gift" ? [effect.units, effect.maxUnits ?? ZERO] : [];
  return Math.max(...[limits?.units ?? ZERO, ...ofGift].map(scaleOf));
}

/** Groups are of a lane: two lanes may use the same word. */
function placesOf(ordered: readonly Promotion[], lanes: readonly string[]): number[] {
  const first = new Map<string, number>();
  return ordered.map(({ combination: { bestOf, lane } }, slot) => {
    if (bestOf === undefined) return slot;
    const group = JSON.stringify([lane ?? lanes[0], bestOf]);
    const place = first.get(group) ?? slot;
    first.set(group, place);
    return place;
  });
}

function compileOne(
  promotion: Promotion,
  place: number,
  policy: PromotionPolicy,
  lanes: readonly string[],
): CompiledPromotion {
  const { effect, condition, combination, coupons, currency, limits, promotionId, version } = promotion;
  const decimals = policy.decimals ?? (currency === undefined ? 0 : (minorUnitOf(currency) ?? 2));
  const [buy, get] = selectorsOf(effect);
  const { exclusive, discountedLines, base, lane } = combination;
  const isFree = exclusive === undefined && discountedLines === "include";
  return {
    isQuick: isFree && coupons?.kind !== "batch" && limits === undefined,
    codes: coupons?.kind === "codes" ? coupons.codes : undefined,
    from: promotion.validity.from,
    to: promotion.validity.to,
    currency,
    holds: condition === undefined ? undefined : compileCondition(condition),
    isRunning: base === "running",
    propose: compileEffect(effect, { decimals, prices: policy.prices, promotionId }),
    closesLines: exclusive === "lines",
    promotionId,
    version,
    buy: buy === undefined ? undefined : compileSelector(buy),
    get: get === undefined ? undefined : compileSelector(get),
    promotion,
    lane: lane === undefined ? 0 : lanes.indexOf(lane),
    place,
  };
}

/** Lines that an effect is about or that must be bought for it, and lines that are got. */
function selectorsOf(
  effect: PromotionEffect,
): readonly [buy?: LineSelector | undefined, get?: LineSelector | undefined] {
  switch (effect.kind) {
    case "chargeOff":
      return [];
    case "gift":
      return [effect.buy?.which];
    case "buyGet":
      return [effect.buy.which, effect.get.which];
    default:
      return [effect.which];
  }
}
