import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import type { ParticipantPolicy } from "../../src/allocation/participant-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { selectParticipants } from "../../src/allocation/select-participants.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { deferOrder } from "../../src/allocation/shortage/defer-order.js";
import { decimal, ZERO } from "../../src/core/decimal.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { instant } from "../../src/core/instant.js";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Order } from "../../src/model/order.js";
import type { ReconfirmStrategy } from "../../src/model/reconfirm-strategy.js";
import { promiseOrders } from "../../src/scheduling/promise-orders.js";
import { anyContext, anyOrder, anyStock, deepFreeze, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 9.16, 12.2a; definition B6: an order that was deferred until the customer's next order is left alone, with all
// that is added to it, until it is merged.

const POLICY = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fifo" as const,
};
const CONTEXT = { ...anyContext(), policy: POLICY, today: TODAY };
const STOCK = anyStock({ itemCode: "TEA", onHand: "100" }, { itemCode: "SALT", onHand: "100" });

const TAKES_ALL: ParticipantPolicy = {
  deferred: { include: true },
  backfill: { include: true },
  futureDue: { include: true, leadDays: 2 },
  allocatedNotShipped: { include: true, reservation: "keep" },
  holdReleased: { include: true },
  new: { include: true },
};

/** An order that is deferred, and has more of its first line added then. */
function deferredAndAmended(until: "stock" | "nextOrder", line: AnyOrderLine = {}, more: object = {}): Order {
  const order = anyOrder({
    orderNo: "SO-1",
    stage: "confirmed",
    lines: [
      { itemCode: "TEA", orderedQty: "10", ...line },
      { itemCode: "SALT", orderedQty: "4" },
    ],
    ...more,
  });
  const deferred = deferOrder(order, { reason: "short", until }, { ...anyContext(), today: TODAY });
  if (!deferred.ok) throw new Error(JSON.stringify(deferred.issues));
  const amended = amendOrder(
    deferred.value.order,
    { reason: "asked", lines: [{ lineId: "SO-1-1", quantity: "13" as never }] },
    {
      ...anyContext(),
      masters: { prices: new Map(), deliveryWaves: new Map() },
      addOn: { pickMinutes: 0 },
      pricing: { rounding: "halfUp", decimals: 2 },
    } as never,
  );
  if (!amended.ok) throw new Error(JSON.stringify(amended.issues));
  expect(amended.value.order.lines[0]!.quantities).toMatchObject({ open: "3", deferred: "10" });
  return deepFreeze(amended.value.order);
}

const allocatePossible = (order: Order) =>
  nextActions(order).find(({ operation }) => operation === "allocate")!.isPossible;

describe("an order that waits for the next order", () => {
  it.each<[string, AnyOrderLine, object]>([
    ["a line that comes in parts", {}, {}],
    ["a line that takes all or nothing", { partialAllowed: false }, {}],
    ["a delivery group", { deliveryGroup: "G-1" }, {}],
    ["an order that ships complete", {}, { header: { shipComplete: true } }],
  ])("gets nothing of what was added to it: %s", (_case, line, more) => {
    const order = deferredAndAmended("nextOrder", line, more);
    const outcome = allocateBatch([order], STOCK, CONTEXT);
    expect(outcome.refused).toMatchObject([{ orderNo: "SO-1", issues: [{ code: "allocate.nothing_waiting" }] }]);
    expect(outcome.orders[0]).toBe(order);
    expect(allocatePossible(order)).toBe(false);
  });

  it("one that waits for stock gets all of it, with what was added", () => {
    const order = deferredAndAmended("stock");
    const { orders } = allocateBatch([order], STOCK, CONTEXT);
    expect(orders[0]!.lines.map(({ quantities }) => quantities.allocated)).toEqual(["13", "4"]);
    expect(allocatePossible(order)).toBe(true);
  });

  it("takes no part in a batch, and is promised nothing", () => {
    const order = deferredAndAmended("nextOrder");
    const now = { at: instant("2026-03-02T09:00:00.000Z"), today: TODAY };
    const chosen = selectParticipants([order], STOCK, TAKES_ALL, now);
    expect(chosen.ok && chosen.value).toMatchObject([
      { takesPart: false, classes: ["deferred"], reasons: [{ code: "participants.no_next_order" }] },
    ]);
    const promised = promiseOrders([{ order }], { today: TODAY, supplies: [] });
    expect(promised.ok && promised.value).toEqual([]);
  });

  it("is no next order for what another sends with one", () => {
    const waits: AnyOrderLine = {
      quantities: { open: "0" },
      shortages: [{ quantity: "4", mode: "withNextOrder" }],
    };
    const backfilled = anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [waits] });
    const merging = deferredAndAmended("nextOrder");
    expect(allocateBatch([merging, backfilled], STOCK, CONTEXT).refused).toHaveLength(2);
    const next = anyOrder({ orderNo: "SO-3", stage: "confirmed", lines: [{ orderedQty: "1" }] });
    const { reasons } = allocateBatch([merging, backfilled, next], STOCK, CONTEXT);
    expect(reasons.map(({ lineId, allocated }) => [lineId, allocated])).toEqual([
      ["SO-2-1", "4"],
      ["SO-3-1", "1"],
    ]);
  });

  it("a plan that has something for it does not fit", () => {
    const order = deferredAndAmended("nextOrder");
    const lines = order.lines.map((line) => ({
      ...line,
      shortages: [],
      quantities: { ...line.quantities, deferred: ZERO },
    }));
    const free = { ...order, lines };
    const plan = planAllocation([free], STOCK, CONTEXT);
    expect(plan.orders).toHaveLength(1);
    const { refused } = applyAllocationPlan([order], plan, { ...CONTEXT, stock: STOCK });
    expect(refused.flatMap(({ issues }) => issues.map(({ code }) => code))).toContain("allocate.plan_does_not_fit");
  });

  it("a decision about shortages leaves what was added where it is, and merges all of it once there is a next order", () => {
    const order = deferredAndAmended("nextOrder", { shortagePolicy: "cancelRemainder" });
    const policy = {
      ...POLICY,
      promises: "keep" as const,
      steps: 100,
      harm: { perLine: ZERO, perUnit: ZERO, perUnitAndDay: ZERO, unknownDelayDays: 1 },
    };
    const context = { ...anyContext(), policy, stock: STOCK, today: TODAY };
    const command = { runId: "R-1", reason: "short", price: "keep" as const };
    const alone = decideShortages([order], command, context);
    expect(alone.events).toEqual([]);
    expect(alone.decisions.map(({ lineId, code }) => [lineId, code])).toEqual([
      ["SO-1-1", "deferred_until_next_order"],
      ["SO-1-2", "deferred_until_next_order"],
    ]);
    const header = { receivedAt: instant("2026-03-02T08:30:00.000Z") };
    const next = anyOrder({ orderNo: "SO-2", stage: "confirmed", header, lines: [{ orderedQty: "1" }] });
    const consent = {
      customerCode: "C-100",
      subject: "SO-1",
      agreedBy: "J",
      agreedAt: instant("2026-03-02T08:45:00.000Z"),
      reference: "M-1",
    };
    const both = decideShortages([order, next], { ...command, consents: [consent] }, context);
    expect(both.refused).toEqual([]);
    expect(both.orders.map(({ lines }) => lines.map(({ quantities: { open, merged } }) => [open, merged]))).toEqual([
      [
        ["0", "13"],
        ["0", "4"],
      ],
      [
        ["1", "0"],
        ["13", "0"],
        ["4", "0"],
      ],
    ]);
  });

  it.each<[ReconfirmStrategy, string, string]>([
    ["win", "4", "5"],
    ["gain", "4", "5"],
    ["redistribute", "1", "8"],
    ["fill", "1", "8"],
    ["lose", "0", "8"],
  ])("in a re-confirmation with strategy %s it may lose, but gains nothing", (strategy, has, other) => {
    const waits: AnyOrderLine = {
      quantities: { allocated: "4", open: "3", deferred: "3" },
      reservations: [{ warehouseId: "NORTH", quantities: { allocated: decimal("4") } }],
      shortages: [{ bucket: "deferred", quantity: "3", mode: "withNextOrder" }],
    };
    const header = { customerClass: "A" };
    const merging = anyOrder({ orderNo: "SO-1", stage: "confirmed", header, lines: [waits] });
    const needs = anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [{ orderedQty: "8" }] });
    const policy = {
      allocation: POLICY,
      strategies: [{ customerClasses: ["A"], strategy }],
      otherwise: "improve" as const,
      onException: "bestEffort" as const,
      redistribute: { kind: "inOrder" as const },
    };
    const stock = anyStock({ onHand: "9", reserved: "4" });
    const outcome = reconfirmOrders([merging, needs], stock, { ...CONTEXT, policy });
    expect(outcome.orders.map(({ lines }) => lines[0]!.quantities.allocated)).toEqual([has, other]);
    expect(outcome.exceptions).toEqual([]);
    const again = reconfirmOrders(outcome.orders, applyMovements(stock, outcome.movements), { ...CONTEXT, policy });
    expect(again.events).toEqual([]);
  });
});
