import type { AllocationPlan, PlannedLine } from "../model/allocation-plan.js";
import type { ItemCode } from "../model/ids.js";
import type { Order } from "../model/order.js";
import { holds } from "../model/status-of.js";
import type { StockPosition } from "../model/stock.js";
import { planUnchecked, type PlanAllocationContext } from "./plan-allocation.js";

/**
 * What a plan was made from.
 *
 * @internal
 */
export interface PlannedFrom extends Pick<
  PlanAllocationContext,
  "policy" | "timesDisplaced" | "hostKeys" | "hostRanks" | "linesTaken"
> {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
}

/**
 * Says whether a plan is what its orders and the facts lead to, as far as an item goes: planned again, every line of the
 * item takes the same for the same reason. A plan that was shortened where it matters is not.
 *
 * @internal
 */
export function isPlanOf(plan: AllocationPlan, itemCode: ItemCode, facts: PlannedFrom): boolean {
  const versions = new Map(facts.orders.map(({ orderNo, version }) => [orderNo, version]));
  if (plan.orders.some(({ orderNo, version }) => versions.get(orderNo) !== version)) return false;
  const { orders, places } = marketOf(plan, itemCode, facts);
  const again = planUnchecked(orders, places, { ...facts, at: plan.at, today: plan.today });
  return JSON.stringify(takesOfItem(again, itemCode)) === JSON.stringify(takesOfItem(plan, itemCode));
}

function takesOfItem({ orders }: AllocationPlan, itemCode: ItemCode) {
  return orders.flatMap(({ lines }) =>
    lines
      .filter((line) => line.itemCode === itemCode)
      .map(({ lineId, requested, code, takes }: PlannedLine) => [
        lineId,
        requested,
        code,
        takes.map(({ quantity, source: { warehouseId, binId, lotNo, owner } }) => [
          quantity,
          warehouseId,
          binId,
          lotNo,
          owner,
        ]),
      ]),
  );
}

/**
 * The orders of a plan and the stock without which an item would be given out otherwise.
 *
 * @internal
 */
export function marketOf(
  plan: AllocationPlan,
  itemCode: ItemCode,
  { orders, stock, policy }: PlannedFrom,
): { readonly orders: readonly Order[]; readonly places: readonly StockPosition[] } {
  const planned = new Set(plan.orders.map(({ orderNo }) => orderNo));
  const taking = orders.filter(({ orderNo }) => planned.has(orderNo));
  if (!isItemAlone(orders, policy)) return { orders: taking, places: stock };
  return {
    orders: contenders(taking, itemCode),
    places: stock.filter((position) => position.itemCode === itemCode),
  };
}

/**
 * Says whether an item is given out the same whatever becomes of other items.
 *
 * @internal
 */
export function isItemAlone(orders: readonly Order[], { sourcing, sharing }: PlannedFrom["policy"]): boolean {
  return (
    sourcing.kind === "nearest" &&
    sharing === undefined &&
    !orders.some(
      ({ header, lines }) =>
        header.shipComplete === true ||
        holds(lines, "deferred") ||
        lines.some(({ deliveryGroup }) => deliveryGroup !== undefined),
    )
  );
}

/**
 * The orders without which the item would be given out otherwise: those that want it, and the others of their customers,
 * since a next order lets a shortage go with it.
 */
function contenders(orders: readonly Order[], itemCode: ItemCode): readonly Order[] {
  const customers = new Set(
    orders
      .filter(({ lines }) => lines.some((line) => line.itemCode === itemCode))
      .map(({ header }) => header.customerCode),
  );
  return orders.filter(({ header }) => customers.has(header.customerCode));
}
