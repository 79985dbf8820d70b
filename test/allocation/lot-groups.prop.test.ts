import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { lotGroups } from "../../src/allocation/lot-groups.js";
import type { BinFacts } from "../../src/allocation/picking-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { stockDesk } from "../../src/allocation/stock-desk.js";
import { addDays } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { LotNo } from "../../src/model/ids.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";
import type { WishWorld } from "./wish-world.js";

interface Lot {
  readonly warehouse: number;
  readonly number: string;
  readonly units: number;
  readonly life: number;
}

const NUMBERS = ["", "A", "B", "C", "D"];
/** The life of the lots of a number where all of them live alike. */
const LIVES = [3, 1, 4, 2, 5];

const lot = fc
  .record({
    warehouse: fc.constantFrom(0, 0, 1),
    number: fc.constantFrom(...NUMBERS),
    units: fc.constantFrom(0, 1, 2, 3, 5, 8),
    own: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 3, 4, 5),
  })
  .map(({ own, ...rest }): Lot => ({ ...rest, life: own === 0 ? LIVES[NUMBERS.indexOf(rest.number)]! : own }));
const step = fc.record({ lot: fc.nat({ max: 11 }), units: fc.constantFrom(1, 2, 4, 9), isUndone: fc.boolean() });

describe("lots of one number that live until a day (mission 9.8, 9.9)", () => {
  it("are found as by a walk along the queue, after any takes and what of them was put back", () => {
    const world = fc.record({
      lots: fc.array(lot, { minLength: 1, maxLength: 12, size: "max" }),
      before: fc.array(step, { maxLength: 2 }),
      steps: fc.array(step, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(world, ({ lots, before, steps }) => {
        const desk = stockDesk({
          items: 1,
          warehouses: 2,
          sequence: Int32Array.of(0),
          lineItem: Int32Array.of(0),
          lineUnits: Int32Array.of(1000),
          lineArea: Int32Array.of(0),
          lineExpiry: Int32Array.of(1),
          lotItem: new Int32Array(lots.length),
          lotWarehouse: Int32Array.from(lots, ({ warehouse }) => warehouse),
          lotUnits: Int32Array.from(lots, ({ units }) => units),
          lotQueue: Int32Array.from(lots.keys()),
          lotExpiry: Int32Array.from(lots, ({ life }) => life),
          nearness: Int32Array.of(0, 1),
        });
        const { lotOf, left, queueOfLot } = desk.shelf;
        const at = (place: number): Lot => lots[lotOf[place]!]!;
        const lotNoOf = (place: number): LotNo | undefined => (at(place).number === "" ? undefined : at(place).number);
        const go = (moves: typeof steps): void => {
          for (const { lot, units, isUndone } of moves) {
            const mark = desk.mark();
            if (lot < lots.length) desk.take(0, lot, Math.min(units, left[lot]!));
            if (isUndone) desk.undo(mark === 0 ? 0 : mark - 1);
          }
        };
        go(before);
        const groups = lotGroups(desk, lotNoOf);
        go(steps);
        const unitsIn = (places: readonly number[]): number => places.reduce((total, place) => total + left[place]!, 0);
        const walk = (queue: number, day: number): ReadonlyMap<LotNo | undefined, readonly number[]> => {
          const found = new Map<LotNo | undefined, number[]>();
          for (const [place, units] of left.entries()) {
            if (queueOfLot[place] !== queue || units === 0 || at(place).life < day) continue;
            found.set(lotNoOf(place), [...(found.get(lotNoOf(place)) ?? []), place]);
          }
          return found;
        };
        /** As many as are needed. */
        const some = (places: readonly number[], wanted: number): readonly number[] =>
          places.filter((_, count) => unitsIn(places.slice(0, count)) < wanted);
        const [found, walked]: [unknown[], unknown[]] = [[], []];
        for (const queue of new Set(queueOfLot)) {
          for (let day = 0; day <= 6; day++) {
            const byNumber = walk(queue, day);
            found.push(groups.most(queue, day));
            walked.push(Math.max(0, ...[...byNumber.values()].map(unitsIn)));
            for (const wanted of [1, 3, 5, 8, 13]) {
              found.push(groups.lotsOf(groups.firstWith(queue, wanted, day), wanted, day));
              walked.push(some([...byNumber.values()].find((places) => unitsIn(places) >= wanted) ?? [], wanted));
            }
            for (const number of NUMBERS) {
              const lotNo = number === "" ? undefined : (number as LotNo);
              const places = byNumber.get(lotNo) ?? [];
              const group = groups.named(queue, lotNo);
              found.push(groups.unitsOf(group, day), groups.lotsOf(group, Infinity, day));
              walked.push(unitsIn(places), places);
            }
          }
        }
        expect(found).toEqual(walked);
      }),
      { numRuns: 200 },
    );
  });

  it("go to the same lines as where the bins decide about temperature, so that each line looks at every lot", () => {
    fc.assert(
      fc.property(oneLotWorld(), ({ orders, stock, policy }) => {
        const takes = (bins: readonly BinFacts[]) =>
          planAllocation(orders, stock, { ...anyContext(), policy: { ...policy, bins }, today: TODAY }).orders.map(
            ({ orderNo, lines }) => [orderNo, lines.map(({ takes: own }) => own)],
          );
        const { bins = [] } = policy;
        expect(takes(bins)).toEqual(takes(bins.map((bin) => ({ ...bin, temperatureClasses: ["chilled"] }))));
      }),
      { numRuns: 400 },
    );
  });
});

/** Lines of one item, each of one lot, that ask for different lives of lots that lie in bins of two warehouses. */
function oneLotWorld(): Arbitrary<WishWorld> {
  const figure = fc.constantFrom(...Array.from({ length: 9 }, (_, units) => `${units + 1}`));
  const place = fc
    .record({
      warehouseId: fc.constantFrom("NORTH", "SOUTH"),
      lot,
      binId: fc.constantFrom("B-1", "B-2", "B-3"),
      figure,
    })
    .map(({ warehouseId, lot: { number, life }, binId, figure: onHand }) => ({
      warehouseId,
      binId,
      ...(number === "" ? {} : { lotNo: number }),
      expiresOn: addDays(TODAY, life),
      onHand,
    }));
  const line = fc.record(
    {
      orderedQty: figure,
      partialAllowed: fc.boolean(),
      temperatureClass: fc.constant("chilled"),
      minimumRemainingLifeDays: fc.constantFrom(0, 2, 3, 4, 5),
      lotNo: fc.constantFrom(undefined, undefined, undefined, undefined, "A"),
    },
    { noNullPrototype: true },
  );
  const bins = ["NORTH", "SOUTH"].flatMap((warehouseId) =>
    ["B-1", "B-2", "B-3"].map((binId, at) => ({ warehouseId, binId, handlingUnit: decimal(4 - at) })),
  );
  const rule = fc.constantFrom(
    "lots" as const,
    "lots" as const,
    "fewestPlaces" as const,
    "handlingUnitsFirst" as const,
  );
  return fc
    .record({
      places: fc.uniqueArray(place, {
        minLength: 6,
        maxLength: 14,
        size: "max",
        selector: ({ warehouseId, binId, lotNo }) => `${warehouseId} ${binId} ${lotNo}`,
      }),
      wishes: fc.array(fc.array(line, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 5, size: "max" }),
      lots: fc.constantFrom("fifo" as const, "fefo" as const, "lifo" as const),
      rule,
    })
    .map(({ places, wishes, lots, rule }) => ({
      orders: wishes.map((lines, at) =>
        anyOrder({
          orderNo: `SO-${at}`,
          stage: "confirmed",
          header: { requestedDeliveryDate: TODAY },
          lines: lines.map(({ lotNo, ...rest }) => ({ ...rest, ...(lotNo === undefined ? {} : { lotNo }) })),
        }),
      ),
      stock: places.flatMap((each) => anyStock(each)),
      policy: {
        priority: [],
        sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH"] },
        lots,
        oneLotPerLine: true,
        bins,
        picking: [{ warehouseId: "NORTH", chain: [{ rule }] }],
      },
    }));
}
