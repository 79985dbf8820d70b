import type { DecisionContext } from "../model/actor.js";
import type { Order } from "../model/order.js";
import type { StockPosition } from "../model/stock.js";
import { applyAllocationPlan, type AllocationOutcome } from "./apply-allocation-plan.js";
import { planAllocation, type PlanAllocationContext, type PlanAllocationIssue } from "./plan-allocation.js";

/** What allocating a batch needs to know. */
export interface AllocateBatchContext extends DecisionContext, Omit<PlanAllocationContext, "at"> {}

/** Why an order takes no part in a batch. */
export type AllocateBatchIssue = PlanAllocationIssue;

/**
 * Gives stock to a batch of orders: one declared order of service, warehouses, bins and lots as the policy has them, and a
 * recorded reason for everything that stays short.
 *
 * **Rules**
 * 1. Orders are served as the policy's chain ranks them, lines within an order by their numbers; the order of the input
 *    changes nothing.
 * 2. A line asks for what is open and for what went short before; what went short is served first.
 * 3. Each line takes from the warehouses as the policy finds them – the nearest first, one for the whole order, chosen, or
 *    ranked – and there from bins and lots in their order; a line that names a lot takes no other. Only our own usable
 *    stock is offered, goods in store for a customer only to that customer's draw-downs.
 * 4. A line that may not come in parts is served in full, as far as its step allows, or not at all; a line with a step
 *    gets multiples of it. Lines that come together – of an order that is to ship complete, or of one delivery group – are
 *    all served so, or none of them; what a group gives up is offered to all that come after.
 * 5. An order that was deferred as a whole is served when all that it waits for can be had at its turn, and not at all
 *    before; until then it keeps its open quantity too. One that waits to be merged into the next order is left alone, with
 *    what was added to it.
 * 6. What stays open goes where the line's shortage policy says: recorded for back-fill, cancelled, or left open.
 * 7. An order for which nothing changes gets no event; running the batch again changes nothing more – unless short
 *    quantity left the order, or waits for another one, and what is left now fits where the whole of it did not.
 * 8. An order that may not be allocated now, waits for nothing, or wants an item that cannot be counted exactly, is left
 *    alone with its reasons; so is every order when `checkAllocationPolicy` finds fault with the policy.
 * 9. It is `planAllocation` and `applyAllocationPlan` in one.
 * 10. Where the policy has an item shared out of which more is wanted than there is, each line takes up to its share first,
 *    and what that leaves is offered again in the order of service.
 * 11. Caps and protected minimums of customer groups that the policy names come before all this: what is kept for others is
 *    not there for a line.
 *
 * @param orders each order once
 * @param stock positions, each place once
 * @returns the outcome with a reason for every line. n log n in lines and lots, once more for each round in which deferred
 * orders give way to each other.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 8.9, 9.2, 9.7, 9.8, 9.9, 9.10, 9.11, 9.12, 9.13, 9.15, 9.16, 12.2c; definitions B1, B4, B5, B6, B7, B9
 * @example
 * ```ts
 * import { allocateBatch, calendarDay, USUAL_PRIORITY } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const line = { itemCode: "TEA", orderedQty: "30", shortagePolicy: "backfillOnArrival" as const };
 * const orders = [
 *   anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { customerClass: "B" }, lines: [line] }),
 *   anyOrder({ orderNo: "SO-2", stage: "confirmed", header: { customerClass: "A" }, lines: [line] }),
 * ];
 * const stock = anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand: "40" });
 * const policy = { priority: USUAL_PRIORITY, sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const outcome = allocateBatch(orders, stock, { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * outcome.reasons.map(({ orderNo, allocated, code }) => [orderNo, allocated, code]); // => [["SO-2","30","served_in_full"],["SO-1","10","served_in_part"]]
 * outcome.orders[0]!.lines[0]!.quantities.backfill; // => "20"
 * ```
 */
export function allocateBatch(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  context: AllocateBatchContext,
): AllocationOutcome {
  return applyAllocationPlan(orders, planAllocation(orders, stock, context), context);
}
