import type { Order } from "../../model/order.js";
import { unbookedPlaces } from "../unbooked-reservations.js";
import { donorBook, type DonorBook } from "./donor-book.js";
import { goodsBook, type GoodsBook } from "./item-goods.js";
import { orderIndexes, type OrderIndex } from "./order-index.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import { supplyDays, type SupplyDays } from "./supply-day.js";

/** What all lines of a call look at, read once. @internal */
export interface OfferBook {
  /** Stock and policy. */
  readonly goods: GoodsBook;
  /** Who holds what, and who comes before whom. */
  readonly donors: DonorBook;
  /** Days on which goods can be had. */
  readonly dayOf: SupplyDays;
  /** What is wrong with a place where orders hold goods; undefined where nothing is wrong with any. */
  readonly faultAt: ReturnType<typeof unbookedPlaces>;
  /** Lines of an order. */
  readonly indexOf: (order: Order) => OrderIndex;
}

/**
 * Reads what the lines of a call look at. Linear; what is asked of an item or an order is found when it is first wanted.
 *
 * @param served orders in the order of service
 * @internal
 */
export function offerBook(served: readonly Order[], context: ProposeReallocationContext): OfferBook {
  return {
    goods: goodsBook(context),
    donors: donorBook(served, context.policy.firmHolds),
    dayOf: supplyDays(context),
    faultAt: unbookedPlaces(served, context.stock),
    indexOf: orderIndexes(),
  };
}
