import { fromUnits } from "../../core/decimal.js";
import type { Contest } from "./completion-contest.js";
import type { CompleteOrderWish, IncompleteOrder } from "./completion-policy.js";

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
    const lacking = uses[order]!.flatMap(({ pool, units }) => {
      const short = units - (isAble ? left : stock)[pool]!;
      return short > 0 ? [{ ...pools[pool]!, quantity: fromUnits(short, scale) }] : [];
    });
    // What fits and is left out all the same would cost more than it brings.
    const idle = lacking.length === 0 || isWorthIt[order] === false ? "not_worth_it" : "gives_way";
    return [{ orderNo, code: isAble ? idle : "short_alone", lacking }];
  });
}
