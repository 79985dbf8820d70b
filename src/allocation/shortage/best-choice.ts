import type { CalendarDay } from "../../core/calendar-day.js";
import { finestScale } from "../../core/decimal-arithmetic.js";
import {
  add,
  compare,
  fromUnits,
  isPositive,
  isZero,
  multiply,
  subtract,
  sum,
  toUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import type {
  NoDonor,
  ReallocationHeldBack,
  ReallocationProposal,
  ReallocationTransfer,
} from "../../model/reallocation-proposal.js";
import { reservedPlaces } from "../../model/reserved-places.js";
import type { SupplyLimit } from "../../model/supply-rule.js";
import { donorCandidates, usableHoldings, type DonorCandidate, type Winner } from "./donor-candidates.js";
import type { FreeLeft } from "./goods-left.js";
import type { GivingLimits } from "./giving-limits.js";
import { leastHarm, type Donor } from "./least-harm.js";
import { mostCovered } from "./most-covered.js";
import type { OfferBook } from "./offer-book.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import { bindingLimits, limitOf, transferRules, unbound, type TransferRules } from "./transfer-rules.js";
import { choicesOf, type MayUse } from "./usable-lots.js";

/** What can go over to a line, and what keeps more of it back. */
export interface BestChoice extends Pick<
  ReallocationProposal,
  "transfers" | "harm" | "optimal" | "notAsked" | "heldBack"
> {
  /** Quantity that can go over. */
  readonly found: Decimal;
}

/** The best choice; where all must come from one lot, the best among those of each: most goods, then least harm. */
export function bestChoice(
  winner: Winner,
  mayUse: MayUse,
  newDay: CalendarDay | undefined,
  context: ProposeReallocationContext,
  { goods, donors, faultAt }: OfferBook,
  left: FreeLeft | undefined,
): BestChoice {
  const { itemCode } = winner.line;
  const usable = usableHoldings(winner, donors.holdingsOf(itemCode), mayUse, faultAt, left);
  const orders = usable.map(({ holding }) => holding.order);
  const rules = transferRules(winner, orders, goods.of(itemCode));
  const lots = choicesOf(winner, usable, context);
  const steps = Math.max(1, Math.floor(context.policy.steps / lots.length));
  const choices = lots.map((own) => {
    const { candidates } = donorCandidates(winner, own, newDay, context, left);
    return { ...chosenAmong(candidates, winner, steps, rules), own };
  });
  const best = choices.reduce((found, other) =>
    (compare(other.found, found.found) || compare(found.harm, other.harm)) > 0 ? other : found,
  );
  // Who has nothing in the lot that was chosen is left alone too, and told so.
  const inLot = new Map(best.own.map((one) => [one.holding, one]));
  const all = usable.map((one) => inLot.get(one.holding) ?? { ...one, places: [] });
  const leftAlone = donorCandidates(winner, all, newDay, context, left).notAsked;
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
    notAsked: [...leftAlone, ...best.notAsked],
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
