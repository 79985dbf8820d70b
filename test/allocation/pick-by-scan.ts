import type { BinRule } from "../../src/allocation/picking-policy.js";

/** A place of an item as a picker sees it, in the order of the rule for lots. */
export interface ScannedPlace {
  readonly name: string;
  /** Place of its zone in the chain. */
  readonly entry: number;
  readonly rule: BinRule;
  /** Units in its handling unit; 0 for loose goods. */
  readonly unit: number;
  free: number;
}

/**
 * Picks as somebody does who walks past every place for every line, zone by zone. Written from the rules alone, to be held
 * against the engine.
 *
 * @returns units by place, in the order in which the places are first picked
 */
export function pickByScan(places: readonly ScannedPlace[], wanted: number): Map<string, number> {
  const picks = new Map<string, number>();
  let need = wanted;
  const pick = (place: ScannedPlace, units: number): void => {
    const taken = Math.min(units, need);
    if (taken <= 0) return;
    picks.set(place.name, (picks.get(place.name) ?? 0) + taken);
    place.free -= taken;
    need -= taken;
  };
  for (const entry of new Set(places.map((place) => place.entry).sort((a, b) => a - b))) {
    const here = places.filter((place) => place.entry === entry && place.free > 0);
    if (here.length === 0) continue;
    switch (here[0]!.rule) {
      case "handlingUnitsFirst": {
        const smallestFirst = [...here].sort((a, b) => a.unit - b.unit);
        for (const place of [...here].sort((a, b) => b.unit - a.unit)) {
          while (place.unit > 0 && place.free >= place.unit && need >= place.unit) pick(place, place.unit);
        }
        for (const place of smallestFirst) pick(place, place.unit === 0 ? place.free : place.free % place.unit);
        for (const place of smallestFirst) pick(place, place.free);
        break;
      }
      case "fewestPlaces":
        while (need > 0 && here.some(({ free }) => free > 0)) {
          const enough = here.filter(({ free }) => free >= need).map(({ free }) => free);
          const best = enough.length > 0 ? Math.min(...enough) : Math.max(...here.map(({ free }) => free));
          const place = here.find(({ free }) => free === best)!;
          pick(place, place.free);
        }
        break;
      default:
        for (const place of here) pick(place, place.free);
    }
  }
  return picks;
}
