import { isPositive, multiply, multiplyDivide, sum, ZERO, type Decimal } from "../../core/decimal.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { Promotion } from "../../model/promotion/promotion.js";
import type { HostRequest } from "../../model/request.js";
import type { CompiledPromotions } from "./compile-promotions.js";
import { newlyUnearned, type GiftLines } from "./gift-lines.js";

/**
 * Asks for gifts that have left and are not earned any more, as their promotions say: they are kept, come back or are
 * charged at their value. One whose definition or value nobody knows comes back.
 */
export function requestsForUnearned(
  order: Order,
  unearned: GiftLines["unearned"],
  compiled: CompiledPromotions | undefined,
  decimals: number,
): HostRequest[] {
  const { orderNo, lines } = order;
  const requests: HostRequest[] = [];
  const charges: Decimal[] = [];
  for (const { lineId, quantity } of newlyUnearned(order, unearned)) {
    const line = lines.find((one) => one.lineId === lineId);
    const promotion = line === undefined ? undefined : definitionOf(line, compiled);
    const rule = promotion?.revision.unearnedGifts;
    const charge = line === undefined || rule !== "charge" ? undefined : valueOf(line, promotion, quantity, decimals);
    if (charge !== undefined) charges.push(charge);
    else if (rule !== "keep") requests.push({ type: "take_back_gift", orderNo, lineId, quantity });
  }
  const charge = sum(charges);
  return isPositive(charge) ? [...requests, { type: "correct_billing", orderNo, credit: ZERO, charge }] : requests;
}

function definitionOf({ giftOf }: OrderLine, compiled: CompiledPromotions | undefined): Promotion | undefined {
  return compiled?.promotions.find(
    ({ promotion }) => promotion.promotionId === giftOf?.promotionId && promotion.version === giftOf.version,
  )?.promotion;
}

/** Money for a quantity in the base unit; undefined where the promotion states no value. */
function valueOf(
  { itemCode, unitFactor }: OrderLine,
  promotion: Promotion | undefined,
  quantity: Decimal,
  decimals: number,
): Decimal | undefined {
  const { effect } = promotion ?? {};
  const value = effect?.kind === "gift" ? effect.items.find((one) => one.itemCode === itemCode)?.value : undefined;
  if (value === undefined) return undefined;
  const { numerator, denominator } = unitFactor;
  return multiplyDivide(multiply(value, quantity), denominator, numerator, decimals, "halfUp");
}
