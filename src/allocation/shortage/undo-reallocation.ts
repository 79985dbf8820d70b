import { calendarDay, compareDays, type CalendarDay } from "../../core/calendar-day.js";
import { add, compare, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Change, QuantityMoved, ShortageNote } from "../../model/change.js";
import type { EventBase, OrderEvent } from "../../model/event.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { Outcome } from "../../model/outcome.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import { stockKey, type StockPosition, type StockSource } from "../../model/stock.js";
import { supplyRuleFaults, type SupplyRule, type SupplyRuleFault } from "../../model/supply-rule.js";
import { isCovered } from "../usable-stock.js";
import { placeNotUsable, stockAsItIs, type PlaceNotUsableIssue, type StockNow } from "./stock-now.js";
import { unbookedIssue, type UnbookedIssue } from "../unbooked-reservations.js";
import { orderIndex } from "./order-index.js";
import { allocatedByPlace } from "./reallocation-obstacles.js";
import { givingBackLimits, type GivenBack } from "./giving-back-limits.js";
import type { SupplyLimitIssue } from "./transfer-rules.js";
import { ordersByNo, refusedTogether, together, type ReallocationOutcome } from "./apply-reallocation.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { undoingShape } from "../command-shapes.js";

/** What giving goods back needs to know. */
export interface UndoReallocationContext extends DecisionContext {
  /** Today in the seller's calendar: a day that has passed is not promised again. The day of `at` in UTC when absent. */
  readonly today?: CalendarDay;
  /** Caps and protected minimums of customer groups as they stand now; none when absent. */
  readonly protection?: readonly SupplyRule[];
  /**
   * Positions as they are now, those of the goods that go back among them: each of these must have them in its books, and what
   * is free of all of them stands for minimums. When absent nothing is free, and nobody looks into the books.
   */
  readonly stock?: readonly StockPosition[];
}

/** Command: what is undone. */
export interface UndoReallocation {
  /** Proposal that was carried out. */
  readonly proposalId: string;
  /** Events of the orders; those of the transfer are found among them. */
  readonly events: readonly OrderEvent[];
}

/** Why goods cannot be given back. */
export type UndoReallocationIssue =
  | CommandShapeIssue
  | TransitionIssue
  | SupplyRuleFault
  | SupplyLimitIssue
  | UnbookedIssue
  | PlaceNotUsableIssue
  | IssueOf<{
      "reallocate.not_applied": { readonly proposalId: string };
      "reallocate.event_missing": { readonly orderNo: OrderNo; readonly proposalId: string };
      "reallocate.unknown_line": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.goods_gone": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "reallocate.served_since": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
    }>;

/**
 * Gives goods back that were transferred from one order to another: every line has what it had, at the same places, with
 * the same records of shortage.
 *
 * **Rules**
 * 1. Undone is the last time that the proposal was carried out, if it was not undone since; the events of all its orders
 *    must be there.
 * 2. The goods must still be reserved for the line that won them, and not picked; what was recorded as short for those who
 *    gave them must still wait. Otherwise nothing is given back.
 * 3. A day that was promised with the transfer gives way to the one before it, which is promised again – unless it has
 *    passed, or another was promised since. A line that was promised none before keeps the new day. All promises stay on
 *    record.
 * 4. Both orders have an event; the customers who get their goods back are told.
 * 5. The displacements that were undone are told, as the ledger has them, with the instant: for `undoDisplacements`.
 * 6. Caps and protected minimums are kept as they stand now, as {@link applyReallocation} has them: within a group goods go
 *    back freely; a group that has used its cap up since does not get more, and one that had won them keeps its minimum.
 * 7. Where stock is given, it must still have the goods, reserved and on hand, at the places where they go back.
 *
 * @param orders all orders of the transfer, each once
 * @returns the orders in the order of the input, with what was undone; or all of them refused with every reason
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 9.14, 8.7, 8.9; definition B6
 * @example
 * ```ts
 * import { undoReallocation } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const { refused } = undoReallocation([anyOrder()], { proposalId: "RP-1", events: [] }, anyContext());
 * refused[0]!.issues[0]!.code; // => "reallocate.not_applied"
 * ```
 */
export function undoReallocation(
  orders: readonly Order[],
  command: UndoReallocation,
  context: UndoReallocationContext,
): ReallocationOutcome {
  const orderOf = ordersByNo(orders);
  const misshapen = commandFaults(command, undoingShape);
  if (misshapen.length > 0) return { ...refusedTogether(orders, misshapen), displacements: [] };
  const { proposalId, events } = command;
  const transfers = lastTransfers(events, proposalId);
  if (transfers.length === 0) {
    const issues = [issue("reallocate.not_applied", ["proposalId"], { proposalId })];
    return { ...refusedTogether(orders, issues), displacements: [] };
  }
  const told = new Set(transfers.map(({ orderNo }) => orderNo));
  const named = transfers.flatMap(({ details }) => details.displacements);
  const missing = new Set(
    named.flatMap(({ victim, winner }) => [victim.orderNo, winner.orderNo]).filter((orderNo) => !told.has(orderNo)),
  );
  // Who won the goods gives them back first, so that they are free when the others reserve them again.
  const sides = [...transfers.filter((event) => !isVictim(event)), ...transfers.filter(isVictim)];
  const { today = calendarDay(context.at.slice(0, 10)) } = context;
  const stock = context.stock && stockAsItIs(orders, context.stock, today);
  const issues: UndoReallocationIssue[] = [
    ...[...missing].map((orderNo) => issue("reallocate.event_missing", ["events"], { orderNo, proposalId })),
    ...sides.flatMap((event) => obstaclesTo(event, orderOf.get(event.orderNo), stock)),
    ...supplyRuleFaults(context.protection ?? [], ["protection"]),
  ];
  if (issues.length === 0) issues.push(...limitIssues(transfers, orderOf, context));
  if (issues.length > 0) return { ...refusedTogether(orders, issues), displacements: [] };
  const outcomes = sides.map((event): Outcome => {
    const { orderNo } = event;
    const order = orderOf.get(orderNo) as Order;
    const changes = [...movesOf(event).map(inverse), ...promisesBefore(order, event, context)];
    const details = { proposalId, cause: "undoing", displacements: [], consents: [] } as const;
    const requests = isVictim(event)
      ? [{ type: "notify_customer", orderNo, template: "goods_given_back" } as const]
      : [];
    return recordEvent(order, { type: "reservation_moved", details, changes, requests }, context);
  });
  // Each is on the events of both its orders; the winner's, which comes first, has them all.
  const undone = transfers.find((event) => !isVictim(event))?.details.displacements ?? [];
  const displacements = undone.map((displacement) => ({ ...displacement, undoneAt: context.at }));
  return { ...together(orders, outcomes), displacements };
}

/** What the rules of customer groups have against it that nothing else stands against. */
function limitIssues(
  transfers: readonly Transfer[],
  orderOf: ReadonlyMap<OrderNo, Order>,
  { protection, stock, at, today = calendarDay(at.slice(0, 10)) }: UndoReallocationContext,
): SupplyLimitIssue[] {
  const winner = transfers.find((event) => !isVictim(event));
  const [displacement] = winner?.details.displacements ?? [];
  if (displacement === undefined) return [];
  const classOf = (orderNo: OrderNo): string | undefined => orderOf.get(orderNo)?.header.customerClass;
  const back = transfers.filter(isVictim).flatMap((event) => {
    const group = classOf(event.orderNo);
    return movesOf(event).map(({ lineId, quantity }): GivenBack => ({ lineId, group, quantity }));
  });
  const line = orderOf
    .get(displacement.winner.orderNo)
    ?.lines.find(({ lineId }) => lineId === displacement.winner.lineId);
  if (line === undefined || isDepositDraw(line)) return [];
  return givingBackLimits(displacement.itemCode, classOf(displacement.winner.orderNo), back, {
    protection,
    stock,
    today,
  });
}

type Transfer = EventBase<"reservation_moved"> & OrderEvent;

/** The last event of each order in which the proposal was carried out, where it was not undone since. */
function lastTransfers(events: readonly OrderEvent[], proposalId: string): Transfer[] {
  const last = new Map<OrderNo, Transfer>();
  for (const event of events) {
    if (event.type !== "reservation_moved" || event.details.proposalId !== proposalId) continue;
    const known = last.get(event.orderNo);
    if (known === undefined || known.version < event.version) last.set(event.orderNo, event);
  }
  return [...last.values()].filter(({ details }) => details.cause === "reallocation");
}

/** The days that were promised before the transfer, where its own are still the last. */
function promisesBefore(
  order: Order,
  { changes }: Transfer,
  { at, today = calendarDay(at.slice(0, 10)) }: UndoReallocationContext,
): Change[] {
  const { lineOf } = orderIndex(order);
  return changes.flatMap((change): Change[] => {
    if (change.kind !== "promise_set") return [];
    const { lineId, promise } = change;
    const [before, last] = lineOf.get(lineId)?.promises.slice(-2) ?? [];
    const isLast = last?.day === promise.day && last.promisedAt === promise.promisedAt;
    if (before === undefined || !isLast || compareDays(before.day, today) < 0) return [];
    return [{ kind: "promise_set", lineId, promise: { ...before, promisedAt: at } }];
  });
}

function isVictim(event: OrderEvent): boolean {
  return movesOf(event).some(({ from }) => from === "allocated");
}

function movesOf({ changes }: OrderEvent): QuantityMoved[] {
  return changes.filter((change): change is QuantityMoved => change.kind === "quantity_moved");
}

/** The way back, in which a record that was served is written again and one that was written is served. */
function inverse({ kind, lineId, from, to, quantity, source, shortage, serves }: QuantityMoved): QuantityMoved {
  return {
    kind,
    lineId,
    from: to,
    to: from,
    quantity,
    ...(source === undefined ? {} : { source }),
    ...(serves === undefined ? {} : { shortage: serves as ShortageNote }),
    ...(shortage === undefined ? {} : { serves: shortage }),
  };
}

function obstaclesTo(
  event: OrderEvent,
  order: Order | undefined,
  stock: StockNow | undefined,
): UndoReallocationIssue[] {
  const { orderNo } = event;
  const lineOf = order === undefined ? undefined : orderIndex(order).lineOf;
  const issues: UndoReallocationIssue[] = order === undefined ? [] : checkTransition(order, "reallocate");
  const gives = new Map<string, { line: OrderLine; source: StockSource; quantity: Decimal }>();
  const waits = new Map<LineId, { line: OrderLine; note: ShortageNote; quantity: Decimal }>();
  for (const { lineId, to, quantity, source, shortage } of movesOf(event)) {
    const line = lineOf?.get(lineId);
    if (line === undefined || source === undefined) {
      issues.push(issue("reallocate.unknown_line", ["orders"], { orderNo, lineId }));
    } else if (to === "allocated") {
      const key = `${lineId}\n${stockKey(line.itemCode, source)}`;
      gives.set(key, { line, source, quantity: add(gives.get(key)?.quantity ?? ZERO, quantity) });
    } else if (shortage !== undefined) {
      waits.set(lineId, { line, note: shortage, quantity: add(waits.get(lineId)?.quantity ?? ZERO, quantity) });
    }
  }
  const allocatedBy = new Map<LineId, ReadonlyMap<string, Decimal>>();
  for (const { line, source, quantity } of gives.values()) {
    const { lineId, itemCode } = line;
    const allocated = allocatedBy.get(lineId) ?? allocatedByPlace(line);
    allocatedBy.set(lineId, allocated);
    const left = allocated.get(stockKey(itemCode, source)) ?? ZERO;
    const fault = stock?.faultAt?.(itemCode, source);
    const position = stock?.positionAt(stockKey(itemCode, source));
    if (compare(quantity, left) > 0)
      issues.push(issue("reallocate.goods_gone", ["orders"], { lineId, quantity, left }));
    else if (fault !== undefined) issues.push(unbookedIssue({ lineId, itemCode, quantity }, source, fault, ["orders"]));
    else if (position !== undefined && !isCovered(position))
      issues.push(placeNotUsable({ lineId, itemCode, quantity }, source, ["orders"]));
  }
  for (const { line, note, quantity } of waits.values()) {
    const own = line.shortages.filter(
      ({ bucket, cause, mode, reason, since }) =>
        bucket === "backfill" &&
        cause === note.cause &&
        mode === note.mode &&
        reason === note.reason &&
        since === note.since,
    );
    const left = sum(own.map((shortage) => shortage.quantity));
    const { lineId } = line;
    if (compare(quantity, left) > 0)
      issues.push(issue("reallocate.served_since", ["orders"], { lineId, quantity, left }));
  }
  return issues;
}
