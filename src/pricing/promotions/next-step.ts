import { fromUnits, isPositive, subtract, toSafeUnits, type Decimal } from "../../core/decimal.js";
import type { LineId } from "../../model/ids.js";
import type { BuyGet, Gift, Groups, PromotionEffect, Tiers } from "../../model/promotion/promotion-effect.js";
import type { CartState } from "./cart-state.js";
import { nextOfOffer } from "./next-of-offer.js";
import type { CartLine } from "./promotion-cart.js";
import { exactNumber, partsOf } from "./unit-amounts.js";

/** What the customer lacks for more of a promotion. **Source:** mission 2.5, 6.5 */
export interface NextStep {
  /** What is counted: units of the order, or money before discounts. */
  readonly measure: "quantity" | "amount";
  /** How much more of it is needed. */
  readonly missing: Decimal;
  /** Lines of which more would count. */
  readonly lineIds: readonly LineId[];
  /** What it would bring: percentage, money or units, by the promotion's kind of reward; absent where it gives a group its price. */
  readonly reward: { readonly kind: string; readonly value?: Decimal };
}

/**
 * Finds the next step of a promotion that grows with what is bought: the one that is nearest.
 *
 * @param lines places of the lines that it is about: for an offer, those that must be bought
 * @param getLines places of the lines that are got
 */
export function nextStepOf(
  effect: PromotionEffect,
  state: CartState,
  lines: readonly number[],
  getLines: readonly number[],
): NextStep | undefined {
  if (lines.length === 0) return undefined;
  switch (effect.kind) {
    case "tiers":
      return nextTier(effect, state, lines);
    case "groups":
      return nextGroup(effect, state, lines);
    case "buyGet": {
      const missing = nextOfOffer(effect, state, lines, getLines);
      if (missing === undefined) return undefined;
      const { measure, lines: counting } = missing;
      return {
        measure,
        missing: missing.missing,
        lineIds: idsOf(state, counting),
        reward: rewardOf(effect.reward),
      };
    }
    case "gift":
      return nextGift(effect, state, lines);
    default:
      return undefined;
  }
}

function nextTier(effect: Tiers, state: CartState, lines: readonly number[]): NextStep | undefined {
  const { measure } = effect;
  const scale = measure === "quantity" ? state.quantityScale : state.decimals;
  const sizes = measure === "quantity" ? state.quantity : state.gross;
  let nearest: NextStep | undefined;
  for (const part of partsOf(state, lines, effect.per)) {
    const there = fromUnits(sumOf(part, sizes), scale);
    const next = effect.steps.find(({ from }) => isPositive(subtract(from, there)));
    if (next === undefined) continue;
    const missing = subtract(next.from, there);
    if (nearest !== undefined && !isPositive(subtract(nearest.missing, missing))) continue;
    nearest = { measure, missing, lineIds: idsOf(state, part), reward: { kind: effect.reward, value: next.value } };
  }
  return nearest;
}

function nextGroup(
  { per, size, reward, maxGroups }: Groups,
  state: CartState,
  lines: readonly number[],
): NextStep | undefined {
  let nearest: NextStep | undefined;
  let groups = 0;
  for (const part of partsOf(state, lines, per)) {
    const units = part.reduce((sum, k) => sum + Math.floor((state.quantity[k] ?? 0) / state.one), 0);
    groups += Math.floor(units / size);
    const missing = fromUnits(size - (units % size), 0);
    if (nearest !== undefined && !isPositive(subtract(nearest.missing, missing))) continue;
    nearest = { measure: "quantity", missing, lineIds: idsOf(state, part), reward: rewardOf(reward) };
  }
  return maxGroups !== undefined && groups >= maxGroups ? undefined : nearest;
}

function rewardOf(reward: Groups["reward"] | BuyGet["reward"]): NextStep["reward"] {
  switch (reward.kind) {
    case "payFor":
      return { kind: reward.kind, value: fromUnits(reward.units, 0) };
    case "percent":
      return { kind: reward.kind, value: reward.percent };
    default:
      return { kind: reward.kind, value: reward.amount };
  }
}

/** One gift more, as far as it repeats. */
function nextGift(
  { buy, repeat, units, maxUnits }: Gift,
  state: CartState,
  lines: readonly number[],
): NextStep | undefined {
  if (buy === undefined) return undefined;
  const isUnits = buy.units !== undefined;
  const measure = isUnits ? "quantity" : "amount";
  const scale = isUnits ? state.quantityScale : state.decimals;
  const needed = isUnits ? (buy.units ?? 1) * state.one : (toSafeUnits(buy.amount ?? fromUnits(0, 0), scale) ?? 0);
  const there = sumOf(lines, isUnits ? state.quantity : state.gross);
  const times = needed <= 0 ? 0 : Math.floor(there / needed);
  if (needed <= 0 || (repeat === "once" && times > 0) || isFull(units, maxUnits, times)) return undefined;
  const missing = fromUnits(needed - (there % needed), scale);
  return { measure, missing, lineIds: idsOf(state, lines), reward: { kind: "gift", value: units } };
}

/** Whether no more is given however much is bought. */
function isFull(units: Decimal, maxUnits: Decimal | undefined, times: number): boolean {
  if (maxUnits === undefined) return false;
  const [each, most] = [exactNumber(units), exactNumber(maxUnits)];
  return times * each.units * most.divisor >= most.units * each.divisor;
}

function sumOf(lines: readonly number[], column: readonly number[]): number {
  return lines.reduce((sum, k) => sum + (column[k] ?? 0), 0);
}

function idsOf({ cart }: CartState, lines: readonly number[]): LineId[] {
  return lines.map((k) => (cart.lines[k] as CartLine).lineId);
}
