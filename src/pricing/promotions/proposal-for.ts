import { fromUnits, minimum, ZERO } from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import type { PromotionId } from "../../model/promotion/promotion.js";
import type { BuyGet, Gift } from "../../model/promotion/promotion-effect.js";
import type { CompiledPromotion } from "./compile-promotions.js";
import { clashOf } from "./combination.js";
import { couponItems, type PresentedCode } from "./coupon-codes.js";
import { isCut, tellRoom } from "./cuts.js";
import { buyGet } from "./effects/buy-get.js";
import { gift } from "./effects/gift.js";
import type { AppliedRun, Evaluation } from "./evaluate.js";
import { linesOf } from "./lines-of.js";
import { limitsLeft, withinLimits } from "./limits.js";
import type { Candidate } from "./promotion-index.js";
import type { PromotionReason } from "./promotion-reason.js";
import type { EffectRun, Proposal } from "./proposal.js";
import { standingLines } from "./standing-turns.js";
import { givenSteps, takenHere } from "./taken-here.js";

/** What a promotion would give on the cart as it is now; undefined for nothing. */
export function proposalFor(
  evaluation: Evaluation,
  compiled: CompiledPromotion,
  candidate: Candidate,
  { code, against }: PresentedCode,
): Proposal | undefined {
  const { state, facts, trace } = evaluation;
  if (against.length > 0 && trace === undefined) return undefined;
  const { promotion } = compiled;
  const { slot } = candidate;
  const tell = trace === undefined ? undefined : (reason: PromotionReason): void => trace(slot, code, reason);
  const items = code === undefined ? undefined : couponItems(evaluation, code);
  for (const reason of against) tell?.(reason);
  // Whoever is told of one reason is told of all the others as well: nobody should mend one and meet the next.
  const isOpen = isEligible(evaluation, compiled, items, tell) && against.length === 0;
  if (!isOpen && tell === undefined) return undefined;
  const left = limitsLeft(promotion, code, state, facts, takenHere(evaluation, slot), tell);
  if (left === undefined && tell === undefined) return undefined;
  const clash = evaluation.compiled.isCombining ? clashOf(evaluation.combination, promotion, slot) : undefined;
  if (clash !== undefined) {
    tell?.(clash);
    return undefined;
  }
  const { combination } = promotion;
  const isRefused = !isOpen || left === undefined;
  const run: EffectRun = {
    state,
    base: combination.base === "running" ? state.left : state.start,
    lines: openLines(evaluation, compiled, candidate.buyLines ?? linesOf(state, compiled.buy, items)),
    getLines: openLines(evaluation, compiled, candidate.getLines ?? linesOf(state, compiled.get, items)),
    unavailableItems: facts.unavailableItems,
    tell: isRefused ? shortfallsTo(tell, promotion.coupons !== undefined && code === undefined) : tell,
  };
  const proposal = compiled.propose(run);
  if (isRefused) return undefined;
  if (tell !== undefined) tellRoom(compiled, run, proposal, tell);
  if (proposal === undefined) return undefined;
  const within = withinLimits(proposal, left, state, tell, promotion);
  const { effect } = promotion;
  if (within === undefined || (effect.kind !== "buyGet" && effect.kind !== "gift")) return within;
  const most = effect.kind === "gift" ? givenSteps(within, state) : (left.steps ?? Infinity);
  if (givenSteps(proposal, state) <= most) return within;
  // What an offer gives fewer units of uses fewer units up: it is worked out again as if it gave no more at all.
  const fewer = proposeAtMost(evaluation, { promotionId: promotion.promotionId, effect }, run, most);
  if (fewer === undefined) tell?.({ code: "units_exhausted", params: { limit: promotion.limits?.units ?? ZERO } });
  return fewer === undefined ? undefined : withinLimits(fewer, left, state, undefined, promotion);
}

/** What an offer would give if it gave at most so much: goods that are on the order in whole units. */
function proposeAtMost(
  { state, compiled }: Evaluation,
  { promotionId, effect }: { readonly promotionId: PromotionId; readonly effect: BuyGet | Gift },
  run: EffectRun,
  steps: number,
): Proposal | undefined {
  const setting = { decimals: state.decimals, prices: compiled.policy.prices, promotionId };
  const quiet = { ...run, tell: undefined };
  if (effect.kind === "gift") {
    const most = fromUnits(steps, state.quantityScale);
    return gift({ ...effect, maxUnits: minimum(effect.maxUnits ?? most, most) }, setting)(quiet);
  }
  const most = Math.floor(steps / state.one);
  return most === 0
    ? undefined
    : buyGet({ ...effect, maxUnits: Math.min(effect.maxUnits ?? most, most) }, setting)(quiet);
}

/** Passes on what the order lacks, and not what other promotions have left of it. */
function shortfallsTo(
  tell: ((reason: PromotionReason) => void) | undefined,
  isWithoutCode: boolean,
): ((reason: PromotionReason) => void) | undefined {
  if (tell === undefined) return undefined;
  return (reason) => {
    // Which goods a coupon is for is not known before it is presented.
    const isUnknown = reason.code === "no_line" && isWithoutCode;
    if (reason.code !== "nothing_left" && !isUnknown && !isCut(reason)) tell(reason);
  };
}

/** Brings a proposal down to what is left when other codes of the batch have applied since it was made. */
export function withinRest(evaluation: Evaluation, run: AppliedRun): Proposal | undefined {
  const { state, facts, compiled, trace } = evaluation;
  const { slot, code, proposal } = run;
  const of = compiled.promotions[slot] as CompiledPromotion;
  const taken = takenHere(evaluation, slot);
  if (taken.uses === 0) return proposal;
  const tell = trace === undefined ? undefined : (reason: PromotionReason): void => trace(slot, code, reason);
  const left = limitsLeft(of.promotion, code, state, facts, taken, tell);
  return left === undefined ? undefined : withinLimits(proposal, left, state, tell, of.promotion);
}

function isEligible(
  { state, clock }: Evaluation,
  { promotion, holds }: CompiledPromotion,
  couponItems: ReadonlySet<ItemCode> | undefined,
  tell: ((reason: PromotionReason) => void) | undefined,
): boolean {
  const { validity, currency, timeZone } = promotion;
  const { at, currency: actual } = state.cart;
  let isOpen = true;
  if (at < validity.from) {
    isOpen = false;
    tell?.({ code: "not_started", params: { from: validity.from } });
  }
  if (validity.to !== undefined && at >= validity.to) {
    isOpen = false;
    tell?.({ code: "ended", params: { to: validity.to } });
  }
  if (currency !== undefined && currency !== actual) {
    isOpen = false;
    tell?.({ code: "other_currency", params: { expected: currency } });
  }
  if (holds === undefined || (!isOpen && tell === undefined)) return isOpen;
  return holds({ state, timeZone, couponItems, clock }, tell) && isOpen;
}

/** Leaves out lines that are closed to the promotion, or that it does not want since they are discounted already. */
function openLines(
  { state, standing }: Evaluation,
  { promotion }: CompiledPromotion,
  lines: readonly number[],
): readonly number[] {
  const { discountedLines, exclusive } = promotion.combination;
  const isSkipping = discountedLines === "skip";
  const isAlone = exclusive === "lines";
  const { closed, left, start, gross } = state;
  if (closed === undefined && !isSkipping && !isAlone) return lines;
  const held = standingLines(standing);
  const isTouched = (k: number): boolean => (left[k] ?? 0) < (start[k] ?? 0) || held.has(k);
  return lines.filter(
    (k) => closed?.has(k) !== true && !(isAlone && isTouched(k)) && !(isSkipping && (left[k] ?? 0) < (gross[k] ?? 0)),
  );
}
