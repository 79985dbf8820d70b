import { describe, expect, it, test } from "vitest";
import { closeOrder, closingObstacles } from "../../src/lifecycle/close-order.js";
import { ORDER_STATUSES } from "../../src/model/order.js";
import { anyContext, anyOrder, given, type AnyOrder } from "../../src/testing/index.js";
import { granted, reasonsOf } from "./answers.js";
import { orderIn } from "./order-in.js";

const billing: NonNullable<AnyOrder["billing"]> = {
  invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" }],
  payments: [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-01T10:00:00.000Z" }],
};

describe("closeOrder (mission 11.1, 12.4b, 13.5)", () => {
  it("rule 1: a collected order is closed, and the event tells what was collected", () => {
    const order = orderIn("collected");
    given(order)
      .when((before) => closeOrder(before, anyContext()))
      .then({ status: "closed", quantities: { delivered: "10" }, events: ["order_closed"], requests: [] });
    expect(granted(closeOrder(order, anyContext())).events[0]?.details).toEqual({ collected: "25" });
  });

  test.each(ORDER_STATUSES.filter((status) => status !== "collected"))(
    "rule 1: an order that is %s is not",
    (status) => {
      expect(reasonsOf(closeOrder(orderIn(status), anyContext()))).toEqual([
        {
          code: "status.operation_not_allowed",
          path: ["status"],
          params: { operation: "close", status, allowedFrom: ["collected"] },
        },
      ]);
    },
  );

  it("rule 1: what came back as a whole leaves nothing to collect", () => {
    given(anyOrder({ stage: "confirmed", lines: [{ quantities: { returned: "10" } }] }))
      .when((order) => closeOrder(order, anyContext()))
      .then({ status: "closed" });
  });

  it("rule 2: every waiting shortage is told with its line", () => {
    const lines = [
      { quantities: { delivered: "10" }, invoicedQty: "10" },
      { quantities: { backfill: "3", deferred: "7" } },
    ];
    expect(reasonsOf(closeOrder(anyOrder({ stage: "confirmed", lines, billing }), anyContext()))).toEqual([
      {
        code: "close.shortage_waiting",
        path: ["lines", 1],
        params: { lineId: "SO-1-2", bucket: "backfill", quantity: "3" },
      },
      {
        code: "close.shortage_waiting",
        path: ["lines", 1],
        params: { lineId: "SO-1-2", bucket: "deferred", quantity: "7" },
      },
    ]);
  });

  it("rule 2: an open claim or return keeps its own order from being closed", () => {
    const openCases = [
      { orderNo: "SO-9", caseId: "CL-9", kind: "claim" },
      { orderNo: "SO-1", caseId: "CL-1", kind: "claim" },
      { orderNo: "SO-1", caseId: "R-1", kind: "return" },
    ] as const;
    const order = orderIn("collected");
    expect(reasonsOf(closeOrder(order, { ...anyContext(), openCases }))).toEqual([
      { code: "close.case_open", path: ["openCases", 1], params: { caseId: "CL-1", kind: "claim" } },
      { code: "close.case_open", path: ["openCases", 2], params: { caseId: "R-1", kind: "return" } },
    ]);
    expect(closeOrder(order, { ...anyContext(), openCases: openCases.slice(0, 1) }).ok).toBe(true);
    expect(closingObstacles(order)).toEqual([]);
  });

  it("rule 2: an active hold keeps an order from being closed whatever it blocks, one that has ended does not", () => {
    const lines = [{ quantities: { delivered: "10" }, invoicedQty: "10" }];
    const holds = [{ holdId: "H-1", state: "resolved" as const }, { holdId: "H-2" }];
    expect(reasonsOf(closeOrder(anyOrder({ stage: "confirmed", lines, billing, holds }), anyContext()))).toEqual([
      { code: "close.hold_active", path: ["holds", 1], params: { holdId: "H-2" } },
    ]);
    expect(
      closeOrder(anyOrder({ stage: "confirmed", lines, billing, holds: holds.slice(0, 1) }), anyContext()).ok,
    ).toBe(true);
  });

  it("rule 2: a hold that blocks closing is told once, as an active hold", () => {
    const lines = [{ quantities: { delivered: "10" }, invoicedQty: "10" }];
    const holds = [{ holdId: "H-1", blocks: ["close" as const] }];
    expect(reasonsOf(closeOrder(anyOrder({ stage: "confirmed", lines, billing, holds }), anyContext()))).toEqual([
      { code: "close.hold_active", path: ["holds", 0], params: { holdId: "H-1" } },
    ]);
  });

  it("rule 3: what was paid beyond what was billed is to be refunded, and the books keep it", () => {
    const invoices = [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "14.9" }];
    const lines = [{ quantities: { delivered: "6", returned: "4" }, invoicedQty: "6" }];
    const order = anyOrder({ stage: "confirmed", lines, billing: { ...billing, invoices } });
    given(order)
      .when((before) => closeOrder(before, anyContext()))
      .then({ status: "closed", requests: ["refund"] });
    const outcome = granted(closeOrder(order, anyContext()));
    expect(outcome.requests).toEqual([{ type: "refund", orderNo: "SO-1", amount: "10.1" }]);
    expect(outcome.events[0]?.details).toEqual({ collected: "25" });
    expect(outcome.order.billing).toEqual(order.billing);
  });

  it("rule 3: all of it when nothing was billed", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { returned: "10" } }],
      billing: { payments: billing.payments ?? [] },
    });
    expect(granted(closeOrder(order, anyContext())).requests).toEqual([
      { type: "refund", orderNo: "SO-1", amount: "25" },
    ]);
  });

  it("tells all reasons at once", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { backfill: "10" } }],
      holds: [{ blocks: ["close"] }],
    });
    given(order)
      .when((before) => closeOrder(before, anyContext()))
      .then({ issues: ["status.operation_not_allowed", "close.shortage_waiting", "close.hold_active"] });
  });

  it("lists obstacles without looking at the status", () => {
    expect(closingObstacles(orderIn("confirmed"))).toEqual([]);
    expect(closingObstacles(anyOrder({ holds: [{}] })).map(({ code }) => code)).toEqual(["close.hold_active"]);
  });
});
