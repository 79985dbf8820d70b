import { refuse, ok, type Result } from "../core/result.js";
import type { AllocationReason } from "../model/allocation-reason.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { StockPosition } from "../model/stock.js";
import { allocateBatch, type AllocateBatchContext, type AllocateBatchIssue } from "./allocate-batch.js";

/** The outcome of allocating one order, and what each line got and why. */
export interface OrderAllocation extends Outcome {
  /** One reason for each line that waited, by line number. */
  readonly reasons: readonly AllocationReason[];
}

/**
 * Gives stock to a single order in real time, as at entry: a batch of one.
 *
 * **Rules**
 * 1. The order gets what `allocateBatch` would give it alone.
 *
 * @returns the outcome – without an event when there was nothing to give and nothing to record – or why the order may not
 * be allocated now
 *
 * **Source:** mission 9.1
 * @example
 * ```ts
 * import { allocateOrder, calendarDay } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const policy = { priority: [], sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const result = allocateOrder(anyOrder({ stage: "confirmed" }), anyStock({ onHand: "100" }), { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * result.ok && result.value.order.status; // => "allocated"
 * ```
 */
export function allocateOrder(
  order: Order,
  stock: readonly StockPosition[],
  context: AllocateBatchContext,
): Result<OrderAllocation, AllocateBatchIssue> {
  const { orders, events, movements, requests, refused, reasons } = allocateBatch([order], stock, context);
  const [refusal] = refused;
  if (refusal !== undefined) return refuse(refusal.issues as readonly AllocateBatchIssue[]);
  return ok({ order: orders[0] ?? order, events, movements, requests, reasons });
}
