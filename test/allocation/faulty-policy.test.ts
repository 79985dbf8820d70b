import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";

const AREA = { areaPath: ["hamburg"], warehouseIds: ["NORTH"] };
const FAULTY: AllocationPolicy = {
  priority: [],
  lots: "fifo",
  sourcing: { kind: "nearest", areas: [AREA, AREA], otherwise: ["NORTH"] },
  bins: [{ warehouseId: "NORTH", binId: "1", handlingUnit: decimal("0") }],
  sharing: [{ rule: "proportional", minimum: decimal("-1") }],
};

const pathsOf = (issues: readonly Issue[]): string[] => issues.map(({ path }) => path.join("."));

describe("an allocation with a policy that could not be meant (mission 9.7, 9.8, 9.13)", () => {
  const orders = [anyOrder({ orderNo: "SO-1", stage: "confirmed" }), anyOrder({ orderNo: "SO-2", stage: "rejected" })];
  const context = { ...anyContext(), policy: FAULTY, today: calendarDay("2026-03-02") };
  const faults = checkAllocationPolicy(FAULTY).map(({ path }) => ["policy", ...path].join("."));

  it("plans nothing: every order is refused for every fault, and for its own", () => {
    expect(faults.length).toBe(3);
    const { orders: planned, refused } = planAllocation(orders, anyStock(), context);
    expect(planned).toEqual([]);
    expect(refused.map(({ orderNo, issues }) => [orderNo, pathsOf(issues)])).toEqual([
      ["SO-1", faults],
      ["SO-2", [...faults, "status"]],
    ]);
  });

  it("names the policy, unless that is none or its identity is at fault", () => {
    const identity = { policyId: "P-7" };
    const identityOf = (policy: unknown) =>
      planAllocation(orders, anyStock(), { ...context, policy: policy as never }).policy;
    expect(identityOf({ ...FAULTY, identity })).toEqual(identity);
    expect(identityOf({ ...FAULTY, identity: { policyId: 7 } })).toBeUndefined();
    expect(identityOf(undefined)).toBeUndefined();
  });

  it("does nothing, in a batch or for a single order", () => {
    const outcome = allocateBatch(orders, anyStock(), context);
    expect([outcome.orders, outcome.events, outcome.movements]).toEqual([orders, [], []]);
    expect(outcome.refused.map(({ issues }) => issues.length)).toEqual([3, 4]);
    const one = allocateOrder(orders[0]!, anyStock(), context);
    expect(!one.ok && pathsOf(one.issues)).toEqual(faults);
  });
});
