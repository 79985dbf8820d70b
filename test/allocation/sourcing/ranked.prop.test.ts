import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import type { WarehouseRule } from "../../../src/allocation/sourcing-policy.js";
import { addDays } from "../../../src/core/calendar-day.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

// Mission 9.7; definition B5: what a warehouse has for an order counts once, however many of its lines want it.

const SITES = ["NORTH", "SOUTH", "EAST"];
const plain = { noNullPrototype: true };
const item = fc.constantFrom("TEA", "TEA", "SALT");
const worlds = fc.record(
  {
    lines: fc.array(
      fc.record({ itemCode: item, wanted: fc.integer({ min: 1, max: 6 }), life: fc.constantFrom(0, 0, 9) }, plain),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    lots: fc.array(
      fc.record(
        {
          itemCode: item,
          site: fc.constantFrom(...SITES),
          units: fc.integer({ min: 1, max: 5 }),
          life: fc.constantFrom(0, 5, 20),
        },
        plain,
      ),
      { minLength: 2, maxLength: 5 },
    ),
    rules: fc.subarray<"mostStock" | "fewestSplits">(["mostStock", "fewestSplits"], { minLength: 1 }),
    hasLives: fc.boolean(),
  },
  plain,
);

type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

const livesFor = (line: World["lines"][number], lot: World["lots"][number]): boolean =>
  lot.itemCode === line.itemCode && (lot.life === 0 || lot.life >= Math.max(1, line.life));

/** The best of all ways in which lines can take from lots, one line after the other; `worthOf` says what a line's part is worth. */
function bestOf(
  lines: World["lines"],
  units: readonly number[],
  lots: World["lots"],
  worthOf: (line: World["lines"][number], taken: number) => number,
  known = new Map<string, number>(),
): number {
  const [line, ...others] = lines;
  if (line === undefined) return 0;
  const key = `${lines.length} ${units.join(" ")}`;
  const told = known.get(key);
  if (told !== undefined) return told;
  let best = 0;
  const take = (left: readonly number[], taken: number): void => {
    const at = left.length;
    if (at === lots.length) {
      best = Math.max(best, worthOf(line, taken) + bestOf(others, left, lots, worthOf, known));
      return;
    }
    const free = livesFor(line, lots[at]!) ? Math.min(units[at]!, line.wanted - taken) : 0;
    for (let part = 0; part <= free; part++) take([...left, units[at]! - part], taken + part);
  };
  take([], 0);
  known.set(key, best);
  return best;
}

/** Warehouses as the rules have them, by every way in which each alone could serve the lines of an item. */
function rankedByHand({ lines, lots, rules }: World): string[] {
  const figures = new Map(
    SITES.map((site) => {
      const each = ["SALT", "TEA"].map((itemCode) => {
        const own = lines.filter((line) => line.itemCode === itemCode);
        const here = lots.filter((lot) => lot.site === site && lot.itemCode === itemCode);
        const units = here.map((lot) => lot.units);
        const most = bestOf(own, units, here, (_, taken) => taken);
        const whole = bestOf(own, units, here, ({ wanted }, taken) => (taken === wanted ? 1 : 0));
        return { mostStock: -most, fewestSplits: own.length - whole };
      });
      const figure = (rule: "mostStock" | "fewestSplits"): number => each[0]![rule] + each[1]![rule];
      return [site, rules.map(figure)] as const;
    }),
  );
  return [...SITES].sort((a, b) => {
    const [left, right] = [figures.get(a)!, figures.get(b)!];
    const place = left.findIndex((figure, at) => figure !== right[at]);
    return place < 0 ? 0 : left[place]! - right[place]!;
  });
}

describe("warehouses that rules rank by stock (mission 9.7; definition B5)", () => {
  it("oracle: by the most that lines of an item can have there beside each other", () => {
    fc.assert(
      fc.property(worlds, ({ hasLives, ...made }) => {
        // Where lots differ in life, the order in which lines are served decides which of them are.
        const isPlain = !hasLives || made.rules.includes("fewestSplits");
        const world: World = isPlain
          ? {
              ...made,
              hasLives,
              lines: made.lines.map((line) => ({ ...line, life: 0 })),
              lots: made.lots.map((lot) => ({ ...lot, life: 0 })),
            }
          : { ...made, hasLives };
        const known = ["TEA", "SALT"].map((itemCode) => ({
          itemCode,
          warehouseId: "NORTH",
          binId: "EMPTY",
          onHand: "0",
        }));
        const stock = anyStock(
          ...known,
          ...world.lots.map(({ itemCode, site, units, life }, place) => ({
            itemCode,
            warehouseId: site,
            binId: `B-${place}`,
            onHand: String(units),
            ...(life === 0 ? {} : { expiresOn: addDays(TODAY, life) }),
          })),
        );
        const order = anyOrder({
          stage: "confirmed",
          header: { requestedDeliveryDate: TODAY },
          lines: world.lines.map(({ itemCode, wanted, life }): AnyOrderLine => ({
            itemCode,
            orderedQty: String(wanted),
            ...(life === 0 ? {} : { minimumRemainingLifeDays: life }),
          })),
        });
        const rules = world.rules.map((rule): WarehouseRule => ({ rule }));
        const policy: AllocationPolicy = {
          priority: [],
          sourcing: { kind: "ranked", warehouseIds: SITES, rules },
          lots: "fifo",
        };
        const { lines } = planAllocation([order], stock, { ...anyContext(), policy, today: TODAY }).orders[0]!;
        expect(lines[0]!.warehouses).toEqual(rankedByHand(world));
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 150 : Number(process.env.FC_RUNS) },
    );
  });
});
