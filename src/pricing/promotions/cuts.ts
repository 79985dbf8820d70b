import { fromUnits } from "../../core/decimal.js";
import type { LineId } from "../../model/ids.js";
import type { CartState } from "./cart-state.js";
import type { CompiledPromotion } from "./compile-promotions.js";
import type { CartLine } from "./promotion-cart.js";
import type { PromotionCut, PromotionReason } from "./promotion-reason.js";
import { amountOf, type EffectRun, type Proposal } from "./proposal.js";
import { isSpent } from "./unit-amounts.js";

/** Reasons for which a promotion gave less than it says; it may have applied all the same. */
const CUTS: Readonly<Record<PromotionCut["code"], true>> = {
  cap_reached: true,
  most_reached: true,
  floor_reached: true,
  zero_reached: true,
  units_cut: true,
  budget_cut: true,
  order_limit_reached: true,
  gift_forgone: true,
  lost_on_some_lines: true,
};

/** Tells whether a reason is about how much was given, and not about whether. */
export function isCut(reason: PromotionReason): reason is PromotionCut {
  return Object.hasOwn(CUTS, reason.code);
}

/**
 * Tells which lines could not bear all that a promotion wanted to take off them: those at their floor, and those that cost
 * nothing more. It is found out by working the promotion out again without the one bound and then without the other.
 */
export function tellRoom(
  { propose, promotion: { effect } }: Pick<CompiledPromotion, "propose" | "promotion">,
  run: EffectRun,
  proposal: Proposal | undefined,
  tell: (reason: PromotionReason) => void,
): void {
  const { state } = run;
  const within = (part: Partial<CartState>): Proposal | undefined =>
    propose({ ...run, state: { ...state, ...part }, tell: undefined });
  const aboveFloor = state.floor === undefined ? proposal : within({ floor: undefined });
  tellLess("floor_reached", state, proposal, aboveFloor, tell);
  // Whoever counts units leaves alone those that cost nothing any more, and loses nothing by them.
  const isCounting = effect.kind === "buyGet" || effect.kind === "groups";
  const left = state.left.map((_left, k) => (isCounting && isSpent(state, k) ? 0 : MOST));
  tellLess("zero_reached", state, aboveFloor, within({ floor: undefined, left }), tell);
}

/** More than any line can cost. */
const MOST = 2 ** 52;

function tellLess(
  code: "floor_reached" | "zero_reached",
  state: CartState,
  less: Proposal | undefined,
  more: Proposal | undefined,
  tell: (reason: PromotionReason) => void,
): void {
  if (more === undefined || more === less) return;
  const given = new Map(less?.lines.map((k, place) => [k, less.amounts[place] ?? 0]));
  const lineIds = more.lines.flatMap((k, place): LineId[] =>
    (more.amounts[place] ?? 0) > (given.get(k) ?? 0) ? [(state.cart.lines[k] as CartLine).lineId] : [],
  );
  const lost = amountOf(more) - (less === undefined ? 0 : amountOf(less));
  // Where others took all of what a line could not bear, a remainder may have moved by a cent besides.
  if (lineIds.length > 0) tell({ code, params: { lineIds, lost: fromUnits(Math.max(0, lost), state.decimals) } });
}
