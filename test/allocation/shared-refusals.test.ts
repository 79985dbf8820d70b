import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { applyReallocation } from "../../src/allocation/shortage/apply-reallocation.js";
import { applyReallocations } from "../../src/allocation/shortage/apply-reallocations.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { mergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { undoReallocation } from "../../src/allocation/shortage/undo-reallocation.js";
import type { Issue } from "../../src/core/issue.js";
import type { BatchOutcome, RefusedOrder } from "../../src/model/outcome.js";
import { anyContext, anyOrder, deepFreeze } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 9.2, 9.18: what stands against a whole batch is told of each order, and written once.

const pattern = anyOrder({ stage: "confirmed" });
const orders = deepFreeze(Array.from({ length: 20_000 }, (_, place) => ({ ...pattern, orderNo: `SO-${place}` })));
/** As many faults as anybody has ever stored in one policy. */
const bins = Array.from({ length: 300 }, (_, place) => ({
  warehouseId: "NORTH",
  binId: `B-${place}`,
  handlingUnit: "-1",
}));
const policy = {
  priority: [],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
  lots: "fifo",
  bins,
} as never;
const context = { ...anyContext(), policy, today: TODAY, stock: [] };
const command = undefined as never;

/** The lists of reasons that refusals have among them. */
const listsIn = (refused: readonly RefusedOrder[]): ReadonlySet<readonly Issue[]> =>
  new Set(refused.map(({ issues }) => issues));

describe("orders that are refused for the same reasons share one list of them", () => {
  it.each<[string, () => Pick<BatchOutcome, "refused">]>([
    ["planAllocation", () => planAllocation(orders, [], context)],
    ["allocateBatch", () => allocateBatch(orders, [], context)],
    ["applyAllocationPlan", () => applyAllocationPlan(orders, planAllocation(orders, [], context), anyContext())],
    [
      "decideShortages, a policy",
      () => decideShortages(orders, { runId: "R", reason: "short", price: "keep" }, context),
    ],
    ["decideShortages, a command", () => decideShortages(orders, command, context)],
    ["releaseReservations", () => releaseReservations(orders, [], command, context)],
    ["applyReallocation", () => applyReallocation(orders, command, [], anyContext())],
    ["applyReallocations", () => applyReallocations(orders, command, anyContext())],
    ["undoReallocation", () => undoReallocation(orders, command, anyContext())],
  ])("%s", (_name, run) => {
    const { refused } = run();
    expect(refused.length).toBe(orders.length);
    const lists = listsIn(refused);
    expect(lists.size).toBe(1);
    expect([...lists][0]!.length).toBeGreaterThan(0);
  });

  it("mergeIntoNextOrder, of both its orders", () => {
    const { refused } = mergeIntoNextOrder(orders[0]!, orders[1]!, command, anyContext());
    expect([refused.length, listsIn(refused).size]).toEqual([2, 1]);
  });

  it("an order with reasons of its own has a list of its own, of the same faults", () => {
    const rejected = anyOrder({ orderNo: "SO-R", stage: "rejected" });
    const { refused } = planAllocation([orders[0]!, rejected], [], context);
    const [common, own] = refused.map(({ issues }) => issues);
    expect(own!.length).toBe(common!.length + 1);
    expect(common!.every((fault, place) => own![place] === fault)).toBe(true);
  });
});
