import type { CalendarDay } from "../core/calendar-day.js";
import { isPositive } from "../core/decimal.js";
import type { CustomerCode, ItemCode, WarehouseId } from "../model/ids.js";
import type { StockPosition } from "../model/stock.js";
import type { BinBook, PickPlace } from "./bin-order.js";
import { freeQuantity, isUsable } from "./usable-stock.js";

/** A lot of an item that may be offered. */
interface UsableLot extends PickPlace {
  /** Number of its warehouse. */
  readonly warehouse: number;
}

/** Stock of one item and owner, as the batch found it. */
export interface ItemStock {
  /** Lots with something free, by warehouse and then as the rules for bins and lots have them. */
  readonly lots: readonly UsableLot[];
  /** Whether any position may be used at all, empty or not. */
  readonly hasUsable: boolean;
  /** Decimals in which the batch counts it; -1 until a line asks for it. */
  scale: number;
  /** Number of its column; -1 when it has none. */
  column: number;
}

interface OpenStock extends ItemStock {
  readonly lots: UsableLot[];
  hasUsable: boolean;
}

function emptyStock(): OpenStock {
  return { lots: [], hasUsable: false, scale: -1, column: -1 };
}

/** Own stock goes by the item, what a customer left in store by item and owner. */
function stockName(itemCode: ItemCode, owner: CustomerCode | undefined): string {
  return owner === undefined ? itemCode : `${itemCode}\n${owner}`;
}

/**
 * Finds the stock of an item and owner.
 *
 * @returns undefined when the item has no position at all; without lots when only others own some
 */
export function stockOf(
  stocks: ReadonlyMap<string, ItemStock>,
  itemCode: ItemCode,
  owner: CustomerCode | undefined,
): ItemStock | undefined {
  const own = stocks.get(stockName(itemCode, owner));
  if (own !== undefined || !stocks.has(stockName(itemCode, undefined))) return own;
  return emptyStock();
}

/**
 * Sorts stock by item and owner into the lots that may be offered. Every item that has a position has an entry for own
 * stock, if an empty one.
 *
 * @param warehouseNumbers warehouses that the sourcing policy knows; others are not offered
 */
export function itemStocks(
  stock: readonly StockPosition[],
  bins: BinBook,
  warehouseNumbers: ReadonlyMap<WarehouseId, number>,
  today: CalendarDay,
): ReadonlyMap<string, ItemStock> {
  const stocks = new Map<string, OpenStock>();
  const entryOf = (name: string): OpenStock => {
    let entry = stocks.get(name);
    if (entry === undefined) {
      entry = emptyStock();
      stocks.set(name, entry);
    }
    return entry;
  };
  for (const position of stock) {
    const own = entryOf(stockName(position.itemCode, undefined));
    const known = position.owner === undefined ? own : entryOf(stockName(position.itemCode, position.owner));
    const warehouse = warehouseNumbers.get(position.warehouseId);
    if (warehouse === undefined || !isUsable(position, today)) continue;
    known.hasUsable = true;
    const free = freeQuantity(position);
    if (isPositive(free)) known.lots.push({ position, free, warehouse });
  }
  for (const { lots } of stocks.values()) {
    if (lots.length < 2) continue;
    const byRule = bins.comparison(lots);
    lots.sort((a, b) => a.warehouse - b.warehouse || byRule(a, b));
  }
  return stocks;
}
