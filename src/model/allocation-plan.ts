import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { AllocationReason } from "./allocation-reason.js";
import type { ItemCode, OrderNo } from "./ids.js";
import type { RefusedOrder } from "./outcome.js";
import type { StockSource } from "./stock.js";

/** Which policy decided: the host's own name and version for it, kept with what it decided. **Source:** mission 4.15 */
export interface PolicyIdentity {
  /** Id in the host's system. */
  readonly policyId: string;
  /** Version in the host's own count. */
  readonly version?: string;
  /** Name for people. */
  readonly name?: string;
}

/** What a planned line is to take from one place. */
export interface PlannedTake {
  /** Place. */
  readonly source: StockSource;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
}

/** What a plan has for one line: what it gets and why, and where it is to take that. `allocated` = all takes. */
export interface PlannedLine extends AllocationReason {
  /** Item. */
  readonly itemCode: ItemCode;
  /** What it is to take, in the order in which the places were asked. */
  readonly takes: readonly PlannedTake[];
}

/** What a plan has for one order. */
export interface PlannedOrder {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Version that was planned; the plan fits no other. */
  readonly version: number;
  /** Lines that wait, by their numbers. */
  readonly lines: readonly PlannedLine[];
}

/**
 * What an allocation would do, before anything is done: plain data that a host looks at, stores, shortens and applies.
 *
 * **Source:** mission 9.2, 9.10, 4.15
 */
export interface AllocationPlan {
  /** Instant for which it was made. */
  readonly at: Instant;
  /** Day for which it was made, in the seller's calendar. */
  readonly today: CalendarDay;
  /** Policy that decided, where it has a name. */
  readonly policy?: PolicyIdentity;
  /** Orders that take part, in the order of service. */
  readonly orders: readonly PlannedOrder[];
  /** Orders that take no part and why, by number. */
  readonly refused: readonly RefusedOrder[];
}
