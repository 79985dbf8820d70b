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
 * @returns units got, by place of the line; undefined for nothing
 */
export function freeUnits(
  offer: BuyGetOffer,
  { quantity, gross }: OfferLines,
  buy: number[],
  get: number[],
  used: UsedUnits,
): Int32Array | undefined {
  const worth = (place: number): number => gross[place] as number;
  const dearest = (a: number, b: number): number => worth(b) - worth(a) || a - b;
  get.sort(dearest);
  buy.sort((a, b) => Number(get.includes(a)) - Number(get.includes(b)) || dearest(a, b));
  const count = quantity.length;
  const toBuy = new Int32Array(count);
  const toGet = new Int32Array(count);
  for (const place of buy) toBuy[place] = (quantity[place] as number) - used.bought[place]!;
  for (const place of get) toGet[place] = (quantity[place] as number) - used.got[place]!;
  const takes = new Int32Array(count);
  const gifts = new Int32Array(count);
  let free: Int32Array | undefined;
  for (let room = offer.mostUnits; room >= offer.getUnits; room -= offer.getUnits) {
    if (!take(buy, toBuy, undefined, offer.buyUnits, takes)) break;
    if (!take(get, toGet, takes, offer.getUnits, gifts)) break;
    free ??= new Int32Array(count);
    for (let place = 0; place < count; place++) {
      const units = takes[place]! + gifts[place]!;
      toBuy[place]! -= units;
      toGet[place]! -= units;
      used.bought[place]! += takes[place]!;
      used.got[place]! += gifts[place]!;
      free[place]! += gifts[place]!;
    }
  }
  return free;
}

/** Takes units from lines in their order, leaving those that are taken already; tells whether there were enough. */
function take(
  places: readonly number[],
  pool: Int32Array,
  taken: Int32Array | undefined,
  wanted: number,
  into: Int32Array,
): boolean {
  into.fill(0);
  let left = wanted;
  for (const place of places) {
    const units = Math.min(left, pool[place]! - (taken?.[place] ?? 0));
    if (units <= 0) continue;
    into[place] = units;
    left -= units;
    if (left === 0) return true;
  }
  return false;
}
