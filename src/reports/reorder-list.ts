import { add, compare, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { ItemCode, Uom } from "../model/ids.js";
import type { Item } from "../model/item.js";
import { stockOnce } from "../model/stock-once.js";
import type { StockPosition } from "../model/stock.js";
import type { Table } from "./table.js";

/** An item that is to be bought again; quantities in its base unit. */
export interface ReorderRow {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name. */
  readonly name: string;
  /** The base unit. */
  readonly baseUom: Uom;
  /** In the warehouses. */
  readonly onHand: Decimal;
  /** On its way to us. */
  readonly inbound: Decimal;
  /** Bought and not yet announced. */
  readonly onOrder: Decimal;
  /** onHand + inbound + onOrder. */
  readonly supply: Decimal;
  /** Level at which it is bought again. */
  readonly reorderLevel: Decimal;
}

/**
 * Lists the items that are to be bought again.
 *
 * **Rules**
 * 1. Listed is an item whose stock, purchases on their way and purchases not yet announced together are at its reorder
 *    level or below. Reserved stock counts: it is there.
 * 2. Goods that a customer left in store are not our supply.
 * 3. Items without a reorder level, and those discontinued or obsolete, are never listed.
 * 4. Rows stand in the order of the given items.
 *
 * @param items items, each once
 * @param stock what is known of them, at any number of places, each once; an item without a position has nothing
 * @returns the report
 * @throws RangeError when a place is listed twice
 *
 * **Source:** mission 18.6
 * @example
 * ```ts
 * import { reorderList } from "ordercycle/reports";
 * import { anyItem, anyStock } from "ordercycle/testing";
 * const item = { ...anyItem(), itemCode: "TEA", reorderLevel: "100" as never };
 * reorderList([item], anyStock()).rows.map(({ itemCode, supply }) => [itemCode, supply]); // => [["TEA", "100"]]
 * ```
 */
export function reorderList(items: readonly Item[], stock: readonly StockPosition[]): Table<ReorderRow> {
  const supplies = new Map<ItemCode, Pick<ReorderRow, "onHand" | "inbound" | "onOrder">>();
  for (const { itemCode, owner, onHand, inbound, onOrder } of stockOnce(stock)) {
    if (owner !== undefined) continue;
    const before = supplies.get(itemCode) ?? { onHand: ZERO, inbound: ZERO, onOrder: ZERO };
    supplies.set(itemCode, {
      onHand: add(before.onHand, onHand),
      inbound: add(before.inbound, inbound),
      onOrder: add(before.onOrder, onOrder),
    });
  }
  const rows = items.flatMap(({ itemCode, name, baseUom, reorderLevel, lifeStatus }) => {
    if (reorderLevel === undefined || lifeStatus === "discontinued" || lifeStatus === "obsolete") return [];
    const { onHand, inbound, onOrder } = supplies.get(itemCode) ?? { onHand: ZERO, inbound: ZERO, onOrder: ZERO };
    const supply = sum([onHand, inbound, onOrder]);
    return compare(supply, reorderLevel) > 0
      ? []
      : [{ itemCode, name, baseUom, onHand, inbound, onOrder, supply, reorderLevel }];
  });
  return {
    title: "Reorder list",
    columns: [
      { key: "itemCode", heading: "Item", align: "left" },
      { key: "name", heading: "Name", align: "left" },
      { key: "onHand", heading: "On hand", align: "right" },
      { key: "inbound", heading: "Inbound", align: "right" },
      { key: "onOrder", heading: "On order", align: "right" },
      { key: "supply", heading: "Supply", align: "right" },
      { key: "reorderLevel", heading: "Level", align: "right" },
      { key: "baseUom", heading: "Unit", align: "left" },
    ],
    rows,
    totals: [],
  };
}
