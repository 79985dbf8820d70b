import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { ItemCode, LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { DatedQuantity } from "./available-to-promise.js";
import type { SupplyLimit } from "../model/supply-rule.js";

/** An order for which promises are wanted. */
export interface OrderToPromise {
  /** Order. */
  readonly order: Order;
  /** Day on which its goods must be ready to leave; the requested delivery date when absent, else as soon as possible. */
  readonly neededOn?: CalendarDay;
  /** Customer group for caps and minimums; the order's customer class when absent. */
  readonly group?: string;
}

/**
 * Why a line is promised what it is promised.
 *
 * | code | meaning |
 * |---|---|
 * | `on_time` | all of it, by the day on which it is needed |
 * | `late` | all of it, and a part after that day |
 * | `on_hold` | a hold keeps it from being allocated |
 * | `group_incomplete` | it could be had, but not all lines that must come together with it |
 * | `group_cap` | the customer's group has used up its cap |
 * | `below_quantum` | what is left is less than the smallest deliverable step |
 * | `partial_not_allowed` | a part is there, and the customer takes all or nothing |
 * | `protected_for_others` | what is left is kept for other customer groups |
 * | `taken_by_earlier` | demand that comes first takes it, promised or not |
 * | `no_supply` | nothing is there and nothing is expected |
 *
 * **Source:** mission 8.1, 8.9
 */
export type PromiseReasonCode =
  | "on_time"
  | "late"
  | "on_hold"
  | "group_incomplete"
  | "below_quantum"
  | "partial_not_allowed"
  | "taken_by_earlier"
  | "no_supply"
  | SupplyLimit;

/** A part of a promise. */
export interface PromisedPart extends DatedQuantity {
  /** `onHand`: what is there today would do; `scheduled`: it rests on supply that is expected. */
  readonly kind: "onHand" | "scheduled";
}

/** What can be promised for one line, and why; quantities in the base unit. */
export interface PromisedLine {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity that waits. */
  readonly requested: Decimal;
  /** Quantity that can be promised. */
  readonly promised: Decimal;
  /** Quantity that cannot. */
  readonly short: Decimal;
  /** What is ready when, earliest first. */
  readonly parts: readonly PromisedPart[];
  /** What the promise rests on: that of its last part; `none` where nothing is promised. */
  readonly kind: PromisedPart["kind"] | "none";
  /** Day on which all that is promised is ready; absent where nothing is. */
  readonly day?: CalendarDay;
  /** Why. */
  readonly code: PromiseReasonCode;
  /** Line that it must come together with and that sets its day, or keeps it from being promised; absent for most. */
  readonly waitsFor?: LineId;
}
