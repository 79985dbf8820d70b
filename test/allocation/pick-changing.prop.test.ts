import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { BinRule } from "../../src/allocation/picking-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { addDays, calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { pickByScan, type ScannedPlace } from "./pick-by-scan.js";
import { TODAY } from "./small-world.js";

interface PlaceFacts {
  readonly onHand: number;
  readonly zone: number;
  readonly unit: number;
  readonly life: number;
}

interface LineFacts {
  readonly wanted: readonly number[];
  readonly life: number;
  readonly isComplete: boolean;
}

interface PickWorld {
  readonly places: readonly PlaceFacts[];
  readonly orders: readonly LineFacts[];
  readonly rules: readonly BinRule[];
}

const LIVES = [10, 20, 30];

/** One item in one warehouse of up to three zones; the last has no entry of the chain and goes by the rule for lots. */
function pickWorld(): Arbitrary<PickWorld> {
  const rule = fc.constantFrom<BinRule>(
    "handlingUnitsFirst",
    "fewestPlaces",
    "handlingUnitsFirst",
    "fewestPlaces",
    "lots",
  );
  const place = fc
    .tuple(
      fc.integer({ min: 1, max: 30 }),
      fc.nat({ max: 2 }),
      fc.constantFrom(0, 0, 1, 3, 4, 6),
      fc.constantFrom(...LIVES),
    )
    .map(([onHand, zone, unit, life]) => ({ onHand, zone, unit, life }));
  const order = fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 2 }),
      fc.nat({ max: 7 }),
      fc.nat({ max: 3 }),
    )
    .map(([wanted, life, complete]) => ({ wanted, life: LIVES[life] ?? 0, isComplete: complete === 0 }));
  return fc
    .tuple(
      fc.array(place, { minLength: 1, maxLength: 14 }),
      fc.array(order, { minLength: 1, maxLength: 8 }),
      fc.tuple(rule, rule),
    )
    .map(([places, orders, rules]) => ({ places, orders, rules }));
}

const name = (place: number): string => `B-${String(place).padStart(2, "0")}`;
const number = (place: number): string => `SO-${place}`;

function enginePicks({ places, orders, rules }: PickWorld): string[] {
  const policy: AllocationPolicy = {
    priority: [{ key: "orderNo", direction: "ascending" }],
    sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
    lots: "fifo",
    picking: [{ warehouseId: "NORTH", chain: rules.map((rule, zone) => ({ rule, zone: `Z-${zone}` })) }],
    bins: places.map(({ zone, unit }, place) => ({
      warehouseId: "NORTH",
      binId: name(place),
      zone: `Z-${zone}`,
      ...(unit === 0 ? {} : { handlingUnit: decimal(unit) }),
    })),
  };
  const stock: StockPosition[] = places.flatMap(({ onHand, life }, place) =>
    anyStock({ itemCode: "TEA", binId: name(place), onHand: String(onHand), expiresOn: addDays(TODAY, life) }),
  );
  const wanted: Order[] = orders.map(({ wanted: quantities, life, isComplete }, place) =>
    anyOrder({
      orderNo: number(place),
      stage: "confirmed",
      header: { shipComplete: isComplete, requestedDeliveryDate: TODAY },
      lines: quantities.map((quantity) => ({
        itemCode: "TEA",
        orderedQty: String(quantity),
        ...(life === 0 ? {} : { minimumRemainingLifeDays: life }),
      })),
    }),
  );
  return planAllocation(wanted, stock, { ...anyContext(), policy, today: calendarDay(TODAY) }).orders.flatMap(
    ({ orderNo, lines }) =>
      lines.map(({ takes }) =>
        [orderNo, ...takes.map(({ source, quantity }) => `${quantity} ${source.binId ?? ""}`)].join(", "),
      ),
  );
}

function scannedPicks({ places, orders, rules }: PickWorld): string[] {
  const shelf = places.map(({ onHand, zone, unit }, place): ScannedPlace => ({
    name: name(place),
    entry: zone,
    rule: rules[zone] ?? "lots",
    unit,
    free: onHand,
  }));
  return orders.flatMap(({ wanted, life, isComplete }, order) => {
    const before = shelf.map(({ free }) => free);
    const fit = shelf.filter((_, place) => places[place]!.life >= Math.max(life, 1));
    const picks = wanted.map((quantity) => pickByScan(fit, quantity));
    const isShort = picks.some(
      (some, line) => [...some.values()].reduce((all, units) => all + units, 0) < wanted[line]!,
    );
    const isPutBack = isComplete && isShort;
    if (isPutBack) for (const [place, free] of before.entries()) shelf[place]!.free = free;
    return picks.map((some) =>
      [number(order), ...(isPutBack ? [] : [...some].map(([place, units]) => `${units} ${place}`))].join(", "),
    );
  });
}

describe("bins whose order depends on what is wanted (mission 9.8; definition B5)", () => {
  it("are picked as by somebody who walks past each: same places, same quantities, same turn", () => {
    fc.assert(
      fc.property(pickWorld(), (world) => {
        expect(enginePicks(world)).toEqual(scannedPicks(world));
      }),
      { numRuns: 400 },
    );
  });
});
