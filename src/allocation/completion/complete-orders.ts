import { fromUnits } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { chooseComplete } from "./choose-complete.js";
import { contestOf } from "./completion-contest.js";
import { completionFaults } from "./completion-faults.js";
import type {
  CompleteOrdersIssue,
  CompleteOrdersPlan,
  CompleteOrdersPolicy,
  CompleteOrderWish,
  PooledQuantity,
} from "./completion-policy.js";
import { incompleteOrders } from "./incomplete-orders.js";
import { withRulePools } from "./rule-pools.js";

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
 * 6. Caps and protected minimums of customer groups are kept exactly: no group gets more than its cap, and nobody what is
 *    kept for others. `heldBack` says what they keep from an order.
 *
 * @param orders wishes, each order once
 * @param stock common stock; entries of one pool add up
 * @returns the choice, why the others are not in it, and its bound; refused for negative figures, orders listed twice, and
 *   figures that cannot be counted exactly together. n log n in needs, and the steps.
 * @throws RangeError when the steps are no positive whole number
 *
 * **Source:** mission 8.9, 9.7, 9.10, 9.16; definitions B6, B9
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
  { objective, steps: budget, protection = [] }: CompleteOrdersPolicy,
): Result<CompleteOrdersPlan, CompleteOrdersIssue> {
  if (!Number.isSafeInteger(budget) || budget < 1) throw new RangeError("Steps must be a positive whole number.");
  const faults = completionFaults(orders, stock, protection);
  const sorted = [...orders].sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1));
  const { wishes, offers } = withRulePools(sorted, stock, faults.length > 0 ? [] : protection);
  const contest = contestOf(wishes, offers, objective);
  if (contest === undefined)
    return refuse([...faults, issue("complete.out_of_range", [], { limit: Number.MAX_SAFE_INTEGER })]);
  if (faults.length > 0) return refuse(faults);

  const { taken, reached, bound, steps, optimal } = chooseComplete(contest, budget);
  return ok({
    complete: wishes.filter((_, order) => taken.has(order)).map(({ orderNo }) => orderNo),
    incomplete: incompleteOrders(wishes, contest, taken),
    reached: fromUnits(reached, contest.valueScale),
    upperBound: fromUnits(bound, contest.valueScale),
    gap: fromUnits(bound - reached, contest.valueScale),
    optimal,
    steps,
  });
}
