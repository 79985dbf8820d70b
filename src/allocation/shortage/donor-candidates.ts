import { daysBetween, type CalendarDay } from "../../core/calendar-day.js";
import { add, compare, decimal, isPositive, multiply, ONE, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { checkTransition } from "../../lifecycle/transitions.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { NoDonor, NoDonorReason } from "../../model/reallocation-proposal.js";
import { wholeSteps } from "../../model/whole-steps.js";
import { hasFirmHold } from "../firm-hold.js";
import { orderOfService } from "../order-of-service.js";
import { givingOf, type Giving } from "./giving-of.js";
import type { HarmRates, ProposeReallocationContext } from "./reallocation-proposal.js";
import type { MayUse, ShortLine } from "./usable-lots.js";

/** A line that could give goods up. */
export interface DonorCandidate {
  /** Its order. */
  readonly order: Order;
  /** The line. */
  readonly line: OrderLine;
  /** The line with only the places that the short line may use. */
  readonly usable: OrderLine;
  /** What of it the short line may have, in whole steps of that. */
  readonly held: Decimal;
  /** Whether it gives all that it holds or nothing. */
  readonly isWhole: boolean;
  /** Harm of asking it at all. */
  readonly fixed: Decimal;
  /** Harm of each unit that it gives. */
  readonly perUnit: Decimal;
  /** Day for which it was told its goods; undefined for none. */
  readonly oldDay: CalendarDay | undefined;
  /** Day on which it can have them again; undefined when nobody knows. */
  readonly newDay: CalendarDay | undefined;
}

/** A line that is short, and what it wants at most. */
export interface Winner extends ShortLine {
  /** What it is to get at most. */
  readonly most: Decimal;
}

/** Whom a line that is short could ask, those who come last first, and who is left alone. */
export function donorCandidates(
  winner: Winner,
  orders: readonly Order[],
  newDay: CalendarDay | undefined,
  mayUse: MayUse,
  context: ProposeReallocationContext,
): { readonly candidates: readonly DonorCandidate[]; readonly notAsked: readonly NoDonor[] } {
  const { policy, today } = context;
  const served = orderOfService(orders, policy.priority, context).map((place) => orders[place]!);
  const rankOfWinner = served.indexOf(winner.order);
  const candidates: DonorCandidate[] = [];
  const notAsked: NoDonor[] = [];
  // Who comes last is asked first among equals.
  for (const [rank, order] of [...served.entries()].reverse()) {
    if (order === winner.order || checkTransition(order, "reallocate").length > 0) continue;
    const holding = order.lines.filter(
      ({ itemCode, quantities }) => itemCode === winner.line.itemCode && quantities.allocated !== ZERO,
    );
    if (holding.length === 0) continue;
    const givingBy = givingOf(order);
    for (const line of holding) {
      const giving = givingBy(line);
      const usable = { ...line, reservations: line.reservations.filter(mayUse) };
      const all = sum(usable.reservations.map(({ quantities }) => quantities.allocated ?? ZERO));
      const held = wholeSteps(all, winner.line.quantum);
      const oldDay = line.promises.at(-1)?.day;
      const code =
        rank < rankOfWinner
          ? "served_earlier"
          : whyFirm(order, line, { held, giving, oldDay, newDay, most: winner.most }, context);
      if (code !== undefined) {
        notAsked.push({ orderNo: order.orderNo, lineId: line.lineId, code });
        continue;
      }
      const rates = ratesOf(
        order,
        { from: oldDay ?? order.header.requestedDeliveryDate ?? today, newDay },
        policy.harm,
      );
      candidates.push({ order, line, usable, held, isWhole: giving === "all", ...rates, oldDay, newDay });
    }
  }
  return { candidates, notAsked };
}

function whyFirm(
  order: Order,
  line: OrderLine,
  {
    held,
    giving,
    oldDay,
    newDay,
    most,
  }: {
    readonly held: Decimal;
    readonly giving: Giving;
    readonly oldDay: CalendarDay | undefined;
    readonly newDay: CalendarDay | undefined;
    readonly most: Decimal;
  },
  { policy, timesDisplaced }: ProposeReallocationContext,
): NoDonorReason | undefined {
  const { promises, firmHolds = [], maxTimesDisplaced } = policy;
  if (!isPositive(held)) return "place_not_usable";
  if (hasFirmHold(order, line.lineId, firmHolds)) return "firm_hold";
  if (giving === "nothing") return "comes_together";
  const { allocated } = line.quantities;
  if (giving === "all" && (held !== allocated || compare(held, most) > 0)) return "all_or_nothing";
  if (promises === "keep" && oldDay !== undefined && (newDay === undefined || newDay > oldDay)) return "promise_kept";
  if (maxTimesDisplaced !== undefined && (timesDisplaced?.get(order.orderNo) ?? 0) >= maxTimesDisplaced)
    return "displaced_too_often";
  return undefined;
}

function ratesOf(
  { header }: Order,
  { from, newDay }: { readonly from: CalendarDay; readonly newDay: CalendarDay | undefined },
  { perLine, perUnit, perUnitAndDay, classFactors = {}, unknownDelayDays }: HarmRates,
): Pick<DonorCandidate, "fixed" | "perUnit"> {
  const days = newDay === undefined ? unknownDelayDays : Math.max(0, daysBetween(from, newDay));
  const named = header.customerClass;
  const factor = named !== undefined && Object.hasOwn(classFactors, named) ? (classFactors[named] ?? ONE) : ONE;
  return {
    fixed: multiply(factor, perLine),
    perUnit: multiply(factor, add(perUnit, multiply(perUnitAndDay, decimal(days)))),
  };
}
