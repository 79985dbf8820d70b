import { fromUnits, isNegative, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { OrderNo } from "../../model/ids.js";
import { groupsSharing } from "../partition-batch.js";
import { contestOf, type Contest } from "./completion-contest.js";
import type {
  CompleteOrdersIssue,
  CompleteOrdersPlan,
  CompleteOrdersPolicy,
  CompleteOrderWish,
  IncompleteOrder,
  PooledQuantity,
} from "./completion-policy.js";
import { chooseIn } from "./completion-search.js";

/**
 * Chooses which orders to serve in full from common stock, so that their value or their number is as large as can be.
 *
 * **Rules**
 * 1. An order counts only when all its needs are met; no pool is exceeded.
 * 2. Orders that share nothing scarce are decided apart, small groups first; steps that one group leaves, the next may use.
 * 3. In a group the best choice is searched and proven. Where the steps do not suffice, the best choice found is bettered
 *    by exchanging orders, and the bound says how much it may lack at most.
 * 4. No order is left out that fits into what the others leave.
 * 5. The order of the input changes nothing; among equally good choices it is always the same one.
 *
 * @param orders wishes, each order once
 * @param stock common stock; entries of one pool add up
 * @returns the choice, why the others are not in it, and its bound; refused for negative figures, orders listed twice, and
 *   figures that cannot be counted exactly together. n log n in needs, and the steps.
 * @throws RangeError when the steps are no positive whole number
 *
 * **Source:** mission 9.7, 9.10, 9.16; definition B6
 * @example
 * ```ts
 * import { completeOrders, decimal } from "ordercycle";
 * const tea = (orderNo: string, value: string, quantity: string) =>
 *   ({ orderNo, value: decimal(value), needs: [{ itemCode: "TEA", quantity: decimal(quantity) }] });
 * const orders = [tea("SO-1", "90", "6"), tea("SO-2", "50", "4"), tea("SO-3", "60", "5.5")];
 * const stock = [{ itemCode: "TEA", quantity: decimal("9.5") }];
 * const plan = completeOrders(orders, stock, { objective: "value", steps: 1000 });
 * plan.ok && [plan.value.complete, plan.value.reached, plan.value.optimal]; // => [["SO-2","SO-3"],"110",true]
 * ```
 */
export function completeOrders(
  orders: readonly CompleteOrderWish[],
  stock: readonly PooledQuantity[],
  { objective, steps: budget }: CompleteOrdersPolicy,
): Result<CompleteOrdersPlan, CompleteOrdersIssue> {
  if (!Number.isSafeInteger(budget) || budget < 1) throw new RangeError("Steps must be a positive whole number.");
  const wishes = [...orders].sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1));
  const faults = faultsOf(orders, stock);
  const contest = contestOf(wishes, stock, objective);
  if (contest === undefined)
    return refuse([...faults, issue("complete.out_of_range", [], { limit: Number.MAX_SAFE_INTEGER })]);
  if (faults.length > 0) return refuse(faults);

  const groups = groupsSharing(contest.scarce.map((uses) => (uses ?? []).map(({ pool }) => pool)));
  groups.sort((a, b) => a.length - b.length || a[0]! - b[0]!);
  const total = { taken: new Set<number>(), reached: 0, bound: 0, steps: 0, optimal: true };
  for (const [place, members] of groups.entries()) {
    const able = members.filter((order) => contest.scarce[order] !== undefined);
    const choice = chooseIn(contest, able, Math.floor((budget - total.steps) / (groups.length - place)));
    for (const order of choice.taken) total.taken.add(order);
    total.reached += choice.reached;
    total.bound += choice.bound;
    total.steps += choice.steps;
    total.optimal &&= choice.bound === choice.reached;
  }
  return ok({
    complete: wishes.filter((_, order) => total.taken.has(order)).map(({ orderNo }) => orderNo),
    incomplete: incompleteOf(wishes, contest, total.taken),
    reached: fromUnits(total.reached, contest.valueScale),
    upperBound: fromUnits(total.bound, contest.valueScale),
    gap: fromUnits(total.bound - total.reached, contest.valueScale),
    optimal: total.optimal,
    steps: total.steps,
  });
}

function faultsOf(orders: readonly CompleteOrderWish[], stock: readonly PooledQuantity[]): CompleteOrdersIssue[] {
  const issues: CompleteOrdersIssue[] = [];
  const seen = new Set<OrderNo>();
  const check = (value: Decimal, path: (string | number)[]): void => {
    if (isNegative(value)) issues.push(issue("complete.negative", path, { value }));
  };
  for (const [place, { orderNo, value, needs }] of orders.entries()) {
    if (seen.has(orderNo)) issues.push(issue("complete.listed_twice", ["orders", place, "orderNo"], { orderNo }));
    seen.add(orderNo);
    check(value, ["orders", place, "value"]);
    for (const [need, { quantity }] of needs.entries()) check(quantity, ["orders", place, "needs", need, "quantity"]);
  }
  for (const [place, { quantity }] of stock.entries()) check(quantity, ["stock", place, "quantity"]);
  return issues;
}

/** The orders that are not served, and what they lack. */
function incompleteOf(
  wishes: readonly CompleteOrderWish[],
  contest: Contest,
  taken: ReadonlySet<number>,
): IncompleteOrder[] {
  const { uses, stock, scarce, pools, scale } = contest;
  const left = Float64Array.from(stock);
  for (const order of taken) for (const { pool, units } of uses[order]!) left[pool]! -= units;
  return wishes.flatMap(({ orderNo }, order): IncompleteOrder[] => {
    if (taken.has(order)) return [];
    const isAble = scarce[order] !== undefined;
    const lacking = uses[order]!.flatMap(({ pool, units }) => {
      const short = units - (isAble ? left : stock)[pool]!;
      return short > 0 ? [{ ...pools[pool]!, quantity: fromUnits(short, scale) }] : [];
    });
    return [{ orderNo, code: isAble ? "gives_way" : "short_alone", lacking }];
  });
}
