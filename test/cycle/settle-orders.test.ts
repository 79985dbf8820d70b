import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { settleOrders, type SettleContext } from "../../src/cycle/settle-orders.js";
import { ORDER_STATUSES } from "../../src/model/order.js";
import { anyContext, anyOrder, checkBatchOutcome, deepFreeze, type AnyOrder } from "../../src/testing/index.js";
import { orderIn } from "../lifecycle/order-in.js";

const CONTEXT: SettleContext = {
  handFor: (operation) => anyContext({ actor: { function: operation } }),
  invoiceFor: ({ orderNo }) => ({
    invoiceNo: `INV-${orderNo}`,
    issuedOn: calendarDay("2026-03-05"),
    dueOn: calendarDay("2026-04-04"),
  }),
  rounding: "halfUp",
  paymentIdFor: ({ orderNo }) => `PAY-${orderNo}`,
};
const DELIVERED = { quantities: { delivered: "10" } };
const deliveredOrder = (part: AnyOrder = {}) => anyOrder({ stage: "confirmed", lines: [DELIVERED], ...part });
/** Settles one order and holds the outcome against all laws. */
function settle(part: AnyOrder = {}) {
  const order = deepFreeze(deliveredOrder(part));
  const outcome = settleOrders([order], CONTEXT);
  expect(checkBatchOutcome([order], outcome)).toEqual([]);
  return {
    ...outcome,
    status: outcome.orders[0]?.status,
    types: outcome.events.map(({ type }) => type),
    codes: outcome.refused.flatMap(({ issues }) => issues.map(({ code }) => code)),
  };
}
const prepaid = (amount: string) => ({
  payments: [{ paymentId: "P-1", amount, receivedAt: "2026-03-01T08:00:00.000Z" }],
});

describe("settleOrders (mission 15.1, 11.1)", () => {
  it("bills what was delivered, takes the payment and closes", () => {
    const { status, types, invoices, orders, events } = settle();
    expect([status, types]).toEqual(["closed", ["invoice_posted", "payment_applied", "order_closed"]]);
    expect(invoices.map(({ invoiceNo, payable }) => [invoiceNo, payable])).toEqual([["INV-SO-1", "25"]]);
    expect(orders[0]?.billing.payments).toMatchObject([{ paymentId: "PAY-SO-1", amount: "25" }]);
    expect(events.map(({ actor }) => actor.function)).toEqual(["invoice", "pay", "close"]);
  });

  it("rule 1: orders with nothing to bill are left as they are", () => {
    const orders = ORDER_STATUSES.map(orderIn);
    expect(settleOrders(orders, CONTEXT)).toEqual({
      orders,
      invoices: [],
      events: [],
      movements: [],
      requests: [],
      refused: [],
    });
  });

  it("rule 1: so is an order of which a part came back after it was billed", () => {
    const invoices = [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" }];
    const lines = [{ quantities: { delivered: "6", returned: "4" }, invoicedQty: "10" }];
    expect(settle({ lines, billing: { invoices } })).toMatchObject({ types: [], codes: [], invoices: [] });
  });

  it("rule 2: a free order is billed and closed without a payment", () => {
    expect(settle({ lines: [{ ...DELIVERED, unitPrice: "0" }] })).toMatchObject({
      status: "closed",
      types: ["invoice_posted", "order_closed"],
      codes: [],
    });
  });

  it("rule 2: what was paid beforehand is not paid again", () => {
    expect(settle({ billing: prepaid("25") })).toMatchObject({
      status: "closed",
      types: ["invoice_posted", "order_closed"],
      codes: [],
      requests: [],
    });
    const inPart = settle({ billing: prepaid("10") });
    expect(inPart).toMatchObject({ status: "closed", codes: [], requests: [] });
    expect(inPart.orders[0]?.billing.payments.map(({ amount }) => amount)).toEqual(["10", "15"]);
  });

  it("asks to refund what was paid beforehand for goods that came back", () => {
    const lines = [{ quantities: { delivered: "6", returned: "4" } }];
    expect(settle({ lines, billing: prepaid("25") })).toMatchObject({
      status: "closed",
      types: ["invoice_posted", "order_closed"],
      codes: [],
      requests: [{ type: "refund", orderNo: "SO-1", amount: "10" }],
    });
  });

  it("rule 3: an order with a waiting shortage stays collected", () => {
    const lines = [DELIVERED, { quantities: { backfill: "10" } }];
    expect(settle({ lines })).toMatchObject({
      status: "collected",
      types: ["invoice_posted", "payment_applied"],
      codes: [],
    });
  });

  it("rule 3: so does one with an active hold", () => {
    expect(settle({ holds: [{ blocks: ["pick"] }] })).toMatchObject({ status: "collected", codes: [] });
    expect(settle({ holds: [{ state: "resolved" }] })).toMatchObject({ status: "closed", codes: [] });
  });

  it("bills and collects for what was delivered while the rest is on its way, and does not close", () => {
    expect(settle({ lines: [{ quantities: { delivered: "4", shipped: "6" } }] })).toMatchObject({
      status: "shipped",
      types: ["invoice_posted", "payment_applied"],
      codes: [],
    });
  });

  it("leaves an order that may not be billed where it is, and settles the others", () => {
    const held = deliveredOrder({ orderNo: "SO-2", holds: [{ blocks: ["invoice"] }] });
    const { orders, refused, invoices } = settleOrders([held, deliveredOrder()], CONTEXT);
    expect(orders[0]).toBe(held);
    expect(orders.map(({ status }) => status)).toEqual(["shipped", "closed"]);
    expect(refused.map(({ orderNo, issues }) => [orderNo, issues[0]?.code])).toEqual([["SO-2", "status.on_hold"]]);
    expect(invoices).toHaveLength(1);
  });
});
