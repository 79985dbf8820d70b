import type { OrderNo } from "./ids.js";

/**
 * Makes sure that a list has each order once: an order that stood in it twice, or in two versions, would be served twice,
 * or double the figures of a report, without anybody seeing it.
 *
 * @param orders what is decided on, or what a report is drawn from
 * @returns the same list. Linear.
 * @throws RangeError when an order number is listed twice: a bug of the program that read the orders
 */
export function ordersOnce<Named extends { readonly orderNo: OrderNo }>(orders: readonly Named[]): readonly Named[] {
  const seen = new Set<OrderNo>();
  for (const { orderNo } of orders) {
    if (seen.has(orderNo)) throw new RangeError(`Order ${orderNo} is listed twice.`);
    seen.add(orderNo);
  }
  return orders;
}
