import type { CalendarDay } from "../core/calendar-day.js";
import { isPositive, scaleOf, toSafeUnits } from "../core/decimal.js";
import type { CustomerCode, ItemCode, WarehouseId } from "../model/ids.js";
import type { StockPosition } from "../model/stock.js";
import type { BinBook, PickPlace } from "./bin-order.js";
import { freeQuantity, isUsable } from "./usable-stock.js";

/** A lot of an item that may be offered. */
export interface UsableLot extends PickPlace {
  /** Number of its warehouse. */
  readonly warehouse: number;
  /** What is free of it, in units of its own decimals; NaN where a safe integer cannot hold that. */
  readonly units: number;
  /** Its own decimals. */
  readonly scale: number;
}

/** Stock of one item and owner, as the batch found it. */
export interface ItemStock {
  /** Lots with something free, as they were read. */
  readonly lots: readonly UsableLot[];
  /** Whether any position may be used at all, empty or not. */
  readonly hasUsable: boolean;
  /** What is free and usable in warehouses that the policy does not know. */
  readonly elsewhere: readonly StockPosition[];
  /** Decimals in which the batch counts it; -1 until a line asks for it. */
  scale: number;
  /** Number of its column; -1 when it has none. */
  column: number;
}

interface OpenStock extends ItemStock {
  readonly lots: UsableLot[];
  hasUsable: boolean;
  readonly elsewhere: StockPosition[];
}

function emptyStock(): OpenStock {
  return { lots: [], hasUsable: false, elsewhere: [], scale: -1, column: -1 };
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
  if (own !== undefined || owner === undefined || !stocks.has(itemCode)) return own;
  return emptyStock();
}

/**
 * Reads stock by item and owner. Every item that has a position has an entry for own stock, if an empty one.
 *
 * @param warehouseNumbers warehouses that the sourcing policy knows; others are not offered
 */
export function itemStocks(
  stock: readonly StockPosition[],
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
    const own = entryOf(position.itemCode);
    const known = position.owner === undefined ? own : entryOf(stockName(position.itemCode, position.owner));
    const warehouse = warehouseNumbers.get(position.warehouseId);
    if (!isUsable(position, today)) continue;
    if (warehouse === undefined) {
      if (isPositive(freeQuantity(position))) known.elsewhere.push(position);
      continue;
    }
    known.hasUsable = true;
    const free = freeQuantity(position);
    const scale = scaleOf(free);
    const units = toSafeUnits(free, scale) ?? Number.NaN;
    if (Number.isNaN(units) ? isPositive(free) : units > 0)
      known.lots.push({ position, free, warehouse, units, scale });
  }
  return stocks;
}

/** Lots of an item by warehouse, and then as the rules for bins and lots have them. */
export function lotsInOrder({ lots }: ItemStock, bins: BinBook): readonly UsableLot[] {
  if (lots.length < 2) return lots;
  const byRule = bins.comparison(lots);
  return [...lots].sort((a, b) => a.warehouse - b.warehouse || byRule(a, b));
}
