import { isZero, subtract, sum } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import { withoutGaps } from "../../core/without-gaps.js";
import type { Masters } from "../../model/masters.js";
import type { Order, OrderHeader } from "../../model/order.js";
import type { ChargeAdjustment } from "../../model/promotion/price-adjustment.js";
import type { PricedGoods } from "./give-promotions.js";
import type { CartLine, PromotionCart } from "./promotion-cart.js";

/**
 * Sees an order as promotions do: its lines of goods as far as they are kept, and what masters and header know.
 *
 * What was given on charges before and stands counts as agreed.
 */
export function cartOfOrder(
  { header }: Order,
  goods: readonly PricedGoods[],
  standingCharges: readonly ChargeAdjustment[],
  known: {
    readonly at: Instant;
    readonly masters: Partial<Pick<Masters, "items" | "customers">>;
    readonly earlierOrders?: number | undefined;
  },
): PromotionCart {
  const { masters, earlierOrders, at } = known;
  const { couponCodes, giftChoices } = header;
  const charges = header.charges.map((charge, place) => ({
    ...charge,
    amount: subtract(
      charge.amount,
      sum(standingCharges.filter((one) => one.charge === place).map((one) => one.amount)),
    ),
  }));
  return {
    at,
    currency: header.currency,
    lines: goods.map((one) => cartLine(one, masters)),
    customer: withoutGaps<NonNullable<PromotionCart["customer"]>>({
      customerCode: header.customerCode,
      customerType: header.customerType,
      customerClass: header.customerClass,
      creditRating: header.creditRating,
      tags: masters.customers?.get(header.customerCode)?.tags,
      earlierOrders,
    }),
    order: orderFacts(header),
    charges,
    ...withoutGaps<Pick<PromotionCart, "couponCodes" | "giftChoices">>({ couponCodes, giftChoices }),
  };
}

function cartLine(goods: PricedGoods, { items }: Partial<Pick<Masters, "items">>): CartLine {
  const { line, kept, unitPrice, floorPrice, agreed } = goods;
  const { lineId, itemCode } = line;
  const item = items?.get(itemCode);
  return {
    lineId,
    itemCode,
    quantity: kept,
    unitPrice,
    ...withoutGaps<Omit<CartLine, "lineId" | "itemCode" | "quantity" | "unitPrice">>({
      agreedDiscount: isZero(agreed) ? undefined : agreed,
      floorPrice,
      categories: item?.categories,
      tags: item?.tags,
      attributes: item?.attributes,
      taxRate: item?.taxRate,
    }),
  };
}

function orderFacts(header: OrderHeader): NonNullable<PromotionCart["order"]> {
  const { channel, orderSource, paymentTerm, paymentMeans, deliveryWaveId, salespersonCode, deliveryAreaPath } = header;
  return withoutGaps<NonNullable<PromotionCart["order"]>>({
    channel,
    orderSource,
    paymentTerm,
    paymentMeans,
    deliveryWaveId,
    salespersonCode,
    deliveryAreaPath,
  });
}
