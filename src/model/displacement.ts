import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Actor } from "./actor.js";
import type { ItemCode, LineId, OrderNo } from "./ids.js";

/** A line of an order, by name. */
export interface LineName {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
}

/**
 * One line was set back for another: goods that were reserved for the victim are now reserved for the winner. A
 * displacement of which the customer was not told is a defect.
 *
 * **Source:** mission 8.7, 7.6; definition B15
 */
export interface Displacement {
  /** Line that lost goods. */
  readonly victim: LineName;
  /** Line that has them now. */
  readonly winner: LineName;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
  /** Day for which the victim was told its goods; absent when it was told none. */
  readonly oldDate?: CalendarDay;
  /** Day on which it will have them now; absent as long as nobody knows. */
  readonly newDate?: CalendarDay;
  /** Rule that decided, as a code. */
  readonly ruleId: string;
  /** Who decided. */
  readonly actor: Actor;
  /** When. */
  readonly at: Instant;
  /** What was agreed with the victim's customer, as a reference. */
  readonly consent?: string;
  /** When the victim's customer was told. */
  readonly customerToldAt?: Instant;
  /** When the goods were given back: from then on nobody is set back any more. */
  readonly undoneAt?: Instant;
}
