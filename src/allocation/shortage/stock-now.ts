import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { issue, type IssueOf } from "../../core/issue.js";
import type { ItemCode, LineId, WarehouseId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { stockOnce } from "../../model/stock-once.js";
import { stockKey, stockSource, type StockPosition, type StockSource } from "../../model/stock.js";
import { unbookedPlaces } from "../unbooked-reservations.js";
import { freeStockOf } from "../usable-stock.js";

/** Stock as it is when goods go over. */
export interface StockNow {
  /** A position by its key. */
  readonly positionAt: (key: string) => StockPosition | undefined;
  /** What is wrong with a place; undefined where nothing is wrong with any. */
  readonly faultAt: ReturnType<typeof unbookedPlaces>;
  /** What lies free of an item. */
  readonly freeOf: (itemCode: ItemCode) => Decimal;
  /** Day on which goods must be usable. */
  readonly today: CalendarDay;
}

/**
 * Reads stock as the orders of a call have it: what they have at a place stays the same when goods go over there.
 *
 * @throws RangeError when a place is listed twice
 */
export function stockAsItIs(orders: readonly Order[], stock: readonly StockPosition[], today: CalendarDay): StockNow {
  const positions = new Map(stockOnce(stock).map((position) => [stockKey(position.itemCode, position), position]));
  const positionsOf = groupedBy(stock, ({ itemCode }) => itemCode);
  return {
    positionAt: (key) => positions.get(key),
    faultAt: unbookedPlaces(orders, stock),
    freeOf: (itemCode) => freeStockOf(itemCode, positionsOf.get(itemCode) ?? [], today),
    today,
  };
}

/** Why goods of a place may not go over as stock is now. */
export type PlaceNotUsableIssue = IssueOf<{
  "reallocate.place_not_usable": {
    readonly lineId: LineId;
    readonly itemCode: ItemCode;
    readonly warehouseId: WarehouseId;
    readonly source: StockSource;
    readonly quantity: Decimal;
  };
}>;

/** Says that a line may not have goods of a place as stock is now. */
export function placeNotUsable(
  { lineId, itemCode, quantity }: { readonly lineId: LineId; readonly itemCode: ItemCode; readonly quantity: Decimal },
  place: StockSource,
  path: readonly (string | number)[],
): PlaceNotUsableIssue {
  const source = stockSource(place);
  const { warehouseId } = source;
  return issue("reallocate.place_not_usable", path, { lineId, itemCode, warehouseId, source, quantity });
}
