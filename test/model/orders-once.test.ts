import { describe, expect, test } from "vitest";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import { cutBatches } from "../../src/allocation/cut-batches.js";
import { partitionBatch } from "../../src/allocation/partition-batch.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { selectParticipants } from "../../src/allocation/select-participants.js";
import { applyReallocation } from "../../src/allocation/shortage/apply-reallocation.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { proposeReallocation } from "../../src/allocation/shortage/propose-reallocation.js";
import { undoReallocation } from "../../src/allocation/shortage/undo-reallocation.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { instant } from "../../src/core/instant.js";
import { replayOrders } from "../../src/lifecycle/replay-orders.js";
import type { Order } from "../../src/model/order.js";
import {
  lateShipments,
  mergedOrderFile,
  orderFiles,
  orderStatusList,
  salesByItem,
  shortageList,
  unclosedList,
  uncollectedList,
  unshippedList,
} from "../../src/reports/index.js";
import { promiseOrders } from "../../src/scheduling/promise-orders.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";

const asOf = instant("2026-03-02T20:00:00.000Z");
const today = calendarDay("2026-03-02");

describe("an order that stands in the list twice would double the figures (mission 13.1–13.5, 12.1)", () => {
  const reports: Readonly<Record<string, (orders: readonly Order[]) => unknown>> = {
    orderStatusList: (orders) => orderStatusList(orders, { asOf }),
    unshippedList: (orders) => unshippedList(orders, { today }),
    shortageList: (orders) => shortageList(orders, { asOf }),
    uncollectedList: (orders) => uncollectedList(orders, { today }),
    unclosedList: (orders) => unclosedList(orders),
    orderFiles,
    mergedOrderFile: (orders) => mergedOrderFile([], orders),
    salesByItem,
    lateShipments: (orders) => lateShipments(orders, [], { timeZone: "UTC" }),
  };
  test.each(Object.entries(reports))("%s", (_name, report) => {
    const first = anyOrder({ orderNo: "SO-1", stage: "confirmed" });
    const other = anyOrder({ orderNo: "SO-2", stage: "confirmed" });
    expect(() => report([first, other])).not.toThrow();
    expect(() => report([first, other, first])).toThrow(new RangeError("Order SO-1 is listed twice."));
    // Two versions of one order are no two orders.
    expect(() => report([other, first, { ...first, version: 9 }])).toThrow(RangeError);
  });
});

describe("an order that stands in the list twice would be served twice (mission 5.11)", () => {
  // What else they are told does not matter: the list is looked at first.
  const context = { ...anyContext(), policy: {} } as never;
  const plan = { orders: [], refused: [] } as never;
  const policy = { priority: [], lots: "fifo", sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] } };
  const decisions: Readonly<Record<string, (orders: readonly Order[]) => unknown>> = {
    selectParticipants: (orders) => selectParticipants(orders, [], context, context),
    cutBatches: (orders) => cutBatches(orders, context),
    partitionBatch,
    planAllocation: (orders) => planAllocation(orders, [], { ...anyContext(), today, policy } as never),
    applyAllocationPlan: (orders) => applyAllocationPlan(orders, plan, context),
    "applyAllocationPlan: in the plan": (orders) => applyAllocationPlan([], { orders, refused: [] } as never, context),
    reconfirmOrders: (orders) => reconfirmOrders(orders, [], context),
    decideShortages: (orders) => decideShortages(orders, context, context),
    proposeReallocation: (orders) => proposeReallocation(orders, context, context),
    applyReallocation: (orders) => applyReallocation(orders, context, [], context),
    undoReallocation: (orders) => undoReallocation(orders, context, context),
    promiseOrders: (orders) =>
      promiseOrders(
        orders.map((order) => ({ order })),
        context,
      ),
    "replayOrders: stored": (orders) => replayOrders([], { from: orders }),
  };
  test.each(Object.entries(decisions))("%s", (_name, decide) => {
    const first = anyOrder({ orderNo: "SO-1", stage: "confirmed" });
    const other = anyOrder({ orderNo: "SO-2", stage: "confirmed" });
    expect(() => decide([other, first, other])).toThrow(new RangeError("Order SO-2 is listed twice."));
  });
});
