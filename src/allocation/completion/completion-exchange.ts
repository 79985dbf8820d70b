import { fixedScramble } from "./fixed-scramble.js";
import { claimFits, fillGame, flipClaim, type Game } from "./completion-game.js";

/**
 * Betters a choice: lets an order in that is out, lets those out that stand in its way, and fills up with whoever then
 * fits. Goes on from a choice that is a little worse too, ever less so towards the end; leaves the best one in.
 *
 * @param budget steps, each a look at one order; all are spent
 */
export function exchangeClaims(game: Game, budget: number): void {
  const { claims, isIn } = game;
  const scramble = fixedScramble();
  const steps: Steps = { left: budget };
  let value = claims.reduce((sum, claim, at) => sum + (isIn[at] === 1 ? claim.value : 0), 0);
  let [best, bestIn] = [value, isIn.slice()];
  while (steps.left > 0) {
    const entrant = Math.floor(scramble() * claims.length);
    steps.left--;
    if (isIn[entrant] === 1) continue;
    const flips: number[] = [];
    const flip = (claim: number): void => {
      flipClaim(game, claim);
      flips.push(claim);
      value += isIn[claim] === 1 ? claims[claim]!.value : -claims[claim]!.value;
    };
    const before = value;
    const isWhole = makeRoom(game, entrant, flip, scramble, steps) && refill(game, flips, flip, scramble, steps);
    if (isWhole && value > best) [best, bestIn] = [value, isIn.slice()];
    const loss = ((steps.left / budget) * TOLERANCE * before) / Math.max(1, claims.length / 2);
    if (isWhole && value >= before - loss) continue;
    for (const claim of flips.reverse()) flipClaim(game, claim);
    value = before;
  }
  for (let claim = 0; claim < claims.length; claim++) if (isIn[claim] !== bestIn[claim]) flipClaim(game, claim);
  fillGame(game);
}

interface Steps {
  left: number;
}

/** How much worse a choice may be at first, as a share of what an order is worth. */
const TOLERANCE = 0.4;

/** Lets a claim in and, where pools are short of it, those out that are worth least for what they give back. */
function makeRoom(
  game: Game,
  entrant: number,
  flip: (claim: number) => void,
  scramble: () => number,
  steps: Steps,
): boolean {
  const { claims, left, isIn, usersOf } = game;
  for (const { pool, units } of claims[entrant]!.uses) {
    while (units > left[pool]!) {
      let [weakest, least] = [-1, Infinity];
      if (steps.left < usersOf[pool]!.length) return spend(steps);
      steps.left -= usersOf[pool]!.length;
      for (const user of usersOf[pool]!) {
        if (isIn[user] === 0) continue;
        const { value, price, uses } = claims[user]!;
        const held = uses.find((use) => use.pool === pool)!.units;
        const strength = ((value - price / 2) / Math.min(held, units - left[pool]!)) * (0.5 + scramble());
        if (strength < least) [weakest, least] = [user, strength];
      }
      flip(weakest);
    }
  }
  flip(entrant);
  return true;
}

/** Lets in whoever fits of those that want what became free, roughly by rank. */
function refill(
  game: Game,
  flips: readonly number[],
  flip: (claim: number) => void,
  scramble: () => number,
  steps: Steps,
): boolean {
  const { claims, isIn, usersOf } = game;
  const pools = new Set(flips.flatMap((claim) => claims[claim]!.uses.map(({ pool }) => pool)));
  const wanting = new Set([...pools].flatMap((pool) => usersOf[pool]!));
  if (steps.left < wanting.size) return spend(steps);
  steps.left -= wanting.size;
  const ranked = [...wanting]
    .filter((claim) => isIn[claim] === 0)
    .map((claim) => ({ claim, rank: (claims[claim]!.value / (claims[claim]!.price + 1)) * (0.7 + 0.6 * scramble()) }))
    .sort((a, b) => b.rank - a.rank);
  for (const { claim } of ranked) if (claimFits(game, claim)) flip(claim);
  return true;
}

/** The rest of the budget is too little for this look. */
function spend(steps: Steps): false {
  steps.left = 0;
  return false;
}
