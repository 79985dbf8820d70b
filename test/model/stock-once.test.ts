import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { selectParticipants } from "../../src/allocation/select-participants.js";
import { freeStockByItem } from "../../src/allocation/usable-stock.js";
import { decimal } from "../../src/core/decimal.js";
import { indexStock } from "../../src/model/apply-movements.js";
import { stockOnce } from "../../src/model/stock-once.js";
import type { StockPosition } from "../../src/model/stock.js";
import { reorderList } from "../../src/reports/reorder-list.js";
import { suppliesOnHand } from "../../src/scheduling/supplies-on-hand.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { TODAY } from "../allocation/small-world.js";

describe("stockOnce (mission 9.2, 5.11)", () => {
  const places = anyStock(
    { onHand: "12" },
    { onHand: "12", itemCode: "SALT" },
    { onHand: "12", warehouseId: "SOUTH" },
    { onHand: "12", binId: "X" },
    { onHand: "12", lotNo: "X" },
    { onHand: "12", owner: "X" },
    { onHand: "12", binId: "X", lotNo: "X" },
  );
  const many = Array.from({ length: 40 }, (_, bin) => anyStock({ itemCode: "RICE", binId: `B-${bin}` })).flat();

  it("takes places that differ in anything, and gives back the same list", () => {
    const all = [...places, ...many];
    expect(stockOnce(all)).toBe(all);
    expect(stockOnce([])).toEqual([]);
  });

  it.each([...places, many[0]!, many[39]!])("refuses %o when it stands there twice", (position) => {
    const all = [...places, ...many, { ...position, onHand: decimal("1") }];
    expect(() => stockOnce(all)).toThrow(RangeError);
    expect(() => indexStock(all)).toThrow(/ is listed twice\./u);
  });

  it("names item and place", () => {
    const place = anyStock({ itemCode: "TEA", warehouseId: "NORTH", binId: "B-1", lotNo: "L-1" });
    expect(() => stockOnce([...place, ...place])).toThrow("Stock of item TEA at NORTH, B-1, L-1 is listed twice.");
  });
});

const orders = [anyOrder({ stage: "confirmed", lines: [{ orderedQty: "30" }] })];
const policy = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fifo" as const,
};
const context = { ...anyContext(), policy, today: TODAY };
const once = anyStock({ onHand: "12" });
const plan = planAllocation(orders, once, context);
const reconfirming = {
  allocation: policy,
  strategies: [],
  otherwise: "fill" as const,
  onException: "abort" as const,
  redistribute: { kind: "inOrder" as const },
};

const participants = {
  deferred: { include: true },
  backfill: { include: true },
  futureDue: { include: true, leadDays: 2 },
  allocatedNotShipped: { include: true, reservation: "keep" as const },
  holdReleased: { include: true },
  new: { include: true },
};

/** All that gives stock out, promises or counts it. */
const TAKERS: Readonly<Record<string, (stock: readonly StockPosition[]) => unknown>> = {
  allocateBatch: (stock) => allocateBatch(orders, stock, context),
  planAllocation: (stock) => planAllocation(orders, stock, context),
  explainAllocation: (stock) => explainAllocation(plan, "SO-1-1", { orders, stock, policy }),
  applyAllocationPlan: (stock) => applyAllocationPlan(orders, plan, { ...context, stock }),
  reconfirmOrders: (stock) => reconfirmOrders(orders, stock, { ...context, policy: reconfirming }),
  releaseReservations: (stock) =>
    releaseReservations(
      orders,
      stock,
      { reason: "shop", wanted: [{ itemCode: "TEA", quantity: decimal("1") }] },
      { ...context, policy: { priority: [], keeps: [] } },
    ),
  selectParticipants: (stock) => selectParticipants(orders, stock, participants, context),
  freeStockByItem: (stock) => freeStockByItem(stock, TODAY),
  suppliesOnHand: (stock) => suppliesOnHand(stock, TODAY),
  reorderList: (stock) => reorderList([], stock),
};

describe("whoever takes stock refuses a place that is listed twice (mission 9.2)", () => {
  it.each(Object.entries(TAKERS))("%s", (_name, take) => {
    expect(() => take(once)).not.toThrow();
    expect(() => take([...once, ...once])).toThrow(RangeError);
  });
});
