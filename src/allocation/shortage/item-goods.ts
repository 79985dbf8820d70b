import { isPositive, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { ItemCode } from "../../model/ids.js";
import { stockKey, type StockPosition } from "../../model/stock.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import { askedWarehouses, nearnessTable, type NearnessTable } from "../nearness-table.js";
import { eligibilityOf, type Eligibility } from "../sourcing/eligibility.js";
import { freeQuantity, freeStockOf, isUsable } from "../usable-stock.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";

/** A position with something free. */
interface FreePlace {
  /** Key of the place. */
  readonly key: string;
  /** Position. */
  readonly position: StockPosition;
  /** What is free there, positive. */
  readonly quantity: Decimal;
}

/** What stock has of an item. */
interface ItemGoods {
  /** Positions by their keys. */
  readonly positions: ReadonlyMap<string, StockPosition>;
  /** Those with something free that may be used today, in the order of the stock. */
  readonly free: readonly FreePlace[];
  /** Caps and minimums of the item. */
  readonly rules: readonly SupplyRule[];
  /** What of our own lies free in warehouses that are asked. */
  readonly freeInAll: () => Decimal;
}

/** Stock and policy of a call, read once for all lines that it looks at. */
export interface GoodsBook {
  /** What stock has of an item. */
  readonly of: (itemCode: ItemCode) => ItemGoods;
  /** Warehouses that are asked. */
  readonly near: NearnessTable;
  /** What warehouses, bins and lots may serve; undefined where nothing is said of it. */
  readonly eligibility: Eligibility | undefined;
}

/** Opens the book: linear in stock and policy, and each item is looked at when it is first asked for. */
export function goodsBook({
  policy,
  stock,
  today,
}: Pick<ProposeReallocationContext, "policy" | "stock" | "today">): GoodsBook {
  const near = nearnessTable(askedWarehouses(policy.sourcing));
  const positionsOf = groupedBy(stock, ({ itemCode }) => itemCode);
  const rulesOf = groupedBy(policy.protection ?? [], ({ itemCode }) => itemCode);
  const known = new Map<ItemCode, ItemGoods>();
  const read = (itemCode: ItemCode): ItemGoods => {
    const own = positionsOf.get(itemCode) ?? [];
    const positions = new Map(own.map((position) => [stockKey(itemCode, position), position]));
    const free = [...positions].flatMap(([key, position]): FreePlace[] => {
      const quantity = freeQuantity(position);
      return isPositive(quantity) && isUsable(position, today) ? [{ key, position, quantity }] : [];
    });
    const offered = own.filter(({ warehouseId }) => near.warehouseNumbers.has(warehouseId));
    let inAll: Decimal | undefined;
    const freeInAll = (): Decimal => (inAll ??= freeStockOf(itemCode, offered, today));
    return { positions, free, rules: rulesOf.get(itemCode) ?? [], freeInAll };
  };
  return {
    near,
    eligibility: eligibilityOf(policy),
    of: (itemCode) => {
      const goods = known.get(itemCode) ?? read(itemCode);
      known.set(itemCode, goods);
      return goods;
    },
  };
}
