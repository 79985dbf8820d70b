import { fromUnits, multiplyDivideUnits, toSafeUnits } from "../../../core/decimal.js";
import { splitUnitsWithin } from "../../../core/split-within.js";
import {
  openProposal,
  proposalOrNothing,
  type CompileEffect,
  type EffectRun,
  type Proposal,
  type ProposeEffect,
} from "../proposal.js";
import { exactNumber, percentOfUnits, proposeAcross, proposeOff, type ExactNumber } from "../unit-amounts.js";

/** A percentage off the lines, each rounded by itself or all of them once; see `PercentOff`. */
export const percentOff: CompileEffect<"percentOff"> = (effect, setting) => {
  const percent = exactNumber(effect.percent);
  const cap = effect.cap === undefined ? undefined : toSafeUnits(effect.cap, setting.decimals);
  return effect.spread === "eachLine" ? eachLine(percent, cap) : across(percent, cap);
};

function eachLine({ units, divisor }: ExactNumber, cap: number | undefined): ProposeEffect {
  const hundred = divisor * 100;
  return (run) => {
    const { state, base, lines } = run;
    const proposal = openProposal();
    for (const k of lines) {
      const amount = multiplyDivideUnits(base[k] ?? 0, units, hundred, state.rounding);
      proposeOff(proposal, state, k, amount, state.quantity[k] ?? 0);
    }
    return proposalOrNothing(cap === undefined ? proposal : capped(proposal, cap, run), run);
  };
}

function across(percent: ExactNumber, cap: number | undefined): ProposeEffect {
  return (run) => {
    const { state, base, lines } = run;
    const proposal = openProposal();
    let sum = 0;
    for (const k of lines) sum += base[k] ?? 0;
    const total = percentOfUnits(state, sum, percent);
    const most = Math.min(total, cap ?? total);
    if (most < total) tellCap(run, most, total);
    proposeAcross(proposal, run, most, lines);
    return proposalOrNothing(proposal, run);
  };
}

/** Brings a proposal down to a greatest sum, each line in proportion to what it would have got. */
function capped(proposal: Proposal, cap: number, run: EffectRun): Proposal {
  let sum = 0;
  for (const amount of proposal.amounts) sum += amount;
  if (sum <= cap) return proposal;
  tellCap(run, cap, sum);
  const parts = splitUnitsWithin(cap, proposal.amounts, proposal.amounts, run.state.remainder);
  // A line that gets no cent of it is not touched by it.
  const isGiven = (_value: unknown, index: number): boolean => parts[index] !== 0;
  return {
    ...proposal,
    lines: proposal.lines.filter(isGiven),
    amounts: Array.from(parts).filter((part) => part !== 0),
    units: proposal.units.filter(isGiven),
  };
}

function tellCap({ state: { decimals }, tell }: EffectRun, cap: number, wanted: number): void {
  tell?.({ code: "cap_reached", params: { cap: fromUnits(cap, decimals), wanted: fromUnits(wanted, decimals) } });
}
