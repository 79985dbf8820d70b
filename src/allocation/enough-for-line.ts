import { finestScale } from "../core/decimal-arithmetic.js";
import { floorToMultiple, fromUnits, maximum, sum, toUnits, ZERO, type Decimal } from "../core/decimal.js";
import { linesOf } from "./allocation-progress.js";
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
  readonly atMost?: true;
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

/** Most quantities that are tried one by one, and most lines that are planned for it: what one explanation costs at most. */
const MOST_TRIES = 400;
const MOST_LINES_PLANNED = 100_000;

/**
 * Looks for the smallest addition of stock by halving, in each warehouse that could do better than the best so far. Where more
 * stock may serve a line worse, since it serves somebody before it, all smaller quantities are tried as well, from the least on;
 * where these are too many, what halving found is told as what is enough at most.
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
  const { lotNo, quantum = ZERO } =
    orders.flatMap(({ lines }) => lines).find(({ lineId }) => lineId === line.lineId) ?? {};
  // Neither a hold nor what is less than a step is helped by any stock.
  const isStepped = quantum === ZERO || floorToMultiple(line.requested, quantum) === line.requested;
  if (line.code === "on_hold" || !isStepped) return undefined;
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
  const own = some.flatMap(({ lines }) => lines).filter((each) => each.itemCode === itemCode);
  const steps = own.map((each) => each.quantum ?? ZERO);
  // What was left may lie in places that serve nobody here, and steps may be finer than whatever is written of the goods.
  const scale = finestScale([...quantities, ...steps, line.short, shortBefore, left]);
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
  const found = best && { warehouseId: best.warehouseId, quantity: fromUnits(best.units, scale) };
  if (isSteady(plan, line, { orders, stock, ...facts })) return found;
  const isCoarse = facts.policy.sourcing.kind === "nearest" && rules.length === 0;
  const isPlain = facts.policy.sharing === undefined && facts.policy.picking === undefined;
  // Where everything is a multiple of a quantity, less than that on top changes nothing.
  const grid = isCoarse && isPlain ? commonStep([...quantities, ...steps].map((each) => toUnits(each, scale))) : 1n;
  const linesPlanned = 1 + linesOf(some);
  let tries = Math.min(MOST_TRIES, Math.floor(MOST_LINES_PLANNED / linesPlanned));
  for (let units = grid; units <= (best?.units ?? most); units += grid) {
    for (const warehouseId of line.warehouses) {
      if (tries-- <= 0) return found && { ...found, atMost: true };
      if (isServed(warehouseId, fromUnits(units, scale))) return { warehouseId, quantity: fromUnits(units, scale) };
    }
  }
  return found;
}

/**
 * Whether more stock of the item never serves the line worse: nobody before it comes in steps, all at once, from some lots or
 * under a cap, and nothing but stock decides.
 */
function isSteady(plan: AllocationPlan, { itemCode, rank }: PlannedLine, { orders, policy }: PlannedFrom): boolean {
  const { protection = [], picking, oneLotPerLine } = policy;
  if (!isItemAlone(orders, policy) || picking !== undefined || oneLotPerLine === true) return false;
  if (protection.some((rule) => rule.itemCode === itemCode)) return false;
  const before = new Set(
    plan.orders.flatMap(({ lines }) =>
      lines.filter((each) => each.itemCode === itemCode && each.rank < rank).map(({ lineId }) => lineId),
    ),
  );
  return orders.every(({ lines }) =>
    lines.every(
      ({ lineId, partialAllowed, quantum, oneLotOnly }) =>
        !before.has(lineId) || (partialAllowed && quantum === undefined && oneLotOnly !== true),
    ),
  );
}

/** The greatest units of which all are multiples; one where there are none. */
function commonStep(units: readonly bigint[]): bigint {
  let step = 0n;
  for (let other of units) while (other !== 0n) [step, other] = [other, step % other];
  return step === 0n ? 1n : step;
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
