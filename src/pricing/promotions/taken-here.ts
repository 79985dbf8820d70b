import { clampUnits, toUnits } from "../../core/decimal.js";
import type { CartState } from "./cart-state.js";
import type { CompiledPromotion } from "./compile-promotions.js";
import type { Evaluation } from "./evaluate.js";
import { stepsOf, worthOf, type Proposal } from "./proposal.js";

/** What a promotion has already given to the same cart, by other codes of its batch. */
export interface TakenHere {
  /** Times it applied. */
  readonly uses: number;
  /** Money in minor units; gifts count at their value. */
  readonly amount: number;
  /** Steps of quantity. */
  readonly steps: number;
}

const NOTHING_TAKEN: TakenHere = { uses: 0, amount: 0, steps: 0 };

/** What a promotion has given to this cart by now: only one with a batch of coupons is asked more than once. */
export function takenHere({ applied, state, compiled }: Evaluation, slot: number): TakenHere {
  const { limits, coupons } = (compiled.promotions[slot] as CompiledPromotion).promotion;
  if (limits === undefined || coupons?.kind !== "batch") return NOTHING_TAKEN;
  const before = applied.filter((run) => run.slot === slot).map(({ proposal }) => proposal);
  return {
    uses: before.length,
    amount: before.reduce((sum, proposal) => sum + worthOf(proposal), 0),
    steps: before.reduce((sum, proposal) => sum + givenSteps(proposal, state), 0),
  };
}

/** Steps of quantity that get something, of lines or as a gift. */
export function givenSteps(proposal: Proposal, state: CartState): number {
  const { gift } = proposal;
  return stepsOf(proposal, state) + (gift === undefined ? 0 : clampUnits(toUnits(gift.quantity, state.quantityScale)));
}
