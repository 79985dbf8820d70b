import type { Coupon, CouponCode, Promotion } from "../../model/promotion/promotion.js";
import type { Evaluation } from "./evaluate.js";
import type { PromotionCart } from "./promotion-cart.js";
import type { PromotionReason } from "./promotion-reason.js";

/**
 * Codes of a promotion that were presented and are good: of codes that stand in the promotion the first, of a batch every
 * one, in the order in which they were presented.
 */
export function goodCodes({ state, facts, trace }: Evaluation, promotion: Promotion, slot: number): CouponCode[] {
  const { coupons } = promotion;
  const presented = [...new Set(state.cart.couponCodes ?? [])];
  if (coupons === undefined) return [];
  if (coupons.kind === "codes") {
    const code = presented.find((one) => coupons.codes.includes(one));
    if (code === undefined) trace?.(slot, undefined, { code: "code_not_presented", params: {} });
    return code === undefined ? [] : [code];
  }
  const ofBatch = presented.filter((code) => facts.coupons?.get(code)?.batchId === coupons.batchId);
  if (ofBatch.length === 0) trace?.(slot, undefined, { code: "code_not_presented", params: {} });
  return ofBatch.filter((code) => {
    const against = reasonsAgainst(facts.coupons?.get(code), state.cart);
    for (const reason of against) trace?.(slot, code, reason);
    return against.length === 0;
  });
}

/** Every reason for which a coupon is not good for a cart, whatever the promotion. */
export function reasonsAgainst(coupon: Coupon | undefined, cart: PromotionCart): PromotionReason[] {
  if (coupon === undefined) return [{ code: "code_unknown", params: {} }];
  const { validFrom, validTo, customerCodes, blocked } = coupon;
  const reasons: PromotionReason[] = [];
  if (blocked === true) reasons.push({ code: "code_blocked", params: {} });
  if (validFrom !== undefined && cart.at < validFrom) {
    reasons.push({ code: "code_not_started", params: { from: validFrom } });
  }
  if (validTo !== undefined && cart.at >= validTo) reasons.push({ code: "code_ended", params: { to: validTo } });
  const customer = cart.customer?.customerCode;
  if (customerCodes !== undefined && (customer === undefined || !customerCodes.includes(customer))) {
    reasons.push({ code: "code_other_customer", params: {} });
  }
  return reasons;
}
