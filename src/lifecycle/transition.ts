import type { Order, OrderStatus } from "../model/order.js";

/** Operations that the table knows. */
export type Operation =
  | "review"
  | "correct"
  | "price"
  | "revise"
  | "confirm"
  | "hold"
  | "releaseHold"
  | "allocate"
  | "release"
  | "defer"
  | "merge"
  | "join"
  | "reallocate"
  | "substitute"
  | "pick"
  | "load"
  | "ship"
  | "deliver"
  | "invoice"
  | "pay"
  | "amend"
  | "addOn"
  | "cancel"
  | "failDelivery"
  | "loseInTransit"
  | "findWrongItem"
  | "close";

/** A row of the table: what may be done in which status, and where it can lead. */
export interface Transition {
  /** Operation. */
  readonly operation: Operation;
  /** Statuses in which it may be tried; what it needs besides is its own guard. */
  readonly from: readonly OrderStatus[];
  /** Statuses that it can lead to, its own included where it may stay. */
  readonly to: readonly OrderStatus[];
  /** Set for an operation that changes papers but never the status. */
  readonly keepsStatus?: true;
  /** The steps that it usually takes an order; what the diagram draws. */
  readonly usual: readonly (readonly [from: OrderStatus, to: OrderStatus])[];
  /** What it needs besides the status, in a few words. */
  readonly guard: string;
  /** Whether the order has that; what depends on the command – a new id, a price that is there – is not asked here. */
  readonly isReady: (order: Order) => boolean;
}
