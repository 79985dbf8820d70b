import { groupedBy } from "../core/grouped-by.js";
import { buildGreatestTree } from "./greatest-tree.js";
import { buildUnitsOrder } from "./units-order.js";

/** Knows which of the lots of one zone are picked for a quantity, without looking at each. */
export interface PlaceBook {
  /** Gives what is wanted, as far as it is there. The takes must be written before the next is asked for. */
  readonly pick: (wanted: number, give: (lot: number, units: number) => void) => void;
  /** Notes that a lot has other units left than before. */
  readonly note: (lot: number) => void;
}

/** Lots of a shelf that stand beside each other. */
export interface ShelfStretch {
  /** First one. */
  readonly begin: number;
  /** One after the last. */
  readonly end: number;
  /** Units left of each lot of the shelf. */
  readonly left: Float64Array;
}

/**
 * The book of `fewestPlaces`: the fullest bin while none has all that is missing, then the one that has least above it.
 * A bin stands where its first lot does that has something left. Each take is logarithmic.
 *
 * @param binOf bin of a lot
 */
export function fewestPlacesBook(
  { begin, end, left }: ShelfStretch,
  binOf: (lot: number) => string | undefined,
): PlaceBook {
  const size = end - begin;
  // Lots of one bin beside each other.
  const bins = [...groupedBy([...new Int32Array(size).keys()], (place) => binOf(begin + place)).values()];
  const placeAt = Int32Array.from(bins.flat());
  const rankOf = ranksOf(placeAt);
  const firstRank = new Int32Array(bins.length + 1);
  for (const [bin, places] of bins.entries()) firstRank[bin + 1] = firstRank[bin]! + places.length;
  const binAt = new Int32Array(size);
  for (const [bin, places] of bins.entries()) for (const place of places) binAt[place] = bin;

  const known = left.slice(begin, end);
  const filled = buildGreatestTree(Float64Array.from(placeAt, (place) => known[place]!));
  const units = Float64Array.from(bins, (places) => places.reduce((total, place) => total + known[place]!, 0));
  const firstOf = (bin: number): number => {
    const rank = filled.next(firstRank[bin]!, firstRank[bin + 1]!, 0);
    return rank < 0 ? -1 : placeAt[rank]!;
  };
  const standsAt = Int32Array.from(bins.keys(), firstOf);
  const row = new Float64Array(size);
  for (const [bin, place] of standsAt.entries()) if (place >= 0) row[place] = units[bin]!;
  const order = buildUnitsOrder(row);
  return {
    note: (lot) => {
      const place = lot - begin;
      const bin = binAt[place]!;
      units[bin]! += left[lot]! - known[place]!;
      known[place] = left[lot]!;
      filled.write(rankOf[place]!, left[lot]!);
      const [before, at] = [standsAt[bin]!, firstOf(bin)];
      if (before !== at && before >= 0) order.write(before, 0);
      if (at >= 0) order.write(at, units[bin]!);
      standsAt[bin] = at;
    },
    pick: (wanted, give) => {
      for (let need = wanted; need > 0;) {
        const most = order.greatest();
        if (most === 0) return;
        const bin = binAt[order.leastFrom(Math.min(need, most))]!;
        const end = firstRank[bin + 1]!;
        for (let rank = filled.next(firstRank[bin]!, end, 0); rank >= 0 && need > 0;) {
          const lot = begin + placeAt[rank]!;
          const part = Math.min(need, left[lot]!);
          give(lot, part);
          need -= part;
          rank = filled.next(rank + 1, end, 0);
        }
      }
    },
  };
}

/**
 * The book of `handlingUnitsFirst`: whole units, the largest first; then loose goods, opened units, and last a unit that
 * must be opened. Each take is logarithmic.
 *
 * @param unitOf units in the handling unit that stands in a lot's bin; 0 for loose goods
 */
export function handlingUnitsBook({ begin, end, left }: ShelfStretch, unitOf: (lot: number) => number): PlaceBook {
  const size = end - begin;
  const unit = Float64Array.from({ length: size }, (_, place) => unitOf(begin + place));
  const largestFirst = Int32Array.from(unit.keys()).sort((a, b) => unit[b]! - unit[a]! || a - b);
  const smallestFirst = Int32Array.from(unit.keys()).sort((a, b) => unit[a]! - unit[b]! || a - b);
  const [downAt, upAt] = [ranksOf(largestFirst), ranksOf(smallestFirst)];
  const freeAt = (place: number): number => left[begin + place]!;
  const looseAt = (place: number): number => (unit[place] === 0 ? freeAt(place) : freeAt(place) % unit[place]!);
  const hasWhole = (place: number): number => (freeAt(place) > looseAt(place) ? 1 : 0);
  const hasLoose = (place: number): number => (looseAt(place) > 0 ? 1 : 0);
  const hasAny = (place: number): number => (freeAt(place) > 0 ? 1 : 0);
  const whole = buildGreatestTree(largestFirst.map(hasWhole));
  const loose = buildGreatestTree(smallestFirst.map(hasLoose));
  const filled = buildGreatestTree(smallestFirst.map(hasAny));
  /** First rank, the largest unit first, whose unit is not more than this. */
  const rankWithin = (units: number): number => {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (unit[largestFirst[middle]!]! > units) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    note: (lot) => {
      const place = lot - begin;
      whole.write(downAt[place]!, hasWhole(place));
      loose.write(upAt[place]!, hasLoose(place));
      filled.write(upAt[place]!, hasAny(place));
    },
    pick: (wanted, give) => {
      const picks = new Map<number, number>();
      let need = wanted;
      const pick = (place: number, units: number): void => {
        if (units > 0) picks.set(place, (picks.get(place) ?? 0) + units);
        need -= units;
      };
      for (let rank = whole.next(rankWithin(need), size, 1); rank >= 0;) {
        const place = largestFirst[rank]!;
        const most = Math.min(need, freeAt(place));
        pick(place, most - (most % unit[place]!));
        rank = whole.next(Math.max(rank + 1, rankWithin(need)), size, 1);
      }
      for (let rank = loose.next(0, size, 1); rank >= 0 && need > 0; rank = loose.next(rank + 1, size, 1)) {
        pick(smallestFirst[rank]!, Math.min(need, looseAt(smallestFirst[rank]!)));
      }
      // Emptied ones among them were picked above: they are not more than the takes.
      for (let rank = filled.next(0, size, 1); rank >= 0 && need > 0; rank = filled.next(rank + 1, size, 1)) {
        const place = smallestFirst[rank]!;
        pick(place, Math.min(need, freeAt(place) - (picks.get(place) ?? 0)));
      }
      for (const [place, units] of picks) give(begin + place, units);
    },
  };
}

/** Rank of each place. */
function ranksOf(sorted: Int32Array): Int32Array {
  const ranks = new Int32Array(sorted.length);
  for (const [rank, place] of sorted.entries()) ranks[place] = rank;
  return ranks;
}
