import { clampUnits, compare, divideUnits, fromUnits, subtract, toSafeUnits, ZERO } from "../../../core/decimal.js";
import type { Tiers } from "../../../model/promotion/promotion-effect.js";
import { roomOf } from "../cart-state.js";
import {
  openProposal,
  proposalOrNothing,
  propose,
  proposeWhole,
  type CompileEffect,
  type EffectRun,
  type OpenProposal,
  type Proposal,
} from "../proposal.js";
import {
  exactNumber,
  partsOf,
  percentOfUnits,
  priceOfSteps,
  proposeOff,
  ranked,
  sharesAcross,
  type ExactNumber,
} from "../unit-amounts.js";

/** A step with its numbers read. */
interface Step {
  readonly from: ExactNumber;
  readonly value: ExactNumber;
  /** The value as minor units, where it is a sum of money across the lines. */
  readonly minor: number;
}

/** A discount that grows with quantity or amount; see `Tiers`. */
export const tiers: CompileEffect<"tiers"> = (effect, { decimals }) => {
  const steps = effect.steps.map(({ from, value }): Step => ({
    from: exactNumber(from),
    value: exactNumber(value),
    minor: effect.reward === "percent" ? 0 : (toSafeUnits(value, decimals) ?? 0),
  }));
  const isQuantity = effect.measure === "quantity";
  const isSimple = effect.per === "line" && effect.mode === "allUnits";
  return (run) => {
    const { state, tell, lines } = run;
    const sizes = isQuantity ? state.quantity : state.gross;
    const one = isQuantity ? state.one : 10 ** state.decimals;
    if (isSimple && tell === undefined) return lineByLine(run, effect, sizes, one, steps);
    const proposal = openProposal();
    let most = 0;
    for (const part of partsOf(state, lines, effect.per)) {
      let measured = 0;
      for (const k of part) measured += sizes[k] ?? 0;
      most = Math.max(most, measured);
      const reached = reachedBy(steps, measured, one);
      if (reached === undefined) continue;
      if (effect.mode === "allUnits") allUnits(proposal, run, effect, part, reached);
      else incremental(proposal, run, effect, part, sizes, isQuantity ? state.quantityScale : state.decimals, steps);
    }
    if (tell === undefined) return proposal.lines.length > 0 ? proposal : undefined;
    const first = effect.steps[0]?.from ?? ZERO;
    const actual = fromUnits(most, isQuantity ? state.quantityScale : state.decimals);
    if (proposal.lines.length === 0 && lines.length > 0 && compare(actual, first) < 0) {
      const missing = subtract(first, actual);
      tell({ code: "step_not_reached", params: { measure: effect.measure, from: first, actual, missing } });
      return undefined;
    }
    return proposalOrNothing(proposal, run);
  };
};

/** Each line reaches its own step. */
function lineByLine(
  run: EffectRun,
  effect: Tiers,
  sizes: readonly number[],
  one: number,
  steps: readonly Step[],
): Proposal | undefined {
  const { lines, state } = run;
  let amounts: number[] | undefined;
  for (let place = 0; place < lines.length; place += 1) {
    const k = lines[place] ?? 0;
    const reached = reachedBy(steps, sizes[k] ?? 0, one);
    if (reached === undefined) continue;
    amounts ??= new Array<number>(lines.length).fill(0);
    amounts[place] = Math.min(amountAt(run, effect, k, reached), roomOf(state, k));
  }
  return amounts === undefined ? undefined : proposeWhole(run, amounts);
}

/** The last step that a measure, as units of 1 ÷ one, reaches. Steps rise, and mostly not even the first is reached. */
function reachedBy(steps: readonly Step[], measured: number, one: number): Step | undefined {
  let reached: Step | undefined;
  for (let place = 0; place < steps.length; place += 1) {
    const step = steps[place] as Step;
    const { units, divisor } = step.from;
    // A step has fifteen digits at most, and both sides are multiples of the same power of ten: rounding turns no answer.
    if (measured * divisor < units * one) break;
    reached = step;
  }
  return reached;
}

/** A bound in units of a coarser or finer scale; one that lies between two units is reached at the next. */
function atScale({ units, divisor }: ExactNumber, scale: number): number {
  const exact = divideUnits(BigInt(units) * 10n ** BigInt(scale), BigInt(divisor), "ceiling");
  return clampUnits(exact);
}

function allUnits(proposal: OpenProposal, run: EffectRun, effect: Tiers, part: readonly number[], step: Step): void {
  const { state } = run;
  if (effect.reward === "amount") {
    const shares = sharesAcross(run, step.minor, part);
    for (const [place, k] of part.entries()) propose(proposal, k, shares[place] ?? 0, state.quantity[k] ?? 0);
    return;
  }
  for (const k of part) proposeOff(proposal, state, k, amountAt(run, effect, k, step), state.quantity[k] ?? 0);
}

/** What a step takes off all of a line. */
function amountAt({ state, base }: EffectRun, { reward }: Tiers, k: number, { value, minor }: Step): number {
  const amount = base[k] ?? 0;
  if (reward === "percent") return percentOfUnits(state, amount, value);
  if (reward === "amount") return amount === 0 ? 0 : minor;
  const money = priceOfSteps(state, value, state.quantity[k] ?? 0);
  return reward === "unitPrice" ? amount - money : money;
}

/** A stretch of the scale with what it gives. */
interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly value: ExactNumber;
}

/** Lays the lines one after the other, the dearest first, and gives each step what lies on it. */
function incremental(
  proposal: OpenProposal,
  run: EffectRun,
  effect: Tiers,
  part: readonly number[],
  sizes: readonly number[],
  scale: number,
  given: readonly Step[],
): void {
  const { state } = run;
  const bounds = given.map(({ from }) => atScale(from, scale));
  const steps = given.map(({ value }, place): Stretch => ({
    from: bounds[place] ?? 0,
    until: bounds[place + 1] ?? Number.MAX_SAFE_INTEGER,
    value,
  }));
  let begin = 0;
  for (const k of ranked(run, part, { by: "unitPrice", first: "dearest" })) {
    const size = sizes[k] ?? 0;
    const end = begin + size;
    const amount = size === 0 ? 0 : amountOnSteps(run, effect, k, begin, end, steps);
    proposeOff(proposal, state, k, amount, state.quantity[k] ?? 0);
    begin = end;
  }
}

/** Money off a line for the stretches of it that lie on the steps: exact fractions, rounded once. */
function amountOnSteps(
  run: EffectRun,
  { reward }: Tiers,
  k: number,
  begin: number,
  end: number,
  steps: readonly Stretch[],
): number {
  const { state, base } = run;
  const size = BigInt(end - begin);
  // What one percent, or one unit of money for one unit of goods, is in minor units.
  const minor = 10n ** BigInt(state.decimals);
  const common = steps.reduce((product, { value }) => leastCommon(product, BigInt(value.divisor)), 1n);
  const perUnit = BigInt(state.one) * common;
  const percent = size * 100n * common;
  let dividend = 0n;
  for (const { from, until, value } of steps) {
    const overlap = BigInt(Math.max(0, Math.min(end, until) - Math.max(begin, from)));
    const rate = BigInt(value.units) * (common / BigInt(value.divisor));
    if (reward === "percent") dividend += BigInt(base[k] ?? 0) * overlap * rate;
    else if (reward === "amountPerUnit") dividend += overlap * rate * minor;
    else {
      const dearer = BigInt(base[k] ?? 0) * overlap * perUnit - overlap * rate * minor * size;
      if (dearer > 0n) dividend += dearer;
    }
  }
  const divisor = reward === "percent" ? percent : reward === "amountPerUnit" ? perUnit : perUnit * size;
  return clampUnits(divideUnits(dividend, divisor, state.rounding));
}

function leastCommon(a: bigint, b: bigint): bigint {
  // All divisors are powers of ten.
  return a > b ? a : b;
}
