import { compare, scaleOf, sum, toSafeUnits, type Decimal } from "../core/decimal.js";
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
  const comparisons = [...keys, ...LAST_KEYS].map((key) => comparisonOf(key, orders.map(READERS[key.key])));
  return orders
    .map((_, position) => position)
    .sort((a, b) => {
      for (const compareBy of comparisons) {
        const order = compareBy(a, b);
        if (order !== 0) return order;
      }
      return 0;
    });
}

/** Compares two positions by one key. */
function comparisonOf(
  { key, direction, nulls = "last" }: PriorityKey,
  values: readonly KeyValue[],
): (a: number, b: number) => number {
  const before = direction === "ascending" ? -1 : 1;
  const withoutValue = nulls === "last" ? 1 : -1;
  const column = isDecimalKey(key) ? (asUnits(values as readonly (Decimal | undefined)[]) ?? values) : values;
  const isText = isDecimalKey(key) && column === values;
  return (a, b) => {
    const left = column[a];
    const right = column[b];
    if (left === right) return 0;
    if (left === undefined) return withoutValue;
    if (right === undefined) return -withoutValue;
    if (isText) return compare(left as Decimal, right as Decimal) * -before;
    return left < right ? before : -before;
  };
}

/** Decimals counted in the finest of their units, which compare far faster; undefined where numbers cannot hold them. */
function asUnits(values: readonly (Decimal | undefined)[]): readonly (number | undefined)[] | undefined {
  const scale = values.reduce((finest, value) => Math.max(finest, value === undefined ? 0 : scaleOf(value)), 0);
  const units = values.map((value) => (value === undefined ? undefined : toSafeUnits(value, scale)));
  return units.every((unit, position) => (unit === undefined) === (values[position] === undefined)) ? units : undefined;
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
