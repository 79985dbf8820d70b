import { compare, isZero, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import type { ItemCode, LineId, WarehouseId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockKey, stockSource, type StockPosition, type StockSource } from "../model/stock.js";

/** Why goods that an order has reserved cannot be given back to the stock that was given. */
export type UnbookedIssue = IssueOf<{
  "stock.unknown_place": {
    readonly lineId: LineId;
    readonly itemCode: ItemCode;
    readonly warehouseId: WarehouseId;
    readonly source: StockSource;
    readonly quantity: Decimal;
  };
  "stock.less_reserved": {
    readonly lineId: LineId;
    readonly itemCode: ItemCode;
    readonly warehouseId: WarehouseId;
    readonly source: StockSource;
    readonly quantity: Decimal;
    readonly reserved: Decimal;
    readonly booked: Decimal;
  };
}>;

/**
 * Finds reservations that stock does not have as the orders have them: giving such goods back would leave the books wrong,
 * or could not be posted at all.
 *
 * **Rules**
 * 1. The place of a reservation must be among the positions, also where nothing is on hand there.
 * 2. It must have reserved – and not picked – at least what all of these orders together have allocated there. Where it has
 *    less, nobody can say whose goods are not in the books: each of them is told so.
 *
 * @param orders all that take part
 * @param stock positions, each place once
 * @returns what stands against lines of one of these orders, with its path in the order. Linear in lines and positions.
 * @internal
 */
export function unbookedReservations(
  orders: readonly Order[],
  stock: readonly StockPosition[],
): (order: Order, lines?: readonly OrderLine[]) => UnbookedIssue[] {
  const asked = new Map<string, Decimal[]>();
  for (const { lines } of orders) {
    for (const { itemCode, reservations } of lines) {
      for (const place of reservations) {
        const { allocated = ZERO } = place.quantities;
        if (isZero(allocated)) continue;
        const key = stockKey(itemCode, place);
        const known = asked.get(key);
        if (known === undefined) asked.set(key, [allocated]);
        else known.push(allocated);
      }
    }
  }
  const bookedAt = new Map<string, Decimal>();
  for (const position of stock) {
    const key = stockKey(position.itemCode, position);
    if (asked.has(key)) bookedAt.set(key, subtract(position.reserved, position.picked));
  }
  const wrong = new Set([...asked].flatMap(([key, parts]) => (isBooked(bookedAt.get(key), parts) ? [] : [key])));
  return (order, lines = order.lines) => {
    if (wrong.size === 0) return [];
    const meant = new Set(lines);
    return order.lines.flatMap((line, place) => (meant.has(line) ? faultsOf(line, ["lines", place]) : []));
  };

  function faultsOf(
    { lineId, itemCode, reservations }: OrderLine,
    path: readonly (string | number)[],
  ): UnbookedIssue[] {
    return reservations.flatMap((reservation, at): UnbookedIssue[] => {
      const { allocated: quantity = ZERO } = reservation.quantities;
      const key = stockKey(itemCode, reservation);
      if (isZero(quantity) || !wrong.has(key)) return [];
      const source = stockSource(reservation);
      const params = { lineId, itemCode, warehouseId: source.warehouseId, source, quantity };
      const there = [...path, "reservations", at];
      const booked = bookedAt.get(key);
      if (booked === undefined) return [issue("stock.unknown_place", there, params)];
      return [issue("stock.less_reserved", there, { ...params, reserved: sum(asked.get(key)!), booked })];
    });
  }
}

function isBooked(booked: Decimal | undefined, parts: readonly Decimal[]): boolean {
  return booked !== undefined && compare(booked, sum(parts)) >= 0;
}
