import { compare, sum, type Decimal } from "../core/decimal.js";
import { orderedInBaseUnit } from "../model/apply-changes.js";
import { holds } from "../model/status-of.js";
import type { Order } from "../model/order.js";
import type { PriorityKey, PriorityKeyName } from "./allocation-policy.js";

/**
 * Puts orders into the order in which stock is offered to them.
 *
 * **Rules**
 * 1. The keys are compared one after the other; orders without a value stand last, or first where the key says so.
 * 2. Receipt and order number end every chain, so the order is total and does not depend on the order of the input.
 *
 * @param orders each order number once
 * @param keys first key first
 * @returns positions in `orders`, first served first. n log n in the orders.
 *
 * **Source:** mission 9.2, 9.10, 9.11, 9.12; definition B4
 * @example
 * ```ts
 * import { orderOfService } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const orders = [anyOrder({ orderNo: "SO-2", header: { customerClass: "B" } }), anyOrder({ orderNo: "SO-1", header: { customerClass: "A" } })];
 * orderOfService(orders, [{ key: "customerClass", direction: "ascending" }]); // => [1,0]
 * ```
 */
export function orderOfService(orders: readonly Order[], keys: readonly PriorityKey[]): number[] {
  const chain: readonly PriorityKey[] = [...keys, ...LAST_KEYS];
  const columns = chain.map(({ key }) => orders.map(READERS[key]));
  return orders
    .map((_, position) => position)
    .sort((a, b) => {
      for (const [index, { key, direction, nulls = "last" }] of chain.entries()) {
        const left = columns[index]?.[a];
        const right = columns[index]?.[b];
        if (left === right) continue;
        if (left === undefined) return nulls === "last" ? 1 : -1;
        if (right === undefined) return nulls === "last" ? -1 : 1;
        const order = isDecimalKey(key) ? compare(left as Decimal, right as Decimal) : left < right ? -1 : 1;
        if (order !== 0) return direction === "ascending" ? order : -order;
      }
      return 0;
    });
}

const LAST_KEYS: readonly PriorityKey[] = [
  { key: "receivedAt", direction: "ascending" },
  { key: "orderNo", direction: "ascending" },
];

type KeyValue = string | number | undefined;

/** Reads a key from an order. Dates and instants compare as text in the order of time. */
const READERS: Readonly<Record<PriorityKeyName, (order: Order) => KeyValue>> = {
  promisedClass: promisedClassOf,
  customerClass: ({ header }) => header.customerClass,
  creditRating: ({ header }) => header.creditRating,
  orderAmount: ({ totals }) => totals?.payable,
  orderQuantity: ({ lines }) => sum(lines.map(orderedInBaseUnit)),
  requestedDeliveryDate: ({ header }) => header.requestedDeliveryDate,
  orderDate: ({ header }) => header.orderDate,
  receivedAt: ({ header }) => header.receivedAt,
  orderNo: ({ orderNo }) => orderNo,
};

function isDecimalKey(key: PriorityKeyName): boolean {
  return key === "orderAmount" || key === "orderQuantity";
}

/** 0 pre-booked, 1 deferred, 2 back-fill, 3 none of them. */
function promisedClassOf({ header, lines }: Order): number {
  if (header.preBooked === true) return 0;
  if (holds(lines, "deferred")) return 1;
  return holds(lines, "backfill") ? 2 : 3;
}
