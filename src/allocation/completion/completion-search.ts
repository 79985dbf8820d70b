import { exchangeClaims } from "./completion-exchange.js";
import { sumOf, type Contest } from "./completion-contest.js";
import { claimFits, contestGame, fillGame, flipClaim, type Game } from "./completion-game.js";
import { priceClaims } from "./completion-prices.js";

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
export function chooseIn(contest: Contest, orders: readonly number[], budget: number): GroupChoice {
  const game = contestGame(contest, orders);
  const { claims, isIn } = game;
  const bySparseness = fillBySparseness(game);
  const dual = priceClaims(game, worthOf(game, bySparseness));
  claims.sort((a, b) => b.value * a.price - a.value * b.price || b.value - a.value || a.order - b.order);
  for (const [claim, { uses }] of claims.entries()) for (const { pool } of uses) game.usersOf[pool]!.push(claim);
  // The proof of a large group is out of reach: the more orders, the more of the steps go into exchanges.
  const proof = search(game, dual, Math.ceil((budget / 2) * Math.min(1, PROVABLE / claims.length)));
  fillGame(game);
  const byPrice = new Set(claims.flatMap(({ order }, claim) => (isIn[claim] === 1 ? [order] : [])));
  if (worthOf(game, byPrice) < worthOf(game, bySparseness)) setGame(game, bySparseness);
  if (!proof.isComplete) exchangeClaims(game, budget - proof.steps);
  const taken = claims.filter((_, claim) => isIn[claim] === 1);
  const reached = sumOf(taken.map(({ value }) => value));
  const most = Math.min(Math.floor(dual + slackOf(dual)), sumOf(claims.map(({ value }) => value)));
  return {
    taken: taken.map(({ order }) => order),
    reached,
    bound: proof.isComplete ? reached : most,
    steps: proof.isComplete ? proof.steps : budget,
  };
}

/** Groups of up to so many orders may spend half of the steps on the proof. */
const PROVABLE = 100;

const worthOf = ({ claims }: Game, orders: ReadonlySet<number>): number =>
  sumOf(claims.map(({ order, value }) => (orders.has(order) ? value : 0)));

function setGame(game: Game, orders: ReadonlySet<number>): void {
  const differing = game.claims.flatMap(({ order }, claim) =>
    (game.isIn[claim] === 1) === orders.has(order) ? [] : [claim],
  );
  // Out before in, so that nothing is ever below zero.
  for (const claim of differing) if (game.isIn[claim] === 1) flipClaim(game, claim);
  for (const claim of differing) if (orders.has(game.claims[claim]!.order)) flipClaim(game, claim);
}

/** The choice of a simple rule: first who is worth most for what it needs, each pool weighed by how sought it is. */
function fillBySparseness(game: Game): ReadonlySet<number> {
  const { claims, left, isIn } = game;
  const asked = new Float64Array(left.length);
  for (const { uses } of claims) for (const { pool, units } of uses) asked[pool]! += units;
  const needOf = ({ uses }: Game["claims"][number]): number =>
    sumOf(uses.map(({ pool, units }) => (asked[pool]! / (left[pool]! + 1) - 0.9) * units));
  const rank = new Map(claims.map((claim) => [claim, claim.value / (needOf(claim) + 1e-3)]));
  claims.sort((a, b) => rank.get(b)! - rank.get(a)! || a.order - b.order);
  fillGame(game);
  const chosen = new Set(claims.flatMap(({ order }, claim) => (isIn[claim] === 1 ? [order] : [])));
  setGame(game, new Set());
  return chosen;
}

/** Takes orders in their rank and goes back where what is left to hope for betters nothing. Leaves the best choice in. */
function search(game: Game, dual: number, budget: number): { readonly isComplete: boolean; readonly steps: number } {
  const { claims } = game;
  const hopes = new Float64Array(claims.length + 1);
  for (let at = claims.length - 1; at >= 0; at--)
    hopes[at] = hopes[at + 1]! + Math.max(0, claims[at]!.value - claims[at]!.price);
  const path: { readonly at: number; readonly spare: number }[] = [];
  let [at, value, best, steps, spare] = [0, 0, -1, 0, dual - hopes[0]!];
  let chosen: number[] = [];
  for (;;) {
    // The first way down always comes to an end: it is the choice by rank.
    while (
      at < claims.length &&
      (best < 0 || steps < budget) &&
      value + spare + hopes[at]! + slackOf(dual) >= best + 1
    ) {
      const claim = claims[at]!;
      if (best >= 0) steps++;
      if (claimFits(game, at)) {
        path.push({ at, spare });
        flipClaim(game, at);
        [value, spare] = [value + claim.value, spare - claim.price];
      }
      at++;
    }
    if (at === claims.length && value > best) [best, chosen] = [value, path.map((step) => step.at)];
    const last = steps < budget ? path.pop() : undefined;
    if (last === undefined) break;
    const claim = claims[last.at]!;
    flipClaim(game, last.at);
    [at, value, spare] = [last.at + 1, value - claim.value, last.spare];
  }
  const isComplete = path.length === 0;
  for (const { at: place } of path) flipClaim(game, place);
  for (const claim of chosen) flipClaim(game, claim);
  return { isComplete, steps };
}

/** What rounding may add up to in sums of binary fractions: bounds are loosened by it, so that they stay bounds. */
const slackOf = (bound: number): number => bound * 1e-10 + 1e-6;
