import { expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import { anyContext, anyOrder, anyStock } from "../../../src/testing/index.js";
import { decimal } from "../../../src/core/decimal.js";
import { TODAY } from "../small-world.js";

// Mission 9.18; definition B8.

const policyFrom = (...otherwise: string[]): AllocationPolicy => ({
  priority: [{ key: "customerClass", direction: "ascending" }],
  sourcing: { kind: "nearest", areas: [], otherwise },
  lots: "fifo",
});

it("a winner that loses a part of a step is an exception, though what is left to it is whole steps", () => {
  const later = anyOrder({
    orderNo: "SO-2",
    stage: "confirmed",
    header: { customerClass: "B" },
    lines: [{ orderedQty: "20", quantum: "5", partialAllowed: true }],
  });
  const opening = anyStock({ warehouseId: "NORTH", onHand: "9.5" }, { warehouseId: "SOUTH", onHand: "10.5" });
  const given = allocateBatch([later], opening, {
    ...anyContext(),
    policy: policyFrom("NORTH", "SOUTH"),
    today: TODAY,
  });
  expect(given.orders[0]!.lines[0]!.quantities.allocated).toBe("20");
  const first = anyOrder({
    orderNo: "SO-1",
    stage: "confirmed",
    header: { customerClass: "A" },
    lines: [{ orderedQty: "12", partialAllowed: true }],
  });
  // South is not asked any more: the line has 9.5 where it may be moved, of which the first winner leaves 5.
  const stock = anyStock(
    { warehouseId: "NORTH", onHand: "17", reserved: "9.5" },
    { warehouseId: "SOUTH", onHand: "10.5", reserved: "10.5" },
  );
  const { orders, exceptions } = reconfirmOrders([first, given.orders[0]!], stock, {
    ...anyContext(),
    policy: {
      allocation: policyFrom("NORTH"),
      strategies: [],
      otherwise: "win",
      onException: "bestEffort",
      redistribute: { kind: "inOrder" },
    },
    today: TODAY,
  });
  expect(orders.map(({ lines }) => lines[0]!.quantities.allocated)).toEqual(["12", "15.5"]);
  expect(exceptions).toEqual([
    { orderNo: "SO-2", lineId: "SO-2-1", itemCode: "TEA", code: "win_unmet", missing: decimal("4.5") },
  ]);
});

it("a rule that shares in finer steps than anything is written in gives its shares at once, and a second run changes nothing", () => {
  const orders = ["SO-1", "SO-2"].map((orderNo) =>
    anyOrder({ orderNo, stage: "confirmed", lines: [{ orderedQty: "20", partialAllowed: true }] }),
  );
  const context = {
    ...anyContext(),
    policy: {
      allocation: policyFrom("NORTH"),
      strategies: [],
      otherwise: "redistribute" as const,
      onException: "bestEffort" as const,
      redistribute: {
        kind: "fairShare" as const,
        policy: { rule: "equalAwards" as const, quantum: decimal("0.5") },
      },
    },
    today: TODAY,
  };
  const stock = anyStock({ onHand: "1" });
  const first = reconfirmOrders(orders, stock, context);
  expect(first.orders.map(({ lines }) => lines[0]!.quantities.allocated)).toEqual(["0.5", "0.5"]);
  expect(reconfirmOrders(first.orders, applyMovements(stock, first.movements), context).events).toEqual([]);
});
