import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";

/**
 * Names what a line comes together with, all in full or nothing: its order, where that is shipped complete or was deferred
 * as a whole; its delivery group; or itself, where it may not come in parts.
 *
 * @param order the order
 * @param line one of its lines
 * @returns a name that all lines of one unit share and no others; undefined for a line that takes what it can get
 * @internal
 */
export function togetherWith(order: Order, line: OrderLine): string | undefined {
  if (order.header.shipComplete === true || waitsAsWhole(order)) return order.orderNo;
  if (line.deliveryGroup !== undefined) return `${order.orderNo}\n${line.deliveryGroup}`;
  return line.partialAllowed ? undefined : line.lineId;
}

/** Says whether an order was deferred as a whole. */
export function waitsAsWhole({ lines }: Order): boolean {
  return lines.some(({ shortages }) =>
    shortages.some(({ bucket, mode }) => bucket === "deferred" && mode === "wholeOrder"),
  );
}
