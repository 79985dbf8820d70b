import type { OrderNo } from "../model/ids.js";

/**
 * Makes sure that a report is given each order once: an order that stood in the list twice, or in two versions, would
 * double its figures without anybody seeing it.
 *
 * @param orders what the report is drawn from
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
