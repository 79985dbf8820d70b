import { fromUnits, ZERO } from "../core/decimal.js";
import type { AllocationReason, AllocationReasonCode } from "../model/allocation-reason.js";
import type { LotNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { BatchColumns, Demand } from "./batch-columns.js";
import { shareReason } from "./fair-share/batch-sharing.js";
import { BARS, type ServedTakes } from "./serve-orders.js";

/**
 * Says for every line of a batch what it got and why.
 *
 * @param orders the orders that the batch was built from, in the order of service
 * @param waiting positions of orders that wait as a whole and could not be served as a whole
 * @returns one reason for each demand, in the order of service
 */
export function allocationReasons(
  orders: readonly Order[],
  batch: BatchColumns,
  takes: ServedTakes,
  waiting: ReadonlySet<number>,
): AllocationReason[] {
  const hadAcceptableLot = acceptableLots(batch);
  return batch.demands.map((demand, position) => {
    const { order, line, wanted, area } = demand;
    const taken = takes.lineTaken[position] as number;
    const lacking = (batch.columns.lineUnits[position] as number) - taken;
    const scale = batch.lineScale[position] as number;
    // Most lines get all or nothing, and then the text is there already; a line that does not take part gets nothing.
    const allocated = taken === 0 ? ZERO : lacking === 0 ? wanted : fromUnits(taken, scale);
    const short = taken === 0 ? wanted : lacking === 0 ? ZERO : fromUnits(lacking, scale);
    const offered = takes.lineOffered[position] as number;
    const { orderNo } = orders[order] as Order;
    const source = takes.sources?.get(position);
    const warehouses = source?.warehouseIds ?? batch.warehousesOf(area);
    const byShare = takes.shares && shareReason(takes.shares, position, taken);
    let code: AllocationReasonCode;
    if (demand.isHeld) code = "on_hold";
    else if (short === ZERO) code = "served_in_full";
    else if (byShare !== undefined) code = byShare;
    else if (allocated !== ZERO) code = "served_in_part";
    else if (waiting.has(order)) code = reasonToWait(demand, () => hadAcceptableLot(position));
    else if (takes.lineBar?.[position] === BARS.group) code = "group_incomplete";
    else if (takes.lineBar?.[position] === BARS.limits) code = "sourcing_limits";
    else code = reasonForNothing(demand, offered, () => hadAcceptableLot(position));
    const rank = position + 1;
    const reason = { orderNo, lineId: line.lineId, rank, requested: wanted, allocated, short, code, warehouses };
    return source?.sourcing === undefined ? reason : { ...reason, sourcing: source.sourcing };
  });
}

/** What a line of a deferred order lacks, when it is more than the other lines. */
function reasonToWait(demand: Demand, hadAcceptableLot: () => boolean): AllocationReasonCode {
  const own = reasonForNothing(demand, 0, hadAcceptableLot);
  return own === "sold_out_by_earlier" ? "whole_order_waits" : own;
}

function reasonForNothing(
  { stock, line }: Demand,
  offered: number,
  hadAcceptableLot: () => boolean,
): AllocationReasonCode {
  if (stock === undefined) return "no_stock_record";
  if (!stock.hasUsable) return "no_usable_stock";
  if (offered > 0) return line.partialAllowed ? "below_quantum" : "partial_not_allowed";
  if (stock.lots.length === 0) return "empty_stock";
  return hadAcceptableLot() ? "sold_out_by_earlier" : "no_usable_stock";
}

/**
 * Finds out whether, before the batch began, any free lot would have done for a line: in a warehouse that it asks, with
 * enough life. Lines of one item, area and named lot share the search.
 */
function acceptableLots({ columns, demands, lots }: BatchColumns): (position: number) => boolean {
  const { lineItem, lineArea, lineExpiry, lotItem, lotWarehouse, lotExpiry, nearness, warehouses, items } = columns;
  const firstLot = new Int32Array(items + 1).fill(lotItem.length);
  for (let lot = lotItem.length - 1; lot >= 0; lot--) firstLot[lotItem[lot] as number] = lot;
  const latest = new Map<string, number>();
  const latestExpiry = (item: number, area: number, lotNo: LotNo | undefined): number => {
    const question = lotNo === undefined ? `${item} ${area}` : `${item} ${area} ${lotNo}`;
    const known = latest.get(question);
    if (known !== undefined) return known;
    let answer = -1;
    for (let lot = firstLot[item] as number; lot < lotItem.length && lotItem[lot] === item; lot++) {
      const isAsked = (nearness[area * warehouses + (lotWarehouse[lot] as number)] as number) >= 0;
      const isNamed = lotNo === undefined || lots[lot]?.lotNo === lotNo;
      if (isAsked && isNamed) answer = Math.max(answer, lotExpiry?.[lot] ?? 0);
    }
    latest.set(question, answer);
    return answer;
  };
  return (position) => {
    const item = lineItem[position] as number;
    if (item < 0) return false;
    const { lotNo } = (demands[position] as Demand).line;
    return latestExpiry(item, lineArea[position] as number, lotNo) >= (lineExpiry?.[position] ?? 0);
  };
}
