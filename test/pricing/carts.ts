import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { Promotion } from "../../src/model/promotion/promotion.js";
import type { PromotionPolicy } from "../../src/model/promotion/promotion-policy.js";
import type { PromotionFacts } from "../../src/pricing/promotions/evaluate.js";
import {
  explainPromotions,
  type ExplainFacts,
  type PromotionExplanation,
} from "../../src/pricing/promotions/explain-promotions.js";
import { pricePromotions, type PromotionPricing } from "../../src/pricing/promotions/price-promotions.js";
import type { CartLine, PromotionCart } from "../../src/pricing/promotions/promotion-cart.js";
import { granted } from "../lifecycle/answers.js";
import { compiledUnder } from "./promoted.js";

/** A cart with its lines as `item quantity price`, numbered from 1, on a Monday at ten in Berlin. */
export function cartOf(lines: readonly string[], part: Partial<PromotionCart> = {}): PromotionCart {
  return {
    at: instant("2026-03-02T09:00:00Z"),
    currency: "EUR",
    lines: lines.map((text, place): CartLine => {
      const [itemCode = "", quantity = "", unitPrice = ""] = text.split(" ");
      return { lineId: `${place + 1}`, itemCode, quantity: decimal(quantity), unitPrice: decimal(unitPrice) };
    }),
    ...part,
  };
}

/** What is asked of promotions: a cart as lines, and all that is not usual. */
export interface Asked<Facts = PromotionFacts> {
  readonly promotions: readonly Promotion[];
  readonly lines: readonly string[];
  readonly cart?: Partial<PromotionCart>;
  readonly policy?: Partial<PromotionPolicy>;
  readonly facts?: Facts;
}

/** What the promotions give. */
export function priced({ promotions, lines, cart = {}, policy = {}, facts = {} }: Asked): PromotionPricing {
  return granted(pricePromotions(compiledUnder(policy, ...promotions), cartOf(lines, cart), facts));
}

/** What they say of it. */
export function explained(asked: Asked<ExplainFacts>): PromotionExplanation {
  const { promotions, lines, cart = {}, policy = {}, facts = {} } = asked;
  return granted(explainPromotions(compiledUnder(policy, ...promotions), cartOf(lines, cart), facts));
}

/** What came off in all. */
export function off(asked: Asked): string {
  return priced(asked).discount;
}

/** What came off where, as `promotion line amount`. */
export function byLine(asked: Asked): string[] {
  return priced(asked).adjustments.map(({ lineId, promotionId, amount }) => `${promotionId} ${lineId} ${amount}`);
}
