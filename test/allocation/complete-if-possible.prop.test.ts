import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import type { Sourcing } from "../../src/allocation/sourcing-policy.js";
import { addDays } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 9.7, 9.9, 9.16; definitions B5, B6: lines that come together do so wherever there is any way for all of them.

const SITES = ["NORTH", "SOUTH"];
const options = SITES.map((warehouseId) => ({ warehouseId }));
const chosen = (kind: "fewestSplits" | "wholeFromOne"): Sourcing => ({
  kind: "chosen",
  strategy: { kind },
  limits: [],
  steps: 10_000,
  areas: [],
  otherwise: options,
});
const SOURCINGS: readonly Sourcing[] = [
  { kind: "nearest", areas: [], otherwise: SITES },
  { kind: "ranked", warehouseIds: SITES, rules: [{ rule: "mostStock" }] },
  { kind: "wholeOrderFromOne", areas: [], otherwise: SITES, ifNone: "nothing" },
  chosen("fewestSplits"),
  chosen("wholeFromOne"),
];
const plain = { noNullPrototype: true };
const item = fc.constantFrom("TEA", "TEA", "SALT");
const worlds = fc.record(
  {
    lines: fc.array(
      fc.record(
        {
          itemCode: item,
          wanted: fc.integer({ min: 1, max: 5 }),
          lot: fc.constantFrom("", "", "", "A", "B"),
          life: fc.constantFrom(0, 0, 0, 5),
          step: fc.constantFrom(0, 0, 0, 2),
          isOneLot: fc.constantFrom(false, false, true),
        },
        plain,
      ),
      { minLength: 1, maxLength: 4 },
    ),
    places: fc.uniqueArray(
      fc.record(
        {
          itemCode: item,
          site: fc.nat({ max: 1 }),
          lot: fc.constantFrom("A", "B", "C"),
          bin: fc.nat({ max: 1 }),
          units: fc.integer({ min: 1, max: 5 }),
          life: fc.constantFrom(0, 0, 3, 9),
        },
        plain,
      ),
      { minLength: 1, maxLength: 6, selector: ({ itemCode, site, lot, bin }) => `${itemCode} ${site} ${lot} ${bin}` },
    ),
    sourcing: fc.constantFrom(...SOURCINGS),
    barred: fc.constantFrom("", "", "", "A"),
    cap: fc.constantFrom(99, 99, 99, 4, 7),
    kept: fc.constantFrom(0, 0, 0, 2),
    /** How they come together; `loose` lines do so where one warehouse has to have all of the order. */
    together: fc.constantFrom("order", "group", "loose"),
    hasBins: fc.boolean(),
  },
  plain,
);

type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

const isFromOne = (sourcing: Sourcing): boolean =>
  sourcing.kind === "wholeOrderFromOne" || (sourcing.kind === "chosen" && sourcing.strategy.kind === "wholeFromOne");
const targetOf = ({ wanted, step }: World["lines"][number]): number => (step === 0 ? wanted : wanted - (wanted % step));

function isServed({ lines, places, sourcing, barred, cap, kept, together, hasBins }: World): boolean {
  const stock = anyStock(
    ...places.map(({ itemCode, site, lot, bin, units, life }) => ({
      itemCode,
      warehouseId: SITES[site]!,
      binId: `BIN-${bin}`,
      lotNo: lot,
      onHand: String(units),
      ...(life === 0 ? {} : { expiresOn: addDays(TODAY, life) }),
    })),
  );
  const comes = together === "loose" && !isFromOne(sourcing) ? "order" : together;
  const order = anyOrder({
    stage: "confirmed",
    header: { requestedDeliveryDate: TODAY, customerCode: "C-1", customerClass: "A", shipComplete: comes === "order" },
    lines: lines.map(({ itemCode, wanted, lot, life, step, isOneLot }): AnyOrderLine => ({
      itemCode,
      orderedQty: String(wanted),
      ...(lot === "" ? {} : { lotNo: lot }),
      ...(life === 0 ? {} : { minimumRemainingLifeDays: life }),
      ...(step === 0 ? {} : { quantum: String(step) }),
      ...(isOneLot ? { oneLotOnly: true } : {}),
      ...(comes === "group" ? { deliveryGroup: "G" } : {}),
    })),
  });
  const policy: AllocationPolicy = {
    priority: [],
    sourcing,
    lots: "fefo",
    protection: [
      { kind: "cap", group: "A", itemCode: "TEA", quantity: decimal(cap) },
      { kind: "protect", group: "B", itemCode: "TEA", quantity: decimal(kept) },
    ],
    ...(barred === "" ? {} : { lotRestrictions: [{ itemCode: "TEA", lotNo: barred, notCustomers: ["C-1"] }] }),
    ...(hasBins
      ? { picking: SITES.map((warehouseId) => ({ warehouseId, chain: [{ rule: "fewestPlaces" as const }] })) }
      : {}),
  };
  const plan = planAllocation([order], stock, { ...anyContext(), policy, today: TODAY }).orders[0]!;
  const given = plan.lines.map(({ allocated }) => Number(allocated));
  // All or nothing, whatever is possible.
  const isAll = given.every((units, place) => units === targetOf(lines[place]!));
  expect(isAll || given.every((units) => units === 0)).toBe(true);
  return isAll && given.some((units) => units > 0);
}

/** Whether there is any way for all lines: by trying every one. */
function isPossible({ lines, places, sourcing, barred, cap, kept }: World): boolean {
  const items = new Set(places.map(({ itemCode }) => itemCode));
  if (lines.some(({ itemCode }) => !items.has(itemCode)) || lines.every((line) => targetOf(line) === 0)) return false;
  const wanted = lines.filter(({ itemCode }) => itemCode === "TEA").reduce((sum, line) => sum + targetOf(line), 0);
  const there = places.filter(({ itemCode }) => itemCode === "TEA").reduce((sum, { units }) => sum + units, 0);
  if (wanted > 0 && wanted > Math.min(cap, there - kept)) return false;
  const serves = (line: number, left: readonly number[], here: readonly number[]): boolean => {
    const wish = lines[line];
    if (wish === undefined) return true;
    if (targetOf(wish) === 0) return serves(line + 1, left, here);
    const fits = (place: number): boolean => {
      const { itemCode, lot, life } = places[place]!;
      const isBarred = itemCode === "TEA" && lot === barred;
      const lives = life === 0 || life >= Math.max(1, wish.life);
      return itemCode === wish.itemCode && !isBarred && lives && (wish.lot === "" || wish.lot === lot);
    };
    const may = here.filter(fits);
    const lots = wish.isOneLot
      ? [...new Set(may.map((place) => `${places[place]!.site} ${places[place]!.lot}`))]
      : [""];
    return lots.some((lot) => {
      const from = may.filter((place) => lot === "" || `${places[place]!.site} ${places[place]!.lot}` === lot);
      const take = (at: number, open: number, now: readonly number[]): boolean => {
        if (open === 0) return serves(line + 1, now, here);
        const place = from[at];
        if (place === undefined) return false;
        for (let units = Math.min(open, now[place]!); units >= 0; units--)
          if (
            take(
              at + 1,
              open - units,
              now.map((one, other) => (other === place ? one - units : one)),
            )
          )
            return true;
        return false;
      };
      return take(0, targetOf(wish), left);
    });
  };
  const sites = isFromOne(sourcing) ? [[0], [1]] : [[0, 1]];
  const units = places.map((place) => place.units);
  return sites.some((some) =>
    serves(
      0,
      units,
      [...places.keys()].filter((place) => some.includes(places[place]!.site)),
    ),
  );
}

describe("lines that come together (mission 9.7, 9.9, 9.16; definitions B5, B6)", () => {
  it("oracle: all of them come wherever there is any way for it, whatever finds the warehouses", () => {
    let [served, refused] = [0, 0];
    fc.assert(
      fc.property(worlds, (world) => {
        const isThere = isPossible(world);
        expect(isServed(world)).toBe(isThere);
        if (isThere) served++;
        else refused++;
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 300 : Number(process.env.FC_RUNS) },
    );
    expect([served > 20, refused > 20]).toEqual([true, true]);
  });
});
