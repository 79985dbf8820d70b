import type { CalendarDay } from "../../core/calendar-day.js";
import { add, compare, isPositive, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { checkTransition } from "../../lifecycle/transitions.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { ReallocationProposal, ReallocationTransfer } from "../../model/reallocation-proposal.js";
import { stockOwnerOf } from "../../model/stock-owner.js";
import { stockKey, type StockPosition } from "../../model/stock.js";
import { unbookedIssue } from "../unbooked-reservations.js";
import { isCovered, isUsable, livesLongEnough } from "../usable-stock.js";
import type { ApplyReallocationIssue } from "./apply-reallocation.js";
import { givingOf, type OrderGiving } from "./giving-of.js";
import { orderIndex, type OrderIndex } from "./order-index.js";
import { placeNotUsable, type StockNow } from "./stock-now.js";

/** Whether the figures of a proposal agree with each other, wherever it was kept in the meantime. */
export function isProposal({ transfers, quantity, winner, itemCode }: ReallocationProposal): boolean {
  const lineIds = new Set(transfers.map(({ victim }) => victim.lineId));
  return (
    isPositive(quantity) &&
    sum(transfers.map((transfer) => transfer.quantity)) === quantity &&
    lineIds.size === transfers.length &&
    transfers.every(
      ({ victim, places, quantity: own }) =>
        victim.orderNo !== winner.orderNo &&
        places.every((place) => isPositive(place.quantity)) &&
        new Set(places.map(({ source }) => stockKey(itemCode, source))).size === places.length &&
        sum(places.map((place) => place.quantity)) === own,
    )
  );
}

/** Orders as they are when goods go over. */
export interface OrdersNow {
  /** An order by its number. */
  readonly orderOf: (orderNo: OrderNo) => Order | undefined;
  /** Stock; not looked at when absent. */
  readonly stock: StockNow | undefined;
}

/** What stands against a proposal whose figures agree: in the orders, and in stock. Linear in its orders and places. */
export function obstaclesTo(
  { proposalId, winner, quantity, transfers, itemCode }: ReallocationProposal,
  { orderOf, stock }: OrdersNow,
): ApplyReallocationIssue[] {
  const issues: ApplyReallocationIssue[] = [];
  const order = orderOf(winner.orderNo);
  const index = order && orderIndex(order);
  const line = index?.lineOf.get(winner.lineId);
  if (order === undefined || line === undefined) issues.push(issue("reallocate.unknown_line", ["winner"], winner));
  else {
    issues.push(...checkTransition(order, "reallocate"));
    issues.push(...checkTransition(order, "allocate").filter(({ code }) => code === "status.on_hold"));
    const { lineId } = line;
    if (index?.held.has(lineId)) issues.push(issue("reallocate.line_on_hold", ["winner"], { lineId }));
    if (line.itemCode !== itemCode) issues.push(issue("reallocate.not_a_proposal", ["itemCode"], { proposalId }));
    const short = add(line.quantities.open, line.quantities.backfill);
    if (compare(quantity, short) > 0)
      issues.push(issue("reallocate.more_than_short", ["quantity"], { quantity, short }));
  }
  const known = new Map<OrderNo, Giver>();
  for (const [position, transfer] of transfers.entries()) {
    const path = ["transfers", position];
    const { orderNo, lineId } = transfer.victim;
    const giver = known.get(orderNo) ?? giverOf(orderOf(orderNo));
    const victim = giver?.index.lineOf.get(lineId);
    if (giver === undefined || victim === undefined) {
      issues.push(issue("reallocate.unknown_line", path, transfer.victim));
      continue;
    }
    if (!known.has(orderNo)) issues.push(...checkTransition(giver.order, "reallocate"));
    known.set(orderNo, giver);
    if (victim.itemCode !== itemCode || giver.order.header.customerCode !== transfer.customerCode)
      issues.push(issue("reallocate.not_a_proposal", path, { proposalId }));
    const { allocated } = victim.quantities;
    const giving = giver.giving.of(victim);
    if (giving === "nothing") issues.push(issue("reallocate.comes_together", path, { orderNo, lineId }));
    if (giving === "all" && compare(transfer.quantity, allocated) < 0) {
      const params = { lineId, quantity: transfer.quantity, left: allocated };
      issues.push(issue("reallocate.all_or_nothing", path, params));
    }
    issues.push(...placeIssues(transfer, victim, { order, line }, stock, path));
  }
  return issues;
}

interface Giver {
  readonly order: Order;
  readonly index: OrderIndex;
  readonly giving: OrderGiving;
}

function giverOf(order: Order | undefined): Giver | undefined {
  return order && { order, index: orderIndex(order), giving: givingOf(order) };
}

/** What stands against goods of a line at the places where they are said to be. */
function placeIssues(
  { places }: ReallocationTransfer,
  victim: OrderLine,
  winner: { readonly order: Order | undefined; readonly line: OrderLine | undefined },
  stock: StockNow | undefined,
  path: readonly (string | number)[],
): ApplyReallocationIssue[] {
  const { lineId, itemCode } = victim;
  const at = allocatedByPlace(victim);
  return places.flatMap(({ source, quantity }, place): ApplyReallocationIssue[] => {
    const left = at.get(stockKey(itemCode, source)) ?? ZERO;
    if (compare(quantity, left) > 0) return [issue("reallocate.goods_gone", path, { lineId, quantity, left })];
    if (stock === undefined) return [];
    const own = [...path, "places", place];
    const fault = stock.faultAt?.(itemCode, source);
    if (fault !== undefined) return [unbookedIssue({ lineId, itemCode, quantity }, source, fault, own)];
    const { order, line } = winner;
    const position = stock.positionAt(stockKey(itemCode, source));
    if (order === undefined || line === undefined || position === undefined) return [];
    return mayHave(order, line, position, stock.today)
      ? []
      : [placeNotUsable({ lineId: line.lineId, itemCode, quantity }, source, own)];
  });
}

/** Whether goods of a place are for a line as they are now, whatever the policy says of it besides. */
function mayHave({ header }: Order, line: OrderLine, position: StockPosition, today: CalendarDay): boolean {
  const { owner, lotNo, expiresOn } = position;
  return (
    owner === stockOwnerOf(header, line) &&
    isUsable(position, today) &&
    isCovered(position) &&
    (line.lotNo === undefined || line.lotNo === lotNo) &&
    (expiresOn === undefined || livesLongEnough(header, line, expiresOn, today))
  );
}

/** What a line has allocated, by the keys of the places. */
export function allocatedByPlace({ itemCode, reservations }: OrderLine): ReadonlyMap<string, Decimal> {
  return new Map(reservations.map((place) => [stockKey(itemCode, place), place.quantities.allocated ?? ZERO] as const));
}
