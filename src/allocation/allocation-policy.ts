import type { PolicyIdentity } from "../model/allocation-plan.js";
import type { LotRestriction } from "../model/lot-restrictions.js";
import type { LotRule } from "../model/lot-order.js";
import type { SupplyRule } from "../model/supply-rule.js";
import type { BinFacts, WarehousePicking } from "./picking-policy.js";
import type { WarehouseFacts } from "../model/warehouse-facts.js";
import type { Sourcing } from "./sourcing-policy.js";
import type { BatchSharing } from "./fair-share/batch-sharing.js";

/**
 * A field of the order that a key of the order of service compares.
 *
 * | key | compares |
 * |---|---|
 * | `promisedClass` | pre-booked, then deferred, then back-fill, then the rest: what was promised before comes first |
 * | `customerClass` | the customer class at entry, as text (`A` before `B`) |
 * | `customerType` | the customer type at entry, as text |
 * | `customerCode` | the customer, as text |
 * | `creditRating` | the credit grade at entry, as text |
 * | `orderAmount` | the amount to pay |
 * | `orderQuantity` | the ordered quantity in base units, over all lines |
 * | `orderLines` | the number of lines |
 * | `requestedDeliveryDate` | the wanted day of delivery |
 * | `promisedDate` | the earliest day that the customer was told last for a line |
 * | `deliveryWave` | the delivery wave, as text |
 * | `channel`, `orderSource` | how the order came in and arose, as text |
 * | `waitingSince` | the instant since when its oldest shortage waits; of receipt, when nothing is short |
 * | `orderDate` | the day of the order |
 * | `receivedAt` | the instant of receipt |
 * | `orderNo` | the order number, as text |
 *
 * **Source:** mission 9.10, 9.11, 9.12; definition B4
 */
export type PriorityKeyName =
  | "promisedClass"
  | "customerClass"
  | "customerType"
  | "customerCode"
  | "creditRating"
  | "orderAmount"
  | "orderQuantity"
  | "orderLines"
  | "requestedDeliveryDate"
  | "promisedDate"
  | "deliveryWave"
  | "channel"
  | "orderSource"
  | "waitingSince"
  | "orderDate"
  | "receivedAt"
  | "orderNo";

/** Compares a field of the order. */
export interface FieldKey {
  /** What is compared. */
  readonly key: PriorityKeyName;
  /**
   * Values from the first served to the last, for fields whose text says nothing about rank (`channel`); the values that
   * it does not name are equal to each other and come after all of these.
   */
  readonly ranking?: readonly string[];
  /** `ascending` serves the smaller value first. */
  readonly direction: "ascending" | "descending";
  /** Where orders without a value stand. Default `last`. */
  readonly nulls?: "first" | "last";
}

/**
 * Serves those first who have waited too long or were set back too often, so that nobody starves behind better orders.
 * Needs the instant of the run, and counts of displacement where they are named.
 */
export interface AgedKey {
  /** Kind of key. */
  readonly key: "aged";
  /** Aged is who has waited at least so many times 24 hours, since the oldest shortage or since receipt. */
  readonly afterDays?: number;
  /** Aged is who was displaced at least so many times. */
  readonly afterDisplacements?: number;
}

/** Compares what a function of the host says about an order: the way out for what no field can express. */
export interface HostKey {
  /** Kind of key. */
  readonly key: "host";
  /** Name of the function among those of the run. */
  readonly name: string;
  /** `ascending` serves the smaller value first. */
  readonly direction: "ascending" | "descending";
  /** Where orders without a value stand. Default `last`. */
  readonly nulls?: "first" | "last";
}

/** One key of the order of service. **Source:** mission 9.10, 9.11, 9.12; definition B4 */
export type PriorityKey = FieldKey | AgedKey | HostKey;

/** How stock is given to orders, as data that a host stores. */
export interface AllocationPolicy {
  /** The host's own id, version and name of the policy; kept in plans and events. */
  readonly identity?: PolicyIdentity;
  /** Keys of the order of service, first key first. Receipt, order number and line number always end the chain. */
  readonly priority: readonly PriorityKey[];
  /** Which warehouses serve an order. */
  readonly sourcing: Sourcing;
  /**
   * The warehouses as the master has them: the areas that they serve, their vehicles and the temperatures that they keep.
   * One that may not serve a line is not asked; one that is not listed may serve all.
   */
  readonly warehouses?: readonly WarehouseFacts[];
  /** Which lot goes first inside a warehouse. */
  readonly lots: LotRule;
  /** Lots that are not for every area and customer, each once; all others are. */
  readonly lotRestrictions?: readonly LotRestriction[];
  /** Which bin goes first, by warehouse; elsewhere lots go as `lots` has them. */
  readonly picking?: readonly WarehousePicking[];
  /** The bins as the master has them; needed where warehouses pick by bin, or keep temperatures by bin. */
  readonly bins?: readonly BinFacts[];
  /** Whether every line must come from one lot; lines can ask for it themselves. */
  readonly oneLotPerLine?: boolean;
  /** Items that are shared out where there is not enough for all, by the first entry that names them. Default none. */
  readonly sharing?: readonly BatchSharing[];
  /**
   * Caps and protected minimums of customer groups, the same rules with which orders are promised. The group of an order
   * is its customer class; what is reserved for a group, or was promised to it, stands in `consumed`. Default none.
   */
  readonly protection?: readonly SupplyRule[];
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
