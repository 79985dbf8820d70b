import { add, isPositive, minimum, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { DecisionContext } from "../../model/actor.js";
import { applyChanges } from "../../model/apply-changes.js";
import type { ItemCode } from "../../model/ids.js";
import type { LineName } from "../../model/displacement.js";
import type { OrderLine } from "../../model/order-line.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import { freeStockByItem } from "../usable-stock.js";
import type { DonorBook, Holding } from "./donor-book.js";
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
  /** A line that holds goods, without what it gives up by earlier proposals. */
  readonly lineNow: (holding: Holding) => OrderLine;
  /** Whether something of a line, or of what it comes together with, is given up by earlier proposals. */
  readonly hasGivenUp: (holding: Holding) => "waits" | undefined;
}

/** What is left to be offered in one call: each unit of goods goes to one line. @internal */
export interface GoodsLeft extends FreeLeft {
  /** What is left of the free goods of each item. */
  readonly free: ReadonlyMap<ItemCode, Decimal>;
  /** Caps and minimums of an item, as what was taken leaves them. */
  readonly rulesOf: (itemCode: ItemCode) => readonly SupplyRule[];
  /** A line of a customer group takes free goods of an item, wherever they are. */
  readonly use: (itemCode: ItemCode, quantity: Decimal, group: string | undefined) => void;
  /** A line takes so much of the free goods of these places. */
  readonly claim: (short: ShortLine, quantity: Decimal, places: readonly KeyedQuantity[]) => void;
  /** Lines give up what a proposal asks of them. */
  readonly giveUp: (proposal: ReallocationProposal) => void;
  /** Where things stand. */
  readonly mark: () => number;
  /** Puts everything back to where it stood. */
  readonly undo: (mark: number) => void;
}

/**
 * Opens the ledger of a call.
 *
 * @param donors who holds what
 * @param context stock, day and instant, and the rules of customer groups
 * @internal
 */
export function goodsLeft(
  donors: DonorBook,
  context: Pick<ProposeReallocationContext, "stock" | "today" | "policy"> & DecisionContext,
): GoodsLeft {
  const free = freeStockByItem(context.stock, context.today);
  const claimed = new Map<string, Decimal>();
  const now = new Map<string, OrderLine>();
  const givenUpOf = new Map<string, "waits">();
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
    lineNow: (holding) => now.get(nameOf(holding)) ?? holding.line,
    hasGivenUp: (holding) => givenUpOf.get(unitName(holding)),
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
    giveUp: ({ itemCode, transfers }) => {
      if (transfers.length === 0) return;
      const wanted = new Map(transfers.map((transfer) => [keyOfLine(transfer.victim), transfer]));
      for (const holding of donors.holdingsOf(itemCode)) {
        const name = nameOf(holding);
        const transfer = wanted.get(name);
        if (transfer === undefined) continue;
        const line = now.get(name) ?? holding.line;
        // The day that its customer was told stays the one that it was told.
        const moves = givenUp(line, transfer, context).filter(({ kind }) => kind === "quantity_moved");
        // The other lines of the order are none of its concern, however many there are.
        const [after] = applyChanges({ ...holding.order, lines: [line] }, moves).lines;
        set(now, name, after);
        set(givenUpOf, unitName(holding), "waits");
      }
    },
    mark: () => steps.length,
    undo: (mark) => {
      while (steps.length > mark) steps.pop()!();
    },
  };
}

function nameOf({ order, line }: Holding): string {
  return keyOfLine({ orderNo: order.orderNo, lineId: line.lineId });
}

function unitName({ order, line, giving }: Holding): string {
  return `${order.orderNo}\n${giving().unitOf(line)}`;
}

function keyOfLine({ orderNo, lineId }: LineName): string {
  return `${orderNo}\n${lineId}`;
}

function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
