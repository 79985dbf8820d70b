import { fromUnits, subtract, toSafeUnits } from "../../../core/decimal.js";
import type { BuyGet, UnitRanking } from "../../../model/promotion/promotion-effect.js";
import type { CartState } from "../cart-state.js";
import {
  openProposal,
  proposalOrNothing,
  type CompileEffect,
  type EffectRun,
  type Proposal,
  type UsedUnits,
} from "../proposal.js";
import {
  compareLines,
  exactNumber,
  isSpent,
  percentOfUnits,
  priceOfSteps,
  proposeOff,
  valueOfSteps,
  wholeUnits,
  type ExactNumber,
} from "../unit-amounts.js";

/** A line that is bought, or one that is got. */
interface Side {
  /** Place of the line. */
  readonly k: number;
  /** Units that may still be bought, or got. */
  free: number;
  /** Units taken for the time that is being put together. */
  now: number;
  /** Units taken in all. */
  sum: number;
  /** The same line as one that is got, or bought: a unit is either of the two. */
  other: Side | undefined;
}

/** Lines that are bought and lines that are got, as they stand on the order. */
interface Sides {
  readonly buys: readonly Side[];
  readonly gets: readonly Side[];
}

/** Lines in the order in which units are taken from them; those before `begin` are used up. */
interface Queue {
  readonly sides: readonly Side[];
  begin: number;
}

/** Buy A, get B cheaper; see `BuyGet`. */
export const buyGet: CompileEffect<"buyGet"> = (effect, { decimals }) => {
  const { reward } = effect;
  const rate = exactNumber(reward.kind === "percent" ? reward.percent : reward.amount);
  const trigger = effect.buy.amount === undefined ? 0 : (toSafeUnits(effect.buy.amount, decimals) ?? 0);
  return (run) => {
    const sides = sidesOf(run, effect);
    const got = takeUnits(run, sides, effect, trigger);
    if (got === 0) {
      tellWhy(run, effect, sides, trigger);
      return undefined;
    }
    if (run.tell !== undefined) tellMost(run, effect, trigger, got);
    return proposalOrNothing(proposalOf(run, sides, reward.kind, rate), run);
  };
};

function sidesOf({ state, lines, getLines }: EffectRun, { blocked = "any" }: BuyGet): Sides {
  const boughtOf = (k: number): number => state.used?.bought[k] ?? 0;
  const gotOf = (k: number): number => (isSpent(state, k) ? wholeUnits(state, k) : (state.used?.got[k] ?? 0));
  const sideOf = (k: number, own: number, others: number): Side => {
    const used = own + (blocked === "any" ? others : 0);
    return { k, free: Math.max(0, wholeUnits(state, k) - used), now: 0, sum: 0, other: undefined };
  };
  const buys = lines.map((k) => sideOf(k, boughtOf(k), gotOf(k)));
  const gets = getLines.map((k) => sideOf(k, gotOf(k), boughtOf(k)));
  let place = 0;
  for (const get of gets) {
    while (place < buys.length && (buys[place] as Side).k < get.k) place += 1;
    const buy = buys[place];
    if (buy?.k !== get.k) continue;
    buy.other = get;
    get.other = buy;
  }
  return { buys, gets };
}

/** Takes the units that are bought and got; returns how many are got. */
function takeUnits(run: EffectRun, { buys, gets }: Sides, effect: BuyGet, trigger: number): number {
  const getOrder = inOrder(run.state, gets, effect.getFirst);
  if (effect.buy.units === undefined) {
    const times = timesOfAmount(run, trigger);
    return getForAmount(effect, getOrder, effect.repeat === "once" ? Math.min(times, 1) : times);
  }
  // Units that cannot be got come first, so that as much as possible is left to be got.
  const buyOrder = inOrder(run.state, buys, effect.buyFirst, (a, b) => canBeGot(a) - canBeGot(b));
  return repeatSets(effect, effect.buy.units, buyOrder, getOrder);
}

function canBeGot({ other }: Side): number {
  return other === undefined || other.free === 0 ? 0 : 1;
}

function inOrder(
  state: CartState,
  sides: readonly Side[],
  ranking: UnitRanking,
  first?: (a: Side, b: Side) => number,
): readonly Side[] {
  if (sides.length < 2) return sides;
  const compare = compareLines(state, ranking);
  return [...sides].sort((a, b) => (first?.(a, b) ?? 0) || compare(a.k, b.k));
}

function proposalOf(
  run: EffectRun,
  { buys, gets }: Sides,
  kind: BuyGet["reward"]["kind"],
  rate: ExactNumber,
): Proposal {
  const { state } = run;
  const { lines, amounts, units } = openProposal();
  const proposal = { lines, amounts, units, used: [] as UsedUnits[] };
  for (const { k, sum } of buys) if (sum > 0) proposal.used.push({ k, bought: sum, got: 0 });
  for (const { k, sum } of gets) {
    if (sum === 0) continue;
    proposeOff(proposal, state, k, amountFor(run, kind, rate, k, sum), sum * state.one);
    proposal.used.push({ k, bought: 0, got: sum });
  }
  return proposal;
}

/** Units that an offer gives on a cart on which it is the only one: bought and got in all. */
export function countOffer(run: EffectRun, effect: BuyGet, trigger: number): { bought: number; got: number } {
  const sides = sidesOf(run, effect);
  const got = takeUnits(run, sides, effect, trigger);
  return { bought: sides.buys.reduce((units, { sum }) => units + sum, 0), got };
}

/** Says that more units would be got if there were no most. */
function tellMost(run: EffectRun, effect: BuyGet, trigger: number, got: number): void {
  const { maxUnits, ...without } = effect;
  if (maxUnits === undefined) return;
  if (takeUnits(run, sidesOf(run, effect), without, trigger) > got) {
    run.tell?.({ code: "most_reached", params: { of: "units", most: fromUnits(maxUnits, 0) } });
  }
}

function timesOfAmount({ state, lines }: EffectRun, trigger: number): number {
  let sum = 0;
  for (const k of lines) sum += state.gross[k] ?? 0;
  return trigger <= 0 ? 0 : Math.floor(sum / trigger);
}

function getForAmount(effect: BuyGet, gets: readonly Side[], times: number): number {
  const { get, maxUnits = Number.MAX_SAFE_INTEGER, partly } = effect;
  const there = gets.reduce((sum, { free }) => sum + free, 0);
  const wanted = Math.min(times * get.units, maxUnits);
  const given = Math.min(wanted, there);
  const got = partly === "allowed" ? given : given - (given % get.units);
  let left = got;
  for (const side of gets) {
    side.sum = Math.min(left, side.free);
    left -= side.sum;
  }
  return got;
}

/** Buys and gets as often as it goes; times that take the same units from the same lines are done together. */
function repeatSets(effect: BuyGet, buyUnits: number, buys: readonly Side[], gets: readonly Side[]): number {
  const { get, partly, repeat, maxUnits = Number.MAX_SAFE_INTEGER } = effect;
  const buyQueue: Queue = { sides: buys, begin: 0 };
  const getQueue: Queue = { sides: gets, begin: 0 };
  let room = maxUnits;
  for (;;) {
    const bought = take(buyQueue, buyUnits);
    if (sizeOf(bought) < buyUnits || room === 0) break;
    const got = take(getQueue, Math.min(get.units, room));
    const size = sizeOf(got);
    if (size === 0 || (size < get.units && partly === "refused")) break;
    const isLast = repeat === "once" || size < get.units;
    const times = isLast ? 1 : Math.max(1, Math.min(sameTimes(bought), sameTimes(got), Math.floor(room / size)));
    for (const side of bought) book(side, times);
    for (const side of got) book(side, times);
    room -= size * times;
    if (isLast) break;
  }
  return maxUnits - room;
}

/** Takes units from lines in their order, leaving alone what is taken from the same lines for the other purpose. */
function take(queue: Queue, units: number): readonly Side[] {
  const { sides } = queue;
  while (sides[queue.begin]?.free === 0) queue.begin += 1;
  const taken: Side[] = [];
  let left = units;
  for (let place = queue.begin; left > 0 && place < sides.length; place += 1) {
    const side = sides[place] as Side;
    const share = Math.min(left, side.free - (side.other?.now ?? 0));
    if (share <= 0) continue;
    side.now = share;
    left -= share;
    taken.push(side);
  }
  return taken;
}

function sizeOf(taken: readonly Side[]): number {
  let units = 0;
  for (const { now } of taken) units += now;
  return units;
}

/** How often the same units can be taken from the same lines before one of them runs out. */
function sameTimes(taken: readonly Side[]): number {
  let times = Number.MAX_SAFE_INTEGER;
  for (const { free, now, other } of taken) {
    const least = other === undefined ? free : Math.min(free, other.free);
    times = Math.min(times, Math.floor(least / (now + (other?.now ?? 0))));
  }
  return times;
}

/** Units that are bought or got are neither bought nor got again. */
function book(side: Side, times: number): void {
  const units = side.now * times;
  const { other } = side;
  side.now = 0;
  side.sum += units;
  side.free = Math.max(0, side.free - units);
  if (other !== undefined) other.free = Math.max(0, other.free - units);
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
function tellWhy(run: EffectRun, effect: BuyGet, { buys }: Sides, trigger: number): void {
  const { state, lines, getLines, tell } = run;
  if (tell === undefined) return;
  if (lines.length === 0) {
    tell({ code: "no_line", params: {} });
    return;
  }
  if ([...lines, ...getLines].every((k) => isSpent(state, k))) {
    tell({ code: "nothing_left", params: {} });
    return;
  }
  const isUnits = effect.buy.units !== undefined;
  const scale = isUnits ? 0 : state.decimals;
  const needed = fromUnits(effect.buy.units ?? trigger, scale);
  const there = isUnits
    ? buys.reduce((sum, { free }) => sum + free, 0)
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
  } else tell({ code: getLines.some((k) => isSpent(state, k)) ? "nothing_left" : "nothing_to_get", params: {} });
}
