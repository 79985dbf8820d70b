import { daysBetween, type CalendarDay } from "../../core/calendar-day.js";
import {
  add,
  compare,
  decimal,
  floorToMultiple,
  fromUnits,
  isPositive,
  multiply,
  ONE,
  scaleOf,
  subtract,
  sum,
  toUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { isLineHeld } from "../../lifecycle/held-lines.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { ordersOnce } from "../../model/orders-once.js";
import type {
  NoDonor,
  NoDonorReason,
  ReallocationProposal,
  ReallocationTransfer,
} from "../../model/reallocation-proposal.js";
import { reservedPlaces } from "../../model/reserved-places.js";
import type { DatedQuantityIssue } from "../../scheduling/available-to-promise.js";
import { orderOfService } from "../order-of-service.js";
import { leastHarm } from "./least-harm.js";
import type { HarmRates, ProposeReallocation, ProposeReallocationContext } from "./reallocation-proposal.js";
import { supplyDay } from "./supply-day.js";
import { usableLots, type MayUse, type ShortLine } from "./usable-lots.js";

/** Why nothing can be proposed. */
export type ProposeReallocationIssue =
  | TransitionIssue
  | NameIssue
  | DatedQuantityIssue
  | IssueOf<{
      "reallocate.unknown_line": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.not_short": { readonly lineId: LineId };
      "reallocate.quantity_not_positive": { readonly quantity: Decimal };
      "reallocate.more_than_short": { readonly quantity: Decimal; readonly short: Decimal };
      "reallocate.line_on_hold": { readonly lineId: LineId };
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
 *    asked for everything that it holds or for nothing, and left alone where that is more than is wanted.
 * 2. The harm of a line is `perLine` + quantity × (`perUnit` + days later × `perUnitAndDay`), times the factor of its
 *    customer class. It can have its goods again on the first day on which supply covers all that is asked for.
 * 3. As much is asked for as can be given of what is wanted, by whom it does the least harm in all; when the steps do not
 *    suffice to prove that, `optimal` says so.
 * 4. A line with a step gets multiples of it; one that takes all or nothing gets all that it lacks or no proposal.
 *
 * @param orders the short order and all that could give, each once
 * @returns the proposal, or every reason why there is none. n log n in orders and lines, and the steps.
 * @throws RangeError when an order is listed twice
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
  { proposalId, orderNo, lineId, quantity }: ProposeReallocation,
  context: ProposeReallocationContext,
): Result<ReallocationProposal, ProposeReallocationIssue> {
  ordersOnce(orders);
  const issues: ProposeReallocationIssue[] = checkNames({ proposalId });
  const winner = orders.find((order) => order.orderNo === orderNo);
  const line = winner?.lines.find((one) => one.lineId === lineId);
  if (winner === undefined || line === undefined)
    return refuse([...issues, issue("reallocate.unknown_line", ["lineId"], { orderNo, lineId })]);
  issues.push(...checkTransition(winner, "allocate"));
  if (isLineHeld(winner, lineId, "allocate")) issues.push(issue("reallocate.line_on_hold", ["lineId"], { lineId }));
  const short = add(line.quantities.open, line.quantities.backfill);
  const wanted = quantity ?? short;
  if (short === ZERO) issues.push(issue("reallocate.not_short", ["lineId"], { lineId }));
  else if (!isPositive(wanted))
    issues.push(issue("reallocate.quantity_not_positive", ["quantity"], { quantity: wanted }));
  else if (compare(wanted, short) > 0)
    issues.push(issue("reallocate.more_than_short", ["quantity"], { quantity: wanted, short }));
  const day = supplyDay(new Map([[line.itemCode, wanted]]), context);
  if (!day.ok) issues.push(...day.issues);
  if (!day.ok || issues.length > 0) return refuse(issues);

  const most = line.quantum === undefined ? wanted : floorToMultiple(wanted, line.quantum);
  const { found, transfers, harm, optimal, notAsked } = bestChoice(
    { order: winner, line, most },
    orders,
    day.value,
    context,
  );
  if (found === ZERO) return refuse([issue("reallocate.no_donor", [], { lineId })]);
  if (!line.partialAllowed && found !== short)
    return refuse([issue("reallocate.not_enough", [], { lineId, found, short })]);
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
  });
}

interface Candidate {
  readonly order: Order;
  readonly line: OrderLine;
  /** The line with only the places that the short line may use. */
  readonly usable: OrderLine;
  readonly held: Decimal;
  readonly fixed: Decimal;
  readonly perUnit: Decimal;
  readonly oldDay: CalendarDay | undefined;
  readonly newDay: CalendarDay | undefined;
}

/** A line that is short, and what it wants at most. */
interface Winner extends ShortLine {
  readonly most: Decimal;
}

/** The best choice; where all must come from one lot, the best among those of each: most goods, then least harm. */
function bestChoice(
  winner: Winner,
  orders: readonly Order[],
  newDay: CalendarDay | undefined,
  context: ProposeReallocationContext,
) {
  const lots = usableLots(winner, orders, context);
  const steps = Math.max(1, Math.floor(context.policy.steps / lots.length));
  const choices = lots.map((mayUse) => {
    const { candidates, notAsked } = candidatesFor(winner, orders, newDay, mayUse, context);
    return { ...chosenAmong(candidates, winner.most, steps), notAsked };
  });
  const best = choices.reduce((found, other) =>
    (compare(other.found, found.found) || compare(found.harm, other.harm)) > 0 ? other : found,
  );
  return { ...best, optimal: choices.every(({ optimal }) => optimal) };
}

function candidatesFor(
  winner: Winner,
  orders: readonly Order[],
  newDay: CalendarDay | undefined,
  mayUse: MayUse,
  context: ProposeReallocationContext,
): { readonly candidates: readonly Candidate[]; readonly notAsked: readonly NoDonor[] } {
  const { policy, today } = context;
  const served = orderOfService(orders, policy.priority, context).map((place) => orders[place]!);
  const rankOfWinner = served.indexOf(winner.order);
  const candidates: Candidate[] = [];
  const notAsked: NoDonor[] = [];
  // Who comes last is asked first among equals.
  for (const [rank, order] of [...served.entries()].reverse()) {
    if (order === winner.order || checkTransition(order, "reallocate").length > 0) continue;
    for (const line of order.lines) {
      if (line.itemCode !== winner.line.itemCode || line.quantities.allocated === ZERO) continue;
      const usable = { ...line, reservations: line.reservations.filter(mayUse) };
      const all = sum(usable.reservations.map(({ quantities }) => quantities.allocated ?? ZERO));
      const held = winner.line.quantum === undefined ? all : floorToMultiple(all, winner.line.quantum);
      const oldDay = line.promises.at(-1)?.day;
      const code =
        rank < rankOfWinner
          ? "served_earlier"
          : whyFirm(order, line, { held, oldDay, newDay, most: winner.most }, context);
      if (code !== undefined) {
        notAsked.push({ orderNo: order.orderNo, lineId: line.lineId, code });
        continue;
      }
      const rates = ratesOf(
        order,
        { from: oldDay ?? order.header.requestedDeliveryDate ?? today, newDay },
        policy.harm,
      );
      candidates.push({ order, line, usable, held, ...rates, oldDay, newDay });
    }
  }
  return { candidates, notAsked };
}

function whyFirm(
  { orderNo, holds }: Order,
  line: OrderLine,
  {
    held,
    oldDay,
    newDay,
    most,
  }: {
    readonly held: Decimal;
    readonly oldDay: CalendarDay | undefined;
    readonly newDay: CalendarDay | undefined;
    readonly most: Decimal;
  },
  { policy, timesDisplaced }: ProposeReallocationContext,
): NoDonorReason | undefined {
  const { promises, firmHolds = [], maxTimesDisplaced } = policy;
  if (!isPositive(held)) return "place_not_usable";
  const isFirm = holds.some(
    ({ state, type, lineId }) =>
      state === "active" && firmHolds.includes(type) && (lineId === undefined || lineId === line.lineId),
  );
  if (isFirm) return "firm_hold";
  const { allocated } = line.quantities;
  if (!line.partialAllowed && (held !== allocated || compare(held, most) > 0)) return "all_or_nothing";
  if (promises === "keep" && oldDay !== undefined && (newDay === undefined || newDay > oldDay)) return "promise_kept";
  if (maxTimesDisplaced !== undefined && (timesDisplaced?.get(orderNo) ?? 0) >= maxTimesDisplaced)
    return "displaced_too_often";
  return undefined;
}

function ratesOf(
  { header }: Order,
  { from, newDay }: { readonly from: CalendarDay; readonly newDay: CalendarDay | undefined },
  { perLine, perUnit, perUnitAndDay, classFactors = {}, unknownDelayDays }: HarmRates,
): Pick<Candidate, "fixed" | "perUnit"> {
  const days = newDay === undefined ? unknownDelayDays : Math.max(0, daysBetween(from, newDay));
  const named = header.customerClass;
  const factor = named !== undefined && Object.hasOwn(classFactors, named) ? (classFactors[named] ?? ONE) : ONE;
  return {
    fixed: multiply(factor, perLine),
    perUnit: multiply(factor, add(perUnit, multiply(perUnitAndDay, decimal(days)))),
  };
}

function chosenAmong(
  candidates: readonly Candidate[],
  most: Decimal,
  budget: number,
): Pick<ReallocationProposal, "transfers" | "harm" | "optimal"> & { readonly found: Decimal } {
  if (candidates.length === 0 || most === ZERO) return { found: ZERO, transfers: [], harm: ZERO, optimal: true };
  const scale = Math.max(scaleOf(most), ...candidates.map(({ held }) => scaleOf(held)));
  const money = Math.max(...candidates.flatMap(({ fixed, perUnit }) => [scaleOf(fixed), scaleOf(perUnit)]));
  const donors = candidates.map(({ line, held, fixed, perUnit }) => ({
    units: toUnits(held, scale),
    fixed: toUnits(fixed, money + scale),
    perUnit: toUnits(perUnit, money),
    isWhole: !line.partialAllowed,
  }));
  const { taken, covered, optimal } = leastHarm(donors, toUnits(most, scale), budget);
  const transfers = candidates.flatMap((candidate, place): ReallocationTransfer[] => {
    const { order, line, usable, fixed, perUnit, oldDay, newDay } = candidate;
    const quantity = fromUnits(taken[place] as bigint, scale);
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
  return { found: fromUnits(covered, scale), transfers, harm: sum(transfers.map(({ harm }) => harm)), optimal };
}
