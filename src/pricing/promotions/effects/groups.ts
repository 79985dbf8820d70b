import { fromUnits, toSafeUnits } from "../../../core/decimal.js";
import { splitUnitsWithin } from "../../../core/split-within.js";
import type { Groups } from "../../../model/promotion/promotion-effect.js";
import type { CartState } from "../cart-state.js";
import { openProposal, proposalOrNothing, type CompileEffect, type EffectRun } from "../proposal.js";
import {
  comparePrices,
  exactNumber,
  isSpent,
  partsOf,
  percentOfUnits,
  proposeOff,
  ranked,
  valueOfSteps,
  wholeUnits,
  type ExactNumber,
} from "../unit-amounts.js";

/** The reward of a group with its numbers read. */
interface Reward {
  readonly kind: Groups["reward"]["kind"];
  /** Units of a group that are free. */
  readonly free: number;
  /** Money of a group in minor units. */
  readonly minor: number;
  readonly percent: ExactNumber;
}

/** What groups take off each line, and the units that get it. */
interface Sums {
  readonly amounts: Map<number, number>;
  readonly units: Map<number, number>;
}

/** Something for each full group of n units; see `Groups`. */
export const groups: CompileEffect<"groups"> = (effect, { decimals }) => {
  const { reward, size } = effect;
  const hasMoney = reward.kind === "fixedSum" || reward.kind === "amount";
  const read: Reward = {
    kind: reward.kind,
    free: reward.kind === "payFor" ? size - reward.units : 0,
    minor: hasMoney ? (toSafeUnits(reward.amount, decimals) ?? 0) : 0,
    percent: reward.kind === "percent" ? exactNumber(reward.percent) : { units: 0, divisor: 1 },
  };
  return (run) => {
    const sums: Sums = { amounts: new Map(), units: new Map() };
    let left = effect.maxGroups ?? Number.MAX_SAFE_INTEGER;
    let most = 0;
    let isMost = false;
    for (const part of partsOf(run.state, run.lines, effect.per)) {
      const lines = ranked(run, part, effect.pick);
      let units = 0;
      for (const k of lines) units += unitsToPay(run.state, k);
      most = Math.max(most, units);
      const full = Math.floor(units / size);
      const count = Math.min(left, full);
      isMost ||= count < full;
      left -= count;
      if (count > 0) formGroups(run, sums, lines, size, count, read);
    }
    const proposal = openProposal();
    for (const k of run.lines) {
      proposeOff(proposal, run.state, k, sums.amounts.get(k) ?? 0, (sums.units.get(k) ?? 0) * run.state.one);
    }
    const isForSale = run.lines.some((k) => !isSpent(run.state, k));
    if (most < size && isForSale) {
      const [actual, missing] = [fromUnits(most, 0), fromUnits(size - most, 0)];
      run.tell?.({ code: "no_full_group", params: { size, actual, missing } });
      return undefined;
    }
    if (isMost)
      run.tell?.({ code: "most_reached", params: { of: "groups", most: fromUnits(effect.maxGroups ?? 0, 0) } });
    return proposalOrNothing(proposal, run);
  };
};

/** Whole units of a line that cost something: what is free already makes no group. */
function unitsToPay(state: CartState, k: number): number {
  return isSpent(state, k) ? 0 : wholeUnits(state, k);
}

/** Forms groups of consecutive units; groups that lie wholly on one line are worked out together. */
function formGroups(
  run: EffectRun,
  sums: Sums,
  lines: readonly number[],
  size: number,
  count: number,
  reward: Reward,
): void {
  let left = count;
  let begun: [k: number, units: number][] = [];
  let missing = size;
  for (const k of lines) {
    let units = unitsToPay(run.state, k);
    while (left > 0 && units > 0) {
      if (begun.length === 0 && units >= size) {
        const many = Math.min(left, Math.floor(units / size));
        rewardBulk(run, sums, k, many, size, reward);
        units -= many * size;
        left -= many;
        continue;
      }
      const taken = Math.min(units, missing);
      begun.push([k, taken]);
      units -= taken;
      missing -= taken;
      if (missing > 0) continue;
      rewardMixed(run, sums, begun, reward);
      begun = [];
      missing = size;
      left -= 1;
    }
  }
}

function rewardBulk(run: EffectRun, sums: Sums, k: number, many: number, size: number, reward: Reward): void {
  const { state } = run;
  const rewarded = reward.kind === "payFor" ? many * reward.free : many * size;
  const value = valueOfSteps(run, k, rewarded * state.one);
  addTo(sums, k, amountOf(run, reward, value, many), rewarded);
}

function rewardMixed(
  run: EffectRun,
  sums: Sums,
  group: readonly (readonly [k: number, units: number])[],
  reward: Reward,
): void {
  const { state } = run;
  if (reward.kind === "payFor") {
    let free = reward.free;
    const cheapest = [...group].reverse().sort((a, b) => comparePrices(state, a[0], b[0]));
    for (const [k, units] of cheapest) {
      const given = Math.min(free, units);
      free -= given;
      addTo(sums, k, valueOfSteps(run, k, given * state.one), given);
    }
    return;
  }
  const values = group.map(([k, units]) => valueOfSteps(run, k, units * state.one));
  const sum = values.reduce((total, value) => total + value, 0);
  const parts = splitUnitsWithin(amountOf(run, reward, sum, 1), values, values, state.remainder);
  for (const [place, [k, units]] of group.entries()) addTo(sums, k, parts[place] ?? 0, units);
}

/** Money off groups that are worth a value together. */
function amountOf({ state }: EffectRun, { kind, minor, percent }: Reward, value: number, many: number): number {
  switch (kind) {
    case "payFor":
      return value;
    case "fixedSum":
      return Math.max(0, value - many * minor);
    case "percent":
      return percentOfUnits(state, value, percent);
    case "amount":
      return Math.min(value, many * minor);
  }
}

function addTo({ amounts, units }: Sums, k: number, amount: number, count: number): void {
  amounts.set(k, (amounts.get(k) ?? 0) + amount);
  units.set(k, (units.get(k) ?? 0) + count);
}
