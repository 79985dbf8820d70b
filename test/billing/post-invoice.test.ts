import { describe, expect, it } from "vitest";
import { buildInvoice, type InvoiceTerms } from "../../src/billing/build-invoice.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { anyContext, anyOrder, given } from "../../src/testing/index.js";
import { granted, whereOf } from "../lifecycle/answers.js";

const TERMS: InvoiceTerms = {
  invoiceNo: "I-1",
  issuedOn: calendarDay("2026-03-05"),
  dueOn: calendarDay("2026-04-04"),
  rounding: "halfUp",
};
const delivered = anyOrder({
  stage: "confirmed",
  header: { charges: [{ kind: "freight", amount: "5" }] },
  lines: [{ quantities: { delivered: "10" } }, { quantities: { delivered: "4" } }],
});

describe("postInvoice (mission 15.1, 7.3)", () => {
  it("rule 1: posts what buildInvoice builds, and the order remembers it", () => {
    given(delivered)
      .when((order) => postInvoice(order, TERMS, anyContext()))
      .then({ events: ["invoice_posted"], requests: [] });
    const { invoice, order, events, movements } = granted(postInvoice(delivered, TERMS, anyContext()));
    expect(invoice).toEqual(granted(buildInvoice(delivered, TERMS)));
    expect(invoice.payable).toBe("40");
    expect(order.billing).toEqual({
      invoicedAmount: "40",
      collectedAmount: "0",
      invoices: [
        {
          invoiceNo: "I-1",
          issuedOn: "2026-03-05",
          dueOn: "2026-04-04",
          charges: "5",
          rounding: "halfUp",
          payable: "40",
        },
      ],
      payments: [],
    });
    expect(order.lines.map(({ invoicedQty }) => invoicedQty)).toEqual(["10", "4"]);
    expect(events[0]?.details).toEqual({ invoiceNo: "I-1", payable: "40" });
    expect(movements).toEqual([]);
  });

  it("does not bill the same goods twice", () => {
    const { order } = granted(postInvoice(delivered, TERMS, anyContext()));
    given(order)
      .when((before) => postInvoice(before, { ...TERMS, invoiceNo: "I-2" }, anyContext()))
      .then({ issues: ["invoice.nothing_to_bill"] });
  });

  it("rule 1: a later invoice is rounded like the first, or refused", () => {
    const lines = [{ quantities: { delivered: "4", shipped: "6" } }];
    const { order } = granted(postInvoice(anyOrder({ stage: "confirmed", lines }), TERMS, anyContext()));
    const rest = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { delivered: "10" }, invoicedQty: "4" }],
      billing: order.billing,
    });
    const second = (rounding: InvoiceTerms["rounding"]) =>
      postInvoice(rest, { ...TERMS, invoiceNo: "I-2", rounding }, anyContext());
    expect(whereOf(second("down"))).toEqual(["invoice.other_rounding at rounding"]);
    expect(granted(second("halfUp")).order.billing.invoices.map(({ rounding }) => rounding)).toEqual([
      "halfUp",
      "halfUp",
    ]);
  });

  it("leads to collected when it was paid beforehand, or costs nothing", () => {
    const payments = [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-01T08:00:00.000Z" }];
    const lines = [{ quantities: { delivered: "10" } }];
    for (const part of [{ lines, billing: { payments } }, { lines: [{ ...lines[0], unitPrice: "0" }] }]) {
      given(anyOrder({ stage: "confirmed", ...part }))
        .when((order) => postInvoice(order, TERMS, anyContext()))
        .then({ status: "collected" });
    }
  });

  it("rule 2: a hold on the order forbids it", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { delivered: "1" } }],
      holds: [{ blocks: ["invoice"] }],
    });
    expect(whereOf(postInvoice(order, TERMS, anyContext()))).toEqual(["status.on_hold at holds.0"]);
  });

  it("rule 2: so does a hold on a line that it would bill, but not one on another line", () => {
    const lines = [{ quantities: { delivered: "10" } }, { quantities: { allocated: "10" } }];
    const held = (lineId: string) => anyOrder({ stage: "confirmed", lines, holds: [{ lineId, blocks: ["invoice"] }] });
    expect(whereOf(postInvoice(held("SO-1-1"), TERMS, anyContext()))).toEqual(["status.on_hold at holds.0"]);
    expect(postInvoice(held("SO-1-2"), TERMS, anyContext()).ok).toBe(true);
  });

  it("tells all reasons at once", () => {
    given(anyOrder({ totals: null, holds: [{ blocks: ["invoice"] }] }))
      .when((order) => postInvoice(order, { ...TERMS, dueOn: calendarDay("2026-03-04") }, anyContext()))
      .then({
        issues: [
          "status.operation_not_allowed",
          "status.on_hold",
          "invoice.not_priced",
          "invoice.nothing_to_bill",
          "invoice.due_before_issue",
        ],
      });
  });
});
