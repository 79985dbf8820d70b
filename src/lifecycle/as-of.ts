import type { Instant } from "../core/instant.js";
import type { OrderEvent } from "../model/event.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { StockPosition } from "../model/stock.js";
import { replayOrders } from "./replay-orders.js";
import { replayStock } from "./replay-stock.js";

/** What stock was at the beginning and what was posted since. */
export interface StockLedger {
  /** Positions before the first movement, each place once. */
  readonly opening: readonly StockPosition[];
  /** Movements, as they were posted. */
  readonly movements: readonly StockMovement[];
}

/** The house as it stood at an instant. */
export interface AsOf {
  /** The instant. */
  readonly at: Instant;
  /** Orders that had begun, as they were. */
  readonly orders: readonly Order[];
  /** Stock as it was; absent when no ledger was given. */
  readonly stock?: readonly StockPosition[];
}

/**
 * Looks back: the orders and the stock as they stood at an instant, so that every list can be drawn as of then.
 *
 * **Rules**
 * 1. What happened at the instant itself counts.
 * 2. Orders and stock are taken at the same instant, so what lines had reserved is what stock had reserved.
 *
 * @param events complete histories of orders, in any sequence
 * @param at the instant
 * @param ledger opening positions and movements, when stock is wanted too
 * @returns orders by the instant of their first event, then by number; stock in the sequence of the opening, new places
 * last. n log n in the events, linear in changes and movements.
 * @throws RangeError when the events or the movements contradict themselves; `checkEventLog` tells for events
 *
 * **Source:** mission 11.3, 13.1
 * @example
 * ```ts
 * import { asOf } from "ordercycle";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { events, movements, stockBefore } = anyOrderHistory();
 * const { orders, stock = [] } = asOf(events, events[3]!.at, { opening: stockBefore, movements });
 * [orders[0]!.status, stock[0]!.reserved]; // => ["allocated", "10"]
 * ```
 */
export function asOf(events: readonly OrderEvent[], at: Instant, ledger?: StockLedger): AsOf {
  const orders = replayOrders(events, { until: at });
  if (ledger === undefined) return { at, orders };
  return { at, orders, stock: replayStock(ledger.opening, ledger.movements, { until: at }) };
}
