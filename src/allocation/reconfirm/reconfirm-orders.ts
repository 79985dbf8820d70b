import { issue } from "../../core/issue.js";
import { checkTransition } from "../../lifecycle/transitions.js";
import type { Displacement } from "../../model/displacement.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { Outcome } from "../../model/outcome.js";
import type { StockPosition } from "../../model/stock.js";
import { batchColumns } from "../batch-columns.js";
import { askedWarehouses, nearnessTable } from "../nearness-table.js";
import { orderOfService } from "../order-of-service.js";
import { moveReservations } from "./move-reservations.js";
import { orderDemands, poolsOf, type LineDemand } from "./order-demands.js";
import { reconfirm } from "./reconfirm.js";
import type {
  LineException,
  ReconfirmOrdersContext,
  ReconfirmOrdersIssue,
  ReconfirmOrdersOutcome,
} from "./reconfirm-orders-policy.js";
import { displacementsOf, exceptionsOf, outcomeOf } from "./write-reconfirmation.js";

/**
 * Decides anew which orders have which of the reserved and free goods, each by the strategy of its customer: some win,
 * some keep, some may only lose. Every reservation that moves has an event with its cause, and every order that was set
 * back for another is written down.
 *
 * **Rules**
 * 1. An order's strategy is that of the first rule that fits it. `reconfirm` then says what each line is to have, of what
 *    is free and what the lines have reserved and not picked.
 * 2. Winners take as in every allocation: warehouses and lots as the policy has them. What was given up and nobody could
 *    take stays where it was; nobody loses what nobody gets – but for those whose strategy is to lose.
 * 3. What a line gives up is open again; what it waited for – deferred, back-fill, open – is reserved.
 * 4. Lines on hold, draw-downs of goods in store and picked goods stay as they are; so do goods reserved where nobody may
 *    take them.
 * 5. A line that does not get what its strategy promises is an exception; with the policy `abort` nothing is changed then.
 * 6. An order for which nothing changes gets no event. Orders that may not be allocated, have nothing and wait for
 *    nothing, or cannot be counted, are refused with their reasons.
 * 7. Customers who were set back are to be told.
 *
 * @param orders each order once
 * @param stock positions, each place once
 * @param context policy, day, consents and dates
 * @returns the outcome with exceptions and displacements. n log n in lines and lots.
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 9.18, 8.7, 7.6; definitions B8, B15
 * @example
 * ```ts
 * import { calendarDay, reconfirmOrders } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const best = anyOrder({ orderNo: "SO-2", stage: "confirmed", header: { customerClass: "A" }, lines: [{ orderedQty: "8" }] });
 * const other = anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { customerClass: "B" }, lines: [{ quantities: { allocated: "10" } }] });
 * const allocation = { priority: [], sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const policy = {
 *   allocation, strategies: [{ customerClasses: ["A"], strategy: "win" as const }], otherwise: "fill" as const,
 *   onException: "abort" as const, redistribute: { kind: "inOrder" as const },
 * };
 * const outcome = reconfirmOrders([best, other], anyStock({ onHand: "12", reserved: "10" }), { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * outcome.orders.map(({ lines }) => lines[0]!.quantities.allocated); // => ["8", "4"]
 * outcome.displacements.map(({ victim, winner, quantity }) => [victim.lineId, winner.lineId, quantity]); // => [["SO-1-1","SO-2-1","6"]]
 * ```
 */
export function reconfirmOrders(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  context: ReconfirmOrdersContext,
): ReconfirmOrdersOutcome {
  const { policy, today } = context;
  if (new Set(orders.map(({ orderNo }) => orderNo)).size !== orders.length)
    throw new RangeError("An order is listed twice.");
  const refusals = new Map<OrderNo, readonly ReconfirmOrdersIssue[]>();
  const able = orders.filter((order) => {
    const issues = checkTransition(order, "allocate");
    if (issues.length > 0) refusals.set(order.orderNo, issues);
    return issues.length === 0;
  });
  const ranked = orderOfService(able, policy.allocation.priority, context).map((place) => able[place]!);
  const served = countable(ranked, stock, context, refusals);
  const warehouses = new Set(nearnessTable(askedWarehouses(policy.allocation.sourcing)).warehouseNumbers.keys());
  const demands = orderDemands(
    served,
    batchColumns(served, stock, policy.allocation, today),
    stock,
    warehouses,
    context,
  );
  const demandsOf = served.map((): LineDemand[] => []);
  for (const demand of demands) demandsOf[demand.order]!.push(demand);
  for (const [place, { orderNo }] of served.entries()) {
    if (demandsOf[place]!.length === 0)
      refusals.set(orderNo, [issue("reconfirm.nothing_to_confirm", ["lines"], { orderNo })]);
  }
  const pools = poolsOf(demands, stock, warehouses, context);
  const targets = reconfirm(demands, pools, {
    ...policy,
    onException: "bestEffort",
  });
  if (!targets.ok) {
    for (const { orderNo } of served) refusals.set(orderNo, targets.issues);
    return answer(new Map(), [], [], "done");
  }
  const targetOf = new Map(targets.value.demands.map(({ demandId, after }) => [demandId, after]));
  const moves = moveReservations(served, demands, targetOf, stock, context);
  const exceptions = exceptionsOf(served, demands, moves);
  if (policy.onException === "abort" && exceptions.length > 0) return answer(new Map(), exceptions, [], "aborted");
  const displacements = displacementsOf(served, demands, moves, pools, context);
  const ledgerOf = new Map<OrderNo, Displacement[]>();
  for (const displacement of displacements) {
    const { orderNo } = displacement.victim;
    ledgerOf.set(orderNo, [...(ledgerOf.get(orderNo) ?? []), displacement]);
  }
  const outcomes = new Map<OrderNo, Outcome>();
  for (const [place, order] of served.entries()) {
    const own = ledgerOf.get(order.orderNo) ?? [];
    const outcome = outcomeOf(order, demandsOf[place]!, moves, own, context);
    if (outcome !== undefined) outcomes.set(order.orderNo, outcome);
  }
  return answer(outcomes, exceptions, displacements, "done");

  function answer(
    written: ReadonlyMap<OrderNo, Outcome>,
    found: readonly LineException[],
    ledger: readonly Displacement[],
    result: ReconfirmOrdersOutcome["result"],
  ): ReconfirmOrdersOutcome {
    const all = [...written.values()];
    const movements = all.flatMap((outcome) => outcome.movements);
    return {
      orders: orders.map((order) => written.get(order.orderNo)?.order ?? order),
      events: all.flatMap(({ events }) => events),
      // What one order takes may be what another has given back.
      movements: [
        ...movements.filter(({ kind }) => kind === "release"),
        ...movements.filter(({ kind }) => kind !== "release"),
      ],
      requests: all.flatMap(({ requests }) => requests),
      refused: orders.flatMap(({ orderNo }) => {
        const issues = refusals.get(orderNo);
        return issues === undefined ? [] : [{ orderNo, issues }];
      }),
      exceptions: found,
      displacements: ledger,
      result,
    };
  }
}

/** Orders that can be counted exactly; the others are refused. */
function countable(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  { policy, today }: ReconfirmOrdersContext,
  refusals: Map<OrderNo, readonly ReconfirmOrdersIssue[]>,
): readonly Order[] {
  const { outOfRange } = batchColumns(orders, stock, policy.allocation, today);
  for (const [place, itemCodes] of outOfRange) {
    const issues = itemCodes.map((itemCode) => issue("allocate.quantity_out_of_range", ["lines"], { itemCode }));
    refusals.set(orders[place]!.orderNo, issues);
  }
  return orders.filter((_, place) => !outOfRange.has(place));
}
