import { array, tuple, type Arbitrary } from "fast-check";
import { add, subtract, ZERO } from "../../core/decimal.js";
import type { Order } from "../../model/order.js";
import type { LineReservation } from "../../model/order-line.js";
import { stockKey, stockSource, type StockPosition } from "../../model/stock.js";
import { arbitraryOrderPlan, type OrderBounds } from "./arbitrary-order-plan.js";
import { arbitraryStock, type StockBounds } from "./arbitrary-stock.js";
import { orderFromPlan } from "./order-from-plan.js";

/** Orders and the stock that they hold. */
export interface ArbitraryWorld {
  /** Orders, `SO-1` and on. */
  readonly orders: readonly Order[];
  /** All positions that the orders hold, and others. */
  readonly stock: readonly StockPosition[];
}

/** Bounds of an arbitrary world. */
export interface WorldBounds extends OrderBounds, StockBounds {
  /** Greatest number of orders; 5 when absent. */
  readonly maxOrders?: number;
}

/**
 * Orders and stock that tell the same story: what lines have allocated, picked and shipped is what stock has reserved,
 * picked and in transit, place by place.
 *
 * @param bounds number and size of orders and positions
 * @returns a fast-check arbitrary
 *
 * **Source:** mission 5.11, 11.1
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitraryWorld, checkReservationsMatch } from "ordercycle/testing";
 * fc.sample(arbitraryWorld(), 50).flatMap(({ orders, stock }) => checkReservationsMatch(orders, stock)); // => []
 * ```
 */
export function arbitraryWorld(bounds: WorldBounds = {}): Arbitrary<ArbitraryWorld> {
  const plans = array(arbitraryOrderPlan(bounds), { minLength: 1, maxLength: bounds.maxOrders ?? 5 });
  return tuple(plans, arbitraryStock(bounds)).map(([drawn, found]) => {
    const orders = drawn.map((plan, place) => orderFromPlan(plan, `SO-${place + 1}`));
    return { orders, stock: heldBy(orders, found.map(unheld)) };
  });
}

function unheld(position: StockPosition): StockPosition {
  const onHand = subtract(position.onHand, position.reserved);
  return { ...position, onHand, reserved: ZERO, picked: ZERO, inTransit: ZERO };
}

function heldBy(orders: readonly Order[], free: readonly StockPosition[]): StockPosition[] {
  const positions = new Map(free.map((position) => [stockKey(position.itemCode, position), position]));
  for (const { lines } of orders) {
    for (const { itemCode, reservations } of lines) {
      for (const reservation of reservations) {
        const key = stockKey(itemCode, reservation);
        positions.set(key, withHeld(positions.get(key) ?? emptyAt(itemCode, reservation), reservation));
      }
    }
  }
  return [...positions.values()];
}

function withHeld(position: StockPosition, { quantities }: LineReservation): StockPosition {
  const { allocated = ZERO, picked = ZERO, shipped = ZERO } = quantities;
  const held = add(allocated, picked);
  return {
    ...position,
    onHand: add(position.onHand, held),
    reserved: add(position.reserved, held),
    picked: add(position.picked, picked),
    inTransit: add(position.inTransit, shipped),
  };
}

function emptyAt(itemCode: string, place: LineReservation): StockPosition {
  const nothing = { onHand: ZERO, reserved: ZERO, picked: ZERO, inTransit: ZERO, inbound: ZERO, onOrder: ZERO };
  return { itemCode, ...stockSource(place), ...nothing };
}
