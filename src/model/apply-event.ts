import { applyChanges } from "./apply-changes.js";
import type { OrderEvent } from "./event.js";
import type { Order } from "./order.js";

/**
 * Carries an order over one event: its changes are written and its version counted.
 *
 * **Rules**
 * 1. Events apply in the order of their versions, without a gap.
 * 2. The first event of an order needs no order before it: it carries the order that begins.
 *
 * @param order the order before the event; undefined before its first event
 * @returns the order after the event
 * @throws RangeError when the event belongs to another order or does not follow the order's version
 *
 * **Source:** mission 11.3
 * @example
 * ```ts
 * import { applyEvent, type Order } from "ordercycle";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { order, events } = anyOrderHistory();
 * const rebuilt = events.reduce<Order | undefined>(applyEvent, undefined);
 * rebuilt?.version === order.version; // => true
 * ```
 */
export function applyEvent(order: Order | undefined, event: OrderEvent): Order {
  const [first] = event.changes;
  const before = order ?? (first?.kind === "order_opened" ? { ...first.order, version: event.version - 1 } : undefined);
  if (before === undefined) throw new RangeError(`Event ${event.eventId} has no order to apply to.`);
  if (before.orderNo !== event.orderNo)
    throw new RangeError(`Event ${event.eventId} belongs to another order than ${before.orderNo}.`);
  if (event.version !== before.version + 1) {
    throw new RangeError(`Event ${event.eventId} does not follow version ${before.version}.`);
  }
  return { ...applyChanges(before, event.changes), version: event.version };
}
