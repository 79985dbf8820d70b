import { fromUnits, ZERO, type Decimal } from "../core/decimal.js";
import type { PlannedLine, PlannedOrder, PlannedTake } from "../model/allocation-plan.js";
import type { AllocationReason, AllocationReasonCode } from "../model/allocation-reason.js";
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
  // Who is served more than once, since items are shared out or warehouses chosen again, may come back to a place.
  const isRepeated = takes.shares !== undefined || takes.sources !== undefined;
  const takesBetween = (first: number, end: number, scale: number): PlannedTake[] => {
    const own: PlannedTake[] = [];
    if (!isRepeated) {
      for (let each = first; each < end; each++) own.push(takeOf(each, fromUnits(takes.units[each] as number, scale)));
      return own;
    }
    const unitsOf = new Map<number, number>();
    const firstOf = new Map<number, number>();
    for (let each = first; each < end; each++) {
      const lot = takes.lot[each] as number;
      unitsOf.set(lot, (unitsOf.get(lot) ?? 0) + (takes.units[each] as number));
      if (!firstOf.has(lot)) firstOf.set(lot, each);
    }
    for (const [lot, units] of unitsOf) own.push(takeOf(firstOf.get(lot) as number, fromUnits(units, scale)));
    return own;
  };
  const waitsOf = waitingNotes(batch);
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
    const way = takes.inTheWay?.get(position);
    const awaited = way === undefined ? undefined : waitsOf(way)(position, reason.code);
    const waiting = awaited === undefined ? told : { ...told, ...awaited };
    const isUndecided = short !== ZERO && takes.undecided?.has(position) === true;
    const known = isUndecided ? { ...waiting, searchEnded: true as const } : waiting;
    const held = takes.held?.get(position);
    lines.push(held?.code === reason.code ? { ...known, protection: held.protection } : known);
  }
  return planned;
}

/** Lines that one waits for, as many as are named. */
type Awaited = Pick<AllocationReason, "waitsFor" | "waitsForMore">;

/** Most lines that are named: with all of them, what many lines of a long order are told would grow by the square. */
const MOST_NAMED = 20;

/** Says which lines one waits for. Each list of lines is written once and shared by all that wait for them. */
function waitingNotes({
  lines,
}: BatchColumns): (way: readonly number[]) => (position: number, code: AllocationReasonCode) => Awaited | undefined {
  const noteOf = new Map<readonly number[], Awaited>();
  const membersOf = new Map<readonly number[], ReadonlySet<number>>();
  const isAmong = (way: readonly number[], position: number): boolean => {
    const members = membersOf.get(way) ?? new Set(way);
    membersOf.set(way, members);
    return members.has(position);
  };
  return (way) => (position, code) => {
    const isGroup = code === "group_incomplete" || code === "whole_order_waits";
    if (way.length === 0 || !(isGroup || (code === "sourcing_limits" && !isAmong(way, position)))) return undefined;
    const known = noteOf.get(way);
    if (known !== undefined) return known;
    const waitsFor = way.slice(0, MOST_NAMED).map((line) => lines[line]!.lineId);
    const note = way.length > MOST_NAMED ? { waitsFor, waitsForMore: way.length - MOST_NAMED } : { waitsFor };
    noteOf.set(way, note);
    return note;
  };
}
