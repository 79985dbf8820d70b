import {
  clampUnits,
  compare,
  divideUnits,
  fromUnits,
  minimum,
  multiply,
  scaleOf,
  subtract,
  toSafeUnits,
  toUnits,
  ZERO,
  type Decimal,
} from "../../../core/decimal.js";
import type { Gift } from "../../../model/promotion/promotion-effect.js";
import type { CartLine } from "../promotion-cart.js";
import { openProposal, worthOfGift, type CompileEffect, type EffectRun, type UsedUnits } from "../proposal.js";
import { isSpent, ranked, wholeUnits } from "../unit-amounts.js";

/** How often a gift is earned, what was bought for it, and the lines that did it. */
interface Earned {
  readonly times: number;
  readonly bought: readonly UsedUnits[];
  readonly triggers: readonly number[];
}

/** Goods added to the order by themselves; see `Gift`. */
export const gift: CompileEffect<"gift"> = (effect, { decimals, promotionId }) => {
  const trigger = effect.buy?.amount === undefined ? 0 : (toSafeUnits(effect.buy.amount, decimals) ?? 0);
  return (run) => {
    const { state, tell } = run;
    const times = timesEarned(run, effect, trigger);
    // Whoever is told that more must be bought is told as well that a choice is missing.
    if (times === 0) {
      if (tell !== undefined) chosenItem(run, effect, promotionId);
      return undefined;
    }
    const all = multiply(fromUnits(times, 0), effect.units);
    const quantity = effect.maxUnits === undefined ? all : minimum(all, effect.maxUnits);
    const item = chosenItem(run, effect, promotionId);
    if (item === undefined) return undefined;
    const needed = Math.min(times, timesFor(quantity, effect.units));
    const { bought, triggers } = unitsBought(run, effect, needed);
    if (compare(quantity, ZERO) <= 0) {
      tell?.({ code: "nothing_left", params: {} });
      return undefined;
    }
    if (effect.maxUnits !== undefined && compare(quantity, all) < 0) {
      tell?.({ code: "most_reached", params: { of: "units", most: effect.maxUnits } });
    }
    return {
      ...openProposal(),
      gift: {
        ...item,
        quantity,
        category: effect.category,
        whenShort: effect.whenShort,
        triggers: triggers.map((k) => (state.cart.lines[k] as CartLine).lineId),
      },
      giftWorth: worthOfGift({ ...item, quantity }, state),
      used: bought,
    };
  };
};

/** How often the trigger is met; told why when it is not. */
function timesEarned(run: EffectRun, { buy, repeat }: Gift, trigger: number): number {
  const { state, lines, tell } = run;
  if (buy === undefined) return 1;
  if (lines.length === 0) {
    tell?.({ code: "no_line", params: {} });
    return 0;
  }
  const isUnits = buy.units !== undefined;
  const scale = isUnits ? state.quantityScale : state.decimals;
  const needed = isUnits ? (buy.units ?? 1) * state.one : trigger;
  let there = 0;
  for (const k of lines) there += isUnits ? freeSteps(run, k) : (state.gross[k] ?? 0);
  const times = needed <= 0 ? 0 : Math.floor(there / needed);
  if (times === 0) {
    const [lot, actual] = [fromUnits(needed, scale), fromUnits(there, scale)];
    const measure = isUnits ? "quantity" : "amount";
    tell?.({ code: "not_enough_bought", params: { measure, needed: lot, actual, missing: subtract(lot, actual) } });
  }
  return repeat === "once" ? Math.min(1, times) : times;
}

/** Steps of a line that no other offer has used, and that cost something. */
function freeSteps({ state }: EffectRun, k: number): number {
  if (isSpent(state, k)) return 0;
  const used = ((state.used?.bought[k] ?? 0) + (state.used?.got[k] ?? 0)) * state.one;
  return Math.max(0, (state.quantity[k] ?? 0) - used);
}

/** Times that a quantity takes: the quantity over the units of one time, rounded up. */
function timesFor(quantity: Decimal, units: Decimal): number {
  const scale = Math.max(scaleOf(quantity), scaleOf(units));
  return clampUnits(divideUnits(toUnits(quantity, scale), toUnits(units, scale), "ceiling"));
}

/** The units that are bought for it, from the dearest lines on; a begun unit counts as a whole one. */
function unitsBought(run: EffectRun, { buy }: Gift, times: number): Omit<Earned, "times"> {
  const { state, lines } = run;
  if (buy?.units === undefined) return { bought: [], triggers: buy === undefined ? [] : lines };
  const bought: UsedUnits[] = [];
  const triggers: number[] = [];
  let left = times * buy.units * state.one;
  for (const k of ranked(run, lines, { by: "unitPrice", first: "dearest" })) {
    const steps = Math.min(left, freeSteps(run, k));
    if (steps <= 0) continue;
    left -= steps;
    triggers.push(k);
    const units = Math.min(Math.ceil(steps / state.one), Math.max(1, wholeUnits(state, k)));
    bought.push({ k, bought: units, got: 0 });
  }
  return { bought, triggers: triggers.sort((a, b) => a - b) };
}

/** The goods that are given; told why when there are none. */
function chosenItem(run: EffectRun, effect: Gift, promotionId: string): Gift["items"][number] | undefined {
  const { state, tell, unavailableItems } = run;
  const names = effect.items.map(({ itemCode }) => itemCode);
  const there = effect.items.filter(({ itemCode }) => unavailableItems?.has(itemCode) !== true);
  if (there.length === 0) {
    tell?.({ code: "gift_unavailable", params: { items: names } });
    return undefined;
  }
  if (effect.choose === "firstAvailable") return there[0];
  if (effect.choose === "dearestAvailable") {
    return there.reduce((best, item) => (compare(item.value ?? ZERO, best.value ?? ZERO) > 0 ? item : best));
  }
  const { giftChoices } = state.cart;
  const choice =
    giftChoices !== undefined && Object.hasOwn(giftChoices, promotionId) ? giftChoices[promotionId] : undefined;
  const chosen = there.find(({ itemCode }) => itemCode === choice);
  if (chosen === undefined)
    tell?.({ code: "gift_not_chosen", params: { items: there.map(({ itemCode }) => itemCode) } });
  return chosen;
}
