import type { Issue } from "../core/issue.js";
import type { OrderEvent } from "./event.js";
import type { OrderNo } from "./ids.js";
import type { StockMovement } from "./movement.js";
import type { Order } from "./order.js";
import type { HostRequest } from "./request.js";

/**
 * The answer of a decision on one order. The host stores all four in one transaction.
 */
export interface Outcome {
  /** The order as it is now. */
  readonly order: Order;
  /** What happened. */
  readonly events: readonly OrderEvent[];
  /** Movements to post to stock. */
  readonly movements: readonly StockMovement[];
  /** What the host must do besides. */
  readonly requests: readonly HostRequest[];
}

/** An order that a batch left alone, and why. */
export interface RefusedOrder {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Why. */
  readonly issues: readonly Issue[];
}

/**
 * The answer of a decision on many orders.
 */
export interface BatchOutcome {
  /** Every order of the batch as it is now, in the order of the input. */
  readonly orders: readonly Order[];
  /** What happened. */
  readonly events: readonly OrderEvent[];
  /** Movements to post to stock. */
  readonly movements: readonly StockMovement[];
  /** What the host must do besides. */
  readonly requests: readonly HostRequest[];
  /**
   * Orders that were left alone, each with all reasons. What stands against the command or the policy as a whole is told of
   * each of them, since each is left alone for it: whoever reads or stores refusals order by order misses none. Orders that are
   * left alone for the same reasons share one list of them, so a hundred thousand refusals take no more memory than one; who
   * stores the whole answer as text writes it once for each order, and better stores it order by order.
   */
  readonly refused: readonly RefusedOrder[];
}
