import { describe, expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import type { SurplusGoods } from "../../src/fulfilment/delivery-surplus.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { anyContext, anyOrder, anyStock, given } from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";

const shipped = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
const stock = anyStock({ onHand: "90", reserved: "87", inTransit: "10" });
const context = { ...anyContext(), stock };
const over = (action: SurplusGoods["action"], quantity = "2") => ({
  lines: [
    {
      lineId: "SO-1-1",
      accepted: decimal("10"),
      over: { quantity: decimal(quantity), reason: "extra", action, source: { warehouseId: "NORTH" } },
    },
  ],
});

describe("recordDelivery with a surplus (mission 14.7; definition B17)", () => {
  it("rule 3: what the customer keeps for nothing is written off where it came from", () => {
    given(shipped, stock)
      .when((order) => recordDelivery(order, over("keep"), context))
      .then({ quantities: { delivered: "10" }, requests: ["count_stock", "notify_customer"], stock: [["88", "87"]] });
  });

  it("rule 3: what comes back was never gone", () => {
    given(shipped, stock)
      .when((order) => recordDelivery(order, over("return", "50"), anyContext()))
      .then({ quantities: { delivered: "10" }, stock: [["90", "87"]] });
  });

  it("rule 3: what is paid is ordered, taken and handed over at once, at the line's price", () => {
    given(shipped, stock)
      .when((order) => recordDelivery(order, over("bill"), context))
      .then({ quantities: { delivered: "12" }, stock: [["88", "87"]] });
    const { order, events } = granted(recordDelivery(shipped, over("bill"), context));
    expect([order.lines[0]?.orderedQty, order.totals?.payable]).toEqual(["12", "30"]);
    expect(events[0]?.details).toEqual({
      discrepancies: [{ lineId: "SO-1-1", expected: "10", actual: "12", reason: "extra", surplus: "bill" }],
    });
  });

  it("rule 3: it must be free, positive, and billable where it is billed", () => {
    expect(reasonsOf(recordDelivery(shipped, over("keep", "3.5"), context))[0]).toEqual({
      code: "deliver.surplus_not_in_stock",
      path: ["lines", 0, "over"],
      params: { lineId: "SO-1-1", quantity: "3.5", free: "3" },
    });
    expect(whereOf(recordDelivery(shipped, over("return", "0"), context))).toEqual([
      "deliver.surplus_not_positive at lines.0.over",
    ]);
    const sample = anyOrder({
      stage: "confirmed",
      lines: [{ transactionCategory: "sample", quantities: { shipped: "10" } }],
    });
    expect(whereOf(recordDelivery(sample, over("bill"), context))).toEqual([
      "deliver.surplus_not_billable at lines.0.over",
    ]);
  });

  it("tells reason and action as trading partners exchange them", () => {
    const refused = { quantity: decimal("1"), reason: "wet", reasonCode: "QUA", actionCode: "CNP" } as const;
    const lines = [{ lineId: "SO-1-1", accepted: decimal("9"), refused }];
    expect(granted(recordDelivery(shipped, { lines }, context)).events[0]?.details).toEqual({
      discrepancies: [
        { lineId: "SO-1-1", expected: "10", actual: "9", reason: "wet", reasonCode: "QUA", actionCode: "CNP" },
      ],
    });
  });
});
