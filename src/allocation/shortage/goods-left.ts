import { add, isPositive, minimum, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { DecisionContext } from "../../model/actor.js";
import { applyChanges } from "../../model/apply-changes.js";
import type { ItemCode, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { StockPosition } from "../../model/stock.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import { freeStockByItem } from "../usable-stock.js";
import { givenUp } from "./reallocation-changes.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import type { ShortLine } from "./usable-lots.js";

/** A quantity at a place, by its key. @internal */
export interface KeyedQuantity {
  /** Key of the place. */
  readonly key: string;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/** What is left of free goods once earlier lines of a call have theirs. @internal */
export interface FreeLeft {
  /** What earlier lines have claimed at a place. */
  readonly claimedAt: (key: string) => Decimal;
  /** What is left of an item in all. */
  readonly freeOf: (itemCode: ItemCode) => Decimal;
}

/** What is left to be offered in one call: each unit of goods goes to one line. @internal */
export interface GoodsLeft extends FreeLeft {
  /** What is left of the free goods of each item. */
  readonly free: ReadonlyMap<ItemCode, Decimal>;
  /** Positions of an item. */
  readonly stockOf: (itemCode: ItemCode) => readonly StockPosition[];
  /** Orders that hold an item, without what they give up by earlier proposals. */
  readonly holdersOf: (itemCode: ItemCode) => readonly Order[];
  /** Caps and minimums of an item, as what was taken leaves them. */
  readonly rulesOf: (itemCode: ItemCode) => readonly SupplyRule[];
  /** A line of a customer group takes free goods of an item, wherever they are. */
  readonly use: (itemCode: ItemCode, quantity: Decimal, group: string | undefined) => void;
  /** A line takes so much of the free goods of these places. */
  readonly claim: (short: ShortLine, quantity: Decimal, places: readonly KeyedQuantity[]) => void;
  /** Orders give up what a proposal asks of them. */
  readonly giveUp: (proposal: ReallocationProposal) => void;
  /** Where things stand. */
  readonly mark: () => number;
  /** Puts everything back to where it stood. */
  readonly undo: (mark: number) => void;
}

/**
 * Opens the ledger of a call.
 *
 * @param orders all that may hold goods
 * @param context stock, day and instant, and the rules of customer groups
 * @internal
 */
export function goodsLeft(
  orders: readonly Order[],
  context: Pick<ProposeReallocationContext, "stock" | "today" | "policy"> & DecisionContext,
): GoodsLeft {
  const free = freeStockByItem(context.stock, context.today);
  const claimed = new Map<string, Decimal>();
  const now = new Map<OrderNo, Order>(orders.map((order) => [order.orderNo, order]));
  const holders = new Map<ItemCode, Set<OrderNo>>();
  for (const { orderNo, lines } of orders) {
    for (const { itemCode, quantities } of lines) {
      if (quantities.allocated === ZERO) continue;
      const known = holders.get(itemCode);
      if (known === undefined) holders.set(itemCode, new Set([orderNo]));
      else known.add(orderNo);
    }
  }
  const positions = groupedBy(context.stock, ({ itemCode }) => itemCode);
  const steps: (() => void)[] = [];
  function set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
    const before = map.get(key);
    steps.push(() => put(map, key, before));
    put(map, key, value);
  }
  const rules = new Map<ItemCode, readonly SupplyRule[]>(
    groupedBy(context.policy.protection ?? [], ({ itemCode }) => itemCode),
  );
  const use = (itemCode: ItemCode, quantity: Decimal, group: string | undefined): void => {
    const rest = subtract(free.get(itemCode) ?? ZERO, quantity);
    set(free, itemCode, isPositive(rest) ? rest : undefined);
    const own = rules.get(itemCode);
    if (own === undefined) return;
    const counted = own.map((rule) =>
      rule.group === group ? { ...rule, consumed: add(rule.consumed ?? ZERO, quantity) } : rule,
    );
    set(rules, itemCode, counted);
  };
  return {
    free,
    claimedAt: (key) => claimed.get(key) ?? ZERO,
    freeOf: (itemCode) => free.get(itemCode) ?? ZERO,
    stockOf: (itemCode) => positions.get(itemCode) ?? [],
    holdersOf: (itemCode) => [...(holders.get(itemCode) ?? [])].map((orderNo) => now.get(orderNo)!),
    rulesOf: (itemCode) => rules.get(itemCode) ?? [],
    use,
    claim: ({ order, line }, quantity, places) => {
      let rest = quantity;
      for (const place of places) {
        const own = minimum(rest, place.quantity);
        rest = subtract(rest, own);
        if (isPositive(own)) set(claimed, place.key, add(claimed.get(place.key) ?? ZERO, own));
      }
      // What a customer left in store is none of the free goods of the item.
      if (!isDepositDraw(line)) use(line.itemCode, quantity, order.header.customerClass);
    },
    giveUp: ({ transfers }) => {
      for (const transfer of transfers) {
        const order = now.get(transfer.victim.orderNo)!;
        const line = order.lines.find(({ lineId }) => lineId === transfer.victim.lineId)!;
        // The day that its customer was told stays the one that it was told.
        const moves = givenUp(line, transfer, context).filter(({ kind }) => kind === "quantity_moved");
        set(now, order.orderNo, applyChanges(order, moves));
      }
    },
    mark: () => steps.length,
    undo: (mark) => {
      while (steps.length > mark) steps.pop()!();
    },
  };
}

function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
