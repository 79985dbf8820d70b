import { add, isPositive, isZero, maximum, minimum, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import { inUnitOfOrder, keptInBaseUnit } from "../../model/kept-quantity.js";
import type { Order } from "../../model/order.js";
import type { PromotionId } from "../../model/promotion/promotion.js";
import type { PricedGift } from "./price-promotions.js";

/** A gift, and what of it the customer does without. */
export interface GiftWithForgone {
  /** As it is to be on the order; undefined for nothing. */
  readonly gift: PricedGift | undefined;
  /** Units that are earned but stay away. */
  readonly forgone: Decimal;
}

/**
 * Takes off the gifts that are earned what the order has once gone without: what was left out for want of stock, declined or
 * given back does not come again by itself.
 *
 * **Rules**
 * 1. What an order has less than its promotion gave it when it was last worked out is forgone, and stays so.
 * 2. What is on the order counts as earned first: when less is earned, what was forgone goes before it.
 *
 * @param order as it was last priced, its quantities changed since
 * @param gifts as they are earned now
 * @returns the gifts in the same order
 */
export function lessForgone(order: Order, gifts: readonly PricedGift[]): GiftWithForgone[] {
  const left = new Map<PromotionId, Decimal>();
  for (const { promotionId } of gifts) {
    if (left.has(promotionId)) continue;
    const earned = sum(gifts.flatMap((one) => (one.promotionId === promotionId ? [one.quantity] : [])));
    const wanted = minimum(
      earned,
      maximum(giftUnitsOn(order, promotionId), subtract(earned, forgoneOf(order, promotionId))),
    );
    left.set(promotionId, wanted);
  }
  return gifts.map((gift): GiftWithForgone => {
    const { promotionId } = gift;
    const rest = left.get(promotionId) ?? ZERO;
    const quantity = minimum(gift.quantity, rest);
    left.set(promotionId, subtract(rest, quantity));
    return {
      gift: isZero(quantity) ? undefined : { ...gift, quantity },
      forgone: subtract(gift.quantity, quantity),
    };
  });
}

/** Units of a promotion's gifts that an order does without by now. */
export function forgoneOf(order: Order, promotionId: PromotionId): Decimal {
  const applied = (order.promotions?.applied ?? []).filter((one) => one.promotionId === promotionId);
  const lacking = subtract(sum(applied.map(({ units }) => units)), giftUnitsOn(order, promotionId));
  const before = sum(applied.map(({ forgone = ZERO }) => forgone));
  return isPositive(lacking) ? add(before, lacking) : before;
}

/** Units of a promotion's gifts that are on an order, as far as the customer keeps them. */
export function giftUnitsOn({ lines }: Order, promotionId: PromotionId): Decimal {
  const own = lines.filter(({ giftOf }) => giftOf?.promotionId === promotionId);
  return own.map((line) => inUnitOfOrder(line, keptInBaseUnit(line))).reduce(add, ZERO);
}

/**
 * Items that cannot be had as gifts by an order: those that it has some of already, reserved or on their way, it can, unless
 * they are to be replaced when they are short.
 */
export function unavailableTo(
  { lines }: Order,
  unavailableItems: ReadonlySet<ItemCode> | undefined,
): ReadonlySet<ItemCode> | undefined {
  if (unavailableItems === undefined || unavailableItems.size === 0) return unavailableItems;
  const had = lines.filter(
    ({ giftOf, shortagePolicy, reservations }) =>
      giftOf !== undefined && shortagePolicy !== "leaveOpen" && reservations.length > 0,
  );
  if (had.length === 0) return unavailableItems;
  const items = new Set(had.map(({ itemCode }) => itemCode));
  return new Set([...unavailableItems].filter((itemCode) => !items.has(itemCode)));
}
