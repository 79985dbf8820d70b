import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { isNegative, isPositive, maximum, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { ItemCode } from "../model/ids.js";
import type { OrderHeader } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockOnce } from "../model/stock-once.js";
import type { StockPosition } from "../model/stock.js";

/**
 * Says whether a position may be offered to orders at all: not held, not expired today.
 *
 * **Source:** mission 9.7, 9.9; definition B5
 */
export function isUsable(position: StockPosition, today: CalendarDay): boolean {
  return position.condition !== "held" && (position.expiresOn === undefined || position.expiresOn > today);
}

/**
 * Says whether goods that expire on a day live long enough for a line: on the day on which it is wanted, today at the
 * earliest, they must have the days that it asks for, and one at least.
 */
export function livesLongEnough(
  { requestedDeliveryDate: wished }: OrderHeader,
  { minimumRemainingLifeDays = 0 }: OrderLine,
  expiresOn: CalendarDay,
  today: CalendarDay,
): boolean {
  const wanted = wished === undefined || wished < today ? today : wished;
  return daysBetween(wanted, expiresOn) >= Math.max(1, minimumRemainingLifeDays);
}

/** Whether a position has on hand what is reserved there: of what is not there nothing can be given from one to another. */
export function isCovered(position: StockPosition): boolean {
  return !isNegative(freeQuantity(position));
}

/** What a position has on hand and nobody has reserved. */
export function freeQuantity({ onHand, reserved }: StockPosition): Decimal {
  return reserved === ZERO ? onHand : subtract(onHand, reserved);
}

/**
 * Sums the free quantity of our own usable stock by item: the hint that a review gives.
 *
 * @param today day on which the stock is to be used
 * @returns free quantity in the base unit by item; items without usable stock are absent
 * @throws RangeError when a place is listed twice
 *
 * **Source:** mission 4.5, 5.12, 8.1
 * @example
 * ```ts
 * import { calendarDay, freeStockByItem } from "ordercycle";
 * import { anyStock } from "ordercycle/testing";
 * const stock = anyStock({ itemCode: "TEA", onHand: "40", reserved: "15" });
 * freeStockByItem(stock, calendarDay("2026-03-02")).get("TEA"); // => "25"
 * ```
 */
export function freeStockByItem(stock: readonly StockPosition[], today: CalendarDay): Map<ItemCode, Decimal> {
  const parts = new Map<ItemCode, Decimal[]>();
  for (const position of stockOnce(stock)) {
    if (!isFreeForAll(position, today)) continue;
    const free = freeQuantity(position);
    const known = parts.get(position.itemCode);
    if (known === undefined) parts.set(position.itemCode, [free]);
    else known.push(free);
  }
  const free = new Map<ItemCode, Decimal>();
  for (const [itemCode, quantities] of parts) {
    const total = sum(quantities);
    if (isPositive(total)) free.set(itemCode, total);
  }
  return free;
}

/** The free quantity of our own usable stock of one item. @throws RangeError when a place of it is listed twice @internal */
export function freeStockOf(itemCode: ItemCode, stock: readonly StockPosition[], today: CalendarDay): Decimal {
  const own = stockOnce(stock.filter((position) => position.itemCode === itemCode));
  return maximum(ZERO, sum(own.filter((position) => isFreeForAll(position, today)).map(freeQuantity)));
}

/** Whether a position is our own and may be used. */
function isFreeForAll(position: StockPosition, today: CalendarDay): boolean {
  return position.owner === undefined && isUsable(position, today);
}
