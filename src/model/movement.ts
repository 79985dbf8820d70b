import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { ItemCode, LineId, OrderNo } from "./ids.js";
import type { StockSource } from "./stock.js";

/**
 * The accounts between which stock moves. `free`, `reserved`, `picked`, `inTransit`, `inbound` and `onOrder` are kept on
 * the stock position; `supplier`, `customer` and `lost` lie outside.
 */
export type StockAccount =
  "supplier" | "onOrder" | "inbound" | "free" | "reserved" | "picked" | "inTransit" | "customer" | "lost";

/** Kinds of stock movement. */
export type MovementKind =
  | "purchase"
  | "advise"
  | "receive"
  | "reserve"
  | "release"
  | "pick"
  | "put_back"
  | "issue"
  | "hand_over"
  | "take_back"
  | "bring_back"
  | "receive_return"
  | "lose"
  | "write_off"
  | "count_gain";

/**
 * From which account to which each kind moves its quantity: double entry, so nothing appears or vanishes.
 *
 * **Source:** mission 5.11
 */
export const MOVEMENT_ACCOUNTS: Readonly<
  Record<MovementKind, { readonly from: StockAccount; readonly to: StockAccount }>
> = {
  purchase: { from: "supplier", to: "onOrder" },
  advise: { from: "onOrder", to: "inbound" },
  receive: { from: "inbound", to: "free" },
  reserve: { from: "free", to: "reserved" },
  release: { from: "reserved", to: "free" },
  pick: { from: "reserved", to: "picked" },
  put_back: { from: "picked", to: "free" },
  issue: { from: "picked", to: "inTransit" },
  hand_over: { from: "inTransit", to: "customer" },
  take_back: { from: "inTransit", to: "free" },
  bring_back: { from: "inTransit", to: "picked" },
  receive_return: { from: "customer", to: "free" },
  lose: { from: "inTransit", to: "lost" },
  write_off: { from: "free", to: "lost" },
  count_gain: { from: "lost", to: "free" },
};

/**
 * One movement of stock, to be posted in the same transaction as the order that caused it.
 *
 * **Source:** mission 5.11
 */
export interface StockMovement extends StockSource {
  /** What kind. */
  readonly kind: MovementKind;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
  /** When. */
  readonly at: Instant;
  /** Order that caused it. */
  readonly orderNo?: OrderNo;
  /** Line that caused it. */
  readonly lineId?: LineId;
  /** Day of receipt, for a position that the movement opens. */
  readonly receivedOn?: CalendarDay;
  /** Expiry, for a position that the movement opens. */
  readonly expiresOn?: CalendarDay;
}
