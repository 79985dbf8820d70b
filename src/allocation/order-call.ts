import type { SourcingReason } from "../model/allocation-reason.js";
import type { Order } from "../model/order.js";
import type { ServiceUnit } from "./line-server.js";

/** An order whose turn has come. */
export interface OrderCall {
  /** The order. */
  readonly order: Order;
  /** Row of its delivery area. */
  readonly area: number;
  /** Its lines, as they are served. */
  readonly units: readonly ServiceUnit[];
}

/** Where goods were asked for. */
export interface SourceAnswer {
  /** Warehouses that were asked, the first asked first; as its area has them when absent. */
  readonly warehouses?: readonly number[];
  /** How they were found. */
  readonly sourcing?: SourcingReason;
}

/** What became of an order's call. */
export interface CallAnswer extends SourceAnswer {
  /** The same by line, where lines were sourced apart. */
  readonly byLine?: ReadonlyMap<number, SourceAnswer>;
  /** Units that each line was offered at its turn, by its position; what it could have had after the call when absent. */
  readonly offered?: ReadonlyMap<number, number>;
  /**
   * Whether a line could be had now were it alone, as far as the limits of the policy go; it can wherever there is stock
   * when absent. Nothing stays taken.
   */
  readonly couldHave?: (line: number) => boolean;
}

/** Serves an order, and says how. */
export type ServeCall = (call: OrderCall) => CallAnswer;
