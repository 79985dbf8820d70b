import type { Order } from "../model/order.js";
import type { OrderNo } from "../model/ids.js";
import type { PriorityKey } from "./allocation-policy.js";
import { chainOf, comparisonOf, keyValueOf, type ServiceFacts } from "./order-of-service.js";

/** Which key of the order of service put one order before another. **Source:** mission 9.10, 4.15; definition B4 */
export interface DecidingKey {
  /** Order that is served first. */
  readonly first: OrderNo;
  /** Order that is served after it. */
  readonly second: OrderNo;
  /** The key that decided. */
  readonly key: PriorityKey;
  /** Place of the key in the chain, 1 first; receipt and order number follow the keys of the policy. */
  readonly place: number;
  /** What the key saw of the first order, as text; absent where it has no value. */
  readonly firstValue?: string;
  /** What the key saw of the second order, as text; absent where it has no value. */
  readonly secondValue?: string;
}

/**
 * Says which key of the order of service decides between two orders.
 *
 * **Rules**
 * 1. The first key of the chain that tells the two apart decides; receipt and order number end every chain.
 * 2. The order that it serves first is the one that `orderOfService` serves first.
 * 3. Of the aged, 0 is who is aged and 1 who is not; of the promised classes, 0 is pre-booked, 1 deferred, 2 back-fill, 3
 *    the rest.
 *
 * @param orders two orders with different numbers
 * @param keys first key first
 * @param facts what keys need besides
 * @returns which order comes first, the key that decides, its place in the chain, and what it saw of both orders
 * @throws RangeError for two orders of one number, and whatever `orderOfService` throws for
 *
 * **Source:** mission 9.10, 9.11, 9.12, 4.15; definition B4
 * @example
 * ```ts
 * import { decidingKey, USUAL_PRIORITY } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const one = anyOrder({ orderNo: "SO-1", header: { customerClass: "B" } });
 * const two = anyOrder({ orderNo: "SO-2", header: { customerClass: "A" } });
 * const { first, place, firstValue, secondValue } = decidingKey([one, two], USUAL_PRIORITY);
 * [first, place, firstValue, secondValue]; // => ["SO-2",2,"A","B"]
 * ```
 */
export function decidingKey(
  orders: readonly [Order, Order],
  keys: readonly PriorityKey[],
  facts: ServiceFacts = {},
): DecidingKey {
  for (const [position, key] of chainOf(keys).entries()) {
    const order = comparisonOf(key, orders, facts)(0, 1);
    if (order === 0) continue;
    const [first, second] = order < 0 ? orders : [orders[1], orders[0]];
    const [firstValue, secondValue] = [first, second].map((each) => keyValueOf(key, each, facts));
    return {
      first: first.orderNo,
      second: second.orderNo,
      key,
      place: position + 1,
      ...(firstValue === undefined ? {} : { firstValue: String(firstValue) }),
      ...(secondValue === undefined ? {} : { secondValue: String(secondValue) }),
    };
  }
  throw new RangeError("Two orders have one number.");
}
