import type { CalendarDay } from "../../core/calendar-day.js";
import { finestScale } from "../../core/decimal-arithmetic.js";
import {
  add,
  compare,
  fromUnits,
  isPositive,
  isZero,
  maximum,
  minimum,
  multiply,
  subtract,
  sum,
  toUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { isLineHeld } from "../../lifecycle/held-lines.js";
import { togetherWith } from "../../lifecycle/together-with.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { ordersOnce } from "../../model/orders-once.js";
import type {
  NoDonor,
  ReallocationHeldBack,
  ReallocationProposal,
  ReallocationTransfer,
} from "../../model/reallocation-proposal.js";
import { reservedPlaces } from "../../model/reserved-places.js";
import type { SupplyLimit } from "../../model/supply-rule.js";
import type { DatedQuantityIssue } from "../../scheduling/available-to-promise.js";
import { askedWarehouses, nearnessTable } from "../nearness-table.js";
import { faultsInPolicy, type ReallocationPolicyIssue } from "./check-reallocation-policy.js";
import { donorCandidates, type DonorCandidate, type Winner } from "./donor-candidates.js";
import { freeForLine } from "./free-for-line.js";
import type { FreeLeft } from "./goods-left.js";
import type { GivingLimits } from "./giving-limits.js";
import { leastHarm, type Donor } from "./least-harm.js";
import { mostCovered } from "./most-covered.js";
import type { ProposeReallocation, ProposeReallocationContext } from "./reallocation-proposal.js";
import { supplyDay } from "./supply-day.js";
import {
  bindingLimits,
  limitOf,
  supplyLimitIssue,
  transferRules,
  unbound,
  type SupplyLimitIssue,
  type TransferRules,
} from "./transfer-rules.js";
import { usableLots, type MayUse } from "./usable-lots.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { wholeSteps } from "../../model/whole-steps.js";
import { askingShape } from "../command-shapes.js";

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
 * 6. A policy that cannot be meant is refused with each of its faults.
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
  const faults = [...commandFaults(command, askingShape), ...faultsInPolicy(context.policy)];
  return faults.length > 0 ? refuse(faults) : proposalFor(orders, command, context);
}

/** The proposal for a line under a sound policy, of what earlier lines of the same call have left of free goods. @internal */
export function proposalFor(
  orders: readonly Order[],
  { proposalId, orderNo, lineId, quantity }: ProposeReallocation,
  context: ProposeReallocationContext,
  left?: FreeLeft,
): Result<ReallocationProposal, ProposeReallocationIssue> {
  const issues: ProposeReallocationIssue[] = checkNames({ proposalId });
  const winner = orders.find((order) => order.orderNo === orderNo);
  const line = winner?.lines.find((one) => one.lineId === lineId);
  if (winner === undefined || line === undefined)
    return refuse([...issues, issue("reallocate.unknown_line", ["lineId"], { orderNo, lineId })]);
  issues.push(...checkTransition(winner, "allocate"));
  if (isLineHeld(winner, lineId, "allocate")) issues.push(issue("reallocate.line_on_hold", ["lineId"], { lineId }));
  const short = add(line.quantities.open, line.quantities.backfill);
  const lots = usableLots({ order: winner, line }, orders, context);
  const free = freeForLine({ order: winner, line }, lots[0]!, context, left).quantity;
  const lacks = maximum(ZERO, subtract(short, free));
  const wanted = minimum(quantity ?? lacks, lacks);
  if (short === ZERO) issues.push(issue("reallocate.not_short", ["lineId"], { lineId }));
  else if (quantity !== undefined && !isPositive(quantity))
    issues.push(issue("reallocate.quantity_not_positive", ["quantity"], { quantity }));
  else if (quantity !== undefined && compare(quantity, short) > 0)
    issues.push(issue("reallocate.more_than_short", ["quantity"], { quantity, short }));
  else if (lacks === ZERO) issues.push(issue("reallocate.stock_is_there", ["lineId"], { lineId, free }));
  const day = supplyDay(new Map([[line.itemCode, wanted]]), context);
  if (!day.ok) issues.push(...day.issues);
  if (!day.ok || issues.length > 0) return refuse(issues);

  const most = wholeSteps(wanted, line.quantum);
  const { found, transfers, harm, optimal, notAsked, heldBack } = bestChoice(
    { order: winner, line, most },
    orders,
    lots,
    day.value,
    context,
  );
  const rulesAgainst = (heldBack?.limits ?? []).map((limit): ProposeReallocationIssue => {
    return supplyLimitIssue(limit, [], { lineId, group: heldBack!.group, held: heldBack!.quantity });
  });
  if (found === ZERO && rulesAgainst.length > 0) return refuse(rulesAgainst);
  if (found === ZERO) return refuse([issue("reallocate.no_donor", [], { lineId })]);
  if (togetherWith(winner, line) !== undefined && found !== lacks)
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

/** The best choice; where all must come from one lot, the best among those of each: most goods, then least harm. */
function bestChoice(
  winner: Winner,
  orders: readonly Order[],
  lots: readonly MayUse[],
  newDay: CalendarDay | undefined,
  context: ProposeReallocationContext,
) {
  const { policy, stock, today } = context;
  const asked = nearnessTable(askedWarehouses(policy.sourcing)).warehouseNumbers;
  const offered = stock.filter(({ warehouseId }) => asked.has(warehouseId));
  const rules = transferRules(winner, orders, { protection: policy.protection, stock: offered, today });
  const steps = Math.max(1, Math.floor(policy.steps / lots.length));
  const choices = lots.map((mayUse) => {
    const { candidates, notAsked } = donorCandidates(winner, orders, newDay, mayUse, context);
    const choice = chosenAmong(candidates, winner, steps, rules);
    return { ...choice, notAsked: [...notAsked, ...choice.notAsked] };
  });
  const best = choices.reduce((found, other) =>
    (compare(other.found, found.found) || compare(found.harm, other.harm)) > 0 ? other : found,
  );
  const freest = choices.reduce((most, other) => (compare(other.withoutRules, most.withoutRules) > 0 ? other : most));
  const held = subtract(freest.withoutRules, best.found);
  const { group, capLeft } = rules ?? {};
  const heldBack: ReallocationHeldBack = {
    quantity: held,
    limits: freest.limits,
    ...(group === undefined ? {} : { group }),
    ...(capLeft === undefined ? {} : { capLeft }),
  };
  return {
    ...best,
    optimal: choices.every(({ optimal }) => optimal),
    ...(isPositive(held) && freest.limits.length > 0 ? { heldBack } : {}),
  };
}

interface Choice extends Pick<ReallocationProposal, "transfers" | "harm" | "optimal" | "notAsked"> {
  readonly found: Decimal;
  /** What would be found if no rule of customer groups were. */
  readonly withoutRules: Decimal;
  /** Which of them make it less. */
  readonly limits: readonly SupplyLimit[];
}

function chosenAmong(
  candidates: readonly DonorCandidate[],
  { most, line: { quantum = ZERO } }: Winner,
  budget: number,
  rules: TransferRules | undefined,
): Choice {
  const scale = finestScale([most, quantum, ...candidates.map(({ held }) => held)]);
  const digits = Math.max(scale, rules?.scale ?? 0);
  const money = finestScale(candidates.flatMap(({ fixed, perUnit }) => [fixed, perUnit]));
  const donors = candidates.map(({ order, held, isWhole, fixed, perUnit }): Donor => {
    const group = rules?.groupOf(order);
    return {
      units: toUnits(held, digits),
      fixed: toUnits(fixed, money + digits),
      perUnit: toUnits(perUnit, money),
      isWhole,
      ...(group === undefined ? {} : { group }),
    };
  });
  const limits = rules?.limits(digits, isZero(quantum) ? 1n : toUnits(quantum, digits));
  const wanted = toUnits(most, digits);
  const asked: number[] = [];
  const notAsked: NoDonor[] = [];
  for (const [place, donor] of donors.entries()) {
    const code = limits === undefined ? undefined : limitOf(donor, limits);
    const { order, line } = candidates[place]!;
    if (code === undefined) asked.push(place);
    else notAsked.push({ orderNo: order.orderNo, lineId: line.lineId, code });
  }
  const chosen = asked.map((place) => donors[place]!);
  const { taken, covered, optimal } = leastHarm(chosen, wanted, budget, limits);
  const transfers = asked.flatMap((place, at): ReallocationTransfer[] => {
    const { order, line, usable, fixed, perUnit, oldDay, newDay } = candidates[place]!;
    const quantity = fromUnits(taken[at] as bigint, digits);
    if (quantity === ZERO) return [];
    return [
      {
        victim: { orderNo: order.orderNo, lineId: line.lineId },
        customerCode: order.header.customerCode,
        quantity,
        places: reservedPlaces(usable, "allocated", quantity, "last"),
        harm: add(fixed, multiply(perUnit, quantity)),
        ...(oldDay === undefined ? {} : { oldDay }),
        ...(newDay === undefined ? {} : { newDay }),
      },
    ];
  });
  const coveredBy = (some: GivingLimits): bigint => mostCovered(donors, wanted, budget, some).covered;
  const withoutRules = limits === undefined ? covered : coveredBy(unbound(limits));
  return {
    found: fromUnits(covered, digits),
    transfers,
    harm: sum(transfers.map(({ harm }) => harm)),
    optimal,
    notAsked,
    withoutRules: fromUnits(withoutRules, digits),
    limits: limits === undefined || withoutRules <= covered ? [] : bindingLimits(limits, withoutRules, coveredBy),
  };
}
