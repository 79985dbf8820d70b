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
import type { PricePolicy } from "../pricing/price-lines.js";
import { priceOrder } from "../pricing/price-order.js";
import type { PriceOrdersContext } from "../pricing/price-orders.js";
import { inOrderOfReceipt, shareLimits } from "../pricing/share-limits.js";
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
  /** Promotions and what is known of their use; absent for no promotions. */
  readonly promotions?: PriceOrdersContext["promotions"];
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
 * 3. Orders share the limits of promotions: the first to be received is served first.
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
  const { handFor, masters, review, price, promotions, stock, today, takenOrderNos } = context;
  const log = openLog();
  const freeStock = stock === undefined ? {} : { freeStock: freeStockByItem(stock, today) };
  const taken = new Set(takenOrderNos);
  const orders = new Map<OrderNo, Order>();
  const sequence = promotions === undefined ? drafts : inOrderOfReceipt(drafts);
  const shared = shareLimits(promotions);
  for (const draft of sequence) {
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
        orders.set(orderNo, reviewed.order);
        continue;
      }
      const priced = log.note(
        reviewed.order,
        shared.note(
          reviewed.order,
          priceOrder(reviewed.order, {
            ...handFor("price", orderNo),
            masters,
            policy: price,
            ...shared.factsFor(reviewed.order),
          }),
        ),
      );
      const confirmed = priced.isOk
        ? log.note(priced.order, confirmOrder(priced.order, handFor("confirm", orderNo)))
        : priced;
      orders.set(orderNo, confirmed.order);
    }
  }
  return log.outcome(
    [...new Set(drafts.map(({ orderNo }) => orderNo))].flatMap((orderNo) => orders.get(orderNo) ?? []),
  );
}
