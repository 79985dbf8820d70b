import type { Instant } from "../core/instant.js";
import { applyEvent } from "../model/apply-event.js";
import type { OrderEvent } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";

/**
 * Rebuilds orders as they stood at an instant, so that every list can be drawn as of then.
 *
 * **Rules**
 * 1. Events up to the instant count, the instant itself included, in the order of their versions; the list may hold
 *    many orders.
 * 2. An order that had no event yet is left out. Orders stand in the order of their first event in the list.
 *
 * @param events complete histories of orders, in any order
 * @param asOf the instant
 * @returns the orders as they were
 * @throws RangeError when the history of an order has a gap
 *
 * **Source:** mission 13.1, 11.3
 * @example
 * ```ts
 * import { ordersAsOf } from "ordercycle/reports";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { events } = anyOrderHistory();
 * ordersAsOf(events, events[3]!.at).map(({ orderNo, status }) => [orderNo, status]); // => [["SO-1", "allocated"]]
 * ```
 */
export function ordersAsOf(events: readonly OrderEvent[], asOf: Instant): Order[] {
  const histories = new Map<OrderNo, OrderEvent[]>();
  for (const event of events) {
    if (event.at > asOf) continue;
    const history = histories.get(event.orderNo);
    if (history === undefined) histories.set(event.orderNo, [event]);
    else history.push(event);
  }
  return [...histories.values()].flatMap((history) => {
    const order = history.sort((a, b) => a.version - b.version).reduce<Order | undefined>(applyEvent, undefined);
    return order === undefined ? [] : [order];
  });
}
