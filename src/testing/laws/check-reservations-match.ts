import { add, ZERO, type Decimal } from "../../core/decimal.js";
import type { Order } from "../../model/order.js";
import { stockKey, type StockPosition } from "../../model/stock.js";
import { mustEqual, type LawViolation } from "./law-violation.js";

interface Held {
  readonly reserved: Decimal;
  readonly picked: Decimal;
  readonly inTransit: Decimal;
}
const NOTHING: Held = { reserved: ZERO, picked: ZERO, inTransit: ZERO };

/**
 * Checks that order lines and stock tell the same story, place by place.
 *
 * **Rules**
 * 1. Reserved in stock = Σ allocated + Σ picked on the lines.
 * 2. Picked in stock = Σ picked on the lines.
 * 3. In transit from a place = Σ shipped on the lines.
 *
 * @param orders all orders that hold any of the stock
 * @param stock all positions that the orders hold
 * @returns every violation; empty when the laws hold. Linear in lines and positions.
 *
 * **Source:** mission 5.11, 11.1
 * @example
 * ```ts
 * import { anyOrder, anyStock, checkReservationsMatch } from "ordercycle/testing";
 * const order = anyOrder({ lines: [{ quantities: { allocated: "4", picked: "6" } }] });
 * checkReservationsMatch([order], anyStock({ reserved: "10", picked: "6" })); // => []
 * ```
 */
export function checkReservationsMatch(orders: readonly Order[], stock: readonly StockPosition[]): LawViolation[] {
  const byPlace = new Map<string, Held>();
  for (const { lines } of orders) {
    for (const { itemCode, reservations } of lines) {
      for (const reservation of reservations) {
        const { allocated = ZERO, picked = ZERO, shipped = ZERO } = reservation.quantities;
        const key = stockKey(itemCode, reservation);
        const held = byPlace.get(key) ?? NOTHING;
        byPlace.set(key, {
          reserved: add(held.reserved, add(allocated, picked)),
          picked: add(held.picked, picked),
          inTransit: add(held.inTransit, shipped),
        });
      }
    }
  }
  const inStock = new Map(stock.map((position) => [stockKey(position.itemCode, position), position]));
  return [...new Set([...byPlace.keys(), ...inStock.keys()])].flatMap((key) => {
    const held = byPlace.get(key) ?? NOTHING;
    const position = inStock.get(key) ?? NOTHING;
    const at = key.split("\n").filter(Boolean).join(" ");
    return [
      ...mustEqual("reserved in stock = allocated + picked on lines", at, held.reserved, position.reserved),
      ...mustEqual("picked in stock = picked on lines", at, held.picked, position.picked),
      ...mustEqual("in transit = shipped on lines", at, held.inTransit, position.inTransit),
    ];
  });
}
