import type { BuyGetOffer } from "./promotion-world.js";

/** Units that offers have used, by line: a unit bought for one offer may be got from another, but not bought twice. */
export interface UsedUnits {
  readonly bought: Int32Array;
  readonly got: Int32Array;
}

/** What an offer is worked out on, by line. */
export interface OfferLines {
  readonly quantity: ArrayLike<number>;
  /** Quantity × price, for the order among the lines. */
  readonly gross: ArrayLike<number>;
}

/**
 * Works out an offer of the kind “buy these, get those free”, dearest lines first. Units that cannot be got are bought
 * first, and a last time is given in full or not at all.
 *
 * @param buy places of lines that can be bought, which are put in order
 * @param get places of lines that can be got, which are put in order
 * @returns units got from each line of `get` as it then stands; undefined for nothing
 */
export function freeUnits(
  offer: BuyGetOffer,
  { quantity, gross }: OfferLines,
  buy: number[],
  get: number[],
  used: UsedUnits,
): number[] | undefined {
  // Mostly too few units are there, and nothing need be put in order.
  let there = 0;
  for (const place of buy) there += (quantity[place] as number) - used.bought[place]!;
  if (there < offer.buyUnits) return undefined;
  const dearest = (a: number, b: number): number => (gross[b] as number) - (gross[a] as number) || a - b;
  if (get.length > 1) get.sort(dearest);
  if (buy.length > 1) buy.sort((a, b) => Number(get.includes(a)) - Number(get.includes(b)) || dearest(a, b));
  const toBuy = buy.map((place) => (quantity[place] as number) - used.bought[place]!);
  const toGet = get.map((place) => (quantity[place] as number) - used.got[place]!);
  // Where the same line stands in the other list.
  const asBuy = get.map((place) => buy.indexOf(place));
  const free = get.map(() => 0);
  let isAny = false;
  for (let room = offer.mostUnits; room >= offer.getUnits; room -= offer.getUnits) {
    const takes = take(toBuy, undefined, undefined, offer.buyUnits);
    const gifts = takes && take(toGet, takes, asBuy, offer.getUnits);
    if (takes === undefined || gifts === undefined) break;
    isAny = true;
    for (let at = 0; at < buy.length; at++) {
      toBuy[at]! -= takes[at]!;
      used.bought[buy[at]!]! += takes[at]!;
    }
    for (let at = 0; at < get.length; at++) {
      const same = asBuy[at]!;
      toGet[at]! -= gifts[at]! + (same < 0 ? 0 : takes[same]!);
      if (same >= 0) toBuy[same]! -= gifts[at]!;
      free[at]! += gifts[at]!;
      used.got[get[at]!]! += gifts[at]!;
    }
  }
  return isAny ? free : undefined;
}

/** Takes units from lines in their order, leaving those that are taken already; undefined where there are too few. */
function take(
  pool: readonly number[],
  taken: readonly number[] | undefined,
  sameLine: readonly number[] | undefined,
  wanted: number,
): number[] | undefined {
  const takes: number[] = [];
  let left = wanted;
  for (let at = 0; at < pool.length; at++) {
    const same = sameLine?.[at] ?? -1;
    const units = Math.max(0, Math.min(left, pool[at]! - (same < 0 ? 0 : taken![same]!)));
    takes.push(units);
    left -= units;
  }
  return left === 0 ? takes : undefined;
}
