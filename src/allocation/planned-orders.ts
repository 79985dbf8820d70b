import { fromUnits, ZERO, type Decimal } from "../core/decimal.js";
import type { PlannedLine, PlannedOrder, PlannedTake } from "../model/allocation-plan.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockSource, type StockPosition, type StockSource } from "../model/stock.js";
import { progressOf, type HearProgress } from "./allocation-progress.js";
import type { ReasonCodeOf } from "./allocation-reasons.js";
import type { BatchColumns } from "./batch-columns.js";
import type { ServedTakes } from "./serve-orders.js";

/** Shared by all lines that have none. */
const NONE: readonly never[] = [];

/**
 * Writes takes down as planned orders: for every line what it gets, why, and what it takes from where.
 *
 * @param orders the orders that the batch was built from, in the order of service
 * @param codeOf says why a demand gets what it gets
 * @returns by position of the order; undefined where nothing waits or the order cannot be counted
 */
export function plannedOrders(
  orders: readonly Order[],
  batch: BatchColumns,
  takes: ServedTakes,
  codeOf: ReasonCodeOf,
  onProgress: HearProgress | undefined,
): (PlannedOrder | undefined)[] {
  const planned: (PlannedOrder | undefined)[] = orders.map(() => undefined);
  const { columns, lineOrder, wanted, lineScale, eligibility, outOfRange } = batch;
  // Each place is written once and shared by all that take from it.
  const sources: (StockSource | undefined)[] = batch.lots.map(() => undefined);
  const takeOf = (take: number, quantity: PlannedTake["quantity"]): PlannedTake => {
    const lot = takes.lot[take] as number;
    return { source: (sources[lot] ??= stockSource(batch.lots[lot] as StockPosition)), quantity };
  };
  const takesBetween = (first: number, end: number, scale: number): PlannedTake[] => {
    const own: PlannedTake[] = [];
    for (let each = first; each < end; each++) own.push(takeOf(each, fromUnits(takes.units[each] as number, scale)));
    return own;
  };
  const count = progressOf(onProgress, "plan", lineOrder.length);
  let lines: PlannedLine[] = [];
  let orderNo = "" as Order["orderNo"];
  let current = -1;
  let take = 0;
  for (let position = 0; position < lineOrder.length; position++) {
    count(1);
    const order = lineOrder[position] as number;
    if (outOfRange.size > 0 && outOfRange.has(order)) continue;
    if (order !== current) {
      const served = orders[order] as Order;
      orderNo = served.orderNo;
      lines = [];
      planned[order] = { orderNo, version: served.version, lines };
      current = order;
    }
    const { lineId, itemCode } = batch.lines[position] as OrderLine;
    const requested = wanted[position] as Decimal;
    const taken = takes.lineTaken[position] as number;
    const lacking = (columns.lineUnits[position] as number) - taken;
    const scale = lineScale[position] as number;
    // Most lines get all or nothing, and then the text is there already; a line that does not take part gets nothing.
    const allocated = taken === 0 ? ZERO : lacking === 0 ? requested : fromUnits(taken, scale);
    const short = taken === 0 ? requested : lacking === 0 ? ZERO : fromUnits(lacking, scale);
    const first = take;
    while (take < takes.count && takes.line[take] === position) take++;
    // A list of one is a third of the size of one that was pushed to, and most lists are of one.
    const own =
      take === first ? NONE : take === first + 1 ? [takeOf(first, allocated)] : takesBetween(first, take, scale);
    const source = takes.sources?.get(position);
    const all = batch.warehousesOf(columns.lineArea[position] as number);
    const listed = source?.warehouseIds ?? all;
    const ineligible = eligibility?.notAsked(position, all) ?? NONE;
    const reason = {
      orderNo,
      lineId,
      rank: position + 1,
      requested,
      allocated,
      short,
      code: codeOf(position, allocated, short),
      warehouses: eligibility?.asked(position, listed) ?? listed,
      itemCode,
      takes: own,
    };
    const sourced = source?.sourcing === undefined ? reason : { ...reason, sourcing: source.sourcing };
    const asked = ineligible.length === 0 ? sourced : { ...sourced, ineligible };
    const barredLots = eligibility?.barredLots(position) ?? NONE;
    const told = barredLots.length === 0 ? asked : { ...asked, barredLots };
    const held = takes.held?.get(position);
    lines.push(held?.code === reason.code ? { ...told, protection: held.protection } : told);
  }
  return planned;
}
