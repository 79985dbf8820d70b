import { divide, fromUnits, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { CycleStep } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";
import { compareText } from "../core/compare-text.js";
import type { OrderTrace, TraceGap, TraceSum } from "./trace.js";

/** What many traces come to. **Source:** mission 18.5, 20.1, 20.2 */
export interface TraceSummary {
  /** Number of orders. */
  readonly orders: number;
  /** Hand-offs of all orders. */
  readonly handOffs: number;
  /** Hand-offs per order, rounded to two decimals. */
  readonly handOffsPerOrder: Decimal;
  /** Mean of the orders' idle shares, rounded to four decimals. */
  readonly meanIdleShare: Decimal;
  /** Milliseconds of work on all orders. */
  readonly touchMs: number;
  /** Milliseconds in which orders lay. */
  readonly waitingMs: number;
  /** The worst gap of each order, longest first. */
  readonly worstGaps: readonly (TraceGap & { /** Order. */ readonly orderNo: OrderNo })[];
  /** Sums by step of the cycle, in the order of the steps. */
  readonly byStep: readonly (TraceSum & { /** Step of the cycle, 1 to 10. */ readonly step: CycleStep })[];
  /** Sums by function, in the order of their names. */
  readonly byFunction: readonly (TraceSum & { /** Function. */ readonly function: string })[];
}

/** How much of it is told. */
export interface TraceSummaryOptions {
  /** Most gaps to name; 5 when absent. */
  readonly gaps?: number;
}

/**
 * Sums up the traces of many orders: how often an order changes hands, how long it lies, and where.
 *
 * **Rules**
 * 1. Every order counts once, whatever its length: the mean idle share is the mean over orders, not over hours.
 * 2. Waiting counts for the step and the function that took the order up afterwards.
 * 3. Gaps of equal length stand in the order of the order numbers. An order that never waited names none.
 *
 * @param traces traces, one for each order
 * @param options how many gaps to name
 * @returns the summary; all zero without traces
 *
 * **Source:** mission 18.5, 20.1, 20.2
 * @example
 * ```ts
 * import { traceOrder, traceSummary } from "ordercycle/reports";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { handOffsPerOrder, meanIdleShare } = traceSummary([traceOrder(anyOrderHistory().events)]);
 * [handOffsPerOrder, meanIdleShare]; // => ["5", "1"]
 * ```
 */
export function traceSummary(traces: readonly OrderTrace[], options: TraceSummaryOptions = {}): TraceSummary {
  const { gaps = 5 } = options;
  const handOffs = traces.reduce((count, trace) => count + trace.handOffs, 0);
  const shares = sum(traces.map(({ idleShare }) => idleShare));
  const worstGaps = traces
    .flatMap(({ orderNo, worstGap }) => (worstGap === undefined ? [] : [{ orderNo, ...worstGap }]))
    .sort((a, b) => b.ms - a.ms || compareText(a.orderNo, b.orderNo))
    .slice(0, gaps);
  return {
    orders: traces.length,
    handOffs,
    handOffsPerOrder: perOrder(fromUnits(handOffs, 0), traces.length, 2),
    meanIdleShare: perOrder(shares, traces.length, 4),
    touchMs: traces.reduce((total, { touchMs }) => total + touchMs, 0),
    waitingMs: traces.reduce((total, { waitingMs }) => total + waitingMs, 0),
    worstGaps,
    byStep: merged(traces.flatMap(({ byStep }) => byStep.map(({ step, ...sums }) => [step, sums] as const)))
      .map(([step, sums]) => ({ step, ...sums }))
      .sort((a, b) => a.step - b.step),
    byFunction: merged(
      traces.flatMap(({ byFunction }) => byFunction.map(({ function: name, ...sums }) => [name, sums] as const)),
    )
      .map(([name, sums]) => ({ function: name, ...sums }))
      .sort((a, b) => compareText(a.function, b.function)),
  };
}

function perOrder(value: Decimal, orders: number, decimals: number): Decimal {
  return orders === 0 ? ZERO : divide(value, fromUnits(orders, 0), decimals, "halfUp");
}

function merged<Key>(entries: readonly (readonly [Key, TraceSum])[]): (readonly [Key, TraceSum])[] {
  const sums = new Map<Key, TraceSum>();
  for (const [key, { count, touchMs, waitingMs }] of entries) {
    const before = sums.get(key) ?? { count: 0, touchMs: 0, waitingMs: 0 };
    sums.set(key, {
      count: before.count + count,
      touchMs: before.touchMs + touchMs,
      waitingMs: before.waitingMs + waitingMs,
    });
  }
  return [...sums];
}
