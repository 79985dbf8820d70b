import { describe, expect, it } from "vitest";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { anyContext, anyOrder, given } from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const reviewed = anyOrder({ stage: "reviewed", header: { charges: [{ kind: "freight", amount: "4.9" }] } });

describe("confirmOrder (mission 7.3, 11.1)", () => {
  it("rule 1: a reviewed and priced order is confirmed", () => {
    given(reviewed)
      .when((order) => confirmOrder(order, anyContext()))
      .then({
        status: "confirmed",
        quantities: { open: "10" },
        events: ["order_confirmed"],
        requests: ["expect_receivable", "notify_customer"],
      });
  });

  it("rule 1: an order that was not reviewed is refused", () => {
    expect(reasonsOf(confirmOrder(anyOrder({ stage: "entered" }), anyContext()))).toEqual([
      { code: "confirm.not_reviewed", path: ["stage"], params: { stage: "entered" } },
    ]);
  });

  it("rule 1: an order that was not priced is refused", () => {
    expect(reasonsOf(confirmOrder(anyOrder({ stage: "reviewed", totals: null }), anyContext()))).toEqual([
      { code: "confirm.not_priced", path: ["totals"], params: { orderNo: "SO-1" } },
    ]);
  });

  it("rule 2: a hold on the order or on any line of it forbids it", () => {
    const holds = [
      { blocks: ["confirm" as const], type: "credit" },
      { blocks: ["confirm" as const], type: "address", lineId: "SO-1-1" },
      { blocks: ["confirm" as const], state: "resolved" as const },
      { blocks: ["allocate" as const] },
    ];
    expect(reasonsOf(confirmOrder(anyOrder({ stage: "reviewed", holds }), anyContext()))).toEqual([
      { code: "status.on_hold", path: ["holds", 0], params: { operation: "confirm", holdId: "H-1", type: "credit" } },
      { code: "status.on_hold", path: ["holds", 1], params: { operation: "confirm", holdId: "H-2", type: "address" } },
    ]);
  });

  it("rule 3: finance is told the receivable with charges, the customer the acceptance", () => {
    const { requests, events } = granted(confirmOrder(reviewed, anyContext()));
    expect(requests).toEqual([
      { type: "expect_receivable", orderNo: "SO-1", amount: "29.9" },
      { type: "notify_customer", orderNo: "SO-1", template: "order_confirmed" },
    ]);
    expect(events[0]?.details).toEqual({ receivableExpected: "29.9" });
  });

  it("rule 3: a free order is confirmed with nothing to receive", () => {
    const free = anyOrder({ stage: "reviewed", lines: [{ unitPrice: "0" }] });
    expect(granted(confirmOrder(free, anyContext())).requests[0]).toMatchObject({ amount: "0" });
  });

  it("tells all reasons at once", () => {
    given(anyOrder({ stage: "entered", totals: null, holds: [{ blocks: ["confirm"] }] }))
      .when((order) => confirmOrder(order, anyContext()))
      .then({ issues: ["status.on_hold", "confirm.not_reviewed", "confirm.not_priced"] });
  });

  it("does not confirm twice", () => {
    const { order } = granted(confirmOrder(reviewed, anyContext()));
    given(order)
      .when((before) => confirmOrder(before, anyContext()))
      .then({ issues: ["status.operation_not_allowed"] });
  });
});
