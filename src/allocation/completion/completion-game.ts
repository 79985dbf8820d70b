import type { Contest, Use } from "./completion-contest.js";

/** An order in the contest for the scarce pools of its group. */
export interface Claim {
  /** Position of the order. */
  readonly order: number;
  /** What it is worth. */
  readonly value: number;
  /** What it needs of the scarce pools, which are numbered within the group. */
  readonly uses: readonly Use[];
  /** What the scarce stock that it needs is worth to all. */
  price: number;
}

/** The contest of one group as it stands: who is in, and what is left. */
export interface Game {
  /** Claims, the one that gives most for scarce stock first. */
  readonly claims: Claim[];
  /** Units left in each pool. */
  readonly left: Float64Array;
  /** Which claims are in. */
  readonly isIn: Uint8Array;
  /** Claims that use each pool. */
  readonly usersOf: readonly number[][];
}

/** Sets the contest of a group up, with nobody in. */
export function contestGame({ values, scarce, stock }: Contest, orders: readonly number[]): Game {
  const pools = new Map<number, number>();
  const left: number[] = [];
  const claims = orders.map((order): Claim => {
    const uses = scarce[order]!.map(({ pool, units }) => {
      const known = pools.get(pool);
      if (known !== undefined) return { pool: known, units };
      pools.set(pool, left.length);
      return { pool: left.push(stock[pool]!) - 1, units };
    });
    return { order, value: values[order]!, uses, price: 0 };
  });
  return {
    claims,
    left: Float64Array.from(left),
    isIn: new Uint8Array(claims.length),
    usersOf: left.map((): number[] => []),
  };
}

/** Whether what is left suffices for a claim. */
export function claimFits({ claims, left }: Game, claim: number): boolean {
  for (const { pool, units } of claims[claim]!.uses) if (units > left[pool]!) return false;
  return true;
}

/** Lets a claim in, or out. */
export function flipClaim({ claims, left, isIn }: Game, claim: number): void {
  const sign = isIn[claim] === 1 ? 1 : -1;
  isIn[claim] = sign === 1 ? 0 : 1;
  for (const { pool, units } of claims[claim]!.uses) left[pool]! += sign * units;
}

/** Lets in whoever still fits, by rank. */
export function fillGame(game: Game): void {
  for (let claim = 0; claim < game.claims.length; claim++)
    if (game.isIn[claim] === 0 && claimFits(game, claim)) flipClaim(game, claim);
}
