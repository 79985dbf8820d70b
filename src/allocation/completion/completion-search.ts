import { sumOf, type Contest, type Use } from "./completion-contest.js";

/** An order in the contest for the scarce pools of its group. */
interface Claim {
  readonly order: number;
  readonly value: number;
  readonly uses: readonly Use[];
  /** What the scarce stock that it needs is worth to all. */
  price: number;
  isIn: boolean;
}

/** What became of a group. */
export interface GroupChoice {
  /** Positions of the orders to serve. */
  readonly taken: readonly number[];
  /** What these are worth. */
  readonly reached: number;
  /** No choice reaches more. */
  readonly bound: number;
  /** Steps that were needed. */
  readonly steps: number;
}

/** The best choice among the orders of a group. */
export function chooseIn({ values, scarce, stock }: Contest, orders: readonly number[], budget: number): GroupChoice {
  const claims = orders.map((order): Claim => {
    return { order, value: values[order]!, uses: scarce[order]!, price: 0, isIn: false };
  });
  const left = new Map(claims.flatMap(({ uses }) => uses.map(({ pool }) => [pool, stock[pool]!])));
  const dual = setPrices(claims, left);
  claims.sort((a, b) => b.value * a.price - a.value * b.price || b.value - a.value || a.order - b.order);
  const proof = search(claims, left, dual, Math.ceil(budget / 2));
  const steps = proof.steps + (proof.isComplete ? 0 : exchange(claims, left, budget - proof.steps));
  fill(claims, left);
  const taken = claims.filter(({ isIn }) => isIn);
  const reached = sumOf(taken.map(({ value }) => value));
  const most = Math.min(Math.floor(dual + slackOf(dual)), sumOf(claims.map(({ value }) => value)));
  return { taken: taken.map(({ order }) => order), reached, bound: proof.isComplete ? reached : most, steps };
}

/**
 * Prices scarce stock so that the stock, and what orders are worth above the price of their needs, come to as little as
 * can be: no choice is worth more than that, whatever the prices (Lagrangian relaxation, subgradient method).
 */
function setPrices(claims: readonly Claim[], stock: ReadonlyMap<number, number>): number {
  let prices = new Map([...stock.keys()].map((pool) => [pool, 0]));
  let [least, best, stride] = [Infinity, prices, 1];
  for (let round = 0; round < 200; round++) {
    const idle = new Map([...stock.keys()].map((pool) => [pool, 1]));
    let bound = sumOf([...prices.values()]);
    for (const { value, uses } of claims) {
      const gain = value - priceOf(uses, prices, stock);
      if (gain <= 0) continue;
      bound += gain;
      for (const { pool, units } of uses) idle.set(pool, idle.get(pool)! - units / stock.get(pool)!);
    }
    if (bound < least) [least, best] = [bound, prices];
    else stride *= 0.9;
    const norm = sumOf([...idle.values()].map((part) => part * part));
    if (norm === 0) break;
    const step = (stride * least * 0.1) / norm;
    prices = new Map([...prices].map(([pool, price]) => [pool, Math.max(0, price - step * idle.get(pool)!)]));
  }
  for (const claim of claims) claim.price = priceOf(claim.uses, best, stock);
  return least;
}

/** Takes orders in their rank and goes back where what is left to hope for betters nothing. Leaves the best choice in. */
function search(claims: readonly Claim[], left: Map<number, number>, dual: number, budget: number) {
  const hopes = new Float64Array(claims.length + 1);
  for (let at = claims.length - 1; at >= 0; at--)
    hopes[at] = hopes[at + 1]! + Math.max(0, claims[at]!.value - claims[at]!.price);
  const path: { readonly at: number; readonly spare: number }[] = [];
  let [at, value, best, steps, spare] = [0, 0, -1, 0, dual - hopes[0]!];
  let chosen: Claim[] = [];
  for (;;) {
    // The first way down always comes to an end: it is the choice by rank.
    while (
      at < claims.length &&
      (best < 0 || steps < budget) &&
      value + spare + hopes[at]! + slackOf(dual) >= best + 1
    ) {
      const claim = claims[at]!;
      if (best >= 0) steps++;
      if (fits(claim, left)) {
        path.push({ at, spare });
        flip(claim, left);
        [value, spare] = [value + claim.value, spare - claim.price];
      }
      at++;
    }
    if (at === claims.length && value > best) [best, chosen] = [value, path.map((step) => claims[step.at]!)];
    const last = steps < budget ? path.pop() : undefined;
    if (last === undefined) break;
    const claim = claims[last.at]!;
    flip(claim, left);
    [at, value, spare] = [last.at + 1, value - claim.value, last.spare];
  }
  const isComplete = path.length === 0;
  for (const { at: place } of path) flip(claims[place]!, left);
  for (const claim of chosen) flip(claim, left);
  return { isComplete, steps };
}

/** Lets an order in for one of less value, and whoever then fits; until nothing betters or the steps are spent. */
function exchange(claims: readonly Claim[], left: Map<number, number>, budget: number): number {
  let steps = 0;
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const claim of claims) {
      for (let at = claims.length - 1; at >= 0 && !claim.isIn; at--) {
        if (steps >= budget) return steps;
        steps++;
        const rival = claims[at]!;
        if (!rival.isIn || rival.value >= claim.value) continue;
        flip(rival, left);
        isBetter = fits(claim, left) || isBetter;
        flip(fits(claim, left) ? claim : rival, left);
      }
    }
    fill(claims, left);
  }
  return steps;
}

function fill(claims: readonly Claim[], left: Map<number, number>): void {
  for (const claim of claims) if (!claim.isIn && fits(claim, left)) flip(claim, left);
}

const fits = ({ uses }: Claim, left: ReadonlyMap<number, number>): boolean =>
  uses.every(({ pool, units }) => units <= left.get(pool)!);

function flip(claim: Claim, left: Map<number, number>): void {
  claim.isIn = !claim.isIn;
  for (const { pool, units } of claim.uses) left.set(pool, left.get(pool)! + (claim.isIn ? -units : units));
}

/** What rounding may add up to in sums of binary fractions: bounds are loosened by it, so that they stay bounds. */
const slackOf = (bound: number): number => bound * 1e-10 + 1e-6;

const priceOf = (
  uses: readonly Use[],
  prices: ReadonlyMap<number, number>,
  stock: ReadonlyMap<number, number>,
): number => sumOf(uses.map(({ pool, units }) => (prices.get(pool)! * units) / stock.get(pool)!));
