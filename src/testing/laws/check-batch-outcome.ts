import type { Order } from "../../model/order.js";
import type { BatchOutcome } from "../../model/outcome.js";
import { checkOutcome } from "./check-outcome.js";
import { mustEqual, type LawViolation } from "./law-violation.js";

/**
 * Checks every law that a decision on many orders must keep: those of {@link checkOutcome} for each order by itself, and
 * that no order is lost.
 *
 * **Rules**
 * 1. The orders come back in the order in which they were given.
 * 2. Each order's events and movements, picked out by its number, keep the laws of a single decision.
 *
 * @param before the orders that were decided on
 * @param outcome of the decision
 * @returns every violation; empty when all laws hold. Linear in orders, events and movements.
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { anyOrder, checkBatchOutcome } from "ordercycle/testing";
 * const orders = [anyOrder({ orderNo: "A" }), anyOrder({ orderNo: "B" })];
 * checkBatchOutcome(orders, { orders, events: [], movements: [], requests: [], refused: [] }); // => []
 * ```
 */
export function checkBatchOutcome(before: readonly Order[], outcome: BatchOutcome): LawViolation[] {
  const numbers = (orders: readonly Order[]): string => orders.map(({ orderNo }) => orderNo).join(", ");
  const events = grouped(outcome.events);
  const movements = grouped(outcome.movements);
  const requests = grouped(outcome.requests);
  const orderBefore = new Map(before.map((order) => [order.orderNo as string, order]));
  return [
    ...mustEqual("every order comes back in its place", "batch", numbers(before), numbers(outcome.orders)),
    ...outcome.orders.flatMap((order) =>
      checkOutcome(orderBefore.get(order.orderNo), {
        order,
        events: events.get(order.orderNo) ?? [],
        movements: movements.get(order.orderNo) ?? [],
        requests: requests.get(order.orderNo) ?? [],
      }),
    ),
  ];
}

function grouped<Part extends { readonly orderNo?: string }>(parts: readonly Part[]): Map<string, Part[]> {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const group = groups.get(part.orderNo ?? "");
    if (group === undefined) groups.set(part.orderNo ?? "", [part]);
    else group.push(part);
  }
  return groups;
}
