import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { BinRule } from "../../src/allocation/picking-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { addDays } from "../../src/core/calendar-day.js";
import { decimal, type Decimal } from "../../src/core/decimal.js";
import type { LotRule } from "../../src/model/lot-order.js";
import { stockKey, type StockPosition } from "../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../src/testing/index.js";
import { byLots, pickByTrying, walkOf, type TriedLot, type TriedPlace } from "./pick-by-trying.js";
import { TODAY } from "./small-world.js";

// Mission 9.8, 9.9; definition B5: what is picked in a warehouse, held against every way in which it could be picked.

const SITES = ["NORTH", "SOUTH"];

interface PlaceFacts {
  readonly site: number;
  readonly bin: number;
  readonly lot: number;
  readonly received: number;
  readonly life: number;
  readonly free: number;
  readonly reserved: number;
  readonly condition: "available" | "held";
}

interface BinOf {
  readonly zone: number;
  readonly pickSequence: number;
  readonly unit: number;
}

interface LineFacts {
  readonly wanted: number;
  readonly lot: number;
  readonly life: number;
  readonly deliveredIn: number;
  readonly isOneLot: boolean;
  readonly isWhole: boolean;
  readonly step: number;
}

interface PickWorld {
  readonly places: readonly PlaceFacts[];
  /** By warehouse, then by bin. */
  readonly bins: readonly (readonly BinOf[])[];
  /** By warehouse. */
  readonly chains: readonly (readonly { readonly zone: number; readonly rule: BinRule }[])[];
  readonly lines: readonly LineFacts[];
  readonly lots: LotRule;
  readonly oneLotPerLine: boolean;
  /** What a unit is in the base unit. */
  readonly size: string;
}

const RULES: readonly BinRule[] = ["lots", "pickSequence", "smallestFirst", "handlingUnitsFirst", "fewestPlaces"];
const plain = { noNullPrototype: true };
const figures = (...all: readonly number[]): Arbitrary<number> => fc.constantFrom(...all);

/** Up to five places of one item in one or two warehouses of three zones; 0 for a bin, lot, zone or day that there is not. */
const pickWorld: Arbitrary<PickWorld> = fc.record(
  {
    places: fc.uniqueArray(
      fc.record(
        {
          site: figures(0, 0, 0, 1),
          bin: figures(0, 1, 1, 2, 2, 3),
          lot: figures(0, 1, 1, 2, 3),
          received: figures(0, 1, 2, 3),
          life: figures(0, 0, 0, 0, 1, 3, 6),
          free: figures(0, 1, 2, 3, 4, 5, 6),
          reserved: figures(0, 0, 1),
          condition: fc.constantFrom<PlaceFacts["condition"]>(
            "available",
            "available",
            "available",
            "available",
            "held",
          ),
        },
        plain,
      ),
      { minLength: 1, maxLength: 5, size: "max", selector: ({ site, bin, lot }) => `${site} ${bin} ${lot}` },
    ),
    bins: fc.array(
      fc.array(
        fc.record(
          { zone: figures(0, 1, 1, 1, 2), pickSequence: figures(0, 1, 2), unit: figures(0, 0, 2, 2, 3, 4) },
          plain,
        ),
        { minLength: 3, maxLength: 3 },
      ),
      { minLength: 2, maxLength: 2 },
    ),
    chains: fc.array(
      fc.uniqueArray(fc.record({ zone: figures(0, 1, 1, 1, 2), rule: fc.constantFrom(...RULES) }, plain), {
        maxLength: 3,
        selector: ({ zone }) => zone,
      }),
      { minLength: 2, maxLength: 2 },
    ),
    lines: fc.array(
      fc.record(
        {
          wanted: figures(1, 2, 3, 4, 5, 6, 7, 8, 9),
          lot: figures(0, 0, 0, 0, 1, 2),
          life: figures(0, 0, 0, 2, 4),
          deliveredIn: figures(0, 0, 2),
          isOneLot: fc.constantFrom(false, false, false, true),
          isWhole: fc.constantFrom(false, false, true),
          step: figures(0, 0, 0, 2, 3),
        },
        plain,
      ),
      { minLength: 1, maxLength: 4 },
    ),
    lots: fc.constantFrom<LotRule>("fifo", "fefo", "lifo"),
    oneLotPerLine: fc.constantFrom(false, false, false, false, true),
    size: fc.constantFrom("1", "1", "0.5", "2.5"),
  },
  plain,
);

const nameOf = ({ site, bin, lot }: Pick<PlaceFacts, "site" | "bin" | "lot">): string => `${site}/${bin}/${lot}`;
const day = (after: number) => addDays(TODAY, after);

function enginePicks(world: PickWorld): string[] {
  const quantity = (units: number): Decimal => decimal(Number(world.size) * units);
  const policy: AllocationPolicy = {
    priority: [{ key: "orderNo", direction: "ascending" }],
    sourcing: { kind: "nearest", areas: [], otherwise: SITES },
    lots: world.lots,
    oneLotPerLine: world.oneLotPerLine,
    picking: world.chains.map((chain, site) => ({
      warehouseId: SITES[site]!,
      chain: chain.map(({ zone, rule }) => ({ rule, ...(zone === 0 ? {} : { zone: `Z-${zone}` }) })),
    })),
    bins: world.bins.flatMap((row, site) =>
      row.map(({ zone, pickSequence, unit }, bin) => ({
        warehouseId: SITES[site]!,
        binId: `B-${bin + 1}`,
        ...(zone === 0 ? {} : { zone: `Z-${zone}` }),
        ...(pickSequence === 0 ? {} : { pickSequence }),
        ...(unit === 0 ? {} : { handlingUnit: quantity(unit) }),
      })),
    ),
  };
  const names = new Map<string, string>();
  const stock = world.places.flatMap((place): StockPosition[] => {
    const [position] = anyStock({
      itemCode: "TEA",
      warehouseId: SITES[place.site]!,
      ...(place.bin === 0 ? {} : { binId: `B-${place.bin}` }),
      ...(place.lot === 0 ? {} : { lotNo: `L-${place.lot}` }),
      ...(place.received === 0 ? {} : { receivedOn: day(-place.received) }),
      ...(place.life === 0 ? {} : { expiresOn: day(place.life) }),
      onHand: quantity(place.free + place.reserved),
      reserved: quantity(place.reserved),
      condition: place.condition,
    });
    names.set(stockKey("TEA", position!), nameOf(place));
    return [position!];
  });
  const orders = world.lines.map((line, place) =>
    anyOrder({
      orderNo: `SO-${place}`,
      stage: "confirmed",
      header: { requestedDeliveryDate: day(line.deliveredIn) },
      lines: [lineOf(line)],
    }),
  );
  function lineOf({ wanted, lot, life, isOneLot, isWhole, step }: LineFacts): AnyOrderLine {
    return {
      itemCode: "TEA",
      orderedQty: quantity(wanted),
      partialAllowed: !isWhole,
      ...(lot === 0 ? {} : { lotNo: `L-${lot}` }),
      ...(life === 0 ? {} : { minimumRemainingLifeDays: life }),
      ...(isOneLot ? { oneLotOnly: true } : {}),
      ...(step === 0 ? {} : { quantum: quantity(step) }),
    };
  }
  const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
  return plan.orders.map(({ lines }) =>
    lines
      .flatMap(({ takes }) =>
        takes.map(
          ({ source, quantity: given }) =>
            `${Number(given) / Number(world.size)} of ${names.get(stockKey("TEA", source))}`,
        ),
      )
      .sort()
      .join(", "),
  );
}

/** The same by hand: warehouse by warehouse, and in each the best of all ways. */
function triedPicks(world: PickWorld): string[] {
  const isOffered = ({ condition, life, free }: PlaceFacts): boolean => condition !== "held" && free > 0 && life >= 0;
  const places = world.places.filter(isOffered);
  const sites = SITES.map((_, site): TriedPlace[] => {
    const here = places.filter((place) => place.site === site);
    const chain = world.chains[site]!;
    const lotOf = (place: PlaceFacts): TriedLot => ({
      ...(place.bin === 0 ? {} : { binId: `B-${place.bin}` }),
      ...(place.lot === 0 ? {} : { lotNo: `L-${place.lot}` }),
      ...(place.received === 0 ? {} : { receivedOn: -place.received }),
      ...(place.life === 0 ? {} : { expiresOn: place.life }),
    });
    const inTurn = byLots(here.map(lotOf), world.lots);
    return here.map((place): TriedPlace => {
      const facts = place.bin === 0 ? undefined : world.bins[site]![place.bin - 1]!;
      const named = chain.findIndex(({ zone }) => zone !== 0 && zone === facts?.zone);
      const others = chain.findIndex(({ zone }) => zone === 0);
      const entry = named >= 0 ? named : others >= 0 ? others : chain.length;
      return {
        ...lotOf(place),
        name: nameOf(place),
        entry,
        rule: chain[entry]?.rule ?? "lots",
        ...(facts === undefined || facts.pickSequence === 0 ? {} : { pickSequence: facts.pickSequence }),
        unit: facts?.unit ?? 0,
        heldAtFirst: here.filter(({ bin }) => bin === place.bin).reduce((total, { free }) => total + free, 0),
        turnAtFirst: inTurn.findIndex(({ binId }) => binId === lotOf(place).binId),
        free: place.free,
      };
    });
  });
  return world.lines.map(({ wanted, lot, life, deliveredIn, isOneLot, isWhole, step }) => {
    const fits = ({ lotNo, expiresOn = Infinity, free }: TriedPlace): boolean =>
      free > 0 && (lot === 0 || lotNo === `L-${lot}`) && expiresOn - deliveredIn >= Math.max(1, life);
    const stepped = (units: number): number => (step === 0 ? units : units - (units % step));
    const kept = (offered: number): number => (isWhole && stepped(offered) < stepped(wanted) ? 0 : stepped(offered));
    const sum = (some: readonly TriedPlace[]): number => some.reduce((total, { free }) => total + free, 0);
    const mayTake = sites.map((some) => some.filter(fits));
    let picks = new Map<string, number>();
    if (isOneLot || world.oneLotPerLine) {
      const all = mayTake.flatMap((some) => {
        const walk = walkOf(some, world.lots);
        return [...new Set(walk.map(({ lotNo }) => lotNo))].map((lotNo) => walk.filter((one) => one.lotNo === lotNo));
      });
      const units = kept(Math.min(wanted, Math.max(0, ...all.map(sum))));
      const first = all.find((some) => sum(some) >= units);
      if (units > 0) picks = pickByTrying(first!, units, world.lots);
    } else {
      let need = kept(Math.min(wanted, sum(mayTake.flat())));
      for (const some of mayTake) {
        const own = pickByTrying(some, need, world.lots);
        for (const [name, units] of own) picks.set(name, units);
        need -= [...own.values()].reduce((total, units) => total + units, 0);
      }
    }
    for (const place of sites.flat()) place.free -= picks.get(place.name) ?? 0;
    return [...picks]
      .map(([name, units]) => `${units} of ${name}`)
      .sort()
      .join(", ");
  });
}

describe("what is picked in a warehouse (mission 9.8, 9.9; definition B5)", () => {
  it("oracle: no other way of picking is better by the rules of the zones, whatever a line may take", () => {
    fc.assert(
      fc.property(pickWorld, (world) => {
        expect(enginePicks(world)).toEqual(triedPicks(world));
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 300 : Number(process.env.FC_RUNS) },
    );
  });
});
