import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { StockMovement } from "../../src/model/movement.js";
import type { Order } from "../../src/model/order.js";
import type { BatchOutcome, Outcome, RefusedOrder } from "../../src/model/outcome.js";
import type { HostRequest } from "../../src/model/request.js";
import type { StockPosition } from "../../src/model/stock.js";

/** Orders and the stock that they hold. */
export interface World {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
}

/** What an operation answered, in one form for all. */
export interface Answer {
  /** Orders that were decided on. */
  readonly before: readonly Order[];
  /** The same orders afterwards, and those that began. */
  readonly orders: readonly Order[];
  readonly events: readonly OrderEvent[];
  readonly movements: readonly StockMovement[];
  readonly requests: readonly HostRequest[];
  readonly refused: readonly RefusedOrder[];
  /** The answer as it was given. */
  readonly value: unknown;
}

/** One call of an operation, ready to be made as often as one likes. */
export interface Attempt {
  /** Everything that is handed over: to be frozen before the call. */
  readonly input: unknown;
  readonly run: () => Answer;
  /** The same call with the lists of the input in another order; only for batches. */
  readonly runPermuted?: () => Answer;
}

/** The answer of a decision on one order; `before` is empty for an order that begins. */
export function answerOf(orderNo: string, before: readonly Order[], result: Result<Outcome, Issue>): Answer {
  if (!result.ok) {
    return { ...NOTHING, before, orders: before, refused: [{ orderNo, issues: result.issues }], value: result };
  }
  const { order, events, movements, requests } = result.value;
  return { before, orders: [order], events, movements, requests, refused: [], value: result };
}

/** The answer of a decision on many orders. */
export function answerOfBatch(before: readonly Order[], outcome: BatchOutcome): Answer {
  const { orders, events, movements, requests, refused } = outcome;
  return { before, orders, events, movements, requests, refused, value: outcome };
}

const NOTHING = { events: [], movements: [], requests: [] };
