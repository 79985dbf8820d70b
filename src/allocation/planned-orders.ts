import { fromUnits } from "../core/decimal.js";
import type { PlannedLine, PlannedOrder, PlannedTake } from "../model/allocation-plan.js";
import type { AllocationReason } from "../model/allocation-reason.js";
import type { Order } from "../model/order.js";
import { stockSource, type StockPosition, type StockSource } from "../model/stock.js";
import type { AllocationTakes } from "./allocation-columns.js";
import { progressOf, type HearProgress } from "./allocation-progress.js";
import type { BatchColumns } from "./batch-columns.js";

/**
 * Writes takes down as planned orders: for every line what it takes from where, beside its reason.
 *
 * @param orders the orders that the batch was built from, in the order of service
 * @param reasons one for each demand
 * @returns by position of the order; undefined where nothing waits or the order cannot be counted
 */
export function plannedOrders(
  orders: readonly Order[],
  batch: BatchColumns,
  takes: AllocationTakes,
  reasons: readonly AllocationReason[],
  onProgress: HearProgress | undefined,
): (PlannedOrder | undefined)[] {
  const planned: (PlannedOrder | undefined)[] = orders.map(() => undefined);
  // Each place is written once and shared by all that take from it.
  const sources: (StockSource | undefined)[] = batch.lots.map(() => undefined);
  const sourceOf = (lot: number): StockSource => (sources[lot] ??= stockSource(batch.lots[lot] as StockPosition));
  const count = progressOf(onProgress, "plan", batch.demands.length);
  let lines: PlannedLine[] = [];
  let current = -1;
  let take = 0;
  for (const [position, { order, line }] of batch.demands.entries()) {
    count(1);
    if (batch.outOfRange.has(order)) continue;
    if (order !== current) {
      const { orderNo, version } = orders[order] as Order;
      lines = [];
      planned[order] = { orderNo, version, lines };
      current = order;
    }
    const reason = reasons[position] as AllocationReason;
    const taken = takes.lineTaken[position] as number;
    const own: PlannedTake[] = [];
    while (take < takes.count && takes.line[take] === position) {
      const units = takes.units[take] as number;
      // Most lines take from one place, and then the text is there already.
      const quantity = units === taken ? reason.allocated : fromUnits(units, batch.lineScale[position] as number);
      own.push({ source: sourceOf(takes.lot[take] as number), quantity });
      take++;
    }
    // The reasons were made for this alone, and completing one costs a third of copying it.
    lines.push(Object.assign(reason, { itemCode: line.itemCode, takes: own }));
  }
  return planned;
}
