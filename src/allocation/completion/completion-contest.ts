import { finestScale } from "../../core/decimal-arithmetic.js";
import { ONE, toSafeUnits } from "../../core/decimal.js";
import type { CompleteOrdersPolicy } from "./completion-policy.js";
import type { PoolPart, PoolWish } from "./rule-pools.js";

/** Orders and stock in whole units; orders stand by number, pools by item and warehouse. */
export interface Contest {
  /** Worth of each order, in whole units. */
  readonly values: readonly number[];
  /** Decimals of the worth. */
  readonly valueScale: number;
  /** Decimals of the quantities. */
  readonly scale: number;
  /** Pools, by item and warehouse. */
  readonly pools: readonly PoolPart[];
  /** Stock of each pool, at most what all orders need of it. */
  readonly stock: readonly number[];
  /** What each order needs, pool by pool. */
  readonly uses: readonly (readonly Use[])[];
  /** Uses of scarce pools; undefined for an order that is too much even alone. */
  readonly scarce: readonly (readonly Use[] | undefined)[];
}

/** What an order needs of a pool. */
export interface Use {
  /** Pool, by its position. */
  readonly pool: number;
  /** Units. */
  readonly units: number;
}

/** Counts in whole units; undefined where they would not be exact. */
export function contestOf(
  wishes: readonly PoolWish[],
  offers: readonly PoolPart[],
  objective: CompleteOrdersPolicy["objective"],
): Contest | undefined {
  const keyOf = ({ itemCode, warehouseId, rule }: PoolPart): string =>
    JSON.stringify([itemCode, warehouseId ?? null, ...(rule === undefined ? [] : [rule.limit, rule.name])]);
  const needs = wishes.flatMap((wish) => wish.needs);
  const poolOf = new Map(needs.map((need) => [keyOf(need), need]));
  const keys = [...poolOf.keys()].sort();
  const numbers = new Map(keys.map((key, pool) => [key, pool]));
  const scale = finestScale([...needs, ...offers].map(({ quantity }) => quantity));
  const usesOf = (parts: readonly PoolPart[]): Use[] => {
    const sums = new Map<number, number>();
    for (const part of parts) {
      const pool = numbers.get(keyOf(part)) ?? -1;
      // Beyond the safe integers a sum of figures no longer tells how much it is, but still that it is too much.
      sums.set(pool, (sums.get(pool) ?? 0) + (toSafeUnits(part.quantity, scale) ?? Infinity));
    }
    return [...sums].map(([pool, units]) => ({ pool, units })).sort((a, b) => a.pool - b.pool);
  };
  const wanted = usesOf(needs).map(({ units }) => units);
  const held = new Map(usesOf(offers).map(({ pool, units }) => [pool, units]));
  const stock = wanted.map((units, pool) => Math.min(units, held.get(pool) ?? 0));
  const worth = wishes.map(({ value }) => (objective === "count" ? ONE : value));
  const valueScale = finestScale(worth);
  const values = worth.map((value) => toSafeUnits(value, valueScale) ?? Infinity);
  if (![...wanted, sumOf(values)].every(Number.isSafeInteger)) return undefined;

  const uses = wishes.map((wish) => usesOf(wish.needs));
  const isAble = uses.map((own) => own.every(({ pool, units }) => units <= stock[pool]!));
  const asked = new Float64Array(keys.length);
  for (const { pool, units } of uses.filter((_, order) => isAble[order]).flat()) asked[pool]! += units;
  const scarce = uses.map((own, order) =>
    isAble[order] ? own.filter(({ pool, units }) => units > 0 && asked[pool]! > stock[pool]!) : undefined,
  );
  return { values, valueScale, scale, pools: keys.map((key) => poolOf.get(key)!), stock, uses, scarce };
}

/** Sums figures. */
export const sumOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0);
