import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { applyAllocationPlan, type AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import { groupsSharing, partitionBatch } from "../../src/allocation/partition-batch.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import type { AllocationPlan } from "../../src/model/allocation-plan.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyOrder, deepFreeze, type AnyOrderLine } from "../../src/testing/index.js";
import { smallWorld, TODAY, type SmallWorld } from "./small-world.js";

const waiting = (itemCode: string): AnyOrderLine => ({ itemCode, orderedQty: "5" });
const order = (orderNo: string, ...lines: readonly AnyOrderLine[]): Order =>
  anyOrder({ orderNo, stage: "confirmed", header: { customerCode: `of ${orderNo}` }, lines });
const numbers = (orders: readonly Order[]): string[][] =>
  partitionBatch(orders).map((group) => group.orders.map(({ orderNo }) => orderNo));

/** Worlds whose items are spread over two markets, so that batches really fall apart. */
const spreadWorld = fc
  .tuple(smallWorld(), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
  .map(([world, isFar]): SmallWorld => ({
    ...world,
    orders: world.orders.map((each, place) =>
      isFar[place] === true
        ? { ...each, lines: each.lines.map((line) => ({ ...line, itemCode: `FAR-${line.itemCode}` })) }
        : each,
    ),
    stock: [...world.stock, ...world.stock.map((position) => ({ ...position, itemCode: `FAR-${position.itemCode}` }))],
  }));

function allocate(orders: readonly Order[], { stock, policy }: SmallWorld): AllocationOutcome {
  return allocateBatch(orders, stock, { ...anyContext(), policy, today: TODAY });
}

/** An outcome by order, without the ranks, which count within a run. */
function byOrder(outcomes: readonly AllocationOutcome[]) {
  const of = <Part extends { readonly orderNo: string }>(parts: readonly (readonly Part[])[]): Part[] =>
    parts.flat().sort((a, b) => (a.orderNo < b.orderNo ? -1 : a.orderNo > b.orderNo ? 1 : 0));
  const plain = of(outcomes.map(({ reasons }) => reasons)).map((reason) => ({ ...reason, rank: 0 }));
  return {
    orders: of(outcomes.map(({ orders }) => orders)),
    movements: outcomes
      .flatMap(({ movements }) => movements)
      .sort((a, b) => (a.lineId ?? "").localeCompare(b.lineId ?? "", "en")),
    refused: of(outcomes.map(({ refused }) => refused)),
    requests: outcomes.flatMap(({ requests }) => requests).length,
    reasons: plain,
  };
}

describe("partitionBatch (mission 9.2, definition B2)", () => {
  it.each<[rule: string, orders: Order[], groups: string[][]]>([
    ["an empty batch has no groups", [], []],
    ["1: the same item", [order("A", waiting("TEA")), order("B", waiting("TEA"))], [["A", "B"]]],
    [
      "1: through a third order",
      [order("A", waiting("TEA")), order("B", waiting("SALT")), order("C", waiting("SALT"), waiting("TEA"))],
      [["A", "B", "C"]],
    ],
    ["3: nothing in common", [order("B", waiting("TEA")), order("A", waiting("SALT"))], [["A"], ["B"]]],
    [
      "3: an item that an order no longer waits for ties nothing",
      [order("A", waiting("TEA")), order("B", { itemCode: "TEA", quantities: { open: "0", shipped: "5" } })],
      [["A"], ["B"]],
    ],
  ])("rule %s", (_, orders, groups) => {
    expect(numbers(orders)).toEqual(groups);
  });

  it("rule 2: the next order of a customer who waits for it", () => {
    const shortage = { bucket: "backfill", quantity: "3", mode: "withNextOrder" } as const;
    const header = { customerCode: "C-1" };
    const waits = { itemCode: "TEA", quantities: { cancelled: "1" }, shortages: [shortage] };
    const first = anyOrder({ orderNo: "A", stage: "confirmed", header, lines: [waits] });
    const next = anyOrder({ orderNo: "B", stage: "confirmed", header, lines: [waiting("SALT")] });
    expect(numbers([next, first, order("C", waiting("RICE"))])).toEqual([["A", "B"], ["C"]]);
  });

  it.each(["backfill", "deferred"] as const)("rule 1: what waits as %s is waited for", (bucket) => {
    const waits = { itemCode: "TEA", orderedQty: "2", quantities: { [bucket]: "2" } };
    const shares = [order("A", waits), order("B", waiting("TEA"))];
    expect(numbers(shares)).toEqual([["A", "B"]]);
    expect(partitionBatch(shares.slice(0, 1))[0]?.itemCodes).toEqual(["TEA"]);
  });

  it("rule 2: a customer is no item of the same code, and who waits otherwise does not tie its customer's orders", () => {
    const shortage = (mode: "withNextOrder" | "onArrival") => ({ bucket: "backfill", quantity: "3", mode }) as const;
    const of = (orderNo: string, customerCode: string, itemCode: string, mode?: "withNextOrder" | "onArrival") =>
      anyOrder({
        orderNo,
        stage: "confirmed",
        header: { customerCode },
        lines: [mode === undefined ? waiting(itemCode) : { itemCode, shortages: [shortage(mode)] }],
      });
    expect(numbers([of("A", "TEA", "SALT", "withNextOrder"), of("B", "C-2", "TEA")])).toEqual([["A"], ["B"]]);
    expect(numbers([of("A", "C-1", "SALT", "onArrival"), of("B", "C-1", "TEA")])).toEqual([["A"], ["B"]]);
  });

  it("rule 4: groups stand by their first order, orders within by number, however they meet", () => {
    const orders = [
      order("D", waiting("TEA")),
      order("B", waiting("SALT")),
      order("A", waiting("RICE"), waiting("TEA")),
      order("C", waiting("OIL")),
      order("E", waiting("OIL"), waiting("SALT")),
    ];
    expect(numbers(orders)).toEqual([
      ["A", "D"],
      ["B", "C", "E"],
    ]);
  });

  it("names the items that a group waits for", () => {
    const orders = [order("A", waiting("TEA"), waiting("RICE"), waiting("TEA")), order("B")];
    expect(partitionBatch(orders).map(({ itemCodes }) => itemCodes)).toEqual([["RICE", "TEA"], []]);
  });

  it("throws for an order that is listed twice", () => {
    expect(() => partitionBatch([order("A"), order("A")])).toThrow(RangeError);
  });

  it("law: allocating the groups apart = allocating all together", () => {
    fc.assert(
      fc.property(spreadWorld, (world) => {
        const groups = partitionBatch(deepFreeze(world.orders));
        const apart = groups.map(({ orders, itemCodes }) =>
          allocate(orders, { ...world, stock: world.stock.filter(({ itemCode }) => itemCodes.includes(itemCode)) }),
        );
        expect(byOrder(apart)).toEqual(byOrder([allocate(world.orders, world)]));
      }),
      { numRuns: 400 },
    );
  });

  it("law: planning and applying the groups apart = planning and applying all together", () => {
    fc.assert(
      fc.property(spreadWorld, (world) => {
        const { orders, stock, policy } = world;
        const context = { ...anyContext(), policy, today: TODAY };
        const groups = partitionBatch(orders);
        const plans = groups.map((group) =>
          planAllocation(
            group.orders,
            stock.filter(({ itemCode }) => group.itemCodes.includes(itemCode)),
            context,
          ),
        );
        const apart = groups.map((group, place) =>
          applyAllocationPlan(group.orders, plans[place] as AllocationPlan, { ...context, stock }),
        );
        const whole = planAllocation(orders, stock, context);
        expect(byOrder(apart)).toEqual(byOrder([applyAllocationPlan(orders, whole, { ...context, stock })]));
        // Joined, the plans of the groups are one plan, whose orders stand in another sequence.
        const joined = {
          ...whole,
          orders: plans.flatMap((plan) => plan.orders),
          refused: plans.flatMap((plan) => plan.refused),
        };
        expect(byOrder([applyAllocationPlan(orders, joined, { ...context, stock })])).toEqual(byOrder(apart));
      }),
      { numRuns: 200 },
    );
  });

  it("law: a partition, and the order of the input changes nothing", () => {
    const shuffled = spreadWorld.chain(({ orders }) =>
      fc.tuple(fc.constant(orders), fc.shuffledSubarray([...orders], { minLength: orders.length })),
    );
    fc.assert(
      fc.property(shuffled, ([orders, other]) => {
        const groups = partitionBatch(orders);
        expect(groups.flatMap((group) => group.orders.map(({ orderNo }) => orderNo)).sort()).toEqual(
          orders.map(({ orderNo }) => orderNo).sort(),
        );
        const items = groups.flatMap(({ itemCodes }) => itemCodes);
        expect(new Set(items).size).toBe(items.length);
        expect(partitionBatch(other)).toEqual(groups);
      }),
      { numRuns: 150 },
    );
  });
});

describe("groupsSharing", () => {
  it("finds the components that a flood from every member finds", () => {
    const members = fc.array(fc.array(fc.nat({ max: 12 }), { maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(members, (keys) => {
        expect(groupsSharing(keys)).toEqual(flooded(keys));
      }),
    );
  });

  it("takes a long chain in its stride", () => {
    const chain = Array.from({ length: 100_000 }, (_, place) => [place + 1, place]);
    expect(groupsSharing(chain.reverse())).toHaveLength(1);
  });
});

function flooded(keys: readonly (readonly number[])[]): number[][] {
  const groups: number[][] = [];
  for (const start of keys.keys()) {
    if (groups.some((group) => group.includes(start))) continue;
    const group = new Set([start]);
    for (const member of group) {
      for (const [other, own] of keys.entries()) {
        if (own.some((key) => keys[member]?.includes(key))) group.add(other);
      }
    }
    groups.push([...group].sort((a, b) => a - b));
  }
  return groups;
}
