import { isNegative, isPositive, minimum, subtract, sum, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { Displacement } from "../../model/displacement.js";
import type { ItemCode } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { stockKey, type StockPosition } from "../../model/stock.js";
import type { WantedGoods } from "../../model/wanted-goods.js";
import { freeQuantity, isUsable } from "../usable-stock.js";
import { countedOf, type Counts, type GivenLine, type GivingUnit } from "./giving-units.js";
import { setBackFor } from "./record-release.js";
import type { ReleaseReservations, ReleaseReservationsContext } from "./release-policy.js";

/** Goods that are wanted, and how things stand with them. */
export interface Wish {
  /** What is wanted. */
  readonly wanted: WantedGoods;
  /** Places where they count. */
  readonly counts: Counts;
  /** What was free of them. */
  readonly before: Decimal;
  /** What is free of them, as far as it was decided who gives. */
  after: Decimal;
}

/** What is wanted, by item. */
export type Wishes = ReadonlyMap<ItemCode, Wish>;

/** Who gives, and what. */
export type Gifts = Map<GivingUnit, readonly GivenLine[]>;

/** What is wanted, as things stand before anybody is asked. */
export function wishesOf(
  { wanted }: ReleaseReservations,
  stock: readonly StockPosition[],
  { today }: ReleaseReservationsContext,
): Wishes {
  const usable = groupedBy(
    stock.filter((position) => position.owner === undefined && isUsable(position, today)),
    ({ itemCode }) => itemCode,
  );
  return new Map(
    wanted.map((goods): [ItemCode, Wish] => {
      const { itemCode, warehouseId } = goods;
      const own = usable.get(itemCode) ?? [];
      const positions = own.filter(
        (position) =>
          (warehouseId ?? position.warehouseId) === position.warehouseId && !isNegative(freeQuantity(position)),
      );
      const keys = new Set(positions.map((position) => stockKey(itemCode, position)));
      const before = sum(positions.map(freeQuantity));
      return [itemCode, { wanted: goods, counts: (key) => keys.has(key), before, after: before }];
    }),
  );
}

/** Who is set back for whom: each giver for as much of what counts as was still lacking when it was asked. */
export function displacementsBy(
  byOrder: ReadonlyMap<Order, readonly GivingUnit[]>,
  gifts: Gifts,
  wishes: Wishes,
  context: ReleaseReservationsContext,
): ReadonlyMap<Order, readonly Displacement[]> {
  const lacking = new Map([...wishes].map(([item, { wanted, before }]) => [item, subtract(wanted.quantity, before)]));
  return new Map(
    [...byOrder].map(([order, units]) => {
      const lines = units.flatMap((unit) => gifts.get(unit)!);
      const own = lines.flatMap((given): Displacement[] => {
        const { line } = given;
        const { itemCode } = line;
        const wish = wishes.get(itemCode);
        const winner = wish?.wanted.winner;
        if (wish === undefined || winner === undefined || winner.orderNo === order.orderNo) return [];
        const quantity = minimum(countedOf([given], wish.counts), lacking.get(itemCode)!);
        lacking.set(itemCode, subtract(lacking.get(itemCode)!, quantity));
        return isPositive(quantity) ? [setBackFor(winner, order, { line, quantity }, context)] : [];
      });
      return [order, own] as const;
    }),
  );
}
