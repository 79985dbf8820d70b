import type { CalendarDay } from "../core/calendar-day.js";
import { freeStockByItem } from "../allocation/usable-stock.js";
import { confirmOrder } from "../intake/confirm-order.js";
import { enterOrders } from "../intake/enter-orders.js";
import type { ReviewPolicy } from "../intake/review-check.js";
import { reviewOrder } from "../intake/review-order.js";
import type { OrderNo } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { OrderDraft } from "../model/order-draft.js";
import type { Order } from "../model/order.js";
import type { BatchOutcome } from "../model/outcome.js";
import type { StockPosition } from "../model/stock.js";
import { priceOrder, type PricePolicy } from "../pricing/price-order.js";
import { openLog, type HandFor } from "./cycle-log.js";

/** What taking in orders needs to know. */
export interface TakeInContext {
  /** Who does what, and when. */
  readonly handFor: HandFor;
  /** Master files. */
  readonly masters: Masters;
  /** What the site wants reviewed. */
  readonly review: ReviewPolicy;
  /** How prices are taken and rounded. */
  readonly price: PricePolicy;
  /** Stock for the hint of the review; absent for no hint. */
  readonly stock?: readonly StockPosition[];
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** Order numbers that exist already. */
  readonly takenOrderNos?: ReadonlySet<OrderNo>;
}

/**
 * Takes in what was received: enters, reviews, prices and confirms each order as far as it will go.
 *
 * **Rules**
 * 1. Drafts that cannot be orders are refused: the rejected file. All others become orders.
 * 2. An order that the review sends back stays there; its event says why. One that cannot be priced or confirmed stays
 *    where it is; the refusal says why.
 *
 * @param drafts from `parseOrderDraft`
 * @returns all orders that were entered, in the order of the drafts, and the refusals
 *
 * **Source:** mission 4.13, 4.14, 12.1
 * @example
 * ```ts
 * import { calendarDay, decimal, indexMasters, takeInOrders } from "ordercycle";
 * import { anyContext, anyCustomer, anyItem, anyOrderDraft, anyPriceEntry } from "ordercycle/testing";
 * const outcome = takeInOrders([anyOrderDraft(), anyOrderDraft({ orderNo: "SO-2", customerCode: "NOBODY" })], {
 *   handFor: () => anyContext(),
 *   masters: indexMasters({ customers: [anyCustomer()], items: [anyItem()], prices: [anyPriceEntry()] }),
 *   review: { requiredFields: [], priceTolerancePercent: decimal("0"), severities: {}, onError: "returnForCorrection" },
 *   price: { rounding: "halfUp", givenPrice: "replace" },
 *   today: calendarDay("2026-03-02"),
 * });
 * outcome.orders.map(({ orderNo, status }) => [orderNo, status]); // => [["SO-1","confirmed"]]
 * outcome.refused.map(({ orderNo }) => orderNo); // => ["SO-2"]
 * ```
 */
export function takeInOrders(drafts: readonly OrderDraft[], context: TakeInContext): BatchOutcome {
  const { handFor, masters, review, price, stock, today, takenOrderNos } = context;
  const log = openLog();
  const freeStock = stock === undefined ? {} : { freeStock: freeStockByItem(stock, today) };
  const taken = new Set(takenOrderNos);
  const orders: Order[] = [];
  for (const draft of drafts) {
    const entered = enterOrders([draft], { ...handFor("enter", draft.orderNo), masters, takenOrderNos: taken });
    log.noteBatch(entered);
    for (const order of entered.orders) {
      taken.add(order.orderNo);
      const { orderNo } = order;
      const reviewed = log.note(
        order,
        reviewOrder(order, { ...handFor("review", orderNo), masters, policy: review, ...freeStock }),
      );
      if (!reviewed.isOk || reviewed.order.stage !== "reviewed") {
        orders.push(reviewed.order);
        continue;
      }
      const priced = log.note(
        reviewed.order,
        priceOrder(reviewed.order, { ...handFor("price", orderNo), masters, policy: price }),
      );
      const confirmed = priced.isOk
        ? log.note(priced.order, confirmOrder(priced.order, handFor("confirm", orderNo)))
        : priced;
      orders.push(confirmed.order);
    }
  }
  return log.outcome(orders);
}
