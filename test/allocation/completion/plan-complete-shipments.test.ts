import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompleteShipmentsPlan } from "../../../src/allocation/completion/completion-policy.js";
import {
  planCompleteShipments,
  type ShippedOrderWish,
} from "../../../src/allocation/completion/plan-complete-shipments.js";
import type { WarehouseQuantity } from "../../../src/allocation/sourcing/warehouse-policy.js";
import { decimal } from "../../../src/core/decimal.js";
import { deepFreeze } from "../../../src/testing/index.js";

const need = (itemCode: string, quantity: string) => ({ itemCode, quantity: decimal(quantity) });
const has = (warehouseId: string, itemCode: string, quantity: string): WarehouseQuantity => ({
  ...need(itemCode, quantity),
  warehouseId,
});
const wish = (orderNo: string, value: string, ...needs: ShippedOrderWish["needs"]): ShippedOrderWish => ({
  orderNo,
  value: decimal(value),
  needs,
});

function planned(
  orders: readonly ShippedOrderWish[],
  stock: readonly WarehouseQuantity[],
  cost = "5",
  steps = 2000,
): CompleteShipmentsPlan {
  const result = planCompleteShipments(deepFreeze(orders), deepFreeze(stock), { shipmentCost: decimal(cost), steps });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

const sentBy = ({ shipments }: CompleteShipmentsPlan): string[] =>
  shipments.map(
    ({ orderNo, warehouseId, items }) =>
      `${orderNo} ${warehouseId} ${items.map(({ itemCode, quantity }) => `${itemCode} ${quantity}`).join(", ")}`,
  );

describe("planCompleteShipments (mission 9.7, 9.10, 9.16; definitions B5, B6)", () => {
  it("rule 1: serves an order in full or not at all, split where it must be", () => {
    const plan = planned(
      [wish("SO-1", "100", need("TEA", "7.5")), wish("SO-2", "90", need("OIL", "2"))],
      [has("NORTH", "TEA", "5"), has("SOUTH", "TEA", "2.5"), has("SOUTH", "OIL", "1")],
    );
    expect(sentBy(plan)).toEqual(["SO-1 NORTH TEA 5", "SO-1 SOUTH TEA 2.5"]);
    expect(plan.incomplete).toEqual([
      { orderNo: "SO-2", code: "short_alone", lacking: [{ itemCode: "OIL", quantity: "1" }] },
    ]);
    expect([plan.value, plan.cost, plan.net, plan.gap, plan.optimal]).toEqual(["100", "10", "90", "0", true]);
  });

  it("rule 2: chooses by value, and leaves out what brings no more than its shipments cost", () => {
    const stock = [has("NORTH", "TEA", "10"), has("NORTH", "OIL", "3"), has("SOUTH", "OIL", "3")];
    const orders = [
      wish("SO-1", "60", need("TEA", "6")),
      wish("SO-2", "59", need("TEA", "5")),
      wish("SO-3", "58", need("TEA", "5")),
      wish("SO-4", "10", need("OIL", "5")),
      wish("SO-5", "5", need("OIL", "1")),
    ];
    const plan = planned(orders, stock);
    expect(plan.complete).toEqual(["SO-2", "SO-3"]);
    expect(plan.incomplete).toEqual([
      { orderNo: "SO-1", code: "gives_way", lacking: [{ itemCode: "TEA", quantity: "6" }] },
      { orderNo: "SO-4", code: "not_worth_it", lacking: [] },
      { orderNo: "SO-5", code: "not_worth_it", lacking: [] },
    ]);
    expect(planned(orders, stock, "4.5").complete).toEqual(["SO-2", "SO-3", "SO-4", "SO-5"]);
  });

  it("rule 3: makes room so that an order comes from one warehouse, and who stood in its way from another", () => {
    const stock = [
      has("EAST", "TEA", "4"),
      has("EAST", "OIL", "4"),
      has("WEST", "TEA", "4"),
      has("WEST", "OIL", "1"),
      has("WEST", "SALT", "9"),
    ];
    const orders = [
      wish("SO-1", "50", need("TEA", "4"), need("SALT", "1")),
      wish("SO-2", "50", need("TEA", "4"), need("OIL", "4")),
      wish("SO-3", "50", need("OIL", "1"), need("SALT", "8")),
    ];
    const plan = planned(orders, stock);
    expect(sentBy(plan)).toEqual(["SO-1 WEST SALT 1, TEA 4", "SO-2 EAST OIL 4, TEA 4", "SO-3 WEST OIL 1, SALT 8"]);
    expect(plan.optimal).toBe(true);
  });

  it("adds needs of one item and stock of one place up, and takes more warehouses than sets can be looked at", () => {
    const stock = Array.from({ length: 14 }, (_, site) => has(`W${String(site).padStart(2, "0")}`, "TEA", "1"));
    const plan = planned([wish("SO-1", "99", need("TEA", "6"), need("TEA", "6"))], [...stock, has("W00", "TEA", "3")]);
    expect(plan.shipments).toHaveLength(9);
    expect(plan.shipments[0]).toEqual({ orderNo: "SO-1", warehouseId: "W00", items: [need("TEA", "4")] });
  });

  it("rule 4: a greedy cover of very many warehouses is no bound", () => {
    // The first warehouse has most for the order; the two others do without it.
    const rest = Array.from({ length: 9 }, (_, site) => has(`W${site}`, "RICE", "1"));
    const stock = [has("EAST", "TEA", "2"), has("NORTH", "TEA", "1"), has("NORTH", "OIL", "4"), ...rest];
    const both = [...stock, has("SOUTH", "TEA", "1"), has("SOUTH", "OIL", "4")];
    const plan = planned([wish("SO-1", "12", need("TEA", "2"), need("OIL", "8"))], both, "5", 2000);
    expect([plan.upperBound, plan.optimal]).toEqual(["2", plan.net === "2"]);
    expect(plan.net).toBe("2");
  });

  it("rules 1, 4, oracle: never better than the best of all plans, never over stock, proven only when it is the best", () => {
    let [best, found] = [0, 0];
    fc.assert(
      fc.property(smallWorld(4, 3), ({ orders, stock }) => {
        const plan = planned(orders, stock);
        const most = bestByHand(orders, stock, 5);
        expectFeasible(plan, orders, stock);
        expect(Number(plan.net)).toBeLessThanOrEqual(most);
        expect(Number(plan.upperBound)).toBeGreaterThanOrEqual(most);
        if (plan.optimal) expect(Number(plan.net)).toBe(most);
        best += most;
        found += Number(plan.net);
      }),
      { numRuns: 150 },
    );
    // Over all worlds together next to nothing is lost.
    expect(found).toBeGreaterThanOrEqual(best * 0.995);
  });

  it("rule 5: the order of orders, needs and stock changes nothing", () => {
    fc.assert(
      fc.property(
        smallWorld(9, 4).chain((world) =>
          fc.tuple(
            fc.constant(world),
            fc.shuffledSubarray(world.orders, { minLength: world.orders.length }),
            fc.shuffledSubarray(world.stock, { minLength: world.stock.length }),
          ),
        ),
        ([{ orders, stock }, otherOrders, otherStock]) => {
          const turned = otherOrders.map((order) => ({ ...order, needs: [...order.needs].reverse() }));
          expect(planned(turned, otherStock, "5", 300)).toEqual(planned(orders, stock, "5", 300));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("stays feasible and within its bound when the steps are spent at once", () => {
    fc.assert(
      fc.property(smallWorld(12, 4), fc.integer({ min: 1, max: 30 }), ({ orders, stock }, steps) => {
        const plan = planned(orders, stock, "5", steps);
        expectFeasible(plan, orders, stock);
        expect(Number(plan.gap)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 100 },
    );
  });

  it("refuses what cannot be meant, all of it at once", () => {
    const bad = [wish("SO-1", "-1", need("TEA", "1")), wish("SO-1", "1", need("TEA", "-2"))];
    const result = planCompleteShipments(bad, [has("NORTH", "TEA", "-3")], { shipmentCost: decimal("-4"), steps: 9 });
    expect(result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "complete.negative orders.0.value",
      "complete.listed_twice orders.1.orderNo",
      "complete.negative orders.1.needs.0.quantity",
      "complete.negative stock.0.quantity",
      "complete.negative shipmentCost",
    ]);
    const long = [
      wish("SO-1", "1", need("TEA", "999999999999.999999")),
      wish("SO-2", "1", need("TEA", "999999999999")),
    ];
    const tooLong = planCompleteShipments(long, [], { shipmentCost: decimal("1"), steps: 9 });
    expect(tooLong.ok ? [] : tooLong.issues.map(({ code }) => code)).toEqual(["complete.out_of_range"]);
    expect(() => planned([], [], "1", 0)).toThrow(RangeError);
  });
});

interface SmallWorld {
  readonly orders: ShippedOrderWish[];
  readonly stock: WarehouseQuantity[];
}

function smallWorld(most: number, warehouses: number): fc.Arbitrary<SmallWorld> {
  const items = ["OIL", "TEA"];
  const sites = Array.from({ length: warehouses }, (_, site) => `W${site}`);
  const order = fc.record({
    value: fc.integer({ min: 0, max: 60 }),
    needs: fc.array(fc.tuple(fc.constantFrom(...items), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 3,
    }),
  });
  const amounts = fc.array(fc.integer({ min: 0, max: 4 }), {
    minLength: sites.length * items.length,
    maxLength: sites.length * items.length,
  });
  return fc.tuple(fc.array(order, { minLength: 1, maxLength: most }), amounts).map(([orders, quantities]) => ({
    orders: orders.map(({ value, needs }, place) =>
      wish(`SO-${place}`, String(value), ...needs.map(([itemCode, quantity]) => need(itemCode, String(quantity)))),
    ),
    stock: sites.flatMap((warehouseId, site) =>
      items.map((itemCode, item) => has(warehouseId, itemCode, String(quantities[site * items.length + item]))),
    ),
  }));
}

/** Every order out or in, every way to split every need: as somebody with much time would. */
function bestByHand(orders: readonly ShippedOrderWish[], stock: readonly WarehouseQuantity[], cost: number): number {
  const left = new Map(
    stock.map(({ itemCode, warehouseId, quantity }) => [`${itemCode} ${warehouseId}`, Number(quantity)]),
  );
  const sites = [...new Set(stock.map(({ warehouseId }) => warehouseId))];
  const serve = (place: number): number => {
    const order = orders[place];
    if (order === undefined) return 0;
    const wanted = new Map<string, number>();
    for (const { itemCode, quantity } of order.needs)
      wanted.set(itemCode, (wanted.get(itemCode) ?? 0) + Number(quantity));
    let best = serve(place + 1);
    const split = (needs: readonly [string, number][], used: ReadonlySet<string>): void => {
      const [first, ...rest] = needs;
      if (first === undefined) {
        best = Math.max(best, Number(order.value) - cost * used.size + serve(place + 1));
        return;
      }
      const [itemCode, units] = first;
      const from = (site: number, open: number, own: ReadonlySet<string>): void => {
        const warehouseId = sites[site];
        if (open === 0) split(rest, own);
        else if (warehouseId !== undefined) {
          const key = `${itemCode} ${warehouseId}`;
          for (let part = 0; part <= Math.min(open, left.get(key) ?? 0); part++) {
            left.set(key, left.get(key)! - part);
            from(site + 1, open - part, part > 0 ? new Set([...own, warehouseId]) : own);
            left.set(key, left.get(key)! + part);
          }
        }
      };
      from(0, units, used);
    };
    split([...wanted], new Set());
    return best;
  };
  return serve(0);
}

function expectFeasible(
  { complete, incomplete, shipments, value, cost, net, upperBound, gap }: CompleteShipmentsPlan,
  orders: readonly ShippedOrderWish[],
  stock: readonly WarehouseQuantity[],
): void {
  const totals = (parts: readonly (readonly [string, string])[]): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const [key, quantity] of parts)
      if (Number(quantity) > 0) sums.set(key, (sums.get(key) ?? 0) + Number(quantity));
    return sums;
  };
  const served = orders.filter(({ orderNo }) => complete.includes(orderNo));
  const sent = shipments.flatMap((one) => one.items.map((part) => ({ ...one, ...part })));
  expect(totals(sent.map(({ orderNo, itemCode, quantity }) => [`${orderNo} ${itemCode}`, quantity]))).toEqual(
    totals(
      served.flatMap(({ orderNo, needs }) => needs.map((one) => [`${orderNo} ${one.itemCode}`, one.quantity] as const)),
    ),
  );
  const taken = totals(sent.map(({ warehouseId, itemCode, quantity }) => [`${warehouseId} ${itemCode}`, quantity]));
  for (const { warehouseId, itemCode, quantity } of stock)
    expect(taken.get(`${warehouseId} ${itemCode}`) ?? 0).toBeLessThanOrEqual(Number(quantity));
  expect([...complete, ...incomplete.map(({ orderNo }) => orderNo)].sort()).toEqual(
    orders.map(({ orderNo }) => orderNo).sort(),
  );
  expect(Number(value)).toBe(served.reduce((sum, order) => sum + Number(order.value), 0));
  expect(Number(cost)).toBe(5 * shipments.length);
  expect([Number(net), Number(gap)]).toEqual([Number(value) - Number(cost), Number(upperBound) - Number(net)]);
}
