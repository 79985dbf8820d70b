import { evaluateBestPerLine } from "./best-per-line.js";
import type { CartState } from "./cart-state.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";
import {
  apply,
  evaluateInOrder,
  openEvaluation,
  runsOf,
  type AppliedRun,
  type Evaluation,
  type PromotionFacts,
  type Trace,
} from "./evaluate.js";
import { passStanding } from "./pass-standing.js";
import type { Candidate } from "./promotion-index.js";
import { worthOf } from "./proposal.js";
import { standingGroups } from "./standing-turns.js";

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
    evaluateInOrder(evaluation, workedOut(evaluation, candidates));
    return evaluation.applied;
  }
  let begin = 0;
  while (begin < candidates.length) {
    const lane = laneOf(compiled, candidates[begin]);
    let end = begin + 1;
    while (end < candidates.length && laneOf(compiled, candidates[end]) === lane) end += 1;
    const inLane = candidates.slice(begin, end);
    if (compiled.policy.lanes?.[lane]?.mode === "bestPerLine")
      evaluateBestPerLine(evaluation, evaluation.standing === undefined ? workedOut(evaluation, inLane) : inLane, lane);
    else evaluateStack(evaluation, workedOut(evaluation, inLane), lane);
    begin = end;
  }
  return evaluation.applied;
}

/** Without those that are left out. */
function workedOut({ compiled, facts }: Evaluation, candidates: readonly Candidate[]): readonly Candidate[] {
  const { without } = facts;
  if (without === undefined) return candidates;
  return candidates.filter(({ slot }) => !without.has((compiled.promotions[slot] as CompiledPromotion).promotionId));
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
    if (standing !== undefined) passStanding(evaluation, standing, placeOf(candidate));
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
  for (const run of runs) if (best === undefined || worthOf(run.proposal) > worthOf(best.proposal)) best = run;
  if (best === undefined) return;
  apply(evaluation, best);
  const by = (compiled.promotions[best.slot] as CompiledPromotion).promotion.promotionId;
  for (const run of runs) {
    if (run !== best) trace?.(run.slot, run.code, { code: "lost_in_group", params: { group, by } });
  }
}
