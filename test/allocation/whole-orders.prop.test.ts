import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { waitsAsWhole } from "../../src/lifecycle/together-in.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine, type PlainPart } from "../../src/testing/index.js";
import { guardedWorld, NEAREST, SOURCINGS } from "./guarded-world.js";
import { TODAY } from "./small-world.js";

// Mission 9.15, 9.16; definition B6: an order that was deferred as a whole comes complete or not at all.

const planned = (orders: readonly Order[], stock: readonly StockPosition[], policy: AllocationPolicy) =>
  planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
const takesOf = (...args: Parameters<typeof planned>) =>
  planned(...args)
    .orders.flatMap(({ lines }) => lines)
    .map(({ lineId, takes }) => [lineId, takes.map(({ source, quantity }) => `${source.lotNo ?? ""} ${quantity}`)]);

/** The same orders; those that were deferred as a whole are to be shipped complete instead. */
const asComplete = (orders: readonly Order[]): Order[] =>
  orders.map((order) => (waitsAsWhole(order) ? { ...order, header: { ...order.header, shipComplete: true } } : order));

describe("orders that were deferred as a whole", () => {
  const deferred = (...lines: readonly AnyOrderLine[]): Order =>
    anyOrder({
      orderNo: "SO-1",
      stage: "confirmed",
      lines: lines.map((line) => ({
        ...line,
        orderedQty: "5",
        quantities: { deferred: "5" },
        shortages: [{ bucket: "deferred" as const, quantity: "5", mode: "wholeOrder" as const }],
      })),
    });
  const policy: AllocationPolicy = { priority: [], sourcing: NEAREST, lots: "fifo" };

  it.each<[string, AnyOrderLine[], PlainPart<StockPosition>[]]>([
    [
      "named lot",
      [{}, { lotNo: "L-1" }],
      [
        { lotNo: "L-1", onHand: "5" },
        { lotNo: "L-2", onHand: "5" },
      ],
    ],
    [
      "longest life",
      [{}, { minimumRemainingLifeDays: 90 }],
      [
        { lotNo: "L-1", onHand: "5", expiresOn: "2027-03-01" },
        { lotNo: "L-2", onHand: "5", expiresOn: "2026-04-01" },
      ],
    ],
  ])("are served when the line with the %s goes first, as those shipped complete are", (_, lines, lots) => {
    const orders = [deferred(...lines)];
    const stock = anyStock(...lots);
    expect(takesOf(orders, stock, policy)).toEqual(takesOf(asComplete(orders), stock, policy));
    expect(planned(orders, stock, policy).orders[0]!.lines.map(({ code }) => code)).toEqual([
      "served_in_full",
      "served_in_full",
    ]);
  });

  it.each<[string, AnyOrderLine]>([
    ["any lot", {}],
    ["one and the same lot", { lotNo: "L-1" }],
  ])("wait where every line finds enough for itself and not for all lines of the order: of %s", (_case, line) => {
    const orders = [deferred({}, line), { ...deferred({}), orderNo: "SO-2" }];
    const { orders: plans } = planned(orders, anyStock({ onHand: "7", lotNo: "L-1" }), policy);
    expect(plans.map(({ lines }) => lines.map(({ allocated, code }) => `${allocated} ${code}`))).toEqual([
      ["0 whole_order_waits", "0 whole_order_waits"],
      ["5 served_in_full"],
    ]);
  });

  it("law: take what they would take if they were to be shipped complete, and leave others the same", () => {
    let [served, waiting] = [0, 0];
    const worlds = guardedWorld(
      fc.constantFrom(...SOURCINGS).map((sourcing) => ({ sourcing })),
      "all",
    );
    fc.assert(
      fc.property(worlds, fc.boolean(), ({ orders, stock, policy: { protection, ...rest } }, isRuled) => {
        const own: AllocationPolicy = isRuled ? { ...rest, protection } : rest;
        const plan = planned(orders, stock, own);
        expect(takesOf(orders, stock, own)).toEqual(takesOf(asComplete(orders), stock, own));
        for (const { orderNo, lines } of plan.orders) {
          if (!waitsAsWhole(orders.find((order) => order.orderNo === orderNo)!)) continue;
          if (lines.some(({ takes }) => takes.length > 0)) served++;
          else waiting++;
        }
      }),
      { numRuns: 150 },
    );
    expect([served > 5, waiting > 5]).toEqual([true, true]);
  });

  it("a line for which a group left nothing is served when the group cannot be complete, also from chosen warehouses", () => {
    const group = { deliveryGroup: "G" };
    const order = anyOrder({
      orderNo: "SO-1",
      stage: "confirmed",
      // The north has enough for each line of the group by itself, and so is chosen alone; not for both.
      lines: [{ orderedQty: "4", ...group }, { orderedQty: "6", ...group, oneLotOnly: true }, { orderedQty: "3" }],
    });
    const stock = anyStock(
      { warehouseId: "SOUTH", onHand: "1" },
      { warehouseId: "NORTH", onHand: "3" },
      { warehouseId: "NORTH", onHand: "6", lotNo: "L-1" },
    );
    const sourcing = {
      kind: "chosen",
      strategy: { kind: "fewestSplits" },
      limits: [],
      steps: 1000,
      areas: [],
      otherwise: [{ warehouseId: "NORTH" }, { warehouseId: "SOUTH" }],
    } as const;
    const got = planned([order], stock, { ...policy, sourcing }).orders[0]!.lines.map(({ allocated }) => allocated);
    expect([
      ["0", "0", "3"],
      ["4", "6", "0"],
    ]).toContainEqual(got);
  });

  it("law: stock that failed orders give back is offered again, until nothing changes", () => {
    const wish = fc.tuple(fc.constantFrom("TEA", "SALT"), fc.integer({ min: 1, max: 6 }));
    const order = fc.tuple(
      fc.constantFrom<Kind>("each", "complete", "deferred"),
      fc.array(wish, { minLength: 1, maxLength: 3 }),
    );
    const world = fc.tuple(fc.array(order, { minLength: 1, maxLength: 6 }), fc.nat(20), fc.nat(20));
    fc.assert(
      fc.property(world, ([asking, tea, salt]) => {
        const orders = asking.map(([kind, wishes], place) =>
          anyOrder({
            orderNo: `SO-${place + 1}`,
            stage: "confirmed",
            header: kind === "complete" ? { shipComplete: true } : {},
            lines: wishes.map(([itemCode, units]) => ({
              itemCode,
              orderedQty: `${units}`,
              ...(kind === "deferred"
                ? { shortages: [{ bucket: "deferred" as const, quantity: `${units}`, mode: "wholeOrder" as const }] }
                : {}),
            })),
          }),
        );
        const stock = anyStock({ onHand: `${tea}` }, { itemCode: "SALT", onHand: `${salt}` });
        const got = planned(orders, stock, policy).orders.map(({ lines }) =>
          lines.map(({ allocated }) => Number(allocated)),
        );
        expect(got).toEqual(byRounds(asking, { TEA: tea, SALT: salt }));
      }),
      { numRuns: 200 },
    );
  });
});

type Kind = "each" | "complete" | "deferred";

/** All are served in turn; the first order that is not complete and must be gives up and is left out; then all again. */
function byRounds(
  orders: readonly (readonly [Kind, readonly (readonly [string, number])[]])[],
  stock: Readonly<Record<string, number>>,
): number[][] {
  const out = new Set<number>();
  for (;;) {
    const left = { ...stock };
    const got = orders.map(([, wishes], place) =>
      wishes.map(([item, units]) => {
        const part = out.has(place) ? 0 : Math.min(units, left[item]!);
        left[item]! -= part;
        return part;
      }),
    );
    const broken = orders.findIndex(
      ([kind, wishes], place) =>
        kind !== "each" && !out.has(place) && wishes.some(([, units], line) => got[place]![line]! < units),
    );
    if (broken < 0) return got;
    out.add(broken);
  }
}
