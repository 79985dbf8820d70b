import { compare, fromUnits, ZERO, type Decimal } from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import type { Contest } from "./completion-contest.js";
import type { CompleteOrderWish, HeldFromOrder, IncompleteOrder, PooledQuantity } from "./completion-policy.js";
import { ALL_STOCK } from "./rule-pools.js";

/** The orders that are not served, and what they lack. */
export function incompleteOrders(
  wishes: readonly Pick<CompleteOrderWish, "orderNo">[],
  { uses, stock, scarce, pools, scale }: Contest,
  taken: ReadonlySet<number>,
  isWorthIt: readonly boolean[] = [],
): IncompleteOrder[] {
  const left = Float64Array.from(stock);
  for (const order of taken) for (const { pool, units } of uses[order]!) left[pool]! -= units;
  return wishes.flatMap(({ orderNo }, order): IncompleteOrder[] => {
    if (taken.has(order)) return [];
    const isAble = scarce[order] !== undefined;
    const lacking: PooledQuantity[] = [];
    const lackingOfAll = new Map<ItemCode, Decimal>();
    const held = new Map<string, HeldFromOrder>();
    for (const { pool, units } of uses[order]!) {
      const short = units - (isAble ? left : stock)[pool]!;
      if (short <= 0) continue;
      const { rule, ...part } = pools[pool]!;
      const quantity = fromUnits(short, scale);
      if (rule === undefined) lacking.push({ ...part, quantity });
      else if (rule.name === ALL_STOCK) lackingOfAll.set(part.itemCode, quantity);
      else keepMost(held, { itemCode: part.itemCode, limit: rule.limit, quantity });
    }
    // A minimum that others have used up keeps nothing back, though its group had its part of what is gone.
    for (const [name, { itemCode, limit, quantity }] of held) {
      const all = lackingOfAll.get(itemCode) ?? ZERO;
      if (limit === "protected_for_others" && compare(quantity, all) <= 0) held.delete(name);
    }
    // What fits and is left out all the same would cost more than it brings.
    const isFree = lacking.length === 0 && held.size === 0;
    const idle = isFree || isWorthIt[order] === false ? "not_worth_it" : "gives_way";
    const heldBack = held.size === 0 ? {} : { heldBack: [...held.values()] };
    return [{ orderNo, code: isAble ? idle : "short_alone", lacking, ...heldBack }];
  });
}

/** Of several rules of one kind for an item, the one that keeps most counts. */
function keepMost(held: Map<string, HeldFromOrder>, own: HeldFromOrder): void {
  const name = JSON.stringify([own.itemCode, own.limit]);
  const known = held.get(name);
  if (known === undefined || compare(own.quantity, known.quantity) > 0) held.set(name, own);
}
