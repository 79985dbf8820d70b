import { toSafeUnits, ZERO, type Decimal } from "../../core/decimal.js";
import type { LineId } from "../../model/ids.js";
import type { CouponCode, Promotion, PromotionId } from "../../model/promotion/promotion.js";
import type { CartState } from "./cart-state.js";
import { noteBeside, type Combination } from "./combination.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";

/** Promotions that stand, as far as they decide what may apply beside them. */
export interface StandingPromotions {
  /** Each with the money that it has taken off lines. */
  readonly promotions: readonly {
    readonly promotionId: PromotionId;
    readonly version: number;
    readonly code?: CouponCode;
    readonly amounts: ReadonlyMap<LineId, Decimal>;
  }[];
  /** Lines that they close to others. */
  readonly closed: ReadonlySet<LineId>;
}

/** One that stands, at its place in the order of evaluation. */
interface Turn {
  readonly slot: number;
  readonly place: number;
  readonly lane: number;
  readonly promotion: Promotion;
  /** Codes by which it was given; undefined for none. */
  readonly codes: readonly (CouponCode | undefined)[];
  /** Minor units, by place of the line. */
  readonly amounts: ReadonlyMap<number, number>;
}

/** What stands, turn by turn. */
export interface StandingTurns {
  /** Turns, the first to come first. */
  readonly turns: readonly Turn[];
  /** The next whose turn has not come. */
  next: number;
}

/**
 * Takes up what stands on a cart.
 *
 * **Rules**
 * 1. Its money is kept for it from the begin on, and counts as taken from its turn on: what comes before it in the order of
 *    evaluation sees the amounts that it saw then.
 * 2. Whatever goes together with it only, or not at all, is ruled out from the begin on; what comes after one that stops,
 *    from its turn on.
 * 3. Units that it uses are used from its turn on; see `passStanding`.
 */
export function openStanding(
  { promotions }: CompiledPromotions,
  state: CartState,
  combination: Combination,
  standing: StandingPromotions,
): StandingTurns {
  const turns: Turn[] = [];
  for (const [slot, { promotion, place, lane }] of promotions.entries()) {
    const found = standing.promotions.filter(
      ({ promotionId, version }) => promotionId === promotion.promotionId && version === promotion.version,
    );
    if (found.length === 0) continue;
    noteBeside(combination, promotion, slot);
    const amounts = new Map<number, number>();
    for (const [k, { lineId }] of state.cart.lines.entries()) {
      const units = found.map((one) => toSafeUnits(one.amounts.get(lineId) ?? ZERO, state.decimals) ?? 0);
      const sum = units.reduce((all, some) => all + some, 0);
      if (sum > 0) amounts.set(k, sum);
    }
    turns.push({ slot, place, lane, promotion, codes: found.map(({ code }) => code), amounts });
  }
  for (const [k, { lineId }] of state.cart.lines.entries()) {
    if (standing.closed.has(lineId)) (state.closed ??= new Set()).add(k);
  }
  for (const { amounts } of turns) state.floor = raised(state, amounts, 1);
  return { turns: turns.sort((a, b) => a.place - b.place), next: 0 };
}

/** Floors with money kept for what stands, or with it no more. */
export function raised({ floor, count }: CartState, amounts: ReadonlyMap<number, number>, sign: 1 | -1): number[] {
  return Array.from({ length: count }, (_none, k) => (floor?.[k] ?? 0) + sign * (amounts.get(k) ?? 0));
}

/** Places of the lines on which something stands, of one lane or of all. */
export function standingLines(standing: StandingTurns | undefined, lane?: number): ReadonlySet<number> {
  const turns = (standing?.turns ?? []).filter((turn) => lane === undefined || turn.lane === lane);
  return new Set(turns.flatMap(({ amounts }) => [...amounts.keys()]));
}

/** Groups of a lane of which one stands: no other of them applies. */
export function standingGroups(standing: StandingTurns | undefined, lane: number): string[] {
  return (standing?.turns ?? []).flatMap(({ lane: own, promotion }) =>
    own === lane && promotion.combination.bestOf !== undefined ? [promotion.combination.bestOf] : [],
  );
}

/** Whether one that stands, and comes before it, stops a promotion. */
export function isStoppedByStanding(standing: StandingTurns | undefined, { place }: CompiledPromotion): boolean {
  return (standing?.turns ?? []).some((turn) => turn.promotion.combination.stop === true && turn.place < place);
}
