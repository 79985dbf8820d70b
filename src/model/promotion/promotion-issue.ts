import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { PromotionId } from "./promotion.js";

/** A fault of a definition that needs no facts but its place. */
type Bare = Readonly<{ promotionId: PromotionId }>;

/** A fault of a number. */
type OfNumber = Readonly<{ promotionId: PromotionId; value: Decimal }>;

/** Why a promotion cannot be worked out: what its fields say together makes no sense. **Source:** mission 6.2, 7.7 */
export type PromotionIssue = IssueOf<{
  "promotion.not_a_name": Bare;
  "promotion.version_not_positive": Bare & { readonly version: number };
  "promotion.no_owner": Bare;
  "promotion.no_reason": Bare;
  "promotion.contradictory_window": Bare & { readonly from: string; readonly to: string };
  "promotion.unknown_time_zone": Bare & { readonly timeZone: string };
  "promotion.unknown_currency": Bare & { readonly currency: string };
  "promotion.currency_missing": Bare;
  "promotion.priority_not_whole": Bare & { readonly priority: number };
  "promotion.no_codes": Bare;
  "promotion.code_twice": Bare & { readonly couponCode: string };
  "promotion.code_shared": Bare & { readonly couponCode: string; readonly other: PromotionId };
  "promotion.version_twice": Bare & { readonly version: number };
  "promotion.versions_overlap": Bare & { readonly version: number; readonly other: number };
  "promotion.percent_over_100": OfNumber;
  "promotion.percent_zero": Bare;
  "promotion.amount_not_positive": OfNumber;
  "promotion.amount_too_fine": OfNumber & { readonly decimals: number };
  "promotion.too_many_digits": OfNumber;
  "promotion.not_a_count": Bare & { readonly value: number };
  "promotion.limit_not_positive": OfNumber;
  "promotion.gift_without_item": Bare;
  "promotion.gift_item_twice": Bare & { readonly itemCode: string };
  "promotion.gift_units_not_positive": OfNumber;
  "promotion.gift_without_value": Bare & { readonly itemCode: string };
  "promotion.no_charges": Bare;
  "promotion.no_steps": Bare;
  "promotion.steps_not_rising": OfNumber;
  "promotion.tier_reward_not_possible": Bare & { readonly reward: string };
  "promotion.group_too_small": Bare & { readonly size: number };
  "promotion.nothing_free": Bare & { readonly size: number; readonly payFor: number };
  "promotion.trigger_incomplete": Bare;
  "promotion.trigger_ambiguous": Bare;
  "promotion.coupon_items_without_coupon": Bare;
  "promotion.empty_condition": Bare & { readonly kind: string };
  "promotion.contradictory_bounds": Bare & { readonly from: string; readonly to: string };
  "promotion.weekday_out_of_range": Bare & { readonly weekday: number };
  "promotion.too_deep": Bare & { readonly limit: number };
  "promotion.too_many_conditions": Bare & { readonly limit: number };
}>;
