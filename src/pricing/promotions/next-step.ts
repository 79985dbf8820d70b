import { fromUnits, isPositive, subtract, toSafeUnits, type Decimal } from "../../core/decimal.js";
import type { LineId } from "../../model/ids.js";
import type { BuyGet, Gift, Groups, PromotionEffect, Tiers } from "../../model/promotion/promotion-effect.js";
import type { CartState } from "./cart-state.js";
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

/** Finds the next step of a promotion that grows with what is bought: the one that is nearest. */
export function nextStepOf(effect: PromotionEffect, state: CartState, lines: readonly number[]): NextStep | undefined {
  if (lines.length === 0) return undefined;
  switch (effect.kind) {
    case "tiers":
      return nextTier(effect, state, lines);
    case "groups":
      return nextGroup(effect, state, lines);
    case "buyGet":
    case "gift":
      return nextTime(effect, state, lines);
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

/** One time more of an offer, as far as it repeats. */
function nextTime(effect: BuyGet | Gift, state: CartState, lines: readonly number[]): NextStep | undefined {
  const { buy, repeat } = effect;
  if (buy === undefined) return undefined;
  const isUnits = buy.units !== undefined;
  const measure = isUnits ? "quantity" : "amount";
  const scale = isUnits ? state.quantityScale : state.decimals;
  const needed = isUnits ? (buy.units ?? 1) * state.one : (toSafeUnits(buy.amount ?? fromUnits(0, 0), scale) ?? 0);
  const there = sumOf(lines, isUnits ? state.quantity : state.gross);
  const times = needed <= 0 ? 0 : Math.floor(there / needed);
  if (needed <= 0 || (repeat === "once" && times > 0) || isFull(effect, times)) return undefined;
  const missing = fromUnits(needed - (there % needed), scale);
  const reward = effect.kind === "gift" ? { kind: "gift", value: effect.units } : rewardOf(effect.reward);
  return { measure, missing, lineIds: idsOf(state, lines), reward };
}

/** Whether an offer gives no more however much is bought. */
function isFull(effect: BuyGet | Gift, times: number): boolean {
  if (effect.maxUnits === undefined) return false;
  if (effect.kind === "buyGet") return times * effect.get.units >= effect.maxUnits;
  const [units, most] = [exactNumber(effect.units), exactNumber(effect.maxUnits)];
  return times * units.units * most.divisor >= most.units * units.divisor;
}

function sumOf(lines: readonly number[], column: readonly number[]): number {
  return lines.reduce((sum, k) => sum + (column[k] ?? 0), 0);
}

function idsOf({ cart }: CartState, lines: readonly number[]): LineId[] {
  return lines.map((k) => (cart.lines[k] as CartLine).lineId);
}
