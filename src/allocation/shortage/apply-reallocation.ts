import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import { issue, type Issue, type IssueOf } from "../../core/issue.js";
import type { TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import type { Consent, ConsentIssue } from "../../model/consent.js";
import type { Displacement } from "../../model/displacement.js";
import type { OrderEvent } from "../../model/event.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { StockMovement } from "../../model/movement.js";
import type { Order } from "../../model/order.js";
import { ordersOnce } from "../../model/orders-once.js";
import type { BatchOutcome, Outcome, RefusedOrder } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { HostRequest } from "../../model/request.js";
import type { StockPosition } from "../../model/stock.js";
import { supplyRuleFaults, type SupplyRule, type SupplyRuleFault } from "../../model/supply-rule.js";
import { handoverShape } from "../command-shapes.js";
import type { UnbookedIssue } from "../unbooked-reservations.js";
import { handoverDesk } from "./handover-desk.js";
import type { PlaceNotUsableIssue } from "./stock-now.js";
import type { SupplyLimitIssue } from "./transfer-rules.js";

/** Why goods are not transferred. */
export type ApplyReallocationIssue =
  | TransitionIssue
  | ConsentIssue
  | CommandShapeIssue
  | SupplyRuleFault
  | SupplyLimitIssue
  | UnbookedIssue
  | PlaceNotUsableIssue
  | IssueOf<{
      "reallocate.unknown_line": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.not_a_proposal": { readonly proposalId: string };
      "reallocate.line_on_hold": { readonly lineId: LineId };
      "reallocate.goods_gone": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "reallocate.all_or_nothing": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "reallocate.comes_together": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.more_than_short": { readonly quantity: Decimal; readonly short: Decimal };
      "reallocate.rest_is_missing": { readonly proposalId: string; readonly missing: string };
    }>;

/** What a transfer needs to know. */
export interface ApplyReallocationContext extends DecisionContext {
  /** Caps and protected minimums of customer groups as they stand now; none when absent. */
  readonly protection?: readonly SupplyRule[];
  /**
   * Positions as they are now, those of the goods that go over among them: each of these must have what the proposal names,
   * and what is free of all of them stands for minimums. When absent nothing is free, and nobody looks whether the goods are
   * in the books: then who posts the movements must.
   */
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
 * 6. Where stock is given, it must still have the goods as the proposal names them: each place is among the positions, has
 *    at least reserved what these orders have allocated there, and is usable for the short line – not held, not expired,
 *    with the life and the lot that it asks for.
 * 7. A proposal for a line that comes together with others (`together`) is of no use by itself and is refused:
 *    {@link applyReallocations} carries all of them out, or none.
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
  ordersOnce(orders);
  const misshapen = commandFaults({ proposal, consents }, handoverShape);
  if (misshapen.length > 0) return { ...refusedTogether(orders, misshapen), displacements: [] };
  const ofRules = supplyRuleFaults(context.protection ?? [], ["protection"]);
  const desk = handoverDesk(orders, ofRules.length > 0 ? { ...context, protection: [] } : context);
  const result = desk.handOver(proposal, consents);
  const rest = (proposal.together ?? []).map((missing) =>
    issue("reallocate.rest_is_missing", ["together"], { proposalId: proposal.proposalId, missing }),
  );
  const issues = [...rest, ...(result.ok ? [] : result.issues), ...ofRules];
  if (!result.ok || issues.length > 0) return { ...refusedTogether(orders, issues), displacements: [] };
  return { ...together(orders, result.value.outcomes), displacements: result.value.displacements };
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
