import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { decimal } from "../../src/core/decimal.js";
import type { AllocationPlan, PlannedLine } from "../../src/model/allocation-plan.js";
import { anyContext, anyOrder, anyStock, type AnyOrder } from "../../src/testing/index.js";
import { smallWorld, TODAY } from "./small-world.js";

const policy = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fifo" as const,
};
const context = { ...anyContext(), policy, today: TODAY };
const stock = [...anyStock({ itemCode: "RICE", onHand: "90" }), ...anyStock({ itemCode: "SALT", onHand: "9" })];
const rice = { itemCode: "RICE", orderedQty: "60" };
const salt = { itemCode: "SALT", orderedQty: "5" };

function alter(plan: AllocationPlan, each: (line: PlannedLine) => readonly PlannedLine[]): AllocationPlan {
  return { ...plan, orders: plan.orders.map((order) => ({ ...order, lines: order.lines.flatMap(each) })) };
}

/** What becomes of an order when its plan is altered so. */
function applied(wish: AnyOrder, each: (line: PlannedLine) => readonly PlannedLine[]) {
  const order = anyOrder({ stage: "confirmed", ...wish });
  const plan = planAllocation([order], stock, context);
  expect(plan.orders[0]?.lines.map(({ code }) => code)).not.toContain("group_incomplete");
  const { orders, refused } = applyAllocationPlan([order], alter(plan, each), { ...context, stock });
  const issues = refused.flatMap((each) => each.issues);
  expect(orders[0] === order).toBe(issues.length > 0);
  return issues.map(({ code, params }) => ({ code, ...params }));
}

const strike = (lineId: string) => (line: PlannedLine) => (line.lineId === lineId ? [] : [line]);
const only = (lineId: string, quantity: string, short: string) => (line: PlannedLine) =>
  line.lineId === lineId
    ? [
        {
          ...line,
          allocated: decimal(quantity),
          short: decimal(short),
          code: "served_in_part" as const,
          takes: [{ ...line.takes[0]!, quantity: decimal(quantity) }],
        },
      ]
    : [line];

describe("a plan is not applied in part where things come together (mission 9.2, 9.10, 9.15)", () => {
  const complete = { header: { shipComplete: true } };
  const missing = (lineId: string, wanted: string, planned: string) => [
    { code: "allocate.comes_together", lineId, wanted, planned },
  ];

  it("a line struck out of a complete order, and of a delivery group", () => {
    const lines = [salt, rice];
    expect(applied({ ...complete, lines }, strike("SO-1-2"))).toEqual(missing("SO-1-2", "60", "0"));
    expect(applied({ ...complete, lines }, strike("SO-1-1"))).toEqual(missing("SO-1-1", "5", "0"));
    const group = lines.map((line) => ({ ...line, deliveryGroup: "G" }));
    expect(applied({ lines: group }, strike("SO-1-2"))).toEqual(missing("SO-1-2", "60", "0"));
    expect(applied({ lines: [...group, { ...salt, orderedQty: "1" }] }, strike("SO-1-3"))).toEqual([]);
    expect(applied({ lines }, strike("SO-1-2"))).toEqual([]);
  });

  it("a part of a line that takes all or nothing, of a complete order, of an order deferred as a whole", () => {
    const whole = { ...rice, partialAllowed: false };
    expect(applied({ lines: [whole] }, only("SO-1-1", "7", "53"))).toEqual(missing("SO-1-1", "60", "7"));
    expect(applied({ lines: [rice] }, only("SO-1-1", "7", "53"))).toEqual([]);
    expect(applied({ ...complete, lines: [salt, rice] }, only("SO-1-2", "7", "53"))).toEqual(
      missing("SO-1-2", "60", "7"),
    );
    const deferred = {
      ...rice,
      quantities: { deferred: "60" },
      shortages: [{ bucket: "deferred" as const, quantity: "60", mode: "wholeOrder" as const }],
    };
    expect(applied({ lines: [deferred, salt] }, strike("SO-1-2"))).toEqual(missing("SO-1-2", "5", "0"));
  });

  it("names every line of which something is missing", () => {
    const lines = [salt, rice, { ...rice, orderedQty: "10" }];
    const each = (line: PlannedLine) => (line.lineId === "SO-1-1" ? [line] : []);
    expect(applied({ ...complete, lines }, each)).toEqual([
      ...missing("SO-1-2", "60", "0"),
      ...missing("SO-1-3", "10", "0"),
    ]);
  });

  it("what a step does not allow is not missing, and an order may be struck out whole", () => {
    const stepped = { ...rice, quantum: "7", partialAllowed: false };
    expect(applied({ lines: [stepped] }, (line) => [line])).toEqual([]);
    expect(applied({ lines: [stepped] }, only("SO-1-1", "49", "11"))).toEqual(missing("SO-1-1", "56", "49"));
    const order = anyOrder({ stage: "confirmed", ...complete, lines: [salt, rice] });
    const plan = planAllocation([order], stock, context);
    expect(applyAllocationPlan([order], { ...plan, orders: [] }, context).refused).toEqual([]);
  });

  it("refuses nothing of a plan that is as it was made", () => {
    fc.assert(
      fc.property(smallWorld(), ({ orders, stock: places, policy: own }) => {
        const plan = planAllocation(orders, places, { ...context, policy: own });
        const { refused } = applyAllocationPlan(orders, plan, { ...context, stock: places });
        expect(refused).toEqual(orders.flatMap(({ orderNo }) => plan.refused.filter((one) => one.orderNo === orderNo)));
      }),
      { numRuns: 150 },
    );
  });
});
