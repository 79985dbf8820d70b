import { add, compare, isPositive, maximum, minimum, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { ordersOnce } from "../../model/orders-once.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import { stockOnce } from "../../model/stock-once.js";
import type { DatedQuantityIssue } from "../../scheduling/available-to-promise.js";
import { orderOfService } from "../order-of-service.js";
import { faultsInPolicy, type ReallocationPolicyIssue } from "./check-reallocation-policy.js";
import { freeForLine } from "./free-for-line.js";
import type { FreeLeft } from "./goods-left.js";
import { offerBook, type OfferBook } from "./offer-book.js";
import type { ProposeReallocation, ProposeReallocationContext } from "./reallocation-proposal.js";
import { supplyLimitIssue, type SupplyLimitIssue } from "./transfer-rules.js";
import { usablePlaces } from "./usable-lots.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { wholeSteps } from "../../model/whole-steps.js";
import { askingShape } from "../command-shapes.js";
import { bestChoice } from "./best-choice.js";

/** Why nothing can be proposed. */
export type ProposeReallocationIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | DatedQuantityIssue
  | ReallocationPolicyIssue
  | SupplyLimitIssue
  | IssueOf<{
      "reallocate.unknown_line": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.not_short": { readonly lineId: LineId };
      "reallocate.quantity_not_positive": { readonly quantity: Decimal };
      "reallocate.more_than_short": { readonly quantity: Decimal; readonly short: Decimal };
      "reallocate.line_on_hold": { readonly lineId: LineId };
      "reallocate.stock_is_there": { readonly lineId: LineId; readonly free: Decimal };
      "reallocate.no_donor": { readonly lineId: LineId };
      "reallocate.not_enough": { readonly lineId: LineId; readonly found: Decimal; readonly short: Decimal };
    }>;

/**
 * Proposes which orders could give reserved goods up for a line that is short, with the least harm in all. It moves
 * nothing: each of their customers must agree first.
 *
 * **Rules**
 * 1. Asked is who comes later in the order of service and holds goods of the item that are reserved and not picked, in a
 *    place that the short line may use: in the lot that it names, in one lot where all of it must come from one. Orders with firm holds, orders that were set back too often, and promised days that
 *    would be broken, where they must be kept, are left alone; each with its reason. A line that takes all or nothing is
 *    asked for everything that it holds or for nothing, and left alone where that is more than is wanted. So is a line that
 *    comes together with others and lacks nothing with them: what it gave would keep all of them back.
 * 2. The harm of a line is `perLine` + quantity × (`perUnit` + days later × `perUnitAndDay`), times the factor of its
 *    customer class. It can have its goods again on the first day on which supply covers all that is asked for.
 * 3. As much is asked for as can be given of what is wanted, by whom it does the least harm in all; when the steps do not
 *    suffice to prove that, `optimal` says so.
 * 4. A line with a step gets multiples of it; one that takes all or nothing, or comes together with others, gets all that
 *    it lacks or no proposal. Nobody is asked for what
 *    lies free for it: that it took nothing of it yet, since not all was there, is no shortage. The next allocation gives it.
 * 5. Caps and protected minimums of customer groups are kept (`protection`), in whole steps of the line. Within a group goods
 *    go over freely. From all others comes no more than is left of the cap of the line's group. A group with a minimum gives
 *    what it has used beyond it, and more only as far as free stock covers all minimums that are not used up then. Who may
 *    give nothing for that is named with the reason, and `heldBack` says how much more could go over without the rules.
 * 6. Nobody is asked for goods that are not in the stock given as the orders have them: the place is not there, or has less
 *    reserved than these orders have allocated there.
 * 7. A policy that cannot be meant is refused with each of its faults.
 *
 * @param orders the short order and all that could give, each once
 * @returns the proposal, or every reason why there is none. n log n in orders and lines, and the steps.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 9.14, 8.7; definitions B4, B6
 * @example
 * ```ts
 * import { calendarDay, decimal, proposeReallocation } from "ordercycle";
 * import { anyOrder, anyStock } from "ordercycle/testing";
 * const short = anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { customerClass: "A" }, lines: [{ quantities: { backfill: "4", delivered: "6" } }] });
 * const donor = anyOrder({ orderNo: "SO-2", stage: "confirmed", header: { customerClass: "B" }, lines: [{ quantities: { allocated: "10" } }] });
 * const policy = {
 *   priority: [{ key: "customerClass" as const, direction: "ascending" as const }],
 *   sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
 *   promises: "keep" as const,
 *   harm: { perLine: decimal("5"), perUnit: decimal("1"), perUnitAndDay: decimal("0.5"), unknownDelayDays: 10 },
 *   steps: 10000,
 * };
 * const command = { proposalId: "RP-1", orderNo: "SO-1", lineId: "SO-1-1" };
 * const context = { policy, stock: anyStock({ onHand: "10", reserved: "10" }), today: calendarDay("2026-03-02") };
 * const result = proposeReallocation([short, donor], command, context);
 * result.ok && result.value.transfers.map(({ victim, quantity, harm }) => [victim.orderNo, quantity, harm]); // => [["SO-2","4","29"]]
 * ```
 */
export function proposeReallocation(
  orders: readonly Order[],
  command: ProposeReallocation,
  context: ProposeReallocationContext,
): Result<ReallocationProposal, ProposeReallocationIssue> {
  ordersOnce(orders);
  stockOnce(context.stock);
  const faults = [...commandFaults(command, askingShape), ...faultsInPolicy(context.policy)];
  if (faults.length > 0) return refuse(faults);
  const { orderNo, lineId } = command;
  const winner = orders.find((order) => order.orderNo === orderNo);
  if (winner === undefined)
    return refuse([
      ...checkNames({ proposalId: command.proposalId }),
      issue("reallocate.unknown_line", ["lineId"], { orderNo, lineId }),
    ]);
  const served = orderOfService(orders, context.policy.priority, context).map((place) => orders[place]!);
  return proposalFor(winner, command, context, offerBook(served, context));
}

/**
 * The proposal for a line under a sound policy, of what earlier lines of the same call have left.
 *
 * @param book what all lines of the call look at
 * @internal
 */
export function proposalFor(
  winner: Order,
  { proposalId, lineId, quantity }: Omit<ProposeReallocation, "orderNo">,
  context: ProposeReallocationContext,
  book: OfferBook,
  left?: FreeLeft,
): Result<ReallocationProposal, ProposeReallocationIssue> {
  const issues: ProposeReallocationIssue[] = checkNames({ proposalId });
  const { orderNo } = winner;
  const { lineOf, held, unitOf } = book.indexOf(winner);
  const line = lineOf.get(lineId);
  if (line === undefined) return refuse([...issues, issue("reallocate.unknown_line", ["lineId"], { orderNo, lineId })]);
  issues.push(...checkTransition(winner, "allocate"));
  if (held.has(lineId)) issues.push(issue("reallocate.line_on_hold", ["lineId"], { lineId }));
  const short = add(line.quantities.open, line.quantities.backfill);
  const mayUse = usablePlaces({ order: winner, line }, book.goods, context);
  const free = freeForLine({ order: winner, line }, mayUse, context, book, left).quantity;
  const lacks = maximum(ZERO, subtract(short, free));
  const wanted = minimum(quantity ?? lacks, lacks);
  if (short === ZERO) issues.push(issue("reallocate.not_short", ["lineId"], { lineId }));
  else if (quantity !== undefined && !isPositive(quantity))
    issues.push(issue("reallocate.quantity_not_positive", ["quantity"], { quantity }));
  else if (quantity !== undefined && compare(quantity, short) > 0)
    issues.push(issue("reallocate.more_than_short", ["quantity"], { quantity, short }));
  else if (lacks === ZERO) issues.push(issue("reallocate.stock_is_there", ["lineId"], { lineId, free }));
  const day = book.dayOf(new Map([[line.itemCode, wanted]]));
  if (!day.ok) issues.push(...day.issues);
  if (!day.ok || issues.length > 0) return refuse(issues);

  const most = wholeSteps(wanted, line.quantum);
  const { found, transfers, harm, optimal, notAsked, heldBack } = bestChoice(
    { order: winner, line, most, rank: book.donors.rankOf(orderNo)! },
    mayUse,
    day.value,
    context,
    book,
    left,
  );
  const rulesAgainst = (heldBack?.limits ?? []).map((limit): ProposeReallocationIssue => {
    return supplyLimitIssue(limit, [], { lineId, group: heldBack!.group, held: heldBack!.quantity });
  });
  if (found === ZERO && rulesAgainst.length > 0) return refuse(rulesAgainst);
  if (found === ZERO) return refuse([issue("reallocate.no_donor", [], { lineId })]);
  if (unitOf(line) !== undefined && found !== lacks)
    return refuse([issue("reallocate.not_enough", [], { lineId, found, short: lacks }), ...rulesAgainst]);
  return ok({
    proposalId,
    state: "pending",
    winner: { orderNo, lineId },
    itemCode: line.itemCode,
    quantity: found,
    stillShort: subtract(wanted, found),
    transfers,
    harm,
    optimal,
    notAsked,
    ...(heldBack === undefined ? {} : { heldBack }),
  });
}
