import { daysBetween, type CalendarDay } from "../../core/calendar-day.js";
import { add, compare, decimal, isPositive, multiply, ONE, sum, ZERO, type Decimal } from "../../core/decimal.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { NoDonor, NoDonorReason } from "../../model/reallocation-proposal.js";
import { wholeSteps } from "../../model/whole-steps.js";
import type { Holding } from "./donor-book.js";
import type { Giving } from "./giving-of.js";
import type { FreeLeft } from "./goods-left.js";
import type { OfferBook } from "./offer-book.js";
import type { HarmRates, ProposeReallocationContext } from "./reallocation-proposal.js";
import type { MayUse, ShortLine, UsableHolding } from "./usable-lots.js";

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
  /** Turn of its order in the order of service. */
  readonly rank: number;
  /** What it is to get at most. */
  readonly most: Decimal;
}

/**
 * What others have of the item of a short line, where it may use it; those who come last first.
 *
 * @param faultAt places that stock does not have as the orders have them: nobody is asked for goods there
 * @param left what earlier lines of the same call were promised of it, where a call looks at several
 */
export function usableHoldings(
  { order, line }: ShortLine,
  holdings: readonly Holding[],
  mayUse: MayUse,
  faultAt: OfferBook["faultAt"],
  left?: FreeLeft,
): UsableHolding[] {
  return holdings.flatMap((holding): UsableHolding[] => {
    if (holding.order.orderNo === order.orderNo) return [];
    const now = left?.lineNow(holding) ?? holding.line;
    if (now.itemCode !== line.itemCode || now.quantities.allocated === ZERO) return [];
    const usable = now.reservations.filter(mayUse);
    if (faultAt === undefined) return [{ holding, line: now, places: usable, isBooked: true }];
    const places = usable.filter((place) => faultAt(line.itemCode, place) === undefined);
    return [{ holding, line: now, places, isBooked: places.length === usable.length }];
  });
}

/** Whom a line that is short could ask, in their order, and who is left alone. */
export function donorCandidates(
  winner: Winner,
  usable: readonly UsableHolding[],
  newDay: CalendarDay | undefined,
  context: ProposeReallocationContext,
  left?: FreeLeft,
): { readonly candidates: readonly DonorCandidate[]; readonly notAsked: readonly NoDonor[] } {
  const { policy, today } = context;
  const candidates: DonorCandidate[] = [];
  const notAsked: NoDonor[] = [];
  for (const { holding, line, places, isBooked } of usable) {
    const { order } = holding;
    const giving = holding.giving().of(line, left?.hasGivenUp(holding));
    const all = sum(places.map(({ quantities }) => quantities.allocated ?? ZERO));
    const held = wholeSteps(all, winner.line.quantum);
    const oldDay = line.promises.at(-1)?.day;
    const code =
      holding.rank < winner.rank
        ? "served_earlier"
        : whyFirm(holding, line, { held, giving, oldDay, newDay, most: winner.most, isBooked }, context);
    if (code !== undefined) {
      notAsked.push({ orderNo: order.orderNo, lineId: line.lineId, code });
      continue;
    }
    const from = oldDay ?? order.header.requestedDeliveryDate ?? today;
    const rates = ratesOf(order, { from, newDay }, policy.harm);
    const reserved = { ...line, reservations: places };
    candidates.push({ order, line, usable: reserved, held, isWhole: giving === "all", ...rates, oldDay, newDay });
  }
  return { candidates, notAsked };
}

function whyFirm(
  { order, isFirm }: Holding,
  line: OrderLine,
  {
    held,
    giving,
    oldDay,
    newDay,
    most,
    isBooked,
  }: {
    readonly held: Decimal;
    readonly giving: Giving;
    readonly oldDay: CalendarDay | undefined;
    readonly newDay: CalendarDay | undefined;
    readonly most: Decimal;
    readonly isBooked: boolean;
  },
  { policy, timesDisplaced }: ProposeReallocationContext,
): NoDonorReason | undefined {
  const { promises, maxTimesDisplaced } = policy;
  if (!isPositive(held)) return isBooked ? "place_not_usable" : "not_in_books";
  if (isFirm()) return "firm_hold";
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
