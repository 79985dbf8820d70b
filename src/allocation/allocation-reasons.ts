import { ZERO, type Decimal } from "../core/decimal.js";
import type { AllocationReasonCode } from "../model/allocation-reason.js";
import type { LotNo } from "../model/ids.js";
import type { StockPosition } from "../model/stock.js";
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
  const reasonOf = (demand: Demand, offered: number, position: number): AllocationReasonCode =>
    reasonForNothing(demand, offered, (elsewhere) => hadAcceptableLot(position, elsewhere));
  return (position, allocated, short) => {
    const demand = demands[position] as Demand;
    if (demand.isHeld) return "on_hold";
    if (short === ZERO) return "served_in_full";
    const byShare = takes.shares && shareReason(takes.shares, position, takes.lineTaken[position] as number);
    if (byShare !== undefined) return byShare;
    if (allocated !== ZERO) return "served_in_part";
    if (waiting.has(demand.order)) return whatIsLacking(reasonOf(demand, 0, position));
    if (takes.lineBar?.[position] === BARS.group) return "group_incomplete";
    if (takes.lineBar?.[position] === BARS.limits) return "sourcing_limits";
    return reasonOf(demand, takes.lineOffered[position] as number, position);
  };
}

/** What a line of a deferred order lacks, when it is more than the other lines. */
function whatIsLacking(own: AllocationReasonCode): AllocationReasonCode {
  return own === "sold_out_by_earlier" ? "whole_order_waits" : own;
}

function reasonForNothing(
  { stock, line }: Demand,
  offered: number,
  hadAcceptableLot: (places: Places) => boolean,
): AllocationReasonCode {
  if (stock === undefined) return "no_stock_record";
  if (!stock.hasUsable) return "no_usable_stock";
  if (offered > 0) return line.partialAllowed ? "below_quantum" : "partial_not_allowed";
  if (stock.lots.length === 0) return "empty_stock";
  if (hadAcceptableLot("eligible")) return "sold_out_by_earlier";
  return hadAcceptableLot("all") ? "not_eligible" : "no_usable_stock";
}

/** Places that a line may be served from, or all that it would ask if it might. */
type Places = "eligible" | "all";

/**
 * Finds out whether, before the batch began, any free lot would have done for a line: in a warehouse that it asks, with
 * enough life. Lines of one item, area, wish and named lot share the search.
 */
function acceptableLots({
  columns,
  demands,
  lots,
  eligibility,
}: BatchColumns): (position: number, places: Places) => boolean {
  const { lineItem, lineArea, lineExpiry, lotItem, lotWarehouse, lotExpiry, nearness, warehouses, items } = columns;
  const firstLot = new Int32Array(items + 1).fill(lotItem.length);
  for (let lot = lotItem.length - 1; lot >= 0; lot--) firstLot[lotItem[lot] as number] = lot;
  const latest = new Map<string, number>();
  const latestExpiry = (position: number, lotNo: LotNo | undefined, places: Places): number => {
    const [item, area] = [lineItem[position] as number, lineArea[position] as number];
    const rules = places === "eligible" ? eligibility : undefined;
    const wish = `${item} ${area} ${rules?.wishOf(position) ?? ""}`;
    const question = lotNo === undefined ? wish : `${wish} ${lotNo}`;
    const known = latest.get(question);
    if (known !== undefined) return known;
    let answer = -1;
    for (let lot = firstLot[item] as number; lot < lotItem.length && lotItem[lot] === item; lot++) {
      const warehouse = lotWarehouse[lot] as number;
      const isAsked = (nearness[area * warehouses + warehouse] as number) >= 0;
      if (rules?.mayServe(position, warehouse) === false) continue;
      if (rules?.mayTake(position, lots[lot] as StockPosition) === false) continue;
      const isNamed = lotNo === undefined || lots[lot]?.lotNo === lotNo;
      if (isAsked && isNamed) answer = Math.max(answer, lotExpiry?.[lot] ?? 0);
    }
    latest.set(question, answer);
    return answer;
  };
  return (position, places) => {
    if ((lineItem[position] as number) < 0) return false;
    const { lotNo } = (demands[position] as Demand).line;
    return latestExpiry(position, lotNo, places) >= (lineExpiry?.[position] ?? 0);
  };
}
