import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeOrders } from "../../../src/allocation/completion/complete-orders.js";
import type {
  CompleteOrdersPlan,
  CompleteOrdersPolicy,
  CompleteOrderWish,
  PooledQuantity,
} from "../../../src/allocation/completion/completion-policy.js";
import { decimal } from "../../../src/core/decimal.js";
import { deepFreeze } from "../../../src/testing/index.js";

type Objective = CompleteOrdersPolicy["objective"];

const of = (itemCode: string, quantity: string, warehouseId?: string): PooledQuantity =>
  warehouseId === undefined
    ? { itemCode, quantity: decimal(quantity) }
    : { itemCode, warehouseId, quantity: decimal(quantity) };
const wish = (orderNo: string, value: string, ...needs: readonly PooledQuantity[]): CompleteOrderWish => ({
  orderNo,
  value: decimal(value),
  needs,
});

function plan(
  orders: readonly CompleteOrderWish[],
  stock: readonly PooledQuantity[],
  objective: Objective,
  steps = 100_000,
): CompleteOrdersPlan {
  const result = completeOrders(deepFreeze(orders), deepFreeze(stock), { objective, steps });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Thousandths of a figure, for oracles. */
const milli = (text: string): number => Math.round(Number(text) * 1000);

function isServed(orders: readonly CompleteOrderWish[], stock: readonly PooledQuantity[]): boolean {
  const key = ({ itemCode, warehouseId }: PooledQuantity): string => `${itemCode}@${warehouseId ?? ""}`;
  const left = new Map<string, number>();
  for (const part of stock) left.set(key(part), (left.get(key(part)) ?? 0) + milli(part.quantity));
  for (const need of orders.flatMap(({ needs }) => needs))
    left.set(key(need), (left.get(key(need)) ?? 0) - milli(need.quantity));
  return [...left.values()].every((units) => units >= 0);
}

const worthOf = (orders: readonly CompleteOrderWish[], objective: Objective): number =>
  objective === "count" ? orders.length * 1000 : orders.reduce((sum, { value }) => sum + milli(value), 0);

/** The best of all subsets, by trying every one. */
function bestByHand(
  orders: readonly CompleteOrderWish[],
  stock: readonly PooledQuantity[],
  objective: Objective,
): number {
  let best = 0;
  for (let mask = 0; mask < 2 ** orders.length; mask++) {
    const subset = orders.filter((_, place) => ((mask >> place) & 1) === 1);
    if (isServed(subset, stock)) best = Math.max(best, worthOf(subset, objective));
  }
  return best;
}

const quantity = (max: number) =>
  fc
    .tuple(fc.nat({ max }), fc.constantFrom("", "", ".5", ".25", ".125"))
    .map(([whole, part]) => decimal(`${whole}${part}`));
const part = (max: number) =>
  fc
    .tuple(fc.constantFrom("TEA", "SALT", "RICE"), fc.constantFrom(undefined, undefined, "NORTH"), quantity(max))
    .map(([itemCode, warehouseId, amount]) => of(itemCode, amount, warehouseId));
const world = (maxOrders: number, maxStock: number) =>
  fc.record({
    orders: fc
      .array(fc.tuple(quantity(20), fc.array(part(6), { maxLength: 4 })), { maxLength: maxOrders })
      .map((parts) => parts.map(([value, needs], place) => wish(`SO-${String(place + 10)}`, value, ...needs))),
    stock: fc.array(part(maxStock), { maxLength: 8 }),
    objective: fc.constantFrom<Objective>("value", "count"),
  });

describe("completeOrders (mission 9.7, definition B6)", () => {
  const tea = [wish("A", "90", of("TEA", "6")), wish("B", "50", of("TEA", "4")), wish("C", "60", of("TEA", "5.5"))];

  it.each<[what: string, stock: string, objective: Objective, complete: string[], reached: string]>([
    ["rule 1: the best one where two do not fit", "9.4", "value", ["A"], "90"],
    ["rule 1: two that use stock to the last crumb", "9.5", "value", ["B", "C"], "110"],
    ["rule 1: more when there is more", "10", "value", ["A", "B"], "140"],
    ["rule 2: all where stock does for all", "15.50", "value", ["A", "B", "C"], "200"],
    ["the number of orders", "9.5", "count", ["B", "C"], "2"],
    ["nothing from nothing", "0", "value", [], "0"],
  ])("%s", (_, stock, objective, complete, reached) => {
    const found = plan(tea, [of("TEA", stock)], objective);
    expect(found).toMatchObject({ complete, reached, upperBound: reached, gap: "0", optimal: true });
  });

  it("says what the others lack, and whether they are too much even alone", () => {
    const orders = [...tea, wish("D", "900", of("TEA", "1"), of("SALT", "2.5"), of("RICE", "7"))];
    expect(plan(orders, [of("TEA", "9.5"), of("SALT", "2")], "value").incomplete).toEqual([
      { orderNo: "A", code: "gives_way", lacking: [of("TEA", "6")] },
      { orderNo: "D", code: "short_alone", lacking: [of("RICE", "7"), of("SALT", "0.5")] },
    ]);
  });

  it("keeps warehouses apart, and from stock that is counted over all of them", () => {
    const orders = [wish("A", "1", of("TEA", "2", "NORTH")), wish("B", "1", of("TEA", "2", "SOUTH"))];
    const stock = [of("TEA", "2", "NORTH"), of("TEA", "1", "SOUTH"), of("TEA", "9")];
    expect(plan(orders, stock, "value").complete).toEqual(["A"]);
  });

  it("refuses what cannot be meant, all at once", () => {
    const twice = [wish("A", "-1", of("TEA", "-2")), wish("A", "1")];
    const refused = completeOrders(twice, [of("TEA", "-3")], { objective: "value", steps: 9 });
    expect(refused.ok ? [] : refused.issues).toEqual([
      { code: "complete.negative", path: ["orders", 0, "value"], params: { value: "-1" } },
      { code: "complete.negative", path: ["orders", 0, "needs", 0, "quantity"], params: { value: "-2" } },
      { code: "complete.listed_twice", path: ["orders", 1, "orderNo"], params: { orderNo: "A" } },
      { code: "complete.negative", path: ["stock", 0, "quantity"], params: { value: "-3" } },
    ]);
  });

  it.each([
    ["needs", wish("A", "1", of("TEA", "9007199254740992"))],
    ["values", wish("A", "9007199254740992", of("TEA", "1"))],
    ["needs of many decimals", wish("A", "1", of("TEA", "90"), of("SALT", "0.00000000000000000001"))],
  ])("refuses %s that cannot be counted exactly, but not plenty of stock", (_, order) => {
    const refused = completeOrders([order], [of("TEA", "5")], { objective: "value", steps: 9 });
    expect(refused.ok ? [] : refused.issues.map(({ code }) => code)).toEqual(["complete.out_of_range"]);
    expect(plan(tea, [of("TEA", `1${"0".repeat(29)}`)], "value").complete).toHaveLength(3);
  });

  it.each([0, -1, 1.5, Number.NaN])("throws for %d steps", (steps) => {
    expect(() => completeOrders([], [], { objective: "value", steps })).toThrow(RangeError);
  });

  it("oracle: as good as the best of all subsets, and feasible", () => {
    fc.assert(
      fc.property(world(10, 14), ({ orders, stock, objective }) => {
        const found = plan(orders, stock, objective);
        const complete = orders.filter(({ orderNo }) => found.complete.includes(orderNo));
        expect(isServed(complete, stock)).toBe(true);
        expect(found).toMatchObject({ optimal: true, gap: "0", upperBound: found.reached });
        expect(milli(found.reached)).toBe(worthOf(complete, objective));
        expect(milli(found.reached)).toBe(bestByHand(orders, stock, objective));
      }),
      { numRuns: 300 },
    );
  });

  it("law: with the steps spent, still feasible, filled up, and within the bound", () => {
    fc.assert(
      fc.property(world(10, 14), fc.integer({ min: 1, max: 12 }), ({ orders, stock, objective }, steps) => {
        const found = plan(orders, stock, objective, steps);
        const complete = orders.filter(({ orderNo }) => found.complete.includes(orderNo));
        const best = bestByHand(orders, stock, objective);
        expect(found.steps).toBeLessThanOrEqual(steps);
        expect(isServed(complete, stock)).toBe(true);
        expect(milli(found.reached)).toBeLessThanOrEqual(best);
        expect(milli(found.upperBound)).toBeGreaterThanOrEqual(best);
        expect(milli(found.gap)).toBe(milli(found.upperBound) - milli(found.reached));
        expect(found.optimal).toBe(found.gap === "0");
        for (const { orderNo } of found.incomplete) {
          const other = orders.find((order) => order.orderNo === orderNo) as CompleteOrderWish;
          expect(isServed([...complete, other], stock)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("law: the order of orders, needs and stock changes nothing", () => {
    const shuffled = world(10, 14).chain(({ orders, stock, objective }) =>
      fc.tuple(
        fc.constant({ orders, stock, objective }),
        fc.shuffledSubarray(orders, { minLength: orders.length }),
        fc.shuffledSubarray(stock, { minLength: stock.length }),
        fc.integer({ min: 1, max: 200 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([{ orders, stock, objective }, otherOrders, otherStock, steps]) => {
        const turned = otherOrders.map((order) => ({ ...order, needs: order.needs.toReversed() }));
        expect(plan(turned, otherStock, objective, steps)).toEqual(plan(orders, stock, objective, steps));
      }),
      { numRuns: 200 },
    );
  });

  it("betters the choice by exchanges where the proof is out of reach, close to the bound", () => {
    const draw = seeded(7);
    const orders = Array.from({ length: 300 }, (_, place) =>
      wish(
        `SO-${String(place)}`,
        String(20 + draw(200)),
        ...Array.from({ length: 1 + draw(4) }, () => of(`I-${String(draw(30))}`, String(1 + draw(8)))),
      ),
    );
    const stock = Array.from({ length: 30 }, (_, item) => of(`I-${String(item)}`, String(60 + draw(60))));
    const [few, many] = [plan(orders, stock, "value", 600), plan(orders, stock, "value", 400_000)];
    expect(
      isServed(
        orders.filter(({ orderNo }) => many.complete.includes(orderNo)),
        stock,
      ),
    ).toBe(true);
    expect(few.optimal).toBe(false);
    expect(Number(many.reached)).toBeGreaterThan(Number(few.reached));
    expect(Number(many.gap) / Number(many.upperBound)).toBeLessThan(0.01);
  });
});

/** Draws whole numbers below a bound, always the same. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
