import { compareText } from "../../core/compare-text.js";
import type { Promotion } from "../../model/promotion/promotion.js";
import type { PromotionEffect } from "../../model/promotion/promotion-effect.js";
import type { PromotionPolicy } from "../../model/promotion/promotion-policy.js";

/** Kinds of effects in the order in which promotions of equal priority come: what sets prices first, what adds goods last. */
const EFFECT_ORDER: readonly PromotionEffect["kind"][] = [
  "fixedPrice",
  "buyGet",
  "groups",
  "tiers",
  "percentOff",
  "amountOff",
  "chargeOff",
  "gift",
];

/**
 * Puts promotions in the order of their evaluation: by lane, priority, and as the policy orders equals.
 *
 * By content, equals are ordered by kind of effect and then by all that makes a difference to what they give; only
 * promotions that give exactly the same are ordered by their ids.
 */
export function orderPromotions(promotions: readonly Promotion[], { lanes, ties }: PromotionPolicy): Promotion[] {
  const places = new Map((lanes ?? []).map(({ lane }, place) => [lane, place]));
  const keyed = promotions.map((promotion) => {
    const { combination, effect } = promotion;
    return {
      promotion,
      lane: combination.lane === undefined ? 0 : (places.get(combination.lane) ?? 0),
      kind: EFFECT_ORDER.indexOf(effect.kind),
      content: ties === "content" ? contentOf(promotion) : "",
    };
  });
  keyed.sort((a, b) => {
    const [first, second] = [a.promotion, b.promotion];
    return (
      a.lane - b.lane ||
      first.combination.priority - second.combination.priority ||
      (ties === "content" ? a.kind - b.kind || compareText(a.content, b.content) : 0) ||
      compareText(first.promotionId, second.promotionId) ||
      first.version - second.version
    );
  });
  return keyed.map(({ promotion }) => promotion);
}

/** All of a definition that makes a difference to what it gives, as text that does not depend on the order of fields. */
function contentOf(promotion: Promotion): string {
  const { promotionId: _id, version: _version, name: _name, reason: _reason, owner: _owner, ...content } = promotion;
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)))
      : value,
  );
}
