import type { ItemCode } from "../../model/ids.js";
import type { Coupon, CouponCode, PromotionId } from "../../model/promotion/promotion.js";
import { bookUnits } from "./book-units.js";
import type { CartState } from "./cart-state.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";
import { noteApplied, openCombination, type Combination } from "./combination.js";
import type { ConditionFacts } from "./condition.js";
import { couponItems, firstPresented, presentedCodes } from "./coupon-codes.js";
import type { UsageFacts } from "./limits.js";
import { linesOf } from "./lines-of.js";
import { passStanding } from "./pass-standing.js";
import type { Candidate } from "./promotion-index.js";
import type { PromotionReason } from "./promotion-reason.js";
import type { Proposal } from "./proposal.js";
import { proposalFor } from "./proposal-for.js";
import { openStanding, type StandingPromotions, type StandingTurns } from "./standing-turns.js";

/** What is known besides the cart. */
export interface PromotionFacts extends UsageFacts {
  /** Records of the codes that were presented, for promotions with batches of coupons. */
  readonly coupons?: ReadonlyMap<CouponCode, Coupon> | undefined;
  /** Items that cannot be had as gifts now. */
  readonly unavailableItems?: ReadonlySet<ItemCode> | undefined;
  /** Promotions that are left out: they give nothing. */
  readonly without?: ReadonlySet<PromotionId> | undefined;
  /** Promotions whose effect stands on the cart already and is not worked out again. */
  readonly standing?: StandingPromotions | undefined;
}

/** A promotion that applied, once for each coupon of a batch. */
export interface AppliedRun {
  /** Place in the order of evaluation. */
  readonly slot: number;
  /** Code. */
  readonly code: CouponCode | undefined;
  /** What it gave. */
  readonly proposal: Proposal;
}

/** Told for a promotion, and a code of it where there is one, why it did not apply. */
export type Trace = (slot: number, code: CouponCode | undefined, reason: PromotionReason) => void;

/** One evaluation of promotions on a cart. */
export interface Evaluation {
  /** Promotions. */
  readonly compiled: CompiledPromotions;
  /** The cart; its columns are written. */
  readonly state: CartState;
  /** What is known besides. */
  readonly facts: PromotionFacts;
  /** What has applied so far, and what that rules out. */
  readonly combination: Combination;
  /** What stands, turn by turn. */
  readonly standing: StandingTurns | undefined;
  /** Day and time by zone. */
  readonly clock: ConditionFacts["clock"];
  /** Items by coupon: several promotions may ask, and a coupon may list thousands. */
  itemsOf: Map<CouponCode, ReadonlySet<ItemCode>> | undefined;
  /** Slots that are left out. */
  readonly banned: ReadonlySet<number> | undefined;
  /** Told why something did not apply, where somebody asks. */
  readonly trace: Trace | undefined;
  /** What applied, in order. */
  readonly applied: AppliedRun[];
}

/** Begins an evaluation on a fresh state. */
export function openEvaluation(
  compiled: CompiledPromotions,
  state: CartState,
  facts: PromotionFacts,
  banned?: ReadonlySet<number>,
  trace?: Trace,
): Evaluation {
  const combination = openCombination();
  const { standing } = facts;
  return {
    compiled,
    state,
    facts,
    combination,
    standing: standing === undefined ? undefined : openStanding(compiled, state, combination, standing),
    clock: { byZone: undefined },
    itemsOf: undefined,
    banned,
    trace,
    applied: [],
  };
}

/** Takes promotions one after the other. */
export function evaluateInOrder(evaluation: Evaluation, candidates: readonly Candidate[]): void {
  const { compiled, banned, trace, state, standing } = evaluation;
  const isQuick = trace === undefined && !compiled.isCombining && standing === undefined;
  for (const candidate of candidates) {
    const { slot } = candidate;
    const promotion = compiled.promotions[slot] as CompiledPromotion;
    if (standing !== undefined) passStanding(evaluation, standing, promotion.place);
    if (banned?.has(slot) === true) {
      trace?.(slot, undefined, { code: "not_chosen", params: {} });
      continue;
    }
    if (isQuick && promotion.isQuick) {
      const code = promotion.codes === undefined ? undefined : firstPresented(state.cart, promotion.codes);
      if (promotion.codes !== undefined && code === undefined) continue;
      const proposal = quickProposal(evaluation, promotion, candidate, code);
      if (proposal !== undefined) apply(evaluation, { slot, code, proposal });
      continue;
    }
    for (const presented of presentedCodes(evaluation, promotion.promotion)) {
      const proposal = proposalFor(evaluation, promotion, candidate, presented);
      if (proposal !== undefined) apply(evaluation, { slot, code: presented.code, proposal });
    }
  }
}

/** `proposalFor` without the questions that a promotion of its own and others do not raise. */
function quickProposal(
  evaluation: Evaluation,
  promotion: CompiledPromotion,
  { buyLines, getLines }: Candidate,
  code: CouponCode | undefined,
): Proposal | undefined {
  const { state, facts, clock } = evaluation;
  const { at, currency } = state.cart;
  if (at < promotion.from || (promotion.to !== undefined && at >= promotion.to)) return undefined;
  if (promotion.currency !== undefined && promotion.currency !== currency) return undefined;
  const { holds, buy, get } = promotion;
  const items = code === undefined ? undefined : couponItems(evaluation, code);
  if (holds !== undefined) {
    const { timeZone } = promotion.promotion;
    if (!holds({ state, timeZone, couponItems: items, clock })) return undefined;
  }
  // Lines that others have closed to this one are rare, and asked for where they can be.
  const bought = buyLines ?? linesOf(state, buy, items);
  const got = getLines ?? linesOf(state, get, items);
  return promotion.propose({
    state,
    base: promotion.isRunning ? state.left : state.start,
    lines: notClosed(state, bought),
    getLines: notClosed(state, got),
    unavailableItems: facts.unavailableItems,
    tell: undefined,
  });
}

function notClosed({ closed }: CartState, lines: readonly number[]): readonly number[] {
  return closed === undefined ? lines : lines.filter((k) => !closed.has(k));
}

/** Does what was proposed. */
export function apply(evaluation: Evaluation, run: AppliedRun): void {
  const { state, compiled, combination } = evaluation;
  const { lines, amounts, charges } = run.proposal;
  const { closesLines, promotion } = compiled.promotions[run.slot] as CompiledPromotion;
  for (let place = 0; place < lines.length; place += 1) {
    const k = lines[place] ?? 0;
    state.left[k] = (state.left[k] ?? 0) - (amounts[place] ?? 0);
    if (closesLines) (state.closed ??= new Set()).add(k);
  }
  if (charges !== undefined) {
    for (let place = 0; place < charges.length; place += 1) {
      state.charges[place] = (state.charges[place] ?? 0) - (charges[place] ?? 0);
    }
  }
  bookUnits(state, run.proposal, 1);
  if (compiled.isCombining) noteApplied(combination, promotion, run.slot);
  evaluation.applied.push(run);
}

/** What a promotion would give now, for each of its codes; `found` is told each before the next is asked. */
export function runsOf(evaluation: Evaluation, candidate: Candidate, found?: (run: AppliedRun) => void): AppliedRun[] {
  const { compiled, banned, trace } = evaluation;
  const { slot } = candidate;
  if (banned?.has(slot) === true) {
    trace?.(slot, undefined, { code: "not_chosen", params: {} });
    return [];
  }
  const promotion = compiled.promotions[slot] as CompiledPromotion;
  return presentedCodes(evaluation, promotion.promotion).flatMap((presented) => {
    const proposal = proposalFor(evaluation, promotion, candidate, presented);
    if (proposal === undefined) return [];
    const run: AppliedRun = { slot, code: presented.code, proposal };
    found?.(run);
    return [run];
  });
}
