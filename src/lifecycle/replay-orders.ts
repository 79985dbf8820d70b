import { compareInstants, type Instant } from "../core/instant.js";
import { applyChanges } from "../model/apply-changes.js";
import { applyEvent } from "../model/apply-event.js";
import type { OrderEvent } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";

/** From where and how far orders are rebuilt. */
export interface ReplayOrdersOptions {
  /** Orders as stored earlier: each is carried on from there; its events up to its version are passed over. */
  readonly from?: readonly Order[];
  /** Last instant that counts, itself included; absent for all events. */
  readonly until?: Instant;
}

/** What is known of one order before it is rebuilt. */
interface History {
  readonly stored: Order | undefined;
  readonly events: OrderEvent[];
}

/**
 * Rebuilds orders from their events alone.
 *
 * **Rules**
 * 1. The list may hold many orders, their events in any sequence: the version says which event of an order comes first.
 * 2. An order is carried on up to its first event after `until`; one that had none yet is left out.
 * 3. An order of `from` is carried on from its version. It must be from a time before `until`, which it cannot tell.
 * 4. Stored orders come first, as they are listed; the others follow by the instant of their first event, then by number.
 *
 * @param events of any number of orders, each complete from its first event or from the version stored
 * @param options from where and how far
 * @returns the orders after their last event that counts. n log n in the events, linear in lines and changes.
 * @throws RangeError when an order's events do not follow each other, or a change does not fit – `checkEventLog` says
 * which before it is tried, and never throws – or a stored order is listed twice
 *
 * **Source:** mission 11.3, 13.1
 * @example
 * ```ts
 * import { replayOrders } from "ordercycle";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { events } = anyOrderHistory();
 * replayOrders(events, { until: events[3]!.at }).map(({ orderNo, status }) => [orderNo, status]); // => [["SO-1", "allocated"]]
 * ```
 */
export function replayOrders(events: readonly OrderEvent[], { from = [], until }: ReplayOrdersOptions = {}): Order[] {
  const histories = new Map<OrderNo, History>(
    ordersOnce(from).map((stored) => [stored.orderNo, { stored, events: [] }]),
  );
  for (const event of events) {
    const history = histories.get(event.orderNo);
    if (history === undefined) histories.set(event.orderNo, { stored: undefined, events: [event] });
    else if (history.stored === undefined || event.version > history.stored.version) history.events.push(event);
  }
  const known = [...histories.values()].map(({ stored, events: own }) => ({ stored, events: counted(own, until) }));
  const begun = known
    .filter(({ stored, events: own }) => stored === undefined && own.length > 0)
    .sort((a, b) => byBeginning(a.events[0] as OrderEvent, b.events[0] as OrderEvent));
  return [...known.filter(({ stored }) => stored !== undefined), ...begun].map(rebuilt);
}

/** A clock that went wrong must not tear a hole into a history: what follows a later event does not count either. */
function counted(events: readonly OrderEvent[], until: Instant | undefined): OrderEvent[] {
  const inOrder = [...events].sort((a, b) => a.version - b.version);
  const end = until === undefined ? -1 : inOrder.findIndex(({ at }) => compareInstants(at, until) > 0);
  return end < 0 ? inOrder : inOrder.slice(0, end);
}

function byBeginning(a: OrderEvent, b: OrderEvent): number {
  return compareInstants(a.at, b.at) || (a.orderNo < b.orderNo ? -1 : 1);
}

/** All changes are written at once: an order of many lines is then copied once and not for each of its events. */
function rebuilt({ stored, events }: History): Order {
  const [first, ...rest] = events;
  if (first === undefined) return stored as Order;
  const begun = applyEvent(stored, first);
  let { version } = begun;
  for (const event of rest) {
    if (event.version !== version + 1)
      throw new RangeError(`Event ${event.eventId} does not follow version ${version}.`);
    version = event.version;
  }
  const changes = rest.flatMap((event) => event.changes);
  return { ...applyChanges(begun, changes), version };
}
