import { groupedBy } from "../core/grouped-by.js";
import { isSameSource, stockKey, type StockPosition } from "./stock.js";

/** Places of an item that are held against each other one by one: that is cheaper than a key for each. */
const FEW = 16;

/**
 * Makes sure that a list has each place of stock once: what lies at a place that stood in it twice would be promised twice,
 * without anybody seeing it.
 *
 * @param stock what is given out, promised or counted
 * @returns the same list. Linear.
 * @throws RangeError when a place is listed twice: a bug of the program that read the stock
 */
export function stockOnce(stock: readonly StockPosition[]): readonly StockPosition[] {
  for (const places of groupedBy(stock, ({ itemCode }) => itemCode).values()) {
    const twice = places.length > FEW ? twiceByKey(places) : twiceAmongFew(places);
    if (twice === undefined) continue;
    const { itemCode, warehouseId, binId, lotNo, owner } = twice;
    const place = [warehouseId, binId, lotNo, owner].filter((part) => part !== undefined).join(", ");
    throw new RangeError(`Stock of item ${itemCode} at ${place} is listed twice.`);
  }
  return stock;
}

function twiceAmongFew(places: readonly StockPosition[]): StockPosition | undefined {
  for (let place = 1; place < places.length; place++) {
    const position = places[place] as StockPosition;
    for (let before = 0; before < place; before++)
      if (isSameSource(places[before] as StockPosition, position)) return position;
  }
  return undefined;
}

function twiceByKey(places: readonly StockPosition[]): StockPosition | undefined {
  const seen = new Set<string>();
  return places.find((position) => seen.size === seen.add(stockKey(position.itemCode, position)).size);
}
