import { fromUnits, toSafeUnits, type Decimal } from "../../core/decimal.js";
import type { BuyGet } from "../../model/promotion/promotion-effect.js";
import type { CartState } from "./cart-state.js";
import { countOffer } from "./effects/buy-get.js";
import { wholeUnits } from "./unit-amounts.js";

/** What is lacking for one unit more from an offer. */
export interface LackingForOffer {
  /** What is counted. */
  readonly measure: "quantity" | "amount";
  /** How much more of it. */
  readonly missing: Decimal;
  /** Places of the lines of which it can be more. */
  readonly lines: readonly number[];
}

/**
 * Says what is lacking for one unit more from an offer of the kind “buy this, get that”.
 *
 * **Rules**
 * 1. The least number of units more of one line that brings more; it is found out by working the offer out with them, for
 *    one line of each kind. Goods that are both bought and got count for both: two bought and one got take three more.
 * 2. Where more must be bought and more must be there to be got besides, what must be bought.
 * 3. Nothing where the offer gives no more, or where only goods are lacking that are not on the order at all.
 */
export function nextOfOffer(
  effect: BuyGet,
  given: CartState,
  buyLines: readonly number[],
  getLines: readonly number[],
): LackingForOffer | undefined {
  const state: CartState = { ...given, left: given.start.slice(), used: undefined };
  const { buy, get, maxUnits, repeat } = effect;
  const trigger = buy.amount === undefined ? 0 : (toSafeUnits(buy.amount, state.decimals) ?? 0);
  const withMore = (k: number | undefined, units: number): { readonly bought: number; readonly got: number } => {
    const quantity = state.quantity.map((steps, line) => (line === k ? steps + units * state.one : steps));
    const more = { ...state, quantity };
    const run = {
      state: more,
      base: state.start,
      lines: buyLines,
      getLines,
      unavailableItems: undefined,
      tell: undefined,
    };
    return countOffer(run, effect, trigger);
  };
  const now = withMore(undefined, 0);
  const least = leastOf(
    kindsOf(buyLines, getLines).map((lines) => ({
      lines,
      units: leastUnits((buy.units ?? 0) + get.units, (units) => withMore(lines[0], units).got > now.got),
    })),
  );
  if (least !== undefined) return { measure: "quantity", ...least };
  if (now.got > 0 && (repeat === "once" || (maxUnits !== undefined && now.got >= maxUnits))) return undefined;
  if (buy.units !== undefined) {
    const there = buyLines.reduce((sum, k) => sum + wholeUnits(state, k), 0);
    const lacking = buy.units - (there - now.bought);
    return lacking > 0 ? { measure: "quantity", missing: fromUnits(lacking, 0), lines: buyLines } : undefined;
  }
  const spent = buyLines.reduce((sum, k) => sum + (state.gross[k] ?? 0), 0);
  const isEarned = Math.floor(spent / trigger) * get.units > now.got;
  const missing = fromUnits(trigger - (spent % trigger), state.decimals);
  return isEarned ? undefined : { measure: "amount", missing, lines: buyLines };
}

/** Lines that are both bought and got, only bought, and only got: more of any of a kind does the same. */
function kindsOf(buyLines: readonly number[], getLines: readonly number[]): (readonly number[])[] {
  const [bought, got] = [new Set(buyLines), new Set(getLines)];
  const both = buyLines.filter((k) => got.has(k));
  const kinds = [both, buyLines.filter((k) => !got.has(k)), getLines.filter((k) => !bought.has(k))];
  // Where only some goods are both, it depends on the price of each line for what its units are taken: one is tried.
  const isPartly = both.length > 0 && (both.length < buyLines.length || both.length < getLines.length);
  return kinds.filter((lines) => lines.length > 0).map((lines) => (isPartly ? lines.slice(0, 1) : lines));
}

/** The least number of units that is enough, by halving; undefined where not even the most are. */
function leastUnits(most: number, isEnough: (units: number) => boolean): number | undefined {
  if (!isEnough(most)) return undefined;
  let [few, enough] = [0, most];
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}

/** The kinds of lines of which the fewest units are lacking. */
function leastOf(
  kinds: readonly { readonly lines: readonly number[]; readonly units: number | undefined }[],
): Pick<LackingForOffer, "missing" | "lines"> | undefined {
  const least = Math.min(...kinds.map(({ units }) => units ?? Infinity));
  if (least === Infinity) return undefined;
  const lines = kinds.flatMap((kind) => (kind.units === least ? kind.lines : []));
  return { missing: fromUnits(least, 0), lines: [...lines].sort((a, b) => a - b) };
}
