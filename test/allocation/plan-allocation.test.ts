import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import type { AllocationProgress } from "../../src/allocation/allocation-progress.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { decimal, sum } from "../../src/core/decimal.js";
import type { AllocationPlan } from "../../src/model/allocation-plan.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Order } from "../../src/model/order.js";
import { parseAllocationPlan } from "../../src/schema/parse-allocation-plan.js";
import { anyContext, anyOrder, anyStock, deepFreeze } from "../../src/testing/index.js";
import { smallWorld, TODAY, type SmallWorld } from "./small-world.js";

const context = anyContext();

function plan({ orders, stock, policy }: SmallWorld): AllocationPlan {
  return planAllocation(orders, stock, { ...context, policy, today: TODAY });
}

const policy = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fifo" as const,
};

function tea(orderNo: string, orderedQty: string): Order {
  return anyOrder({ orderNo, stage: "confirmed", lines: [{ itemCode: "TEA", orderedQty }] });
}

describe("planAllocation (mission 4.15, 9.2, 9.10)", () => {
  it("law: planning and applying is allocating, and a plan survives its way through JSON", () => {
    fc.assert(
      fc.property(smallWorld(), (world) => {
        const { orders, stock } = deepFreeze(world);
        const made = deepFreeze(plan(world));
        const whole = allocateBatch(orders, stock, { ...context, policy: world.policy, today: TODAY });
        expect(applyAllocationPlan(orders, made, context)).toEqual(whole);
        const stored = parseAllocationPlan(JSON.parse(JSON.stringify(made)));
        expect(stored).toEqual({ ok: true, value: made });
        if (stored.ok) expect(applyAllocationPlan(orders, stored.value, { ...context, stock })).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it("rule 1: the order of orders and of stock in the input changes nothing", () => {
    const shuffled = smallWorld().chain((world) =>
      fc.tuple(
        fc.constant(world),
        fc.shuffledSubarray([...world.orders], { minLength: world.orders.length }),
        fc.shuffledSubarray([...world.stock], { minLength: world.stock.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([world, orders, stock]) => {
        expect(plan({ ...world, orders, stock })).toEqual(plan(world));
      }),
      { numRuns: 150 },
    );
  });

  it("rules 2 and 5: takes and what stays short sum to what a line asks for; every order is planned or refused", () => {
    fc.assert(
      fc.property(smallWorld(), (world) => {
        const { orders, refused } = plan(world);
        for (const { requested, takes, short } of orders.flatMap(({ lines }) => lines)) {
          expect(sum([short, ...takes.map(({ quantity }) => quantity)])).toBe(requested);
        }
        const named = [...orders, ...refused].map(({ orderNo }) => orderNo);
        expect(named.sort()).toEqual(world.orders.map(({ orderNo }) => orderNo).sort());
      }),
      { numRuns: 150 },
    );
  });

  it("rule 6: names the policy and the versions, and the event keeps the policy (mission 4.15)", () => {
    const identity = { policyId: "P-7", version: "3" };
    const order = tea("SO-1", "5");
    const stock = anyStock({ itemCode: "TEA", onHand: "9" });
    const made = planAllocation([order], stock, { ...context, policy: { ...policy, identity }, today: TODAY });
    expect(made.policy).toEqual(identity);
    expect(made.orders[0]?.version).toBe(order.version);
    expect(applyAllocationPlan([order], made, context).events[0]?.details).toMatchObject({ policy: identity });
  });

  it("rule 7: tells the lines done and all, and what is told changes nothing", () => {
    const line = { itemCode: "TEA", orderedQty: "1" };
    const pattern = anyOrder({ stage: "confirmed", lines: Array.from({ length: 2_000 }, () => line) });
    const orders = Array.from({ length: 12 }, (_, place) => {
      const orderNo = `SO-${place}`;
      return { ...pattern, orderNo, lines: pattern.lines.map((each, at) => ({ ...each, lineId: `${orderNo}-${at}` })) };
    });
    const stock = anyStock({ itemCode: "TEA", onHand: "20000" });
    const heard: AllocationProgress[] = [];
    const onProgress = (progress: AllocationProgress): void => void heard.push(progress);
    const quiet = allocateBatch(orders, stock, { ...context, policy, today: TODAY });
    const told = allocateBatch(orders, stock, { ...context, policy, today: TODAY, onProgress });
    // As text, since comparing so much data member by member takes seconds.
    expect(JSON.stringify(told) === JSON.stringify(quiet)).toBe(true);
    for (const step of ["read", "plan", "apply"] as const) {
      const own = heard.filter((progress) => progress.step === step);
      expect(own.map(({ all }) => all)).toEqual([24_000, 24_000, 24_000]);
      expect(own.at(-1)?.done).toBe(24_000);
      expect(own.map(({ done }) => done).every((done, place) => done > (own[place - 1]?.done ?? 0))).toBe(true);
    }
  });

  it("what the listener throws comes out", () => {
    const onProgress = (): never => {
      throw new Error("stop");
    };
    const facts = { ...context, policy, today: TODAY, onProgress };
    expect(() => planAllocation([tea("SO-1", "5")], [], facts)).toThrow("stop");
  });

  it("throws for an order that is listed twice", () => {
    expect(() =>
      planAllocation([tea("SO-1", "5"), tea("SO-1", "5")], [], { ...context, policy, today: TODAY }),
    ).toThrow(RangeError);
  });
});

describe("applyAllocationPlan (mission 9.1, 9.2, 9.15)", () => {
  const orders = [tea("SO-1", "30"), tea("SO-2", "30")];
  const stock = anyStock({ itemCode: "TEA", onHand: "40" });
  const made = planAllocation(orders, stock, { ...context, policy, today: TODAY });
  const codes = (now: readonly Order[], old: AllocationPlan, free?: string) => {
    const given = free === undefined ? {} : { stock: anyStock({ itemCode: "TEA", onHand: free }) };
    const outcome = applyAllocationPlan(now, old, { ...context, ...given });
    return outcome.refused.map(({ orderNo, issues }) => [orderNo, ...issues.map(({ code }) => code)]);
  };
  const changeLine = (change: Partial<AllocationPlan["orders"][number]["lines"][number]>): AllocationPlan => ({
    ...made,
    orders: made.orders.map((order) => ({ ...order, lines: order.lines.map((line) => ({ ...line, ...change })) })),
  });

  it("rules 1 and 2: refuses an order that has changed or is not there, and does the rest", () => {
    const [first, second] = orders as [Order, Order];
    const older = { ...first, version: first.version + 1 };
    const outcome = applyAllocationPlan([older, second], made, context);
    expect(outcome.refused.map(({ issues }) => issues)).toEqual([
      [
        {
          code: "allocate.order_changed",
          path: ["version"],
          params: { orderNo: "SO-1", planned: first.version, version: first.version + 1 },
        },
      ],
    ]);
    expect(outcome.orders[0]).toBe(older);
    expect(outcome.orders[1]?.lines[0]?.quantities.allocated).toBe("10");
    expect(outcome.reasons.map(({ orderNo }) => orderNo)).toEqual(["SO-2"]);
    expect(codes([second], made)).toEqual([["SO-1", "allocate.order_missing"]]);
  });

  it("rule 2: an order that may no longer be allocated", () => {
    const held = anyOrder({
      orderNo: "SO-1",
      stage: "confirmed",
      holds: [{ blocks: ["allocate"] }],
      lines: [{ itemCode: "TEA", orderedQty: "30" }],
    });
    expect(codes([held, orders[1] as Order], made)).toEqual([["SO-1", "status.on_hold"]]);
  });

  it.each<[why: string, plan: AllocationPlan]>([
    ["another item", changeLine({ itemCode: "SALT" })],
    ["a line that is not there", changeLine({ lineId: "SO-9-9" })],
    ["another quantity", changeLine({ requested: decimal("31"), short: decimal("1") })],
    ["takes that do not sum", changeLine({ short: decimal("7") })],
    [
      "a hold that is not there",
      changeLine({ takes: [], allocated: decimal("0"), short: decimal("30"), code: "on_hold" }),
    ],
    [
      "goods of a customer",
      changeLine({
        takes: [{ source: { warehouseId: "NORTH", owner: "C-1" }, quantity: decimal("30") }],
        allocated: decimal("30"),
        short: decimal("0"),
      }),
    ],
    [
      "a line twice",
      { ...made, orders: made.orders.map((order) => ({ ...order, lines: [...order.lines, ...order.lines] })) },
    ],
  ])("rule 2: a plan that does not fit the order: %s", (_why, plan) => {
    expect(codes(orders, plan)).toEqual([
      ["SO-1", "allocate.plan_does_not_fit"],
      ["SO-2", "allocate.plan_does_not_fit"],
    ]);
  });

  it("rule 2: names the line that the plan does not fit, and the order that is not there", () => {
    const wrong = changeLine({ itemCode: "SALT" });
    const { refused } = applyAllocationPlan(orders.slice(0, 1), wrong, context);
    expect(refused).toEqual([
      {
        orderNo: "SO-1",
        issues: [{ code: "allocate.plan_does_not_fit", path: ["lines"], params: { lineId: "SO-1-1" } }],
      },
      { orderNo: "SO-2", issues: [{ code: "allocate.order_missing", path: [], params: { orderNo: "SO-2" } }] },
    ]);
  });

  it.each([
    ["40", []],
    ["39", [["SO-2", "allocate.stock_gone"]]],
    ["30", [["SO-2", "allocate.stock_gone"]]],
    // What the first cannot have is free for the second.
    ["29", [["SO-1", "allocate.stock_gone"]]],
    [
      "9",
      [
        ["SO-1", "allocate.stock_gone"],
        ["SO-2", "allocate.stock_gone"],
      ],
    ],
  ])("rule 3: with %s left, %j", (free, refused) => {
    expect(codes(orders, made, free)).toEqual(refused);
  });

  it("rule 3: stock that was put on hold is gone; the issue says where and how much", () => {
    const held = anyStock({ itemCode: "TEA", onHand: "40", condition: "held" });
    const { refused } = applyAllocationPlan(orders, made, { ...context, stock: held });
    expect(refused[0]?.issues[0]).toEqual({
      code: "allocate.stock_gone",
      path: ["lines"],
      params: { lineId: "SO-1-1", itemCode: "TEA", source: { warehouseId: "NORTH" }, planned: "30", free: "0" },
    });
  });

  it("rule 4: a part of a plan may be applied, and the rest later on what is left", () => {
    const [first, second] = made.orders as [AllocationPlan["orders"][number], AllocationPlan["orders"][number]];
    const now = applyAllocationPlan(orders, { ...made, orders: [second] }, { ...context, stock });
    expect(now.refused).toEqual([]);
    expect(now.orders.map(({ lines }) => lines[0]?.quantities.allocated)).toEqual(["0", "10"]);
    const left = applyMovements(stock, now.movements);
    const later = applyAllocationPlan(now.orders, { ...made, orders: [first] }, { ...context, stock: left });
    const whole = applyAllocationPlan(orders, made, context);
    expect(later.orders).toEqual(whole.orders);
    expect(applyMovements(left, later.movements)).toEqual(applyMovements(stock, whole.movements));
  });

  it("rule 4: what the plan refused stays refused, in the order of the orders", () => {
    const refused = [{ orderNo: "SO-2", issues: [{ code: "x.y", path: [], params: {} }] }];
    const less = { ...made, orders: made.orders.slice(0, 1), refused };
    expect(codes([orders[1] as Order, orders[0] as Order], less)).toEqual([["SO-2", "x.y"]]);
  });

  it("throws for an order that is listed twice", () => {
    expect(() => applyAllocationPlan([...orders, ...orders], made, context)).toThrow(
      new RangeError(`Order ${orders[0]!.orderNo} is listed twice.`),
    );
    expect(() => applyAllocationPlan(orders, { ...made, orders: [...made.orders, ...made.orders] }, context)).toThrow(
      RangeError,
    );
  });
});

describe("parseAllocationPlan (mission 4.13)", () => {
  it("refuses an order that stands twice and sums that do not agree", () => {
    const made = planAllocation([tea("SO-1", "30")], anyStock({ itemCode: "TEA", onHand: "40" }), {
      ...context,
      policy,
      today: TODAY,
    });
    const [order] = made.orders;
    const told = (input: unknown): readonly unknown[] => {
      const result = parseAllocationPlan(input);
      return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
    };
    expect(told({ ...made, orders: [order, order] })).toEqual(["schema.duplicate orders.1.orderNo"]);
    expect(told({ ...made, refused: [{ orderNo: "SO-1", issues: [] }] })).toEqual([
      "schema.duplicate refused.0.orderNo",
    ]);
    const lines = order?.lines.map((line) => ({ ...line, short: "1" }));
    expect(told({ ...made, orders: [{ ...order, lines }] })).toEqual([
      "schema.inconsistent orders.0.lines.0.requested",
    ]);
    const strangers = order?.lines.map((line) => ({ ...line, orderNo: "SO-9" }));
    expect(told({ ...made, orders: [{ ...order, lines: strangers }] })).toEqual([
      "schema.inconsistent orders.0.lines.0.orderNo",
    ]);
    expect(told({ ...made, orders: [{ ...order, lines: [order?.lines[0], order?.lines[0]] }] })).toEqual([
      "schema.duplicate orders.0.lines.1.lineId",
    ]);
  });
});
