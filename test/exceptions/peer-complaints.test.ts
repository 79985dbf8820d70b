import { describe, expect, it } from "vitest";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, subtract, sum } from "../../src/core/decimal.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Order } from "../../src/model/order.js";
import { orderStatusList } from "../../src/reports/order-status-list.js";
import { orderFiles } from "../../src/reports/order-files.js";
import { anyContext, anyOrder, anyStock, given, type AnyOrder } from "../../src/testing/index.js";
import { granted, whereOf } from "../lifecycle/answers.js";

const d = decimal;
const context = anyContext();
const today = calendarDay("2026-03-02");
const policy = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fifo" as const,
};
const rest = { reason: "asked" };
const flagsOf = (order: Order) => orderStatusList([order], { asOf: context.at }).rows[0]!.flags;
const ofLine = (lineNo: number, quantity?: string) => ({
  ...rest,
  lines: [{ lineId: `SO-1-${lineNo}`, ...(quantity === undefined ? {} : { quantity: d(quantity) }) }],
});
const confirmed = (...lines: NonNullable<AnyOrder["lines"]>): Order => anyOrder({ stage: "confirmed", lines });
const shipment = { shipmentNo: "SH-1", what: "picked" as const };

describe("after the first partial shipment: what users of other systems complained of (mission 11.1, 14.1, 14.2, 14.7)", () => {
  it("“an order that has shipped parcels cannot be cancelled”", () => {
    // spree#5203, #5299, #5321
    const order = confirmed({ quantities: { shipped: "6", open: "4" } });
    given(order)
      .when((now) => cancelOrder(now, rest, context))
      .then({
        status: "shipped",
        quantities: { shipped: "6", cancelled: "4" },
      });
    const gone = confirmed({ quantities: { shipped: "10" } });
    given(gone)
      .when((now) => cancelOrder(now, rest, context))
      .then({ issues: ["cancel.nothing_left"] });
  });

  it("“units stay reserved after a cancellation, and back-orders are filled all the same”", () => {
    // solidus#3719, #3781; vendure#1198, #1250
    const order = confirmed({ quantities: { allocated: "6", backfill: "4" } });
    const before = anyStock({ onHand: "6", reserved: "6" });
    const cancelled = granted(cancelOrder(order, rest, context));
    const arrived = applyMovements(before, cancelled.movements).map((place) => ({ ...place, onHand: d("16") }));
    expect(arrived.map(({ onHand, reserved }) => [onHand, reserved])).toEqual([["16", "0"]]);
    expect(whereOf(allocateOrder(cancelled.order, arrived, { ...context, policy, today }))).toEqual([
      "status.operation_not_allowed at status",
    ]);
    expect(orderFiles([cancelled.order]).backfill).toEqual([]);
  });

  it("“cancelling items marks the shipment as shipped and puts nothing back”", () => {
    // solidus#2947
    const order = confirmed({ quantities: { picked: "10" } }, { orderedQty: "5", quantities: { picked: "5" } });
    given(order, anyStock({ onHand: "15", reserved: "15", picked: "15" }))
      .when((now) => cancelOrder(now, ofLine(1, "4"), context))
      .then({
        status: "picked",
        quantities: [{ picked: "6", cancelled: "4" }, { picked: "5" }],
        stock: [["15", "11"]],
      });
  });

  it("“shipping two of three does not say partly shipped”", () => {
    // vendure#2191, #2324; Sylius#6225, #9773
    const order = confirmed({ orderedQty: "3", quantities: { picked: "2", allocated: "1" } });
    const { order: after } = granted(recordShipment(order, shipment, context));
    expect([after.status, flagsOf(after)]).toEqual(["allocated", ["partlyPicked", "partlyShipped"]]);
    expect(flagsOf(confirmed({ orderedQty: "3", quantities: { shipped: "3" } }))).toEqual([]);
  });

  it("“a shipment of nothing is taken”", () => {
    // saleor#3758
    const order = confirmed({ quantities: { allocated: "10" } });
    expect(whereOf(recordShipment(order, shipment, context))).toEqual(["ship.nothing_to_ship at lines"]);
  });

  it("“splitting a shipment changes what is back-ordered”", () => {
    // solidus#5669, #6319, #6320; spree#8596, #9003
    const order = confirmed(
      { quantities: { picked: "10" } },
      { orderedQty: "5", quantities: { picked: "3", backfill: "2" } },
    );
    const before = orderFiles([order]);
    const { order: after } = granted(recordShipment(order, { ...shipment, lineIds: ["SO-1-2"] }, context));
    expect(after.lines.map(({ quantities }) => [quantities.picked, quantities.shipped, quantities.backfill])).toEqual([
      ["10", "0", "0"],
      ["0", "3", "2"],
    ]);
    expect(orderFiles([after]).shortage).toEqual(before.shortage);
  });

  it("“one line cannot be closed”", () => {
    // frappe/erpnext#39030; Sylius#4845; saleor#473
    const order = confirmed({ quantities: { open: "10" } }, { quantities: { delivered: "6", open: "4" } });
    given(order)
      .when((now) => cancelOrder(now, ofLine(2), context))
      .then({ status: "confirmed", quantities: [{ open: "10" }, { delivered: "6", cancelled: "4" }] });
  });

  it("“an order that is fully reserved by itself cannot be shipped”", () => {
    // medusa#6500, #9821
    given(confirmed({ quantities: { picked: "10" } }), anyStock({ onHand: "10", reserved: "10", picked: "10" }))
      .when((now) => recordShipment(now, shipment, context))
      .then({ status: "shipped", stock: [["0", "0"]] });
  });

  it("“goods come back that never went out”", () => {
    // saleor: a return of goods that were never shipped; what is refused, short and accepted is what was shipped
    const order = confirmed({ quantities: { shipped: "2", allocated: "8" } });
    const refused = { quantity: d("3"), reason: "wet" };
    const lines = [{ lineId: "SO-1-1", accepted: d("0"), refused }];
    expect(whereOf(recordDelivery(order, { lines }, context))).toEqual(["deliver.does_not_add_up at lines.0"]);
    const failure = { reason: "nobody", attempt: 1, goods: "inDepot" as const, nextOn: today };
    const failed = { ...failure, lines: [{ lineId: "SO-1-1", quantity: d("3") }] };
    expect(whereOf(recordDeliveryFailure(order, failed, { ...context, today, maxAttempts: 2 }))).toEqual([
      "failure.more_than_shipped at lines.0",
    ]);
  });

  it("“cents are left when units go one by one”", () => {
    // solidus: three units at 1.67 in all are 0.83, 0.83 and 0.01
    const dates = { issuedOn: today, dueOn: calendarDay("2026-04-01"), rounding: "halfUp" as const };
    let order = confirmed({ orderedQty: "3", unitPrice: "0.5567", quantities: { shipped: "3" } });
    const { lineAmount } = order.lines[0]!;
    const billed = ["1", "2", "3"].map((step) => {
      // One more is accepted each time; the others stay on the vehicle, which drives up again.
      const failed = { reason: "closed", attempt: 1, goods: "inDepot" as const, nextOn: today };
      const parts = [{ lineId: "SO-1-1", quantity: subtract(d("3"), d(step)) }];
      if (step !== "3") {
        order = granted(
          recordDeliveryFailure(order, { ...failed, lines: parts }, { ...context, today, maxAttempts: 9 }),
        ).order;
      }
      order = granted(recordDelivery(order, {}, context)).order;
      const invoiced = granted(postInvoice(order, { invoiceNo: `I-${step}`, ...dates }, context));
      order = step === "3" ? invoiced.order : granted(recordShipment(invoiced.order, shipment, context)).order;
      return invoiced.invoice.payable;
    });
    expect([lineAmount, billed, sum(billed)]).toEqual(["1.67", ["0.56", "0.55", "0.56"], "1.67"]);
  });

  it("“a cancellation pays back the goods that came as well”", () => {
    // saleor#15217; Sylius#12869, #18407
    const money = {
      invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "15" }],
      payments: [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-01T10:00:00.000Z" }],
    };
    const lines = [{ quantities: { delivered: "6", open: "4" }, invoicedQty: "6" }];
    const order = anyOrder({ stage: "confirmed", lines, billing: money });
    const given = granted(cancelOrder(order, rest, context));
    expect([given.order.status, given.requests.map(({ type }) => type)]).toEqual(["collected", ["notify_customer"]]);
    const closed = granted(closeOrder(given.order, context));
    expect(closed.requests).toEqual([{ type: "refund", orderNo: "SO-1", amount: "10" }]);
  });
});
