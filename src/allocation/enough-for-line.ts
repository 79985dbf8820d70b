import { finestScale } from "../core/decimal-arithmetic.js";
import { fromUnits, maximum, sum, toUnits, ZERO, type Decimal } from "../core/decimal.js";
import type { AllocationPlan, PlannedLine } from "../model/allocation-plan.js";
import type { ItemCode, WarehouseId } from "../model/ids.js";
import type { StockPosition } from "../model/stock.js";
import type { SupplyRule } from "../model/supply-rule.js";
import { planUnchecked } from "./plan-allocation.js";
import { isItemAlone, marketOf, type PlannedFrom } from "./plan-market.js";
import { freeQuantity } from "./usable-stock.js";

interface EnoughStock {
  readonly warehouseId: WarehouseId;
  readonly quantity: Decimal;
}

interface EnoughCap {
  readonly group: string;
  readonly quantity: Decimal;
}

/** How things stood at a line's turn. */
interface AtTurn {
  /** Whose stock it draws; ours when undefined. */
  readonly owner: string | undefined;
  /** What lines before it lack of the item. */
  readonly shortBefore: Decimal;
  /** What was left in the warehouses that were asked, whether or not it could use it. */
  readonly left: Decimal;
}

/**
 * Looks for the smallest addition of stock by halving, in each warehouse that could do better than the best so far. What is
 * found serves the line, and one unit less there does not.
 *
 * @param plan whole
 * @param line one that lacks something
 * @param facts what the plan was made from
 * @returns the addition; undefined where no stock would help
 * @internal
 */
export function enoughStock(
  plan: AllocationPlan,
  line: PlannedLine,
  { owner, shortBefore, left }: AtTurn,
  { orders, stock, ...facts }: PlannedFrom,
): EnoughStock | undefined {
  const { itemCode } = line;
  const { lotNo } = orders.flatMap(({ lines }) => lines).find(({ lineId }) => lineId === line.lineId) ?? {};
  // A line that names its lot is helped by more of that lot only.
  const lot = lotNo === undefined ? {} : { lotNo };
  const { orders: some, places } = marketOf(plan, itemCode, { orders, stock, ...facts });
  const wanted = plan.orders.flatMap(({ lines }) => lines.filter((each) => each.itemCode === itemCode));
  const isServed = (warehouseId: WarehouseId, quantity: Decimal): boolean => {
    const more = [...places, { ...additionalStock(itemCode, warehouseId, owner, quantity), ...lot }];
    return isServedBy(planUnchecked(some, more, { ...facts, at: plan.at, today: plan.today }), line);
  };
  const rules = (facts.policy.protection ?? []).filter((rule) => rule.itemCode === itemCode);
  const kept = rules.filter(({ kind }) => kind === "protect").map(({ quantity }) => quantity);
  const ofRules = rules.flatMap(({ quantity, consumed = ZERO }) => [quantity, consumed]);
  const quantities = [...wanted.map(({ requested }) => requested), ...places.map(freeQuantity), ...ofRules];
  const scale = finestScale(quantities);
  const least = toUnits(line.short, scale);
  const allShort = least + toUnits(shortBefore, scale);
  // A line that took nothing of what was left since it was too little for it lacks the rest of it.
  const rest = line.allocated === ZERO ? least - toUnits(left, scale) : least;
  // With that much more there is enough for all, and for all who have a minimum.
  const most = toUnits(sum([...wanted.map(({ requested }) => requested), ...kept]), scale);
  let best: { readonly warehouseId: WarehouseId; readonly units: bigint } | undefined;
  const isAlone = isItemAlone(orders, facts.policy);
  for (const warehouseId of line.warehouses) {
    const serves = (units: bigint): boolean => isServed(warehouseId, fromUnits(units, scale));
    let high = best === undefined ? most : best.units - 1n;
    if (high < 1n) continue;
    if (!serves(high)) {
      // Where orders come as a whole or from few warehouses, less may serve a line that more does not.
      const less = isAlone
        ? undefined
        : [allShort, least, rest].find((units) => units > 0n && units < high && serves(units));
      if (less === undefined) continue;
      high = less;
    }
    let low = 1n;
    // Most lines lack their own shortage, or that of all who come before as well: tried first, since each try is a plan.
    for (const likely of [rest, least, allShort]) {
      if (likely < low || likely > high) continue;
      if (!serves(likely)) {
        low = likely + 1n;
        continue;
      }
      high = likely;
      if (likely === 1n || !serves(likely - 1n)) low = likely;
      else high = likely - 1n;
      break;
    }
    best = { warehouseId, units: leastServing(low, high, serves) };
  }
  return best === undefined ? undefined : { warehouseId: best.warehouseId, quantity: fromUnits(best.units, scale) };
}

/**
 * Looks for the smallest cap of a line's group by halving: at most what serves all that the group wants.
 *
 * @param plan whole
 * @param line one that lacks something since its group has used up its cap
 * @param facts what the plan was made from
 * @returns the cap; undefined where a greater one alone would not help
 * @internal
 */
export function enoughCap(plan: AllocationPlan, line: PlannedLine, facts: PlannedFrom): EnoughCap | undefined {
  const { itemCode, protection: { group } = {} } = line;
  const { policy } = facts;
  const rules = policy.protection ?? [];
  const isCap = (rule: SupplyRule): boolean =>
    rule.kind === "cap" && rule.group === group && rule.itemCode === itemCode;
  const cap = rules.find(isCap);
  if (group === undefined || cap === undefined) return undefined;
  const { quantity, consumed = ZERO } = cap;
  const { orders: some, places } = marketOf(plan, itemCode, facts);
  const wanted = plan.orders
    .flatMap(({ lines }) => lines.filter((each) => each.itemCode === itemCode))
    .map(({ requested }) => requested);
  const scale = finestScale([quantity, consumed, ...wanted]);
  const isServed = (units: bigint): boolean => {
    const protection = rules.map((rule) => (isCap(rule) ? { ...rule, quantity: fromUnits(units, scale) } : rule));
    const raised = { ...facts, policy: { ...policy, protection }, at: plan.at, today: plan.today };
    return isServedBy(planUnchecked(some, places, raised), line);
  };
  const most = toUnits(sum([maximum(quantity, consumed), ...wanted]), scale);
  if (!isServed(most)) return undefined;
  return { group, quantity: fromUnits(leastServing(toUnits(quantity, scale), most, isServed), scale) };
}

/** The least units from `low` on that serve, by halving; `high` is known to. */
function leastServing(low: bigint, high: bigint, serves: (units: bigint) => boolean): bigint {
  while (low < high) {
    const middle = (low + high) / 2n;
    if (serves(middle)) high = middle;
    else low = middle + 1n;
  }
  return high;
}

function isServedBy({ orders }: AllocationPlan, { orderNo, lineId }: PlannedLine): boolean {
  const own = orders.find((order) => order.orderNo === orderNo)?.lines;
  return own?.find((line) => line.lineId === lineId)?.short === ZERO;
}

function additionalStock(
  itemCode: ItemCode,
  warehouseId: WarehouseId,
  owner: string | undefined,
  onHand: Decimal,
): StockPosition {
  const none = { reserved: ZERO, picked: ZERO, inTransit: ZERO, inbound: ZERO, onOrder: ZERO };
  return { itemCode, warehouseId, ...(owner === undefined ? {} : { owner }), onHand, ...none };
}
