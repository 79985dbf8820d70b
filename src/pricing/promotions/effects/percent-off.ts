import { fromUnits, multiplyDivideUnits, toSafeUnits } from "../../../core/decimal.js";
import { splitUnitsWithin } from "../../../core/split-within.js";
import { roomOf } from "../cart-state.js";
import { proposeWhole, type CompileEffect, type EffectRun, type ProposeEffect } from "../proposal.js";
import { exactNumber, percentOfUnits, sharesAcross, type ExactNumber } from "../unit-amounts.js";

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
    const amounts = lines.map((k) =>
      Math.min(multiplyDivideUnits(base[k] ?? 0, units, hundred, state.rounding), roomOf(state, k)),
    );
    return proposeWhole(run, cap === undefined ? amounts : capped(amounts, cap, run));
  };
}

function across(percent: ExactNumber, cap: number | undefined): ProposeEffect {
  return (run) => {
    const { state, base, lines } = run;
    let sum = 0;
    for (const k of lines) sum += base[k] ?? 0;
    const total = percentOfUnits(state, sum, percent);
    const most = Math.min(total, cap ?? total);
    if (most < total) tellCap(run, most, total);
    return proposeWhole(run, sharesAcross(run, most, lines));
  };
}

/** Brings amounts down to a greatest sum, each line in proportion to what it would have got. */
function capped(amounts: readonly number[], cap: number, run: EffectRun): readonly number[] {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  if (sum <= cap) return amounts;
  tellCap(run, cap, sum);
  return Array.from(splitUnitsWithin(cap, amounts, amounts, run.state.remainder));
}

function tellCap({ state: { decimals }, tell }: EffectRun, cap: number, wanted: number): void {
  tell?.({ code: "cap_reached", params: { cap: fromUnits(cap, decimals), wanted: fromUnits(wanted, decimals) } });
}
