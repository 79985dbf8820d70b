import { compare, fromUnits, isNegative, multiply, subtract, sum, toSafeUnits, ZERO } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { WarehouseId } from "../../model/ids.js";
import type { WarehouseQuantity } from "../sourcing/warehouse-policy.js";
import { chooseComplete } from "./choose-complete.js";
import { contestOf, type Contest } from "./completion-contest.js";
import { completionFaults } from "./completion-faults.js";
import type {
  CompleteOrdersIssue,
  CompleteOrderWish,
  CompleteShipment,
  CompleteShipmentsPlan,
  CompleteShipmentsPolicy,
} from "./completion-policy.js";
import { fewestShipments, type ShipmentPlan } from "./fewest-shipments.js";
import { incompleteOrders } from "./incomplete-orders.js";
import { withRulePools } from "./rule-pools.js";
import { leastWarehouses, warehouseSets } from "./warehouse-sets.js";

/** An order that is served in full or not at all, from whichever warehouses. */
export type ShippedOrderWish = Omit<CompleteOrderWish, "needs"> & {
  /** What it needs; needs of one item add up. */
  readonly needs: readonly Omit<CompleteOrderWish["needs"][number], "warehouseId">[];
};

/**
 * Chooses which orders to serve in full, and from which warehouses, so that their value less the cost of their shipments
 * is as large as can be: each warehouse that an order takes from costs one shipment.
 *
 * **Rules**
 * 1. An order counts only when all its needs are met; no stock is exceeded. It may be split over warehouses, a need too.
 * 2. Orders are chosen as `completeOrders` does, each worth its value less the fewest shipments that it could do with if
 *    it were alone. An order that brings no more than its shipments cost is left out.
 * 3. Then shipments are saved: split orders move into fewer warehouses, and who stands in their way moves elsewhere.
 * 4. The bound holds for every choice. Where it is reached, the plan is proven to be the best.
 * 5. The order of the input changes nothing; among equally good plans it is always the same one.
 * 6. Caps and protected minimums of customer groups are kept as `completeOrders` keeps them.
 *
 * @param orders wishes, each order once
 * @param stock what each warehouse has; entries of one item and warehouse add up
 * @returns the plan with its bound; refused as `completeOrders` refuses. n log n in needs, and the steps; with up to ten
 *   warehouses every set of them may be looked at; beyond, a greedy cover stands in, and an order is taken to need no more of
 *   them than one of its items does.
 * @throws RangeError when the steps are no positive whole number
 *
 * **Source:** mission 8.9, 9.7, 9.10, 9.16; definitions B5, B6, B9
 * @example
 * ```ts
 * import { decimal, planCompleteShipments } from "ordercycle";
 * const line = (itemCode: string, quantity: string) => ({ itemCode, quantity: decimal(quantity) });
 * const orders = [
 *   { orderNo: "SO-1", value: decimal("90"), needs: [line("SALT", "2"), line("TEA", "3")] },
 *   { orderNo: "SO-2", value: decimal("50"), needs: [line("TEA", "4")] },
 * ];
 * const stock = [
 *   { ...line("TEA", "4"), warehouseId: "NORTH" }, { ...line("SALT", "2"), warehouseId: "SOUTH" }, { ...line("TEA", "3"), warehouseId: "SOUTH" },
 * ];
 * const plan = planCompleteShipments(orders, stock, { shipmentCost: decimal("8"), steps: 1000 });
 * plan.ok && plan.value.shipments.map(({ orderNo, warehouseId }) => [orderNo, warehouseId]); // => [["SO-1","SOUTH"],["SO-2","NORTH"]]
 * plan.ok && [plan.value.net, plan.value.optimal]; // => ["124",true]
 * ```
 */
export function planCompleteShipments(
  orders: readonly ShippedOrderWish[],
  stock: readonly WarehouseQuantity[],
  { shipmentCost, steps: budget, protection = [] }: CompleteShipmentsPolicy,
): Result<CompleteShipmentsPlan, CompleteOrdersIssue> {
  if (!Number.isSafeInteger(budget) || budget < 1) throw new RangeError("Steps must be a positive whole number.");
  const tooLong = issue("complete.out_of_range", [], { limit: Number.MAX_SAFE_INTEGER });
  const faults = completionFaults(orders, stock, protection);
  if (isNegative(shipmentCost)) faults.push(issue("complete.negative", ["shipmentCost"], { value: shipmentCost }));
  const wishes = [...orders].sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1));
  const offers = stock.map(({ itemCode, quantity }) => ({ itemCode, quantity }));
  const whole = contestOf(wishes, offers, "value");
  const yard = whole === undefined ? undefined : yardOf(whole, stock);
  if (whole === undefined || yard === undefined) return refuse([...faults, tooLong]);
  if (faults.length > 0) return refuse(faults);
  const ruled = withRulePools(wishes, offers, protection);
  const bound = protection.length === 0 ? whole : contestOf(ruled.wishes, ruled.offers, "value");
  if (bound === undefined) return refuse([tooLong]);

  const sets = warehouseSets(yard.warehouses.length);
  const least = whole.uses.map((uses) => leastWarehouses(servedOrder(uses), yard.units, yard.warehouses.length, sets));
  const worth = wishes.map(({ value }, order) => subtract(value, multiply(shipmentCost, fromUnits(least[order]!, 0))));
  const isWorthIt = worth.map((own) => compare(own, ZERO) > 0);
  const candidates = ruled.wishes.flatMap(({ orderNo, needs }, order) =>
    isWorthIt[order] ? [{ orderNo, needs, value: worth[order]!, order }] : [],
  );
  const contest = contestOf(candidates, ruled.offers, "value");
  if (contest === undefined) return refuse([tooLong]);
  const choice = chooseComplete(contest, Math.ceil(budget / 2));
  const served = candidates.flatMap(({ order }, place) => (choice.taken.has(place) ? [order] : []));
  const plan = fewestShipments(
    served.map((order) => servedOrder(whole.uses[order]!)),
    yard.units,
    yard.warehouses.length,
    budget - choice.steps,
  );
  const kept = served.flatMap((order, place) =>
    compare(wishes[order]!.value, multiply(shipmentCost, fromUnits(plan.shipments[place]!, 0))) > 0
      ? [{ order, place }]
      : [],
  );
  const shipments = kept.flatMap(({ order, place }) =>
    shipmentsOf(whole, yard.warehouses, plan, order, place, wishes[order]!.orderNo),
  );
  const value = sum(kept.map(({ order }) => wishes[order]!.value));
  const cost = multiply(shipmentCost, fromUnits(shipments.length, 0));
  const upperBound = fromUnits(choice.bound, contest.valueScale);
  const gap = subtract(upperBound, subtract(value, cost));
  return ok({
    complete: kept.map(({ order }) => wishes[order]!.orderNo),
    incomplete: incompleteOrders(wishes, bound, new Set(kept.map(({ order }) => order)), isWorthIt),
    shipments,
    value,
    cost,
    net: subtract(value, cost),
    upperBound,
    gap,
    optimal: gap === ZERO,
    steps: choice.steps + plan.steps,
  });
}

/** Stock by item and warehouse in whole units. */
interface Yard {
  readonly warehouses: readonly WarehouseId[];
  readonly units: Float64Array;
}

function yardOf({ pools, stock, scale }: Contest, offers: readonly WarehouseQuantity[]): Yard | undefined {
  const warehouses = [...new Set(offers.map(({ warehouseId }) => warehouseId))].sort();
  const siteOf = new Map(warehouses.map((warehouseId, site) => [warehouseId, site]));
  const poolOf = new Map(pools.map(({ itemCode }, pool) => [itemCode, pool]));
  const units = new Float64Array(pools.length * warehouses.length);
  for (const { itemCode, warehouseId, quantity } of offers) {
    const pool = poolOf.get(itemCode);
    if (pool === undefined) continue;
    const place = pool * warehouses.length + siteOf.get(warehouseId)!;
    // More than everybody together can take counts as just that, so that no figure is too long.
    units[place] = Math.min(stock[pool]!, units[place]! + (toSafeUnits(quantity, scale) ?? stock[pool]!));
  }
  return units.every(Number.isSafeInteger) ? { warehouses, units } : undefined;
}

const servedOrder = (uses: Contest["uses"][number]): { items: number[]; units: number[] } => {
  const wanted = uses.filter(({ units }) => units > 0);
  return { items: wanted.map(({ pool }) => pool), units: wanted.map(({ units }) => units) };
};

function shipmentsOf(
  { uses, pools, scale }: Contest,
  warehouses: readonly WarehouseId[],
  { takes }: ShipmentPlan,
  order: number,
  place: number,
  orderNo: string,
): CompleteShipment[] {
  const { items } = servedOrder(uses[order]!);
  return warehouses.flatMap((warehouseId, site): CompleteShipment[] => {
    const taken = items.flatMap((pool, line) => {
      const units = takes[place]![line * warehouses.length + site]!;
      return units > 0 ? [{ itemCode: pools[pool]!.itemCode, quantity: fromUnits(units, scale) }] : [];
    });
    return taken.length === 0 ? [] : [{ orderNo, warehouseId, items: taken }];
  });
}
