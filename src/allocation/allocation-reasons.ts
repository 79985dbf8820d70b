import { ZERO, type Decimal } from "../core/decimal.js";
import type { AllocationReasonCode } from "../model/allocation-reason.js";
import type { LotNo } from "../model/ids.js";
import type { OrderLine } from "../model/order-line.js";
import type { StockPosition } from "../model/stock.js";
import type { BatchColumns } from "./batch-columns.js";
import { outsideStock } from "./outside-stock.js";
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
  const { columns, lineHeld, lineOrder, lineStock, lines } = batch;
  const hadAcceptableLot = acceptableLots(batch);
  const couldTakeOutside = outsideStock(batch);
  const reasonForNothing = (position: number, offered: number): AllocationReasonCode => {
    const stock = lineStock[position];
    if (stock === undefined) return "no_stock_record";
    if (offered > 0)
      return comesInFull(position) && offered >= quantumOf(position) ? "partial_not_allowed" : "below_quantum";
    if (hadAcceptableLot(position, "eligible")) return "sold_out_by_earlier";
    if (hadAcceptableLot(position, "all")) return "not_eligible";
    if (hadAcceptableLot(position, "anywhere") || couldTakeOutside(position, stock)) return "stock_elsewhere";
    return stock.hasUsable && stock.lots.length === 0 ? "empty_stock" : "no_usable_stock";
  };
  const quantumOf = (position: number): number => columns.lineQuantum?.[position] ?? 0;
  const comesInFull = (position: number): boolean =>
    !(lines[position] as OrderLine).partialAllowed || takes.lineBar?.[position] === BARS.inFull;
  // What no stock would bring: the line got all that its step allows.
  const lacksLessThanStep = (position: number): boolean =>
    (columns.lineUnits[position] as number) - (takes.lineTaken[position] as number) < quantumOf(position);
  return (position, allocated, short) => {
    if (lineHeld[position] === 1) return "on_hold";
    if (short === ZERO) return "served_in_full";
    const held = takes.held?.get(position);
    if (held !== undefined) return held.code;
    const byShare = takes.shares && shareReason(takes.shares, position, takes.lineTaken[position] as number);
    if (byShare !== undefined) return byShare;
    if (lacksLessThanStep(position)) return "below_quantum";
    if (allocated !== ZERO) return "served_in_part";
    if (takes.lineBar?.[position] === BARS.group)
      return waiting.has(lineOrder[position] as number) ? "whole_order_waits" : "group_incomplete";
    if (takes.lineBar?.[position] === BARS.limits) return "sourcing_limits";
    return reasonForNothing(position, takes.lineOffered[position] as number);
  };
}

/** Places that a line may be served from, all that it would ask if it might, or those too that it may be served from and does not ask. */
type Places = "eligible" | "all" | "anywhere";

/**
 * Finds out whether, before the batch began, any free lot would have done for a line: in a warehouse that it asks, or
 * anywhere, with enough life. Lines of one item, area, wish and named lot share the search.
 */
function acceptableLots({
  columns,
  lines,
  lots,
  eligibility,
}: BatchColumns): (position: number, places: Places) => boolean {
  const { lineItem, lineArea, lineExpiry, lotItem, lotWarehouse, lotExpiry, nearness, warehouses, items } = columns;
  const firstLot = new Int32Array(items + 1).fill(lotItem.length);
  for (let lot = lotItem.length - 1; lot >= 0; lot--) firstLot[lotItem[lot] as number] = lot;
  const areas = nearness.length / warehouses;
  const latestOf = { near: new Map<string | number, number>(), anywhere: new Map<string | number, number>() };
  const latestExpiry = (position: number, lotNo: LotNo | undefined, places: Places): number => {
    const [item, area] = [lineItem[position] as number, lineArea[position] as number];
    const rules = places === "all" ? undefined : eligibility;
    const latest = places === "anywhere" ? latestOf.anywhere : latestOf.near;
    const place = item * areas + area;
    // Texts are slow keys: nearly every line goes without a lot and a wish.
    const isPlain = lotNo === undefined && rules === undefined;
    const question = isPlain ? place : `${place} ${rules?.wishOf(position) ?? ""} ${lotNo ?? ""}`;
    const known = latest.get(question);
    if (known !== undefined) return known;
    let answer = -1;
    for (let lot = firstLot[item] as number; lot < lotItem.length && lotItem[lot] === item; lot++) {
      const warehouse = lotWarehouse[lot] as number;
      const isAsked = places === "anywhere" || (nearness[area * warehouses + warehouse] as number) >= 0;
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
    const { lotNo } = lines[position] as OrderLine;
    return latestExpiry(position, lotNo, places) >= (lineExpiry?.[position] ?? 0);
  };
}
