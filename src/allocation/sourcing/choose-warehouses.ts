import { compare, fromUnits, multiply, subtract, sum, ZERO } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { checkWarehousePolicy, linesFaults } from "./check-warehouse-policy.js";
import { fullestPlan, servesLess, sharesServed } from "./fullest-plan.js";
import { marketOf, totalOf, type Market } from "./warehouse-market.js";
import { barOf, networkOf, shipDayOf } from "./warehouse-network.js";
import type {
  ChooseWarehousesIssue,
  ItemQuantity,
  OfferedQuantity,
  WarehouseChoice,
  WarehouseDay,
  WarehouseLimit,
  WarehouseOption,
  WarehousePolicy,
  WarehouseReason,
} from "./warehouse-policy.js";
import { cheapestPlan, type Plan } from "./warehouse-search.js";

/**
 * Chooses the warehouses that serve an order, and what each of them gives.
 *
 * **Rules**
 * 1. Every item is served as far as stock within the hard limits allows, and never beyond its need. Where limits to the
 *    number of warehouses or lines do not let all items have that at once, most is served in all: the sum of the shares
 *    that the items get of what is needed.
 * 2. Soft limits are taken one after the other, the most important first: one that would leave unserved what could be
 *    served – there, one by which less would be served in all – gives way and is named; all others are kept.
 * 3. Among the choices that are left, the best by the strategy is searched and proven; among equals, the one whose ids
 *    come first. Inside the choice each item is taken where the strategy likes it best, then where most of it lies.
 * 4. When the steps are spent, a greedy cover or the best choice found so far stands in, with `optimal: false`; a soft limit
 *    may then give way that a longer search would keep. `optimal` is false as well where a limit to the number of warehouses
 *    or lines leaves a part unserved: no choice serves more, but one that serves as much might be better by the strategy. The
 *    steps are shared evenly among the soft limits.
 * 5. A score is Σ weight × (figure − worst) ÷ (best − worst), cut off at 0 and 1, each to six decimals: it depends on the
 *    order and on declared bounds only, never on other warehouses.
 * 6. The order of the input changes nothing.
 * 7. An order leaves a warehouse on the first day whose cut-off it was received before, not before the day on which it is
 *    to leave, and on no day on which the warehouse is closed; a reason names the day where a limit, kept or not, has a cut-off for the warehouse.
 *
 * @param needs of one order, each item once, in the base unit
 * @param warehouses that may serve it, each once
 * @param stock what they can give, each item and warehouse once
 * @param day what cut-offs and limits to the lines of a day look at
 * @returns the choice; refused for figures that cannot be meant or cannot be counted exactly. Each step looks once at
 *   every item in every warehouse.
 * @throws RangeError when the steps are no positive whole number, or cut-offs lack receipt or day
 *
 * **Source:** mission 9.7; definitions B5, B10
 * @example
 * ```ts
 * import { chooseWarehouses, decimal } from "ordercycle";
 * const has = (itemCode: string, warehouseId: string, quantity: string) => ({ itemCode, warehouseId, quantity: decimal(quantity) });
 * const found = chooseWarehouses(
 *   [{ itemCode: "SALT", quantity: decimal("2") }, { itemCode: "TEA", quantity: decimal("3") }],
 *   [{ warehouseId: "NORTH" }, { warehouseId: "SOUTH" }, { warehouseId: "WEST" }],
 *   [has("TEA", "NORTH", "3"), has("SALT", "SOUTH", "5"), has("TEA", "WEST", "4"), has("SALT", "WEST", "2")],
 *   { strategy: { kind: "fewestSplits" }, limits: [], steps: 1000 },
 * );
 * found.ok && found.value.takes.map(({ itemCode, warehouseId }) => [itemCode, warehouseId]); // => [["SALT","WEST"],["TEA","WEST"]]
 * ```
 */
export function chooseWarehouses(
  needs: readonly ItemQuantity[],
  warehouses: readonly WarehouseOption[],
  stock: readonly OfferedQuantity[],
  policy: WarehousePolicy,
  day: WarehouseDay = {},
): Result<WarehouseChoice, ChooseWarehousesIssue> {
  const { limits, steps: budget } = policy;
  if (!Number.isSafeInteger(budget) || budget < 1) throw new RangeError("Steps must be a positive whole number.");
  const issues = [
    ...checkWarehousePolicy(policy, { needs, warehouses, stock }),
    ...linesFaults(day.linesTaken ?? [], ["linesTaken"]),
  ];
  if (issues.length > 0) return refuse(issues);
  const market = marketOf(needs, warehouses, stock, policy, day);
  if (networkOf(market, []) === undefined)
    return refuse([issue("sourcing.out_of_range", [], { limit: Number.MAX_SAFE_INTEGER })]);

  const soft = limits.filter(({ strength }) => strength === "soft");
  const share = Math.max(1, Math.floor(budget / (soft.length + 1)));
  let kept = limits.filter(({ strength }) => strength === "hard");
  const most = solve(market, kept, share);
  const dropped: WarehouseLimit[] = [];
  let [answer, steps, optimal] = [most, most.steps, most.isProven || most.plan.isComplete];
  for (const limit of soft) {
    const tried = solve(market, [...kept, limit], Math.min(share, budget - steps));
    steps += tried.steps;
    if (isLessServed(tried, most)) {
      dropped.push(limit);
      optimal &&= tried.isSearched;
    } else [kept, answer] = [[...kept, limit], tried];
  }
  return ok({
    ...choiceOf(market, { kept, all: limits }, answer.plan),
    dropped,
    optimal: optimal && answer.isProven,
    steps,
  });
}

/** Whether a plan serves less than another: of an item, or in all where not everything can be served. */
function isLessServed({ plan, served }: Solution, other: Solution): boolean {
  if (!other.plan.isComplete) return servesLess(served, other.served);
  return plan.parts.some((row, item) => totalOf(row) < totalOf(other.plan.parts[item]!));
}

/** What was found under some limits. */
interface Solution {
  readonly plan: Plan;
  /** What it serves in all. */
  readonly served: number;
  /** Whether no plan is better. */
  readonly isProven: boolean;
  /** Whether the steps sufficed. */
  readonly isSearched: boolean;
  readonly steps: number;
}

/** The best plan under these limits, or the one that serves most where no whole one was found. */
function solve(market: Market, limits: readonly WarehouseLimit[], budget: number): Solution {
  const network = networkOf(market, limits)!;
  const counter = { left: budget, isSpent: false };
  const found = cheapestPlan(network, counter);
  const isWhole = market.strategy.kind === "wholeFromOne";
  const isProven = !counter.isSpent && (found !== undefined || isWhole);
  const nothing = { parts: network.units.map((row) => row.map(() => 0)), cost: 0, isComplete: false };
  const plan = found ?? (isWhole ? nothing : fullestPlan(network, counter));
  const served = sharesServed(plan.parts, network.wanted);
  return { plan, served, isProven, isSearched: !counter.isSpent, steps: budget - counter.left };
}

/** The plan in the words of the trade. */
function choiceOf(
  market: Market,
  limits: { readonly kept: readonly WarehouseLimit[]; readonly all: readonly WarehouseLimit[] },
  { parts }: Plan,
) {
  const { needs, warehouses, offered, unitCosts, scales, scores, day } = market;
  const takes = needs.flatMap(({ itemCode }, item) =>
    warehouses.flatMap(({ warehouseId }, site) => {
      const units = parts[item]![site]!;
      return units > 0 ? [{ itemCode, warehouseId, quantity: fromUnits(units, scales[item]!), item, site }] : [];
    }),
  );
  const missing = needs.flatMap(({ itemCode, quantity }, item): WarehouseChoice["missing"] => {
    const short = subtract(quantity, fromUnits(totalOf(parts[item]!), scales[item]!));
    if (short === ZERO) return [];
    const isThere = compare(sum(offered[item]!), quantity) >= 0;
    return [{ itemCode, quantity: short, code: isThere ? "limits" : "not_enough_stock" }];
  });
  const used = new Set(takes.map(({ site }) => site));
  const reasons = warehouses.map((warehouse, site): WarehouseReason => {
    const isUseful = needs.some(({ quantity }, item) => quantity !== ZERO && offered[item]![site] !== ZERO);
    const idle = isUseful ? "not_needed" : "nothing_to_give";
    const code = used.has(site) ? "used" : (barOf(warehouse, limits.kept, day) ?? idle);
    const { warehouseId } = warehouse;
    const shipsOn = shipDayOf(warehouseId, limits.all, day);
    return { warehouseId, code, ...(shipsOn === undefined ? {} : { shipsOn }), ...scores[site] };
  });
  const fixed = [...used]
    .map((site) => warehouses[site]!)
    .map(({ warehouseId, fixedCost }) => (day.inUse?.includes(warehouseId) === true ? ZERO : (fixedCost ?? ZERO)));
  const variable = takes.map(({ quantity, item, site }) => multiply(quantity, unitCosts[item]![site]!));
  return {
    takes: takes.map(({ itemCode, warehouseId, quantity }) => ({ itemCode, warehouseId, quantity })),
    missing,
    reasons,
    cost: sum([...fixed, ...variable]),
  };
}
