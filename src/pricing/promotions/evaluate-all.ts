import { bookUnits } from "./book-units.js";
import type { CartState } from "./cart-state.js";
import { clashOf, noteApplied } from "./combination.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";
import { presentedCodes } from "./coupon-codes.js";
import {
  apply,
  benefitOf,
  evaluateInOrder,
  openEvaluation,
  type AppliedRun,
  type Evaluation,
  type PromotionFacts,
  type Trace,
} from "./evaluate.js";
import type { CartLine } from "./promotion-cart.js";
import type { Candidate } from "./promotion-index.js";
import type { PromotionReason } from "./promotion-reason.js";
import { openProposal, propose, stepsAt, type OpenProposal, type Proposal } from "./proposal.js";
import { proposalFor, withinRest } from "./proposal-for.js";
import { isStoppedByStanding, passStanding, standingGroups, standingLines } from "./standing-turns.js";

/**
 * Evaluates promotions on a cart, lane by lane.
 *
 * @param banned slots that are left out, since leaving them out is better for the customer
 * @returns what applied, in order
 */
export function evaluateAll(
  compiled: CompiledPromotions,
  state: CartState,
  facts: PromotionFacts,
  candidates: readonly Candidate[],
  banned?: ReadonlySet<number>,
  trace?: Trace,
): readonly AppliedRun[] {
  const evaluation = openEvaluation(compiled, state, facts, banned, trace);
  if (compiled.isPlain) {
    evaluateInOrder(evaluation, candidates);
    return evaluation.applied;
  }
  let begin = 0;
  while (begin < candidates.length) {
    const lane = laneOf(compiled, candidates[begin]);
    let end = begin + 1;
    while (end < candidates.length && laneOf(compiled, candidates[end]) === lane) end += 1;
    const inLane = candidates.slice(begin, end);
    if (compiled.policy.lanes?.[lane]?.mode === "bestPerLine") evaluateBestPerLine(evaluation, inLane, lane);
    else evaluateStack(evaluation, inLane, lane);
    begin = end;
  }
  return evaluation.applied;
}

function laneOf({ promotions }: CompiledPromotions, candidate: Candidate | undefined): number {
  return candidate === undefined ? 0 : (promotions[candidate.slot] as CompiledPromotion).lane;
}

/** One after the other; of a group, at the place of its first member, the one that gives most. */
function evaluateStack(evaluation: Evaluation, candidates: readonly Candidate[], lane: number): void {
  const { compiled, standing } = evaluation;
  const done = new Set(standingGroups(standing, lane));
  const placeOf = ({ slot }: Candidate): number => (compiled.promotions[slot] as CompiledPromotion).place;
  // The place of a group is that of its first member even where the cart has nothing to do with that one.
  const byPlace = [...candidates].sort((a, b) => placeOf(a) - placeOf(b) || a.slot - b.slot);
  for (const candidate of byPlace) {
    const group = groupOf(compiled, candidate);
    if (group === undefined) {
      evaluateInOrder(evaluation, [candidate]);
      continue;
    }
    if (done.has(group)) continue;
    done.add(group);
    if (standing !== undefined) passStanding(standing, evaluation.state, evaluation.combination, placeOf(candidate));
    applyBestOf(
      evaluation,
      candidates.filter((other) => groupOf(compiled, other) === group),
      group,
    );
  }
}

function groupOf({ promotions }: CompiledPromotions, { slot }: Candidate): string | undefined {
  return (promotions[slot] as CompiledPromotion).promotion.combination.bestOf;
}

function applyBestOf(evaluation: Evaluation, members: readonly Candidate[], group: string): void {
  const { compiled, trace } = evaluation;
  const runs = members.flatMap((candidate) => runsOf(evaluation, candidate));
  let best: AppliedRun | undefined;
  for (const run of runs) if (best === undefined || benefitOf(run.proposal) > benefitOf(best.proposal)) best = run;
  if (best === undefined) return;
  apply(evaluation, best);
  const by = (compiled.promotions[best.slot] as CompiledPromotion).promotion.promotionId;
  for (const run of runs) {
    if (run !== best) trace?.(run.slot, run.code, { code: "lost_in_group", params: { group, by } });
  }
}

/** What a promotion would give now, for each of its codes; `found` is told each before the next is asked. */
function runsOf(evaluation: Evaluation, candidate: Candidate, found?: (run: AppliedRun) => void): AppliedRun[] {
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

/** Everything is proposed on the amounts at the begin of the lane; each line takes what gives it most. */
function evaluateBestPerLine(evaluation: Evaluation, candidates: readonly Candidate[], lane: number): void {
  const { compiled, state, trace, standing } = evaluation;
  const first = compiled.promotions.findIndex((one) => one.lane === lane);
  if (standing !== undefined) passStanding(standing, state, evaluation.combination, first);
  const runs: AppliedRun[] = [];
  for (const candidate of candidates) {
    if (isStoppedByStanding(standing, compiled.promotions[candidate.slot] as CompiledPromotion)) continue;
    // Units that an offer would use are kept for it, so that no other of the lane, and no other code, counts on them.
    runs.push(...runsOf(evaluation, candidate, ({ proposal }) => bookUnits(state, proposal, 1)));
  }
  for (const { proposal } of runs) bookUnits(state, proposal, -1);
  const held = standingLines(standing, lane);
  const { going, clashes } = goingTogether(evaluation, runs, held);
  for (const [{ slot, code }, clash] of clashes) trace?.(slot, code, clash);
  const winners = winnersByLine(going, state.count, held);
  const laneName = compiled.policy.lanes?.[lane]?.lane ?? "";
  for (const [place, run] of going.entries()) {
    const { slot, code } = run;
    const won = partWon(run.proposal, winners, place, state);
    const proposal = won === undefined ? undefined : withinRest(evaluation, { slot, code, proposal: won });
    if (proposal !== undefined) apply(evaluation, { slot, code, proposal });
    if (trace !== undefined) tellLost(evaluation, run, going, winners, laneName, won === undefined);
  }
}

/**
 * Leaves out what may not apply beside those of the lane that come before it: what is left out wins no line, so that the
 * line goes to the next best.
 */
function goingTogether(
  { compiled, combination, state }: Evaluation,
  runs: readonly AppliedRun[],
  held: ReadonlySet<number>,
): { readonly going: readonly AppliedRun[]; readonly clashes: ReadonlyMap<AppliedRun, PromotionReason> } {
  const clashes = new Map<AppliedRun, PromotionReason>();
  if (!compiled.isCombining) return { going: runs, clashes };
  let going = runs;
  for (;;) {
    const winners = winnersByLine(going, state.count, held);
    const beside = { ...combination, applied: new Map(combination.applied) };
    const charges = state.charges.slice();
    const out = going.find((run, place) => {
      const { promotion } = compiled.promotions[run.slot] as CompiledPromotion;
      const clash = clashOf(beside, promotion, run.slot);
      if (clash !== undefined) clashes.set(run, clash);
      const won =
        clash === undefined ? partWon(run.proposal, winners, place, { charges, quantity: state.quantity }) : undefined;
      if (won !== undefined) noteApplied(beside, promotion, run.slot);
      for (const [charge, amount] of (won?.charges ?? []).entries()) charges[charge] = (charges[charge] ?? 0) - amount;
      return clash !== undefined;
    });
    if (out === undefined) return { going, clashes };
    going = going.filter((run) => run !== out);
  }
}

/** Says on which lines others give more, and which. */
function tellLost(
  { compiled, state, trace }: Evaluation,
  { slot, code, proposal }: AppliedRun,
  runs: readonly AppliedRun[],
  winners: Int32Array,
  lane: string,
  isAll: boolean,
): void {
  const lost = proposal.lines.filter((k) => runs[winners[k] ?? -1]?.proposal !== proposal);
  if (lost.length === 0 && !isAll) return;
  const slots = new Set(lost.flatMap((k) => runs[winners[k] ?? -1]?.slot ?? []));
  const by = [...slots].map((other) => (compiled.promotions[other] as CompiledPromotion).promotion.promotionId);
  const lineIds = lost.map((k) => (state.cart.lines[k] as CartLine).lineId);
  const reason: PromotionReason = isAll
    ? { code: "lost_on_lines", params: { lane, by } }
    : { code: "lost_on_some_lines", params: { lane, lineIds, by } };
  trace?.(slot, code, reason);
}

/** For each line the place of the run that gives it most, the earlier of equals; −1 for none, or one that stands. */
function winnersByLine(runs: readonly AppliedRun[], count: number, held: ReadonlySet<number>): Int32Array {
  const winners = new Int32Array(count).fill(-1);
  const best = Float64Array.from({ length: count }, (_none, k) => (held.has(k) ? Infinity : 0));
  for (const [place, { proposal }] of runs.entries()) {
    for (const [index, k] of proposal.lines.entries()) {
      const amount = proposal.amounts[index] ?? 0;
      if (amount <= (best[k] ?? 0)) continue;
      best[k] = amount;
      winners[k] = place;
    }
  }
  return winners;
}

/** What of a proposal stays: the lines that it has won, and charges as far as they last; undefined for nothing. */
function partWon(
  proposal: Proposal,
  winners: Int32Array,
  place: number,
  state: Pick<CartState, "charges" | "quantity">,
): Proposal | undefined {
  const { charges, gift } = proposal;
  const part: OpenProposal = { ...proposal, ...openProposal() };
  for (const [index, k] of proposal.lines.entries()) {
    if (winners[k] === place) propose(part, k, proposal.amounts[index] ?? 0, stepsAt(proposal, index, state));
  }
  const left = charges?.map((amount, charge) => Math.min(amount, state.charges[charge] ?? 0));
  if (part.lines.length === 0 && gift === undefined && left?.some((amount) => amount > 0) !== true) return undefined;
  return left === undefined ? part : { ...part, charges: left };
}
