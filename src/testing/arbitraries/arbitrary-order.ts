import { integer, tuple, type Arbitrary } from "fast-check";
import type { Order } from "../../model/order.js";
import { arbitraryOrderPlan, type OrderBounds } from "./arbitrary-order-plan.js";
import { orderFromPlan } from "./order-from-plan.js";

/**
 * Orders at any point of their life: just entered, planned, half picked and half short, under way, finished, given up;
 * with several places and lots to a line, further units, discounts, holds, promises, invoices and payments. Every one
 * keeps the laws of `checkOrderConservation`, `checkOrderRecords` and `checkMoney`.
 *
 * @param bounds number of lines and size of the buckets
 * @returns a fast-check arbitrary
 *
 * **Source:** mission 11.1
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitraryOrder, checkMoney, checkOrderRecords } from "ordercycle/testing";
 * fc.sample(arbitraryOrder(), 50).flatMap((order) => [...checkOrderRecords(order), ...checkMoney(order)]); // => []
 * ```
 */
export function arbitraryOrder(bounds: OrderBounds = {}): Arbitrary<Order> {
  return tuple(arbitraryOrderPlan(bounds), integer({ min: 1, max: 9999 })).map(([plan, number]) =>
    orderFromPlan(plan, `SO-${number}`),
  );
}
