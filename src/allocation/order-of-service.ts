import type { CalendarDay } from "../core/calendar-day.js";
import { millisecondsBetween, type Instant } from "../core/instant.js";
import { sum, type Decimal } from "../core/decimal.js";
import { orderedInBaseUnit } from "../model/apply-changes.js";
import type { Order } from "../model/order.js";
import type { OrderNo } from "../model/ids.js";
import type { AgedKey, FieldKey, HostKey, PriorityKey, PriorityKeyName } from "./allocation-policy.js";
import { hostFunction, rankable } from "./host-function.js";
import { promisedClassOf } from "./promised-class.js";
import {
  byColumn,
  decimalColumn,
  rankedValues,
  sortedByColumns,
  type Comparison,
  type KeyColumn,
  type KeyValue,
} from "./key-columns.js";

/** What the order of service looks at besides the orders. */
export interface ServiceFacts {
  /** Instant of the run; needed by a key `aged` with days. */
  readonly at?: Instant;
  /** How often each order was set back for another; none when absent. */
  readonly timesDisplaced?: ReadonlyMap<OrderNo, number>;
  /**
   * Functions of the host by name. Each must answer with text or with numbers, and with the same for the same order;
   * undefined where it has no answer. What one throws comes out unchanged where the operation was called, and nothing is done.
   */
  readonly hostKeys?: Readonly<Record<string, (order: Order) => string | number | undefined>>;
}

/**
 * Puts orders into the order in which stock is offered to them. Every operation that gives or takes stock asks here, so
 * there is one order of service and not one for each button.
 *
 * **Rules**
 * 1. The keys are compared one after the other; orders without a value stand last, or first where the key says so.
 * 2. Receipt and order number end every chain, so the order is total and does not depend on the order of the input.
 * 3. A ranking serves its values in its own order; values that it does not name are equal, and come after them.
 * 4. The key `aged` serves those first who have waited too long or were set back too often.
 * 5. A key of the host is asked once for each order.
 *
 * @param orders each order number once
 * @param keys first key first
 * @param facts what keys need besides
 * @returns positions in `orders`, first served first. n log n in the orders.
 * @throws RangeError for a key of the host that is not there or says what does not rank – NaN, texts beside numbers –, an
 * `aged` key that names no limit, or one with days without the instant of the run
 *
 * **Source:** mission 9.2, 9.10, 9.11, 9.12; definition B4
 * @example
 * ```ts
 * import { orderOfService } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const orders = [anyOrder({ orderNo: "SO-2", header: { customerClass: "B" } }), anyOrder({ orderNo: "SO-1", header: { customerClass: "A" } })];
 * orderOfService(orders, [{ key: "customerClass", direction: "ascending" }]); // => [1,0]
 * const keys = [{ key: "aged", afterDisplacements: 2 }, { key: "customerClass", direction: "ascending" }] as const;
 * orderOfService(orders, keys, { timesDisplaced: new Map([["SO-2", 2]]) }); // => [0,1]
 * ```
 */
export function orderOfService(
  orders: readonly Order[],
  keys: readonly PriorityKey[],
  facts: ServiceFacts = {},
): number[] {
  return serviceByKnown(orders, keys, facts, {});
}

/** What keys say of the orders, where that is known already. */
type KnownKeys = Partial<Record<PriorityKeyName, readonly KeyValue[]>>;

/** Reads the fields that keys compare, order by order: who looks at the orders for other reasons reads them in passing. @internal */
export function keyReader(keys: readonly PriorityKey[]): { known: KnownKeys; read: (order: Order) => void } {
  const known: Partial<Record<PriorityKeyName, KeyValue[]>> = {};
  const columns = keys.flatMap(({ key }) => {
    if (key === "aged" || key === "host" || known[key] !== undefined) return [];
    const values: KeyValue[] = [];
    known[key] = values;
    return [{ values, reader: READERS[key] }];
  });
  const read = (order: Order): void => {
    for (const { values, reader } of columns) values.push(reader(order));
  };
  return { known, read };
}

/** The order of service where some keys were read before. @internal */
export function serviceByKnown(
  orders: readonly Order[],
  keys: readonly PriorityKey[],
  facts: ServiceFacts,
  known: KnownKeys,
): number[] {
  return sortedByColumns(
    orders.length,
    keys.map((key) => columnOf(key, orders, facts, known)),
    (positions) => {
      const some = positions.map((position) => orders[position] as Order);
      return LAST_KEYS.map((key) => columnOf(key, some, facts));
    },
  );
}

/** All keys of a chain, those that end every chain included. */
export function chainOf(keys: readonly PriorityKey[]): readonly PriorityKey[] {
  return [...keys, ...LAST_KEYS];
}

/** What one key of the chain says of two orders, by their positions. */
export function comparisonOf(key: PriorityKey, orders: readonly Order[], facts: ServiceFacts): Comparison {
  return byColumn(columnOf(key, orders, facts));
}

function columnOf(key: PriorityKey, orders: readonly Order[], facts: ServiceFacts, known: KnownKeys = {}): KeyColumn {
  switch (key.key) {
    case "aged":
      return { direction: "ascending", values: orders.map(ageOf(key, facts)) };
    case "host": {
      const ask = hostFunction(facts.hostKeys, key.name, "key");
      const values = orders.map((order) => ask(order));
      return { ...rankingOf(key), values: rankable(values, key.name) };
    }
    default: {
      const values = known[key.key] ?? orders.map(READERS[key.key]);
      if (key.ranking !== undefined) return { ...rankingOf(key), values: rankedValues(key.ranking, values) };
      return isDecimalKey(key.key)
        ? decimalColumn(values as readonly (Decimal | undefined)[], rankingOf(key))
        : { ...rankingOf(key), values };
    }
  }
}

/** Which way round a key ranks. */
function rankingOf({ direction, nulls = "last" }: FieldKey | HostKey): Pick<KeyColumn, "direction" | "nulls"> {
  return { direction, nulls };
}

/** 0 for who is aged, 1 for others. */
function ageOf(
  { afterDays, afterDisplacements }: AgedKey,
  { at, timesDisplaced }: ServiceFacts,
): (order: Order) => 0 | 1 {
  if (afterDays === undefined && afterDisplacements === undefined) {
    throw new RangeError("A key for the aged must say what is aged.");
  }
  if (afterDays !== undefined && at === undefined) throw new RangeError("Age in days needs the instant of the run.");
  return (order) => {
    const days = at === undefined ? 0 : millisecondsBetween(waitingSinceOf(order), at) / DAY;
    const isOld = afterDays !== undefined && days >= afterDays;
    const isSetBack =
      afterDisplacements !== undefined && (timesDisplaced?.get(order.orderNo) ?? 0) >= afterDisplacements;
    return isOld || isSetBack ? 0 : 1;
  };
}

const DAY = 86_400_000;

const LAST_KEYS: readonly FieldKey[] = [
  { key: "receivedAt", direction: "ascending" },
  { key: "orderNo", direction: "ascending" },
];

/** What a key reads from an order: for a field its value, for an aged order 0, for others 1. */
export function keyValueOf(key: PriorityKey, order: Order, facts: ServiceFacts): KeyValue {
  switch (key.key) {
    case "aged":
      return ageOf(key, facts)(order);
    case "host":
      return hostFunction(facts.hostKeys, key.name, "key")(order);
    default:
      return READERS[key.key](order);
  }
}

/** Reads a key from an order. Dates and instants compare as text in the order of time. */
const READERS: Readonly<Record<PriorityKeyName, (order: Order) => KeyValue>> = {
  promisedClass: promisedClassOf,
  customerClass: ({ header }) => header.customerClass,
  customerType: ({ header }) => header.customerType,
  customerCode: ({ header }) => header.customerCode,
  creditRating: ({ header }) => header.creditRating,
  orderAmount: ({ totals }) => totals?.payable,
  orderQuantity: ({ lines }) => sum(lines.map(orderedInBaseUnit)),
  orderLines: ({ lines }) => lines.length,
  requestedDeliveryDate: ({ header }) => header.requestedDeliveryDate,
  promisedDate: promisedDateOf,
  deliveryWave: ({ header }) => header.deliveryWaveId,
  channel: ({ header }) => header.channel,
  orderSource: ({ header }) => header.orderSource,
  waitingSince: waitingSinceOf,
  orderDate: ({ header }) => header.orderDate,
  receivedAt: ({ header }) => header.receivedAt,
  orderNo: ({ orderNo }) => orderNo,
};

function isDecimalKey(key: PriorityKeyName): boolean {
  return key === "orderAmount" || key === "orderQuantity";
}

function promisedDateOf({ lines }: Order): CalendarDay | undefined {
  const days = lines.flatMap(({ promises }) => promises.at(-1)?.day ?? []);
  return days.reduce<CalendarDay | undefined>(
    (first, day) => (first === undefined || day < first ? day : first),
    undefined,
  );
}

function waitingSinceOf({ header, lines }: Order): Instant {
  const since = lines.flatMap(({ shortages }) => shortages.map((shortage) => shortage.since));
  return (
    since.reduce<Instant | undefined>((first, at) => (first === undefined || at < first ? at : first), undefined) ??
    header.receivedAt
  );
}
