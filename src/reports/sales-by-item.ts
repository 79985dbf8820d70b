import { compareText } from "../core/compare-text.js";
import { add, isPositive, ZERO, type Decimal } from "../core/decimal.js";
import type { ItemCode, Uom } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { TransactionCategory } from "../model/order-line.js";
import { ordersOnce } from "../model/orders-once.js";
import { groupRows, sumColumns } from "./group-rows.js";
import type { Table } from "./table.js";

/** What customers accepted of one item, in its base unit. */
export interface SalesByItemRow {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name as on the first of the orders. */
  readonly itemName: string;
  /** The base unit. */
  readonly baseUom: Uom;
  /** Sold: sale and back-fill lines. */
  readonly sold: Decimal;
  /** Given away with a promotion. */
  readonly gifts: Decimal;
  /** Handed out in exchange. */
  readonly exchanges: Decimal;
  /** Drawn from what the customer had left in store. */
  readonly depositDraws: Decimal;
  /** Given as samples. */
  readonly samples: Decimal;
}

type QuantityKey = "sold" | "gifts" | "exchanges" | "depositDraws" | "samples";

const COLUMN_OF: Readonly<Record<TransactionCategory, QuantityKey>> = {
  sale: "sold",
  backfill: "sold",
  gift: "gifts",
  exchange: "exchanges",
  depositDraw: "depositDraws",
  sample: "samples",
};
const QUANTITY_KEYS: readonly QuantityKey[] = ["sold", "gifts", "exchanges", "depositDraws", "samples"];
const NOTHING: Readonly<Record<QuantityKey, Decimal>> = {
  sold: ZERO,
  gifts: ZERO,
  exchanges: ZERO,
  depositDraws: ZERO,
  samples: ZERO,
};

/**
 * Lists how much of each item customers accepted, gifts and exchanges apart from what was sold.
 *
 * **Rules**
 * 1. Counted is what is delivered, of open and of closed orders; what was returned later no longer counts.
 * 2. A back-fill line brings what was sold before, so it counts as sold. Gifts, exchanges, samples and what customers
 *    drew from their own stock have columns of their own.
 * 3. Items stand in the order of their codes; an item in two base units has two rows.
 * 4. Totals: one line for each base unit.
 *
 * @param orders orders of the period, each once
 * @returns the report; linear in the lines, and n·log n in the items
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 18.1
 * @example
 * ```ts
 * import { salesByItem } from "ordercycle/reports";
 * import { anyOrder } from "ordercycle/testing";
 * const delivered = { quantities: { delivered: "10" } };
 * const order = anyOrder({ stage: "confirmed", lines: [delivered, { ...delivered, transactionCategory: "gift" }] });
 * salesByItem([order]).rows.map(({ itemCode, sold, gifts }) => [itemCode, sold, gifts]); // => [["TEA", "10", "10"]]
 * ```
 */
export function salesByItem(orders: readonly Order[]): Table<SalesByItemRow> {
  const byItem = new Map<string, SalesByItemRow>();
  for (const { lines } of ordersOnce(orders)) {
    for (const { itemCode, itemName, baseUom, transactionCategory, quantities } of lines) {
      if (!isPositive(quantities.delivered)) continue;
      const key = JSON.stringify([itemCode, baseUom]);
      const row = byItem.get(key) ?? { itemCode, itemName, baseUom, ...NOTHING };
      const column = COLUMN_OF[transactionCategory];
      byItem.set(key, { ...row, [column]: add(row[column], quantities.delivered) });
    }
  }
  const rows = [...byItem.values()].sort(
    (a, b) => compareText(a.itemCode, b.itemCode) || compareText(a.baseUom, b.baseUom),
  );
  return {
    title: "Sales by item",
    columns: [
      { key: "itemCode", heading: "Item", align: "left" },
      { key: "itemName", heading: "Name", align: "left" },
      { key: "baseUom", heading: "Unit", align: "left" },
      { key: "sold", heading: "Sold", align: "right" },
      { key: "gifts", heading: "Gifts", align: "right" },
      { key: "exchanges", heading: "Exchanges", align: "right" },
      { key: "depositDraws", heading: "Drawn", align: "right" },
      { key: "samples", heading: "Samples", align: "right" },
    ],
    rows,
    totals: groupRows(rows, ({ baseUom }) => baseUom).map(([baseUom, group]) => ({
      baseUom,
      ...sumColumns(group, QUANTITY_KEYS),
    })),
  };
}
