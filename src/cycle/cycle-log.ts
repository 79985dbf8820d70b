import type { Issue } from "../core/issue.js";
import type { Result } from "../core/result.js";
import type { DecisionContext } from "../model/actor.js";
import type { OrderEvent } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { BatchOutcome, Outcome, RefusedOrder } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import type { Operation } from "../lifecycle/transition.js";

/**
 * Says who does an operation on an order, and when. Given by the host, since nothing here reads a clock.
 */
export type HandFor = (operation: Operation | "enter", orderNo: OrderNo) => DecisionContext;

/** The outcomes of a run through several operations, as they come in. */
export interface CycleLog {
  /** Notes an outcome, or the refusal, of an operation on an order; answers the order as it then is. */
  readonly note: (order: Order, result: Result<Outcome, Issue>) => { readonly order: Order; readonly isOk: boolean };
  /** Notes the outcome of a batch. */
  readonly noteBatch: (batch: BatchOutcome) => void;
  /** Everything noted, with the orders as they were noted last. */
  readonly outcome: (orders: readonly Order[]) => BatchOutcome;
}

/** Opens a log for one run. */
export function openLog(): CycleLog {
  const events: OrderEvent[] = [];
  const movements: StockMovement[] = [];
  const requests: HostRequest[] = [];
  const refused: RefusedOrder[] = [];
  const write = (written: Pick<Outcome, "events" | "movements" | "requests">): void => {
    for (const event of written.events) events.push(event);
    for (const movement of written.movements) movements.push(movement);
    for (const request of written.requests) requests.push(request);
  };
  return {
    note: (order, result) => {
      if (!result.ok) {
        refused.push({ orderNo: order.orderNo, issues: result.issues });
        return { order, isOk: false };
      }
      write(result.value);
      return { order: result.value.order, isOk: true };
    },
    noteBatch: (batch) => {
      write(batch);
      for (const refusal of batch.refused) refused.push(refusal);
    },
    outcome: (orders) => ({ orders, events, movements, requests, refused }),
  };
}
