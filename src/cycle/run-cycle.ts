import { allocateBatch } from "../allocation/allocate-batch.js";
import type { AllocationPolicy } from "../allocation/allocation-policy.js";
import type { AllocationReason } from "../model/allocation-reason.js";
import { applyMovements } from "../model/apply-movements.js";
import type { DecisionContext } from "../model/actor.js";
import type { Invoice } from "../model/invoice.js";
import type { OrderDraft } from "../model/order-draft.js";
import type { BatchOutcome } from "../model/outcome.js";
import type { StockPosition } from "../model/stock.js";
import { openLog } from "./cycle-log.js";
import { fulfilOrders, type FulfilContext } from "./fulfil-orders.js";
import { settleOrders, type SettleContext } from "./settle-orders.js";
import { takeInOrders, type TakeInContext } from "./take-in-orders.js";

/** What a run through the cycle needs to know: all that its parts need. */
export interface RunCycleContext extends Omit<TakeInContext, "stock">, FulfilContext, SettleContext {
  /** How stock is given to orders. */
  readonly allocation: AllocationPolicy;
  /** Who allocates the batch, and when. */
  readonly allocationHand: DecisionContext;
}

/** The outcome of a run, with the stock after it. */
export interface CycleOutcome extends BatchOutcome {
  /** What each line got from stock and why. */
  readonly reasons: readonly AllocationReason[];
  /** Invoices that were posted. */
  readonly invoices: readonly Invoice[];
  /** Stock with all movements posted. */
  readonly stock: readonly StockPosition[];
}

/**
 * Runs orders through the whole cycle on a day on which everything goes well, from what was received to closed orders:
 * take in, allocate, fulfil, settle.
 *
 * **Rules**
 * 1. Each part does what it does alone; the run only hands the orders on and posts the movements in between.
 *
 * @param drafts from `parseOrderDraft`
 * @param stock positions, each place once
 * @returns the orders as far as they came, with everything that happened on the way
 *
 * **Source:** mission 20.8, 11.1
 * @example
 * ```ts
 * import { calendarDay, decimal, indexMasters, runCycle } from "ordercycle";
 * import { anyContext, anyCustomer, anyItem, anyOrderDraft, anyPriceEntry, anyStock } from "ordercycle/testing";
 * const outcome = runCycle([anyOrderDraft()], anyStock({ onHand: "100" }), {
 *   handFor: () => anyContext(),
 *   allocationHand: anyContext(),
 *   masters: indexMasters({ customers: [anyCustomer()], items: [anyItem()], prices: [anyPriceEntry()] }),
 *   review: { requiredFields: [], priceTolerancePercent: decimal("0"), severities: {}, onError: "returnForCorrection" },
 *   price: { rounding: "halfUp", givenPrice: "replace" },
 *   allocation: { priority: [], sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] }, lots: "fifo" },
 *   today: calendarDay("2026-03-02"),
 *   shipmentNoFor: ({ orderNo }) => `SH-${orderNo}`,
 *   invoiceFor: ({ orderNo }) => ({ invoiceNo: `INV-${orderNo}`, issuedOn: calendarDay("2026-03-05"), dueOn: calendarDay("2026-04-04") }),
 *   rounding: "halfUp",
 *   paymentIdFor: ({ orderNo }) => `P-${orderNo}`,
 * });
 * [outcome.orders[0]!.status, outcome.stock[0]!.onHand]; // => ["closed","90"]
 * outcome.events.map(({ type }) => type).slice(0, 5); // => ["order_entered","order_reviewed","order_priced","order_confirmed","order_allocated"]
 * ```
 */
export function runCycle(
  drafts: readonly OrderDraft[],
  stock: readonly StockPosition[],
  context: RunCycleContext,
): CycleOutcome {
  const { allocation, allocationHand, today } = context;
  const log = openLog();
  const takenIn = takeInOrders(drafts, { ...context, stock });
  log.noteBatch(takenIn);
  const isConfirmed = new Set(takenIn.orders.filter(({ status }) => status === "confirmed"));
  const allocated = allocateBatch([...isConfirmed], stock, { ...allocationHand, policy: allocation, today });
  log.noteBatch(allocated);
  const fulfilled = fulfilOrders(allocated.orders, context);
  log.noteBatch(fulfilled);
  const settled = settleOrders(fulfilled.orders, context);
  log.noteBatch(settled);

  const last = new Map(settled.orders.map((order) => [order.orderNo, order]));
  const outcome = log.outcome(takenIn.orders.map((order) => last.get(order.orderNo) ?? order));
  return {
    ...outcome,
    reasons: allocated.reasons,
    invoices: settled.invoices,
    stock: applyMovements(stock, outcome.movements),
  };
}
