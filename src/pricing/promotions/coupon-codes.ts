import type { ItemCode } from "../../model/ids.js";
import type { Coupon, CouponCode, Promotion } from "../../model/promotion/promotion.js";
import type { Evaluation } from "./evaluate.js";
import type { PromotionCart } from "./promotion-cart.js";
import type { PromotionReason } from "./promotion-reason.js";

/** A code by which a promotion may apply. */
export interface PresentedCode {
  /** Code; undefined where none counts. */
  readonly code: CouponCode | undefined;
  /** Every reason for which it does not count. */
  readonly against: readonly PromotionReason[];
}

const NO_CODES: readonly CouponCode[] = [];
const WITHOUT_CODE: readonly PresentedCode[] = [{ code: undefined, against: [] }];
const NOT_PRESENTED: readonly PresentedCode[] = [
  { code: undefined, against: [{ code: "code_not_presented", params: {} }] },
];

/**
 * Codes of a promotion that were presented: of codes that stand in the promotion the first, of a batch every one, in the
 * order in which they were presented.
 */
export function presentedCodes({ state, facts }: Evaluation, { coupons }: Promotion): readonly PresentedCode[] {
  if (coupons === undefined) return WITHOUT_CODE;
  if (coupons.kind === "codes") {
    const code = firstPresented(state.cart, coupons.codes);
    return code === undefined ? NOT_PRESENTED : [{ code, against: [] }];
  }
  const { couponCodes = NO_CODES } = state.cart;
  const presented = [...new Set(couponCodes)];
  const ofBatch = presented.flatMap((code) => {
    const coupon = facts.coupons?.get(code);
    return coupon?.batchId === coupons.batchId ? [{ code, against: reasonsAgainst(coupon, state.cart) }] : [];
  });
  return ofBatch.length === 0 ? NOT_PRESENTED : ofBatch;
}

/** The first of the presented codes that is one of a promotion's own. */
export function firstPresented({ couponCodes }: PromotionCart, codes: readonly CouponCode[]): CouponCode | undefined {
  return couponCodes?.find((code) => codes.includes(code));
}

/**
 * Items of the cart that the coupon of a code is good for; undefined where it lists none. A coupon may list an assortment of
 * thousands: it is read through, and not copied.
 */
export function couponItems(
  evaluation: Pick<Evaluation, "facts" | "state" | "itemsOf">,
  code: CouponCode,
): ReadonlySet<ItemCode> | undefined {
  const { facts, state } = evaluation;
  const itemCodes = facts.coupons?.get(code)?.itemCodes;
  if (itemCodes === undefined) return undefined;
  const itemsOf = (evaluation.itemsOf ??= new Map<CouponCode, ReadonlySet<ItemCode>>());
  const known = itemsOf.get(code);
  if (known !== undefined) return known;
  const onCart = new Set(state.cart.lines.map(({ itemCode }) => itemCode));
  const items = new Set(itemCodes.filter((itemCode) => onCart.has(itemCode)));
  itemsOf.set(code, items);
  return items;
}

/** Every reason for which a coupon is not good for a cart, whatever the promotion. */
export function reasonsAgainst(coupon: Coupon, cart: PromotionCart): PromotionReason[] {
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
