import { calendarDay, type CalendarDay } from "../../core/calendar-day.js";
import { add, compare, isPositive, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type Issue, type IssueOf } from "../../core/issue.js";
import { recordEvent, type Decision } from "../../lifecycle/record-event.js";
import { isLineHeld } from "../../lifecycle/held-lines.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Change } from "../../model/change.js";
import { consentFor, foreignConsents, type Consent, type ConsentIssue } from "../../model/consent.js";
import type { Displacement } from "../../model/displacement.js";
import type { OrderEvent } from "../../model/event.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { StockMovement } from "../../model/movement.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { ordersOnce } from "../../model/orders-once.js";
import type { BatchOutcome, Outcome, RefusedOrder } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { PlacedQuantity } from "../../model/reserved-places.js";
import type { HostRequest } from "../../model/request.js";
import { isSameSource, type StockPosition } from "../../model/stock.js";
import { supplyRuleFaults, type SupplyRule, type SupplyRuleFault } from "../../model/supply-rule.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { handoverShape } from "../command-shapes.js";
import { givingOf } from "./giving-of.js";
import { givenUp, taken } from "./reallocation-changes.js";
import { transferLimitIssues, type Given, type SupplyLimitIssue } from "./transfer-rules.js";

/** Why goods are not transferred. */
export type ApplyReallocationIssue =
  | TransitionIssue
  | ConsentIssue
  | CommandShapeIssue
  | SupplyRuleFault
  | SupplyLimitIssue
  | IssueOf<{
      "reallocate.unknown_line": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.not_a_proposal": { readonly proposalId: string };
      "reallocate.line_on_hold": { readonly lineId: LineId };
      "reallocate.goods_gone": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "reallocate.all_or_nothing": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "reallocate.comes_together": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.more_than_short": { readonly quantity: Decimal; readonly short: Decimal };
    }>;

/** What a transfer needs to know. */
export interface ApplyReallocationContext extends DecisionContext {
  /** Caps and protected minimums of customer groups as they stand now; none when absent. */
  readonly protection?: readonly SupplyRule[];
  /** Positions of which the free stock stands for minimums, not those of the goods that go over; nothing is free when absent. */
  readonly stock?: readonly StockPosition[];
  /** Today in the seller's calendar: stock that has expired is not free. The day of `at` in UTC when absent. */
  readonly today?: CalendarDay;
}

/** The answer of a transfer, or of its way back. */
export interface ReallocationOutcome extends BatchOutcome {
  /** Who was set back for whom: entries of the ledger. On the way back those that were undone, with the instant. */
  readonly displacements: readonly Displacement[];
}

/**
 * Carries out a proposal to which every customer who gives goods up has agreed. No consent, no move: all of it happens, or
 * nothing.
 *
 * **Rules**
 * 1. Each victim's customer has agreed to this proposal, and the consent has not expired. A consent of somebody else, or
 *    to something else, is refused and not passed over in silence.
 * 2. The goods must still be reserved where the proposal says, and the line must still be short of them. A line
 *    that takes all or nothing gives everything that it holds; one that has become complete together with others, nothing.
 * 3. What a victim gives is recorded as back-fill of today under the code `reallocated`, and its new day is promised; the
 *    winner gets the same goods at the same places, for its oldest shortages first.
 * 4. Both orders have an event with the displacement: who was set back for whom, by whose decision, by which consent, and
 *    when the customer was told – the instant of the consent.
 * 5. Caps and protected minimums are kept as they stand now, as {@link proposeReallocation} has them: others may have used
 *    them up since.
 *
 * @param orders the short order and all that give, each once
 * @param consents all that were given for the proposal
 * @returns the orders in the order of the input; or all of them refused with every reason
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 9.14, 8.7; definitions B6, B15
 * @example
 * ```ts
 * import { applyReallocation, decimal } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const short = anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [{ orderedQty: "4", quantities: { backfill: "4" } }] });
 * const donor = anyOrder({ orderNo: "SO-2", stage: "confirmed", header: { customerCode: "C-2" }, lines: [{ quantities: { allocated: "10" } }] });
 * const places = [{ source: { warehouseId: "NORTH" }, quantity: decimal("4") }];
 * const transfer = { victim: { orderNo: "SO-2", lineId: "SO-2-1" }, customerCode: "C-2", quantity: decimal("4"), places, harm: decimal("9") };
 * const proposal = {
 *   proposalId: "RP-1", state: "pending" as const, winner: { orderNo: "SO-1", lineId: "SO-1-1" }, itemCode: "TEA",
 *   quantity: decimal("4"), stillShort: decimal("0"), transfers: [transfer], harm: decimal("9"), optimal: true, notAsked: [],
 * };
 * const context = anyContext();
 * applyReallocation([short, donor], proposal, [], context).refused[0]!.issues[0]!.code; // => "consent.missing"
 * const consent = { customerCode: "C-2", subject: "RP-1", agreedBy: "Ms Wu", agreedAt: context.at, reference: "MAIL-7" };
 * const { orders } = applyReallocation([short, donor], proposal, [consent], context);
 * orders.map(({ lines }) => [lines[0]!.quantities.allocated, lines[0]!.quantities.backfill]); // => [["4","0"],["6","4"]]
 * ```
 */
export function applyReallocation(
  orders: readonly Order[],
  proposal: ReallocationProposal,
  consents: readonly Consent[],
  context: ApplyReallocationContext,
): ReallocationOutcome {
  const orderOf = ordersByNo(orders);
  const misshapen = commandFaults({ proposal, consents }, handoverShape);
  if (misshapen.length > 0) return { ...refusedTogether(orders, misshapen), displacements: [] };
  const issues: ApplyReallocationIssue[] = [];
  if (!isProposal(proposal)) issues.push(issue("reallocate.not_a_proposal", [], { proposalId: proposal.proposalId }));
  else issues.push(...obstaclesTo(proposal, orderOf), ...consentIssues(proposal, consents, context));
  issues.push(...supplyRuleFaults(context.protection ?? [], ["protection"]));
  if (issues.length === 0) issues.push(...limitIssues(proposal, orderOf, context));
  if (issues.length > 0) return { ...refusedTogether(orders, issues), displacements: [] };

  const { proposalId, winner, itemCode } = proposal;
  const displacements = proposal.transfers.map((transfer): Displacement => {
    const { consent } = consentFor(consents, { ...transfer, subject: proposalId, at: context.at });
    return {
      victim: transfer.victim,
      winner,
      itemCode,
      quantity: transfer.quantity,
      ...(transfer.oldDay === undefined ? {} : { oldDate: transfer.oldDay }),
      ...(transfer.newDay === undefined ? {} : { newDate: transfer.newDay }),
      ruleId: "reallocate.least_harm",
      actor: context.actor,
      at: context.at,
      consent: consent!.reference,
      customerToldAt: consent!.agreedAt,
    };
  });
  const victims = [...new Set(proposal.transfers.map(({ victim }) => victim.orderNo))];
  const decide = (orderNo: OrderNo, changes: readonly Change[], requests: readonly HostRequest[]): Outcome => {
    const own = displacements.filter((one) => orderNo === winner.orderNo || one.victim.orderNo === orderNo);
    const references = new Set(own.map(({ consent }) => consent));
    const decision: Decision<"reservation_moved"> = {
      type: "reservation_moved",
      details: {
        proposalId,
        cause: "reallocation",
        displacements: own,
        consents: consents.filter(({ reference }) => references.has(reference)),
      },
      changes,
      requests,
    };
    return recordEvent(orderOf.get(orderNo) as Order, decision, context);
  };
  const outcomes = victims.map((orderNo) => {
    const own = proposal.transfers.filter(({ victim }) => victim.orderNo === orderNo);
    const changes = own.flatMap((transfer) => givenUp(lineOf(orderOf, transfer.victim)!, transfer, context));
    return decide(orderNo, changes, [{ type: "notify_customer", orderNo, template: "goods_given_up" }]);
  });
  const places = proposal.transfers.flatMap((transfer) => transfer.places);
  outcomes.push(decide(winner.orderNo, taken(lineOf(orderOf, winner)!, places), []));
  return { ...together(orders, outcomes), displacements };
}

/** Orders by number. @throws RangeError when one is listed twice */
export function ordersByNo(orders: readonly Order[]): ReadonlyMap<OrderNo, Order> {
  return new Map(ordersOnce(orders).map((order) => [order.orderNo, order]));
}

/** One refusal for all orders: what concerns several of them concerns each. */
export function refusedTogether(orders: readonly Order[], issues: readonly Issue[]): BatchOutcome {
  const refused = orders.map(({ orderNo }): RefusedOrder => ({ orderNo, issues }));
  return { orders, events: [], movements: [], requests: [], refused };
}

/** Outcomes in the order in which they are to be posted, as one. */
export function together(orders: readonly Order[], outcomes: readonly Outcome[]): BatchOutcome {
  const after = new Map(outcomes.map(({ order }) => [order.orderNo, order]));
  const events: OrderEvent[] = outcomes.flatMap((outcome) => outcome.events);
  const movements: StockMovement[] = outcomes.flatMap((outcome) => outcome.movements);
  const requests: HostRequest[] = outcomes.flatMap((outcome) => outcome.requests);
  return { orders: orders.map((order) => after.get(order.orderNo) ?? order), events, movements, requests, refused: [] };
}

function lineOf(
  orderOf: ReadonlyMap<OrderNo, Order>,
  { orderNo, lineId }: ReallocationProposal["winner"],
): OrderLine | undefined {
  return orderOf.get(orderNo)?.lines.find((line) => line.lineId === lineId);
}

/** Whether the figures of a proposal agree with each other, wherever it was kept in the meantime. */
function isProposal({ transfers, quantity, winner }: ReallocationProposal): boolean {
  const lineIds = transfers.map(({ victim }) => victim.lineId);
  return (
    isPositive(quantity) &&
    sum(transfers.map((transfer) => transfer.quantity)) === quantity &&
    new Set(lineIds).size === lineIds.length &&
    transfers.every(
      ({ victim, places, quantity: own }) =>
        victim.orderNo !== winner.orderNo &&
        places.every((place) => isPositive(place.quantity)) &&
        places.every((place, at) => places.findIndex(({ source }) => isSameSource(source, place.source)) === at) &&
        sum(places.map((place) => place.quantity)) === own,
    )
  );
}

function obstaclesTo(
  { proposalId, winner, quantity, transfers, itemCode }: ReallocationProposal,
  orderOf: ReadonlyMap<OrderNo, Order>,
): ApplyReallocationIssue[] {
  const issues: ApplyReallocationIssue[] = [];
  const line = lineOf(orderOf, winner);
  if (line === undefined) issues.push(issue("reallocate.unknown_line", ["winner"], winner));
  else {
    const order = orderOf.get(winner.orderNo) as Order;
    issues.push(...checkTransition(order, "reallocate"));
    issues.push(...checkTransition(order, "allocate").filter(({ code }) => code === "status.on_hold"));
    const { lineId } = line;
    if (isLineHeld(order, lineId, "allocate")) issues.push(issue("reallocate.line_on_hold", ["winner"], { lineId }));
    if (line.itemCode !== itemCode) issues.push(issue("reallocate.not_a_proposal", ["itemCode"], { proposalId }));
    const short = add(line.quantities.open, line.quantities.backfill);
    if (compare(quantity, short) > 0)
      issues.push(issue("reallocate.more_than_short", ["quantity"], { quantity, short }));
  }
  const checked = new Set<OrderNo>();
  const givers = new Set(transfers.flatMap(({ victim }) => orderOf.get(victim.orderNo) ?? []));
  const givingBy = new Map([...givers].map((order) => [order.orderNo, givingOf(order)]));
  for (const [position, transfer] of transfers.entries()) {
    const path = ["transfers", position];
    const { orderNo, lineId } = transfer.victim;
    const order = orderOf.get(orderNo);
    const victim = lineOf(orderOf, transfer.victim);
    if (order === undefined || victim === undefined) {
      issues.push(issue("reallocate.unknown_line", path, transfer.victim));
      continue;
    }
    if (!checked.has(orderNo)) issues.push(...checkTransition(order, "reallocate"));
    checked.add(orderNo);
    if (victim.itemCode !== itemCode || order.header.customerCode !== transfer.customerCode)
      issues.push(issue("reallocate.not_a_proposal", path, { proposalId }));
    const { allocated } = victim.quantities;
    const giving = givingBy.get(orderNo)!(victim);
    if (giving === "nothing") issues.push(issue("reallocate.comes_together", path, { orderNo, lineId }));
    if (giving === "all" && compare(transfer.quantity, allocated) < 0) {
      const params = { lineId, quantity: transfer.quantity, left: allocated };
      issues.push(issue("reallocate.all_or_nothing", path, params));
    }
    for (const { source, quantity: own } of transfer.places) {
      const left = allocatedAt(victim, source);
      if (compare(own, left) > 0) issues.push(issue("reallocate.goods_gone", path, { lineId, quantity: own, left }));
    }
  }
  return issues;
}

/** What the rules of customer groups have against a proposal that nothing else stands against. */
function limitIssues(
  { winner, transfers }: ReallocationProposal,
  orderOf: ReadonlyMap<OrderNo, Order>,
  { protection, stock, at, today = calendarDay(at.slice(0, 10)) }: ApplyReallocationContext,
): SupplyLimitIssue[] {
  const short = { order: orderOf.get(winner.orderNo) as Order, line: lineOf(orderOf, winner)! };
  const given = transfers.map(({ victim, quantity }): Given => {
    return { order: orderOf.get(victim.orderNo) as Order, quantity };
  });
  return transferLimitIssues(short, given, { protection, stock, today });
}

/** What a line has allocated at a place. */
export function allocatedAt({ reservations }: OrderLine, source: PlacedQuantity["source"]): Decimal {
  return reservations.find((place) => isSameSource(place, source))?.quantities.allocated ?? ZERO;
}

function consentIssues(
  { proposalId, transfers }: ReallocationProposal,
  consents: readonly Consent[],
  { at }: DecisionContext,
): ConsentIssue[] {
  const asked = new Set(transfers.map(({ customerCode }) => customerCode));
  return [
    ...[...asked].flatMap((customerCode) => consentFor(consents, { customerCode, subject: proposalId, at }).issues),
    ...foreignConsents(consents, asked, proposalId),
  ];
}
