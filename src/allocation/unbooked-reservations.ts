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
  const faultAt = unbookedPlaces(orders, stock);
  const placesIn = new WeakMap<Order, ReadonlyMap<OrderLine, number>>();
  return (order, lines = order.lines) => {
    if (faultAt === undefined) return [];
    const places = placesIn.get(order) ?? new Map(order.lines.map((line, place) => [line, place]));
    placesIn.set(order, places);
    const meant = lines === order.lines ? lines : [...lines].sort((a, b) => places.get(a)! - places.get(b)!);
    return meant.flatMap((line) => faultsOf(line, ["lines", places.get(line)!]));
  };

  function faultsOf(
    { lineId, itemCode, reservations }: OrderLine,
    path: readonly (string | number)[],
  ): UnbookedIssue[] {
    return reservations.flatMap((reservation, at): UnbookedIssue[] => {
      const { allocated: quantity = ZERO } = reservation.quantities;
      const fault = isZero(quantity) ? undefined : faultAt?.(itemCode, reservation);
      return fault === undefined
        ? []
        : [unbookedIssue({ lineId, itemCode, quantity }, reservation, fault, [...path, "reservations", at])];
    });
  }
}

/** What is wrong with a place. @internal */
export interface PlaceFault {
  /** What the orders have allocated there. */
  readonly reserved: Decimal;
  /** What stock has reserved there and not picked; undefined for a place that it does not have. */
  readonly booked: Decimal | undefined;
}

/**
 * Finds places that stock does not have as the orders have them.
 *
 * @returns what is wrong with a place; undefined where nothing is wrong with any. Linear in lines and positions.
 * @internal
 */
export function unbookedPlaces(
  orders: readonly Order[],
  stock: readonly StockPosition[],
): ((itemCode: ItemCode, place: StockSource) => PlaceFault | undefined) | undefined {
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
  const wrong = new Map<string, PlaceFault>();
  for (const [key, parts] of asked) {
    const booked = bookedAt.get(key);
    const reserved = sum(parts);
    if (booked === undefined || compare(booked, reserved) < 0) wrong.set(key, { reserved, booked });
  }
  return wrong.size === 0 ? undefined : (itemCode, place) => wrong.get(stockKey(itemCode, place));
}

/** Says that goods of a line are not in the stock as they are on it. @internal */
export function unbookedIssue(
  line: { readonly lineId: LineId; readonly itemCode: ItemCode; readonly quantity: Decimal },
  place: StockSource,
  { reserved, booked }: PlaceFault,
  path: readonly (string | number)[],
): UnbookedIssue {
  const source = stockSource(place);
  const params = {
    lineId: line.lineId,
    itemCode: line.itemCode,
    warehouseId: source.warehouseId,
    source,
    quantity: line.quantity,
  };
  return booked === undefined
    ? issue("stock.unknown_place", path, params)
    : issue("stock.less_reserved", path, { ...params, reserved, booked });
}
