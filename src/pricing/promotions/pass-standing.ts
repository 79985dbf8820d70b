import { bookUnits } from "./book-units.js";
import { noteStop } from "./combination.js";
import type { CompiledPromotion } from "./compile-promotions.js";
import { couponItems } from "./coupon-codes.js";
import type { Evaluation } from "./evaluate.js";
import type { CompiledSelector } from "./selector.js";
import { linesOf } from "./lines-of.js";
import { raised, type StandingTurns } from "./standing-turns.js";

/**
 * Lets those have their turn that stand and come before a place in the order of evaluation: their money is taken, and the
 * units that they use on what is there now are used.
 */
export function passStanding(evaluation: Evaluation, standing: StandingTurns, place: number): void {
  const { state, combination } = evaluation;
  for (let turn = standing.turns[standing.next]; turn !== undefined && turn.place < place;) {
    state.floor = raised(state, turn.amounts, -1);
    useUnits(evaluation, turn);
    for (const [k, units] of turn.amounts) state.left[k] = (state.left[k] ?? 0) - units;
    noteStop(combination, turn.promotion, turn.slot);
    standing.next += 1;
    turn = standing.turns[standing.next];
  }
}

/** Offers and gifts that stand keep the units that they are for: no other offer counts on them. */
function useUnits(evaluation: Evaluation, { slot, promotion, codes }: StandingTurns["turns"][number]): void {
  const { effect, combination } = promotion;
  if (effect.kind !== "buyGet" && effect.kind !== "gift") return;
  const { state, facts, compiled } = evaluation;
  const { propose, buy, get } = compiled.promotions[slot] as CompiledPromotion;
  for (const code of codes) {
    const items = code === undefined ? undefined : couponItems(evaluation, code);
    const meant = (selector: CompiledSelector | undefined): readonly number[] => {
      const lines = linesOf(state, selector, items);
      if (combination.discountedLines === "include") return lines;
      return lines.filter((k) => (state.left[k] ?? 0) >= (state.gross[k] ?? 0));
    };
    const { unavailableItems } = facts;
    const run = {
      state,
      base: state.start,
      lines: meant(buy),
      getLines: meant(get),
      unavailableItems,
      tell: undefined,
    };
    const proposal = propose(run);
    if (proposal !== undefined) bookUnits(state, proposal, 1);
  }
}
