import type { CalendarDay } from "../core/calendar-day.js";
import type { Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { AllocationPlan, PlannedOrder } from "../model/allocation-plan.js";
import type { ItemCode, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";
import { stockOnce } from "../model/stock-once.js";
import type { StockPosition } from "../model/stock.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { checkAllocationPolicy, type AllocationPolicyIssue } from "./check-allocation-policy.js";
import type { HearProgress } from "./allocation-progress.js";
import { reasonCodes } from "./allocation-reasons.js";
import { columnsInOrder, readBatch } from "./batch-columns.js";
import { keyReader, serviceByKnown, type ServiceFacts } from "./order-of-service.js";
import { plannedOrders } from "./planned-orders.js";
import { serveOrders, type ServingContext } from "./serve-orders.js";
import { takesOf } from "./takes-of.js";
import { takesOfWholeOrders, toldOfWaiting } from "./whole-orders.js";

/** What planning an allocation needs to know. */
export interface PlanAllocationContext
  extends Pick<ServiceFacts, "timesDisplaced" | "hostKeys">, Pick<ServingContext, "hostRanks" | "linesTaken"> {
  /** Instant of the run. */
  readonly at: Instant;
  /** How stock is given to orders. */
  readonly policy: AllocationPolicy;
  /** Today in the seller's calendar: lots that expire today or earlier are not offered. */
  readonly today: CalendarDay;
  /** Hears how far a long run has come. */
  readonly onProgress?: HearProgress;
}

/** Why an order takes no part in a plan. */
export type PlanAllocationIssue =
  | TransitionIssue
  | AllocationPolicyIssue
  | IssueOf<{
      "allocate.nothing_waiting": { readonly orderNo: OrderNo };
      "allocate.quantity_out_of_range": { readonly itemCode: ItemCode };
    }>;

/**
 * Works out what an allocation would do, and does nothing: one declared order of service, the nearest warehouse that has
 * the goods, the lots as the rule has them, and for each line what it would take, what stays short and why. The plan is
 * plain data: look at it, store it, strike orders out of it, write your own rows from it, or hand it to
 * `applyAllocationPlan`.
 *
 * **Rules**
 * 1. Orders are served as the policy's chain ranks them, lines within an order by their numbers; the order of the input
 *    changes nothing.
 * 2. A line asks for what is open and for what went short before.
 * 3. Each line takes from the warehouses as the policy finds them – the nearest first, one for the whole order, chosen, or
 *    ranked – and there from bins and lots in their order; a line that names a lot takes no other. Only our own usable
 *    stock is offered, goods in store for a customer only to that customer's draw-downs. A warehouse that does not serve
 *    the order's area, has no vehicle for its street or does not keep the line's temperature is not asked, and named;
 *    so is a lot that is not for the order's area or customer.
 * 4. A line that may not come in parts is served in full, as far as its step allows, or not at all; a line with a step
 *    gets multiples of it.
 * 5. An order that may not be allocated now, waits for nothing, or wants an item that cannot be counted exactly, is
 *    refused with its reasons and takes nothing. With a policy that `checkAllocationPolicy` faults every order is, for
 *    each of its faults.
 * 6. The plan names the version of each order, and the policy where that has an identity.
 * 7. Who hears the progress changes nothing.
 * 8. No line takes what is kept for other customer groups, and no group more than its cap, whatever its rank: as the policy
 *    has them. What a group takes uses up its own. The reason names what was kept from a line.
 *
 * @param orders each order once
 * @param stock positions, each place once
 * @returns the plan. n log n in lines and lots.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 4.15, 5.3, 5.5, 8.9, 9.2, 9.7, 9.9, 9.10, 9.11, 9.12; definitions B1, B4, B5, B9
 * @example
 * ```ts
 * import { calendarDay, planAllocation, USUAL_PRIORITY } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const orders = ["SO-1", "SO-2"].map((orderNo) => anyOrder({ orderNo, stage: "confirmed", lines: [{ itemCode: "TEA", orderedQty: "30" }] }));
 * const stock = anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand: "40" });
 * const policy = { priority: USUAL_PRIORITY, sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * plan.orders[1]!.lines[0]!; // => {"orderNo":"SO-2","lineId":"SO-2-1","rank":2,"requested":"30","allocated":"10","short":"20","code":"served_in_part","warehouses":["NORTH"],"itemCode":"TEA","takes":[{"source":{"warehouseId":"NORTH"},"quantity":"10"}]}
 * ```
 */
export function planAllocation(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  context: PlanAllocationContext,
): AllocationPlan {
  return planUnchecked(orders, stockOnce(stock), context);
}

/**
 * As {@link planAllocation}, also where a place is listed twice: what comes to a place may be tried beside what lies there.
 *
 * @internal
 */
export function planUnchecked(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  context: PlanAllocationContext,
): AllocationPlan {
  const { policy, today, at } = context;
  const faults = checkAllocationPolicy(policy).map((fault) => ({ ...fault, path: ["policy", ...fault.path] }));
  // What is no policy at all has no identity either.
  const identity = faults.some(({ path }) => path.length === 1 || path[1] === "identity") ? undefined : policy.identity;
  const refusals = new Map<OrderNo, readonly PlanAllocationIssue[]>();
  const able: Order[] = [];
  for (const order of ordersOnce(orders)) {
    const own = checkTransition(order, "allocate");
    const issues = own.length === 0 ? faults : [...faults, ...own];
    if (issues.length > 0) refusals.set(order.orderNo, issues);
    else able.push(order);
  }
  const planned = planOf(able, stock, context, refusals);
  return {
    at,
    today,
    ...(identity === undefined ? {} : { policy: identity }),
    orders: planned,
    refused: [...refusals]
      .map(([orderNo, issues]) => ({ orderNo, issues }))
      .sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1)),
  };
}

/** Plans orders that may be allocated now; those that wait for nothing or cannot be counted are refused. */
function planOf(
  able: readonly Order[],
  stock: readonly StockPosition[],
  context: PlanAllocationContext,
  refusals: Map<OrderNo, readonly PlanAllocationIssue[]>,
): readonly PlannedOrder[] {
  if (able.length === 0) return [];
  const { policy, today, onProgress } = context;
  const keys = keyReader(policy.priority);
  const read = readBatch(able, stock, policy, today, onProgress, keys.read);
  const sequence = serviceByKnown(able, policy.priority, context, keys.known);
  const served = sequence.map((position) => able[position] as Order);
  const batch = columnsInOrder(read, served, sequence, today);
  const whole = takesOfWholeOrders(batch, (some) => takesOf(served, some, context), policy.sharing);
  const { waiting } = whole;
  const takes = toldOfWaiting(batch, whole, (some) => serveOrders(served, some, context));
  const planned = plannedOrders(served, batch, takes, reasonCodes(batch, takes, waiting), onProgress);
  for (const [position, order] of planned.entries()) {
    if (order !== undefined) continue;
    const { orderNo } = served[position] as Order;
    const tooLong = batch.outOfRange.get(position);
    const issues =
      tooLong === undefined
        ? [issue("allocate.nothing_waiting", ["lines"], { orderNo })]
        : tooLong.map((itemCode) => issue("allocate.quantity_out_of_range", ["lines"], { itemCode }));
    refusals.set(orderNo, issues);
  }
  return planned.filter((order) => order !== undefined);
}
