import { fromUnits, subtract, toSafeUnits } from "../../../core/decimal.js";
import type { BuyGet } from "../../../model/promotion/promotion-effect.js";
import { openProposal, proposalOrNothing, type CompileEffect, type EffectRun, type Proposal } from "../proposal.js";
import {
  exactNumber,
  percentOfUnits,
  priceOfSteps,
  proposeOff,
  ranked,
  valueOfSteps,
  wholeUnits,
  type ExactNumber,
} from "../unit-amounts.js";

/** Units that may still be bought and got, by line. */
interface Pools {
  readonly buy: Map<number, number>;
  readonly get: Map<number, number>;
}

/** Units taken from lines. */
type Takes = readonly (readonly [k: number, units: number])[];

/** Buy A, get B cheaper; see `BuyGet`. */
export const buyGet: CompileEffect<"buyGet"> = (effect, { decimals }) => {
  const { reward } = effect;
  const rate = exactNumber(reward.kind === "percent" ? reward.percent : reward.amount);
  const trigger = effect.buy.amount === undefined ? 0 : (toSafeUnits(effect.buy.amount, decimals) ?? 0);
  return (run) => {
    const { pools, bought, got } = unitsOf(run, effect, trigger);
    const proposal = openProposal();
    for (const k of run.getLines) {
      const units = got.get(k) ?? 0;
      if (units > 0)
        proposeOff(proposal, run.state, k, amountFor(run, reward.kind, rate, k, units), units * run.state.one);
    }
    if (got.size === 0) {
      tellWhy(run, effect, pools, trigger);
      return;
    }
    if (run.tell !== undefined) tellMost(run, effect, trigger, got);
    return proposalOrNothing({ ...proposal, used: { bought, got } } satisfies Proposal, run);
  };
};

/** Units bought and units got, by line, with what is left to buy and to get. */
interface Units {
  readonly pools: Pools;
  readonly bought: Map<number, number>;
  readonly got: Map<number, number>;
}

function unitsOf(run: EffectRun, effect: BuyGet, trigger: number): Units {
  const pools = openPools(run, effect);
  const bought = new Map<number, number>();
  const got = new Map<number, number>();
  const getOrder = ranked(run, run.getLines, effect.getFirst);
  if (effect.buy.units === undefined) {
    const times = timesOfAmount(run, trigger);
    getForAmount(pools, effect, getOrder, effect.repeat === "once" ? Math.min(times, 1) : times, got);
  } else {
    repeatSets(pools, effect, effect.buy.units, buyOrder(run, effect), getOrder, { bought, got });
  }
  return { pools, bought, got };
}

/** Units that an offer gives on a cart on which it is the only one: bought and got in all. */
export function countOffer(run: EffectRun, effect: BuyGet, trigger: number): { bought: number; got: number } {
  const { bought, got } = unitsOf(run, effect, trigger);
  return { bought: countOf(bought), got: countOf(got) };
}

/** Says that more units would be got if there were no most. */
function tellMost(run: EffectRun, effect: BuyGet, trigger: number, got: ReadonlyMap<number, number>): void {
  const { maxUnits, ...without } = effect;
  if (maxUnits === undefined) return;
  const all = unitsOf(run, without, trigger).got;
  if (countOf(all) > countOf(got)) {
    run.tell?.({ code: "most_reached", params: { of: "units", most: fromUnits(maxUnits, 0) } });
  }
}

function countOf(units: ReadonlyMap<number, number>): number {
  return [...units.values()].reduce((sum, some) => sum + some, 0);
}

function openPools(run: EffectRun, { blocked = "any" }: BuyGet): Pools {
  const { state } = run;
  const free = (k: number, own: Float64Array | undefined, other: Float64Array | undefined): number =>
    Math.max(0, wholeUnits(state, k) - (own?.[k] ?? 0) - (blocked === "any" ? (other?.[k] ?? 0) : 0));
  const { bought, got } = state.used ?? {};
  return {
    buy: new Map(run.lines.map((k) => [k, free(k, bought, got)])),
    get: new Map(run.getLines.map((k) => [k, free(k, got, bought)])),
  };
}

/** Units that cannot be got come first, so that as much as possible is left to be got. */
function buyOrder(run: EffectRun, { buyFirst }: BuyGet): number[] {
  const gettable = new Set(run.getLines);
  return [
    ...ranked(
      run,
      run.lines.filter((k) => !gettable.has(k)),
      buyFirst,
    ),
    ...ranked(
      run,
      run.lines.filter((k) => gettable.has(k)),
      buyFirst,
    ),
  ];
}

function timesOfAmount({ state, lines }: EffectRun, trigger: number): number {
  let sum = 0;
  for (const k of lines) sum += state.gross[k] ?? 0;
  return trigger <= 0 ? 0 : Math.floor(sum / trigger);
}

function getForAmount(
  pools: Pools,
  effect: BuyGet,
  order: readonly number[],
  times: number,
  got: Map<number, number>,
): void {
  const { get, maxUnits = Number.MAX_SAFE_INTEGER, partly } = effect;
  const there = order.reduce((sum, k) => sum + (pools.get.get(k) ?? 0), 0);
  const wanted = Math.min(times * get.units, maxUnits);
  const given = Math.min(wanted, there);
  let left = partly === "allowed" ? given : given - (given % get.units);
  for (const k of order) {
    const units = Math.min(left, pools.get.get(k) ?? 0);
    if (units > 0) got.set(k, units);
    left -= units;
  }
}

/** Buys and gets as often as it goes; times that take the same units from the same lines are done together. */
function repeatSets(
  pools: Pools,
  effect: BuyGet,
  buyUnits: number,
  buyLines: readonly number[],
  getLines: readonly number[],
  sums: { readonly bought: Map<number, number>; readonly got: Map<number, number> },
): void {
  const { get, partly, repeat } = effect;
  let room = effect.maxUnits ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const bought = take(pools.buy, buyLines, buyUnits, []);
    if (sizeOf(bought) < buyUnits || room === 0) return;
    const got = take(pools.get, getLines, Math.min(get.units, room), bought);
    const size = sizeOf(got);
    if (size === 0 || (size < get.units && partly === "refused")) return;
    const isLast = repeat === "once" || size < get.units;
    const times = isLast ? 1 : Math.max(1, Math.min(sameTimes(pools, bought, got), Math.floor(room / size)));
    book(pools, sums.bought, bought, times);
    book(pools, sums.got, got, times);
    room -= size * times;
    if (isLast) return;
  }
}

/** Takes units from lines in their order, leaving alone what is taken from the same lines for the other purpose. */
function take(pool: ReadonlyMap<number, number>, lines: readonly number[], units: number, taken: Takes): Takes {
  const result: [number, number][] = [];
  let left = units;
  for (const k of lines) {
    if (left === 0) break;
    const gone = taken.find(([line]) => line === k)?.[1] ?? 0;
    const share = Math.min(left, Math.max(0, (pool.get(k) ?? 0) - gone));
    if (share > 0) result.push([k, share]);
    left -= share;
  }
  return result;
}

function sizeOf(takes: Takes): number {
  return takes.reduce((sum, [, units]) => sum + units, 0);
}

/** How often the same units can be taken from the same lines before one of them runs out. */
function sameTimes({ buy, get }: Pools, bought: Takes, got: Takes): number {
  const perTime = new Map<number, number>();
  for (const [k, units] of [...bought, ...got]) perTime.set(k, (perTime.get(k) ?? 0) + units);
  let times = Number.MAX_SAFE_INTEGER;
  for (const [k, units] of perTime) {
    const pool = Math.min(buy.get(k) ?? Number.MAX_SAFE_INTEGER, get.get(k) ?? Number.MAX_SAFE_INTEGER);
    times = Math.min(times, Math.floor(pool / units));
  }
  return times;
}

/** Units that are bought or got leave both pools. */
function book(pools: Pools, sums: Map<number, number>, takes: Takes, times: number): void {
  for (const [k, units] of takes) {
    sums.set(k, (sums.get(k) ?? 0) + units * times);
    for (const pool of [pools.buy, pools.get]) {
      const left = pool.get(k);
      if (left !== undefined) pool.set(k, Math.max(0, left - units * times));
    }
  }
}

function amountFor(
  run: EffectRun,
  kind: BuyGet["reward"]["kind"],
  rate: ExactNumber,
  k: number,
  units: number,
): number {
  const steps = units * run.state.one;
  const value = valueOfSteps(run, k, steps);
  if (kind === "percent") return percentOfUnits(run.state, value, rate);
  const money = priceOfSteps(run.state, rate, steps);
  return kind === "unitPrice" ? value - money : Math.min(value, money);
}

/** Says what was lacking: goods that must be bought, or goods that could be got. */
function tellWhy(run: EffectRun, effect: BuyGet, pools: Pools, trigger: number): undefined {
  const { state, lines, tell } = run;
  if (tell === undefined) return undefined;
  if (lines.length === 0) {
    tell({ code: "no_line", params: {} });
    return undefined;
  }
  const isUnits = effect.buy.units !== undefined;
  const scale = isUnits ? 0 : state.decimals;
  const needed = fromUnits(effect.buy.units ?? trigger, scale);
  const there = isUnits
    ? [...pools.buy.values()].reduce((sum, units) => sum + units, 0)
    : lines.reduce((sum, k) => sum + (state.gross[k] ?? 0), 0);
  const actual = fromUnits(there, scale);
  if (there < (effect.buy.units ?? trigger)) {
    const params = {
      measure: isUnits ? "quantity" : "amount",
      needed,
      actual,
      missing: subtract(needed, actual),
    } as const;
    tell({ code: "not_enough_bought", params });
  } else tell({ code: "nothing_to_get", params: {} });
  return undefined;
}
