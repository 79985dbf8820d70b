import type { WarehouseId } from "../model/ids.js";

/**
 * A key of the order of service.
 *
 * | key | compares |
 * |---|---|
 * | `promisedClass` | pre-booked, then deferred, then back-fill, then the rest: what was promised before comes first |
 * | `customerClass` | the customer class at entry, as text (`A` before `B`) |
 * | `creditRating` | the credit grade at entry, as text |
 * | `orderAmount` | the amount to pay |
 * | `orderQuantity` | the ordered quantity in base units, over all lines |
 * | `requestedDeliveryDate` | the wanted day of delivery |
 * | `orderDate` | the day of the order |
 * | `receivedAt` | the instant of receipt |
 * | `orderNo` | the order number, as text |
 *
 * **Source:** mission 9.10, 9.11, 9.12; definition B4
 */
export type PriorityKeyName =
  | "promisedClass"
  | "customerClass"
  | "creditRating"
  | "orderAmount"
  | "orderQuantity"
  | "requestedDeliveryDate"
  | "orderDate"
  | "receivedAt"
  | "orderNo";

/** One key with its direction. */
export interface PriorityKey {
  /** What is compared. */
  readonly key: PriorityKeyName;
  /** `ascending` serves the smaller value first. */
  readonly direction: "ascending" | "descending";
  /** Where orders without a value stand. Default `last`. */
  readonly nulls?: "first" | "last";
}

/** Which warehouse serves an order: the nearest that has the goods, by a table of areas. **Source:** mission 9.7 */
export interface NearestSourcing {
  /** Variant. */
  readonly kind: "nearest";
  /** Warehouses by delivery area, nearest first; the longest path that begins the order's path counts. */
  readonly areas: readonly {
    /** Delivery area, large to small. */
    readonly areaPath: readonly string[];
    /** Warehouses, nearest first. Others are not asked. */
    readonly warehouseIds: readonly WarehouseId[];
  }[];
  /** Warehouses for every other area, nearest first. */
  readonly otherwise: readonly WarehouseId[];
}

/**
 * Which lot goes first inside a warehouse.
 *
 * | value | order |
 * |---|---|
 * | `fifo` | day of receipt, lot number, bin; lots without a day last |
 * | `fefo` | expiry, then as `fifo`; lots without an expiry last |
 * | `lifo` | day of receipt from the latest on, then lot number and bin; lots without a day last |
 *
 * **Source:** mission 9.8, 9.9; definition B5
 */
export type LotRule = "fifo" | "fefo" | "lifo";

/** How stock is given to orders, as data that a host stores. */
export interface AllocationPolicy {
  /** Keys of the order of service, first key first. Receipt, order number and line number always end the chain. */
  readonly priority: readonly PriorityKey[];
  /** Which warehouse serves an order. */
  readonly sourcing: NearestSourcing;
  /** Which lot goes first inside a warehouse. */
  readonly lots: LotRule;
}

/**
 * The usual order of service: what was promised first, then customer class, amount and credit grade.
 *
 * **Source:** mission 9.10, 9.11, 9.12; definition B4
 */
export const USUAL_PRIORITY: readonly PriorityKey[] = [
  { key: "promisedClass", direction: "ascending" },
  { key: "customerClass", direction: "ascending" },
  { key: "orderAmount", direction: "descending" },
  { key: "creditRating", direction: "ascending" },
];
