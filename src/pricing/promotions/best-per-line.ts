import type { LineId } from "../../model/ids.js";
import { bookUnits } from "./book-units.js";
import { clashOf, noteBeside, noteStop } from "./combination.js";
import type { CompiledPromotion } from "./compile-promotions.js";
import { apply, runsOf, type AppliedRun, type Evaluation } from "./evaluate.js";
import { passStanding } from "./pass-standing.js";
import type { CartLine } from "./promotion-cart.js";
import type { Candidate } from "./promotion-index.js";
import type { PromotionReason } from "./promotion-reason.js";
import { openProposal, propose, stepsAt, type OpenProposal, type Proposal } from "./proposal.js";
import { withinRest } from "./proposal-for.js";
import { isStoppedByStanding, standingLines } from "./standing-turns.js";

/** The bids for the lines of a lane. */
interface Auction {
  readonly bids: AppliedRun[];
  /** Those of them that give something that nobody can outbid: goods, or something off a charge. */
  readonly sure: AppliedRun[];
  /** The highest for each line, and its amount; infinite where something of the lane stands. */
  readonly highest: (AppliedRun | undefined)[];
  readonly amounts: Float64Array;
  /** The same amounts with those of promotions that are not worked out again. */
  readonly offered: Float64Array;
  /** What is left of the charges. */
  readonly charges: number[];
}

/**
 * Lets the promotions of a lane bid for each line, all on the amounts at the begin of the lane; each line takes what gives
 * it most, the earlier of equals.
 *
 * **Rules**
 * 1. They bid in their order. One that may not apply beside those that hold a line by then does not bid at all: its lines go
 *    to the next best. What it would outbid wholly does not stand against it.
 * 2. After one that stops others, and gives some line more than all before it, nobody bids any more.
 * 3. Units that an offer would use are kept for it, so that no other of the lane, and no other code, counts on them.
 * 4. When an order is revised, promotions that are not worked out again bid as well, so that none stops others that it did
 *    not stop before; they get nothing.
 */
export function evaluateBestPerLine(evaluation: Evaluation, candidates: readonly Candidate[], lane: number): void {
  const { compiled, state, standing, facts } = evaluation;
  const first = compiled.promotions.findIndex((one) => one.lane === lane);
  if (standing !== undefined) passStanding(evaluation, standing, first);
  // What stops others is known as the lane goes; all else only when it is over.
  const inLane: Evaluation = { ...evaluation, combination: { ...evaluation.combination } };
  const auction = openAuction(evaluation, standingLines(standing, lane));
  const kept: Proposal[] = [];
  for (const candidate of candidates) {
    const compiledOne = compiled.promotions[candidate.slot] as CompiledPromotion;
    if (isStoppedByStanding(standing, compiledOne)) continue;
    // Only on an order that is revised are there any.
    const isSilent = facts.without?.has(compiledOne.promotionId) === true;
    runsOf(inLane, candidate, (run) => {
      const clash = placeBid(inLane, auction, run, isSilent);
      if (clash !== undefined) {
        evaluation.trace?.(run.slot, run.code, clash);
        return;
      }
      bookUnits(state, run.proposal, 1);
      kept.push(run.proposal);
    });
  }
  for (const proposal of kept) bookUnits(state, proposal, -1);
  const laneName = compiled.policy.lanes?.[lane]?.lane ?? "";
  for (const bid of auction.bids) {
    const { slot, code } = bid;
    const won = partWon(evaluation, auction, bid);
    const proposal = won === undefined ? undefined : withinRest(evaluation, { slot, code, proposal: won });
    if (proposal !== undefined) apply(evaluation, { slot, code, proposal });
    if (evaluation.trace !== undefined) tellLost(evaluation, auction, bid, laneName, won === undefined);
  }
}

function openAuction({ state }: Evaluation, held: ReadonlySet<number>): Auction {
  const amounts = Float64Array.from({ length: state.count }, (_none, k) => (held.has(k) ? Infinity : 0));
  return {
    bids: [],
    sure: [],
    highest: new Array<AppliedRun | undefined>(state.count).fill(undefined),
    amounts,
    offered: amounts.slice(),
    charges: state.charges.slice(),
  };
}

/** Bids for lines; tells why it may not. */
function placeBid(
  inLane: Evaluation,
  auction: Auction,
  run: AppliedRun,
  isSilent: boolean,
): PromotionReason | undefined {
  const { compiled, combination } = inLane;
  const { promotion } = compiled.promotions[run.slot] as CompiledPromotion;
  const { amounts, offered, highest, charges, bids, sure } = auction;
  const { proposal } = run;
  const above = (least: Float64Array): number[] =>
    proposal.lines.filter((k, place) => (proposal.amounts[place] ?? 0) > (least[k] ?? 0));
  const [taken, isHighest] = [above(amounts), above(offered).length > 0];
  const clash = compiled.isCombining ? clashInLane(inLane, auction, run, taken) : undefined;
  if (clash !== undefined) return clash;
  const isSure =
    proposal.gift !== undefined ||
    proposal.charges?.some((amount, place) => amount > 0 && (charges[place] ?? 0) > 0) === true;
  for (const [place, k] of proposal.lines.entries()) {
    offered[k] = Math.max(offered[k] ?? 0, proposal.amounts[place] ?? 0);
  }
  if (isSilent) return undefined;
  bids.push(run);
  if (isSure) sure.push(run);
  for (const [place, k] of proposal.lines.entries()) {
    const amount = proposal.amounts[place] ?? 0;
    if (amount <= (amounts[k] ?? 0)) continue;
    highest[k] = run;
    amounts[k] = amount;
  }
  for (const [place, amount] of (proposal.charges ?? []).entries()) {
    charges[place] = Math.max(0, (charges[place] ?? 0) - amount);
  }
  if (isSure || isHighest) noteStop(combination, promotion, run.slot);
  return undefined;
}

/** Why a promotion may not apply beside those of the lane that still hold a line when it has taken its own. */
function clashInLane(
  { compiled, combination }: Evaluation,
  { sure, highest }: Auction,
  { slot }: AppliedRun,
  taken: readonly number[],
): PromotionReason | undefined {
  const holders = new Set(sure);
  const own = new Set(taken);
  for (const [k, bid] of highest.entries()) if (bid !== undefined && !own.has(k)) holders.add(bid);
  const beside = { ...combination, applied: new Map(combination.applied) };
  for (const holder of [...holders].sort((a, b) => a.slot - b.slot)) {
    noteBeside(beside, (compiled.promotions[holder.slot] as CompiledPromotion).promotion, holder.slot);
  }
  return clashOf(beside, (compiled.promotions[slot] as CompiledPromotion).promotion, slot);
}

/** What of a bid stays: the lines that it has won, and charges as far as they last; undefined for nothing. */
function partWon({ state }: Evaluation, { highest }: Auction, bid: AppliedRun): Proposal | undefined {
  const { proposal } = bid;
  const { charges, gift } = proposal;
  const part: OpenProposal = { ...proposal, ...openProposal() };
  for (const [index, k] of proposal.lines.entries()) {
    if (highest[k] === bid) propose(part, k, proposal.amounts[index] ?? 0, stepsAt(proposal, index, state));
  }
  const left = charges?.map((amount, charge) => Math.min(amount, state.charges[charge] ?? 0));
  if (part.lines.length === 0 && gift === undefined && left?.some((amount) => amount > 0) !== true) return undefined;
  return left === undefined ? part : { ...part, charges: left };
}

/** Says on which lines others give more, and which. */
function tellLost(
  { compiled, state, trace }: Evaluation,
  { highest }: Auction,
  bid: AppliedRun,
  lane: string,
  isAll: boolean,
): void {
  const { slot, code, proposal } = bid;
  const lost = proposal.lines.filter((k) => highest[k] !== bid);
  if (lost.length === 0 && !isAll) return;
  const slots = new Set(lost.flatMap((k) => highest[k]?.slot ?? []));
  const by = [...slots].map((other) => (compiled.promotions[other] as CompiledPromotion).promotion.promotionId);
  const lineIds = lost.map((k): LineId => (state.cart.lines[k] as CartLine).lineId);
  const reason: PromotionReason = isAll
    ? { code: "lost_on_lines", params: { lane, by } }
    : { code: "lost_on_some_lines", params: { lane, lineIds, by } };
  trace?.(slot, code, reason);
}
