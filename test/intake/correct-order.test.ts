import { describe, expect, it, test } from "vitest";
import { correctOrder } from "../../src/intake/correct-order.js";
import { indexMasters } from "../../src/model/masters.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrder,
  anyOrderDraft,
  given,
  type AnyOrderDraft,
} from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";

const masters = indexMasters({
  customers: [anyCustomer(), anyCustomer({ customerCode: "C-200" })],
  items: [anyItem()],
});
const context = { ...anyContext(), masters };
const returned = anyOrder({
  version: 3,
  stage: "returnedForCorrection",
  header: { receivedAt: "2026-03-01T07:00:00.000Z", remark: "old" },
  lines: [{}, {}],
  holds: [{ holdId: "H-1" }],
  billing: { payments: [{ paymentId: "P-1", amount: "5", receivedAt: "2026-03-01T08:00:00.000Z" }] },
});
const draft = anyOrderDraft({ lines: [{ quantity: "4" }] });

describe("correctOrder (mission 4.14)", () => {
  it("rule 1: a corrected draft takes the order's place and is reviewed again", () => {
    given(returned)
      .when((order) => correctOrder(order, { draft }, context))
      .then({ status: "entered", quantities: [{ open: "4" }], events: ["order_corrected"], requests: [] });
    const { order, events } = granted(correctOrder(returned, { draft }, context));
    expect([order.version, order.stage, order.lines.length]).toEqual([4, "entered", 1]);
    expect(order.header).not.toHaveProperty("remark");
    expect(events[0]?.details).toEqual({ replaces: 3 });
  });

  test.each(["entered", "reviewed"] as const)(
    "rule 1: an order that is %s and not confirmed can be corrected",
    (stage) => {
      given(anyOrder({ stage }))
        .when((order) => correctOrder(order, { draft }, context))
        .then({ status: "entered", quantities: [{ open: "4" }], events: ["order_corrected"], requests: [] });
      expect(granted(correctOrder(anyOrder({ stage }), { draft }, context)).order.stage).toBe("entered");
    },
  );

  it("rule 1: an order that is confirmed or has ended cannot be corrected", () => {
    for (const stage of ["rejected", "confirmed", "closed"] as const) {
      expect(whereOf(correctOrder(anyOrder({ stage }), { draft }, context))).toEqual([
        "status.operation_not_allowed at status",
      ]);
    }
  });

  it("rule 1: only under its own number", () => {
    expect(reasonsOf(correctOrder(returned, { draft: { ...draft, orderNo: "SO-2" } }, context))).toEqual([
      { code: "correct.other_order", path: ["draft", "orderNo"], params: { orderNo: "SO-2", expected: "SO-1" } },
    ]);
  });

  it("rule 2: it keeps its receipt time unless it is to be received anew", () => {
    const received = (receiptTime?: "keep" | "renew") =>
      granted(correctOrder(returned, { draft }, { ...context, ...(receiptTime === undefined ? {} : { receiptTime }) }))
        .order.header.receivedAt;
    expect(received()).toBe("2026-03-01T07:00:00.000Z");
    expect(received("keep")).toBe("2026-03-01T07:00:00.000Z");
    expect(received("renew")).toBe("2026-03-02T08:00:00.000Z");
  });

  it("rule 3: payments stay, and holds on the order; prices are taken anew", () => {
    const { order } = granted(correctOrder(returned, { draft }, context));
    expect(order.holds).toEqual(returned.holds);
    expect(order.billing).toEqual(returned.billing);
    expect(order).not.toHaveProperty("totals");
    expect(order.lines[0]).toMatchObject({ lineAmount: "0", allowance: "0" });
  });

  it("rule 3: holds stay on lines that the corrected order has, and go with lines that are gone", () => {
    const holds = [
      { holdId: "H-1", lineId: "SO-1-2" },
      { holdId: "H-2" },
      { holdId: "H-3", lineId: "SO-1-1" },
      { holdId: "H-4", lineId: "SO-1-2", state: "resolved" as const },
    ];
    const held = anyOrder({ stage: "returnedForCorrection", lines: [{}, {}], holds });
    const heldAfter = (part: AnyOrderDraft) =>
      granted(correctOrder(held, { draft: anyOrderDraft(part) }, context)).order.holds;
    expect(heldAfter({ lines: [{}] })).toEqual([held.holds[1], held.holds[2]]);
    expect(heldAfter({ lines: [{ lineNo: 2 }] }).map(({ holdId }) => holdId)).toEqual(["H-1", "H-2", "H-4"]);
    expect(heldAfter({ lines: [{}, {}] })).toEqual(held.holds);
  });

  test.each([
    ["customer", { customerCode: "C-200" }],
    ["currency", { currency: "USD" }],
  ])("rule 4: once money was received, the %s must stay", (_what, part) => {
    const other = anyOrderDraft(part);
    for (const stage of ["entered", "returnedForCorrection"] as const) {
      const paid = anyOrder({ stage, billing: returned.billing });
      expect(reasonsOf(correctOrder(paid, { draft: other }, context))).toEqual([
        { code: "correct.money_received", path: ["draft"], params: { orderNo: "SO-1" } },
      ]);
      expect(correctOrder(anyOrder({ stage }), { draft: other }, context).ok).toBe(true);
    }
  });

  it("tells all reasons at once, those of the draft with their place in it", () => {
    const wrong = anyOrderDraft({ orderNo: "SO-2", customerCode: "NOBODY", lines: [{ itemCode: "SOAP" }] });
    given(anyOrder({ stage: "confirmed" }))
      .when((order) => correctOrder(order, { draft: wrong }, context))
      .then({
        issues: ["status.operation_not_allowed", "correct.other_order", "enter.unknown_customer", "enter.unknown_item"],
      });
    expect(whereOf(correctOrder(returned, { draft: wrong }, context))).toEqual([
      "correct.other_order at draft.orderNo",
      "enter.unknown_customer at draft.customerCode",
      "enter.unknown_item at draft.lines.0.itemCode",
    ]);
  });
});
