import type { CalendarDay } from "../core/calendar-day.js";
import { subtract } from "../core/decimal.js";
import { withoutGaps } from "../core/without-gaps.js";
import { stockOnce } from "../model/stock-once.js";
import type { StockPosition } from "../model/stock.js";
import type { DatedSupply } from "./dated-supply.js";

/**
 * Reads stock as supply of today: what is free at each place, with all that decides who may have it.
 *
 * **Rules**
 * 1. Free is what is on hand and not reserved. What is inbound or on order is no supply of today: it is dated for the day
 *    on which it can be had.
 * 2. Owner, warehouse, lot, expiry and condition go along; held stock is no supply as long as it is held.
 *
 * @param stock positions, each place once
 * @param today day of the supply
 * @returns one supply for each position, in the order of `stock`
 * @throws RangeError when a place is listed twice
 *
 * **Source:** mission 8.1, 5.12; definition B9
 * @example
 * ```ts
 * import { calendarDay, suppliesOnHand } from "ordercycle";
 * import { anyStock } from "ordercycle/testing";
 * const stock = anyStock({ onHand: "40", reserved: "15", lotNo: "L1", expiresOn: "2026-03-20" });
 * suppliesOnHand(stock, calendarDay("2026-03-02"));
 * // => [{"itemCode":"TEA","day":"2026-03-02","quantity":"25","warehouseId":"NORTH","lotNo":"L1","expiresOn":"2026-03-20"}]
 * ```
 */
export function suppliesOnHand(stock: readonly StockPosition[], today: CalendarDay): DatedSupply[] {
  return stockOnce(stock).map((position) =>
    withoutGaps<DatedSupply>({
      itemCode: position.itemCode,
      day: today,
      quantity: subtract(position.onHand, position.reserved),
      owner: position.owner,
      warehouseId: position.warehouseId,
      binId: position.binId,
      lotNo: position.lotNo,
      receivedOn: position.receivedOn,
      expiresOn: position.expiresOn,
      condition: position.condition,
    }),
  );
}
