import { add, compare, ZERO, type Decimal } from "../core/decimal.js";
import type { BinId, WarehouseId } from "../model/ids.js";
import type { StockPosition } from "../model/stock.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { LOT_ORDERS } from "../model/lot-order.js";
import type { BinFacts, BinRule, WarehousePicking } from "./picking-policy.js";

/** A place of an item, as far as the order of bins looks at it. */
export interface PickPlace {
  /** Position. */
  readonly position: StockPosition;
  /** What is free of it. */
  readonly free: Decimal;
}

/** What the bins of a policy mean for picking. */
export interface BinBook {
  /** Warehouses where the order of bins depends on how much is wanted. */
  readonly changingWarehouses: ReadonlySet<WarehouseId>;
  /** Entry of its warehouse's chain that a place belongs to; the chain's length for places of no entry. */
  readonly entryOf: (place: StockPosition) => number;
  /** Rule of an entry. */
  readonly ruleOf: (warehouseId: WarehouseId, entry: number) => BinRule;
  /** Handling unit that stands in a place's bin. */
  readonly unitOf: (place: StockPosition) => Decimal | undefined;
  /** Order in which the places of an item in one warehouse are picked, by what was free there when the run began. */
  readonly comparison: (places: readonly PickPlace[]) => (a: PickPlace, b: PickPlace) => number;
}

type LotOrder = (a: StockPosition, b: StockPosition) => number;

/** Rules for which the order of bins depends on how much is wanted. */
const CHANGING_RULES: readonly BinRule[] = ["handlingUnitsFirst", "fewestPlaces"];

/** Opens the book of bins of a policy. */
export function binBook({ lots, picking = [], bins = [] }: AllocationPolicy): BinBook {
  const byLot = LOT_ORDERS[lots];
  const chains = new Map(picking.map(({ warehouseId, chain }) => [warehouseId, chainOf(chain)]));
  const facts = new Map(bins.map((bin) => [binKey(bin), bin]));
  const factsOf = ({ warehouseId, binId }: StockPosition): BinFacts | undefined =>
    binId === undefined || facts.size === 0 ? undefined : facts.get(binKey({ warehouseId, binId }));
  const entryOf = (place: StockPosition): number => {
    const chain = chains.get(place.warehouseId);
    if (chain === undefined) return 0;
    const zone = factsOf(place)?.zone;
    return (zone === undefined ? undefined : chain.entries.get(zone)) ?? chain.others;
  };
  const ruleOf = (warehouseId: WarehouseId, entry: number): BinRule => chains.get(warehouseId)?.rules[entry] ?? "lots";
  const comparison: BinBook["comparison"] = (places) => {
    if (!places.some(({ position }) => chains.has(position.warehouseId))) {
      return (a, b) => byLot(a.position, b.position);
    }
    const held = heldByBin(places);
    const first = firstByBin(places, byLot);
    return (a, b) => {
      const entry = entryOf(a.position);
      const turn = entry - entryOf(b.position);
      if (turn !== 0) return turn;
      switch (ruleOf(a.position.warehouseId, entry)) {
        case "pickSequence":
          return byWay(factsOf(a.position), factsOf(b.position)) || byLot(a.position, b.position);
        case "smallestFirst": {
          const [own, other] = [placeName(a.position), placeName(b.position)];
          if (own === other) return byLot(a.position, b.position);
          return compare(held.get(own)!, held.get(other)!) || byLot(first.get(own)!, first.get(other)!);
        }
        default:
          return byLot(a.position, b.position);
      }
    };
  };
  const changingWarehouses = new Set(
    picking
      .filter(({ chain }) => chain.some(({ rule }) => CHANGING_RULES.includes(rule)))
      .map(({ warehouseId }) => warehouseId),
  );
  return { changingWarehouses, entryOf, ruleOf, unitOf: (place) => factsOf(place)?.handlingUnit, comparison };
}

interface Chain {
  readonly entries: ReadonlyMap<string, number>;
  readonly others: number;
  readonly rules: readonly BinRule[];
}

function chainOf(chain: WarehousePicking["chain"]): Chain {
  const others = chain.findIndex(({ zone }) => zone === undefined);
  return {
    entries: new Map(chain.flatMap(({ zone }, entry) => (zone === undefined ? [] : [[zone, entry] as const]))),
    others: others < 0 ? chain.length : others,
    rules: chain.map(({ rule }) => rule),
  };
}

function binKey({ warehouseId, binId }: { readonly warehouseId: WarehouseId; readonly binId: BinId }): string {
  return `${warehouseId}\n${binId}`;
}

function placeName({ warehouseId, binId = "" }: StockPosition): string {
  return binKey({ warehouseId, binId });
}

/** What each bin holds of the item, over all lots in it. */
function heldByBin(places: readonly PickPlace[]): ReadonlyMap<string, Decimal> {
  const held = new Map<string, Decimal>();
  for (const { position, free } of places) {
    const name = placeName(position);
    held.set(name, add(held.get(name) ?? ZERO, free));
  }
  return held;
}

/** The lot of each bin that goes first. */
function firstByBin(places: readonly PickPlace[], byLot: LotOrder): ReadonlyMap<string, StockPosition> {
  const first = new Map<string, StockPosition>();
  for (const { position } of places) {
    const name = placeName(position);
    const known = first.get(name);
    if (known === undefined || byLot(position, known) < 0) first.set(name, position);
  }
  return first;
}

function byWay(a: BinFacts | undefined, b: BinFacts | undefined): number {
  const [left, right] = [a?.pickSequence ?? Infinity, b?.pickSequence ?? Infinity];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
