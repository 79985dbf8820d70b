import type { Instant } from "../core/instant.js";
import { minorUnitOf } from "../core/money.js";
import { isZero, ZERO } from "../core/decimal.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { Order } from "../model/order.js";
import { goodsOf, priceLines, type PriceLineIssue, type PriceMasters, type PricePolicy } from "./price-lines.js";
import { cartOfOrder } from "./promotions/cart-of-order.js";
import type { PromotionCartIssue } from "./promotions/cart-state.js";
import {
  explainPromotions,
  type ExplainFacts,
  type PromotionExplanation,
  type PromotionVerdict,
} from "./promotions/explain-promotions.js";
import { lessForgone, unavailableTo } from "./promotions/forgone-gifts.js";
import { checkRounding, type OrderPromotionFacts } from "./promotions/give-promotions.js";
import type { PricedGift } from "./promotions/price-promotions.js";
import type { PromotionCut } from "./promotions/promotion-reason.js";

/** What explaining an order's promotions needs to know: what pricing the order did. */
export interface ExplainOrderContext {
  /** Now: the instant whose promotions are explained for an order that has none yet. */
  readonly at: Instant;
  /** Master files, as for `priceOrder`. */
  readonly masters: PriceMasters;
  /** How prices are taken and rounded. */
  readonly policy: PricePolicy;
  /** Promotions, and how codes are written. */
  readonly promotions: OrderPromotionFacts & Pick<ExplainFacts, "isWellFormed">;
}

/**
 * Says for every promotion and every code what it did on an order, every reason why not or not more, and what the customer
 * lacks for the next step.
 *
 * **Rules**
 * 1. An order that has promotions is explained by those of the instant at which it was priced, unless today's are asked
 *    for; one that has none, by those of now.
 * 2. What the order itself has of a limit does not stand in its way.
 * 3. Gifts that the order does without – declined, given back or left out – are told, and are not given.
 * 4. Goods are looked at as far as the customer keeps them, each promotion as if it were worked out now. What a policy for
 *    later changes has left standing otherwise is on the lines of the order, not here.
 *
 * @param order priced or not
 * @param context what `priceOrder` is given
 * @returns the explanation, for `explainPrice`; or every reason why the order cannot be worked out
 * @throws RangeError when the policies of prices and of promotions round in two ways
 *
 * **Source:** mission 2.5, 4.15, 6.3, 6.5, 6.7, 6.8
 * @example
 * ```ts
 * import { compilePromotions, explainOrderPromotions, indexMasters } from "ordercycle";
 * import { anyContext, anyItem, anyOrder, anyPromotion } from "ordercycle/testing";
 * const compiled = compilePromotions([anyPromotion()]);
 * if (!compiled.ok) throw new Error("refused");
 * const policy = { rounding: "halfUp", givenPrice: "honour" } as const;
 * const context = { ...anyContext(), masters: indexMasters({ items: [anyItem()] }), policy, promotions: { compiled: compiled.value } };
 * const explained = explainOrderPromotions(anyOrder(), context);
 * explained.ok && explained.value.promotions.map(({ name, applied }) => [name, applied]); // => [["Ten percent", true]]
 * ```
 */
export function explainOrderPromotions(
  order: Order,
  { at, masters, policy, promotions: facts }: ExplainOrderContext,
): Result<PromotionExplanation, PriceLineIssue | PromotionCartIssue> {
  const { header, promotions } = order;
  const { compiled, earlierOrders, asOf, ...rest } = facts;
  const decimals = policy.decimals ?? minorUnitOf(header.currency) ?? 2;
  const { rounding } = policy;
  checkRounding(compiled, order, { decimals, rounding });
  const priced = priceLines(order, masters, policy, decimals);
  if (!priced.ok) return refuse(priced.issues);
  const then = asOf === "now" ? at : (promotions?.asOf ?? at);
  const goods = goodsOf(priced.value, decimals, rounding);
  const cart = cartOfOrder(order, goods, [], { at: then, masters, earlierOrders });
  const unavailableItems = unavailableTo(order, facts.unavailableItems);
  const explained = explainPromotions(compiled, cart, { ...rest, unavailableItems, own: promotions?.applied });
  return explained.ok ? ok(withoutForgone(order, explained.value)) : explained;
}

/** Tells gifts that the order does without, and does not count them as given. */
function withoutForgone(order: Order, explanation: PromotionExplanation): PromotionExplanation {
  const { pricing, promotions } = explanation;
  const gifts = lessForgone(order, pricing.gifts);
  return {
    ...explanation,
    pricing: { ...pricing, gifts: gifts.flatMap(({ gift }) => gift ?? []) },
    promotions: promotions.map((verdict): PromotionVerdict => {
      const place = pricing.gifts.findIndex((one) => verdict.gifts.some((own) => isSameGift(own, one)));
      const { gift, forgone = ZERO } = gifts[place] ?? {};
      if (isZero(forgone)) return verdict;
      const reason: PromotionCut = { code: "gift_forgone", params: { units: forgone } };
      if (gift !== undefined) return { ...verdict, gifts: [gift], cuts: [...verdict.cuts, reason] };
      return { ...verdict, applied: false, gifts: [], reasons: [...verdict.cuts, reason], cuts: [] };
    }),
  };
}

function isSameGift(one: PricedGift, other: PricedGift): boolean {
  return one.promotionId === other.promotionId && one.code === other.code;
}
