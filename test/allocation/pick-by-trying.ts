import type { BinRule } from "../../src/allocation/picking-policy.js";
import type { LotRule } from "../../src/model/lot-order.js";

/** Goods of one lot in one bin, days as figures. */
export interface TriedLot {
  readonly binId?: string;
  readonly lotNo?: string;
  readonly receivedOn?: number;
  readonly expiresOn?: number;
}

/** A place of a warehouse, in whole units. */
export interface TriedPlace extends TriedLot {
  readonly name: string;
  /** Place of its zone in the chain of the warehouse, and the rule there. */
  readonly entry: number;
  readonly rule: BinRule;
  readonly pickSequence?: number;
  /** Units in the handling unit of its bin; 0 for loose goods. */
  readonly unit: number;
  /** What its bin held of the item when the run began, and the turn of the first of its lots then by the rule for lots. */
  readonly heldAtFirst: number;
  readonly turnAtFirst: number;
  free: number;
}

type Figures = readonly number[];
/** How good a way of picking is: the first figure that differs decides, the greater one is better. */
type Merit = readonly number[];

const isBetter = (a: Merit, b: Merit): boolean => {
  const place = a.findIndex((figure, at) => figure !== b[at]);
  return place >= 0 && a[place]! > b[place]!;
};
const totalOf = (figures: Figures): number => figures.reduce((total, figure) => total + figure, 0);
const by =
  <Place>(...keys: readonly ((place: Place) => number | string)[]) =>
  (a: Place, b: Place): number => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
const uniqueOf = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

/** Places as the rule for lots has them. */
export function byLots<Lot extends TriedLot>(places: readonly Lot[], rule: LotRule): Lot[] {
  const received = ({ receivedOn = Infinity }: TriedLot): number =>
    rule === "lifo" && receivedOn !== Infinity ? -receivedOn : receivedOn;
  const expires = ({ expiresOn = Infinity }: TriedLot): number => (rule === "fefo" ? expiresOn : 0);
  return [...places].sort(
    by(
      expires,
      received,
      ({ lotNo = "" }) => lotNo,
      ({ binId = "" }) => binId,
    ),
  );
}

/** Places of a warehouse as somebody meets them who walks through its zones, whatever is wanted. */
export function walkOf(places: readonly TriedPlace[], lots: LotRule): TriedPlace[] {
  return byLots(places, lots).sort(
    by(
      ({ entry }) => entry,
      ({ rule, pickSequence = Infinity }) => (rule === "pickSequence" ? pickSequence : 0),
      ({ rule, heldAtFirst }) => (rule === "smallestFirst" ? heldAtFirst : 0),
      ({ rule, turnAtFirst }) => (rule === "smallestFirst" ? turnAtFirst : 0),
    ),
  );
}

/**
 * Picks by looking at every way in which the quantity could be taken from the places of one warehouse, and keeping the
 * best: zone by zone as much as there is, and within a zone what its rule praises, as `BinRule` says it.
 *
 * @returns units by name of the place
 */
export function pickByTrying(places: readonly TriedPlace[], wanted: number, lots: LotRule): Map<string, number> {
  const walk = walkOf(places, lots);
  const need = Math.min(wanted, totalOf(walk.map(({ free }) => free)));
  let best: { readonly takes: Figures; readonly merit: Merit } | undefined;
  const taking = (taken: Figures, open: number): void => {
    const place = walk[taken.length];
    if (place === undefined) {
      if (open > 0) return;
      const merit = meritOf(walk, taken, lots);
      if (best === undefined || isBetter(merit, best.merit)) best = { takes: taken, merit };
      return;
    }
    for (let units = 0; units <= Math.min(open, place.free); units++) taking([...taken, units], open - units);
  };
  taking([], need);
  return new Map(walk.flatMap(({ name }, at) => (best!.takes[at]! > 0 ? [[name, best!.takes[at]!] as const] : [])));
}

function meritOf(walk: readonly TriedPlace[], takes: Figures, lots: LotRule): Merit {
  const takenOf = new Map(walk.map((place, at) => [place, takes[at]!]));
  return uniqueOf(walk.map(({ entry }) => entry)).flatMap((entry) => {
    const here = walk.filter((place) => place.entry === entry);
    const taken = (place: TriedPlace): number => takenOf.get(place)!;
    return [totalOf(here.map(taken)), ...praise(here, taken, byLots(here, lots))];
  });
}

/** What the rule of a zone praises in a way of picking there. */
function praise(
  here: readonly TriedPlace[],
  taken: (place: TriedPlace) => number,
  inTurn: readonly TriedPlace[],
): Merit {
  switch (here[0]!.rule) {
    case "fewestPlaces": {
      const bins = uniqueOf(inTurn.map(({ binId }) => binId)).map((binId) => {
        const own = here.filter((place) => place.binId === binId);
        return { taken: totalOf(own.map(taken)), free: totalOf(own.map(({ free }) => free)) };
      });
      const used = bins.filter((bin) => bin.taken > 0);
      const left = totalOf(used.map((bin) => bin.free - bin.taken));
      // Few bins; the fullest of them emptied; of those that could give the rest, the one that has least.
      const fullest = used.map((bin) => bin.taken).sort((a, b) => b - a);
      const others = bins.slice(used.length).map(() => 0);
      return [-used.length, ...fullest, ...others, -left, ...bins.map((bin) => bin.taken), ...inTurn.map(taken)];
    }
    case "handlingUnitsFirst": {
      const whole = (place: TriedPlace): number => (place.unit === 0 ? 0 : Math.floor(taken(place) / place.unit));
      const rest = (place: TriedPlace): number => taken(place) - whole(place) * place.unit;
      const open = (place: TriedPlace): number => (place.unit === 0 ? 0 : place.free % place.unit);
      const loose = (place: TriedPlace): number => (place.unit === 0 ? taken(place) : 0);
      const opened = (place: TriedPlace): number => Math.min(rest(place), open(place));
      const broken = (place: TriedPlace): number => rest(place) - loose(place) - opened(place);
      const sizes = uniqueOf(here.map(({ unit }) => unit)).filter((unit) => unit > 0);
      const bySize = [...inTurn].sort(by(({ unit }) => unit));
      return [
        ...sizes
          .sort((a, b) => b - a)
          .flatMap((size) => {
            const own = inTurn.filter(({ unit }) => unit === size);
            return [totalOf(own.map(whole)), ...own.map(whole)];
          }),
        totalOf(here.map(loose)),
        ...inTurn.map(loose),
        totalOf(here.map(opened)),
        ...bySize.map(opened),
        ...bySize.map(broken),
      ];
    }
    default:
      // In the order of the walk.
      return here.map(taken);
  }
}
