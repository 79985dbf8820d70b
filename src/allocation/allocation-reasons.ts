import { ZERO, type Decimal } from "../core/decimal.js";
import type { AllocationReasonCode } from "../model/allocation-reason.js";
import type { LotNo } from "../model/ids.js";
import type { BatchColumns } from "./batch-columns.js";
import type { Demand } from "./collect-demands.js";
import { shareReason } from "./fair-share/line-shares.js";
import { BARS, type ServedTakes } from "./serve-orders.js";

/** Says of a demand, by its position, why it gets what it gets. */
export type ReasonCodeOf = (position: number, allocated: Decimal, short: Decimal) => AllocationReasonCode;

/**
 * Makes ready to say why the lines of a batch got what they got.
 *
 * @param waiting positions of orders that wait as a whole and could not be served as a whole
 */
export function reasonCodes(batch: BatchColumns, takes: ServedTakes, waiting: ReadonlySet<number>): ReasonCodeOf {
  const { demands } = batch;
  const hadAcceptableLot = acceptableLots(batch);
  return (position, allocated, short) => {
    const demand = demands[position] as Demand;
    if (demand.isHeld) return "on_hold";
    if (short === ZERO) return "served_in_full";
    const byShare = takes.shares && shareReason(takes.shares, position, takes.lineTaken[position] as number);
    if (byShare !== undefined) return byShare;
    if (allocated !== ZERO) return "served_in_part";
    if (waiting.has(demand.order)) return reasonToWait(demand, () => hadAcceptableLot(position));
    if (takes.lineBar?.[position] === BARS.group) return "group_incomplete";
    if (takes.lineBar?.[position] === BARS.limits) return "sourcing_limits";
    return reasonForNothing(demand, takes.lineOffered[position] as number, () => hadAcceptableLot(position));
  };
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
