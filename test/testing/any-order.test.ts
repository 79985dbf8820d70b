import { describe, expect, it } from "vitest";
import { statusOf } from "../../src/model/status-of.js";
import { orderedInBaseUnit } from "../../src/model/apply-changes.js";
import { anyOrder } from "../../src/testing/any-order.js";
import { anyOrderLine } from "../../src/testing/any-order-line.js";

describe("anyOrder", () => {
  it("without an argument is SO-1 of C-100 in EUR with 10 pieces of TEA at 2.5, just entered", () => {
    const order = anyOrder();
    expect(order).toMatchObject({
      orderNo: "SO-1",
      version: 1,
      status: "entered",
      stage: "entered",
      header: { customerCode: "C-100", currency: "EUR" },
      totals: { gross: "25", allowances: "0", net: "25", charges: "0", payable: "25" },
    });
    expect(order.lines).toHaveLength(1);
    expect(order.lines[0]).toMatchObject({ lineId: "SO-1-1", itemCode: "TEA", uom: "EA", orderedQty: "10" });
  });

  it("numbers the lines by their place and names them after the order (rule 1)", () => {
    const order = anyOrder({ orderNo: "A", lines: [{}, { lineNo: 7 }, {}] });
    expect(order.lines.map(({ lineId }) => lineId)).toEqual(["A-1", "A-7", "A-3"]);
  });

  it("derives totals from lines and charges in the currency's minor unit (rule 2)", () => {
    const order = anyOrder({
      header: { currency: "JPY", charges: [{ kind: "freight", amount: "500" }] },
      lines: [
        { orderedQty: "3", unitPrice: "33.5", discount: { kind: "percent", percent: "10" } },
        { unitPrice: null },
      ],
    });
    expect(order.totals).toEqual({ gross: "101", allowances: "10", net: "91", charges: "500", payable: "591" });
  });

  it("refuses discounts beyond the goods", () => {
    expect(() => anyOrder({ lines: [{ discount: { kind: "amount", amount: "25.01" } }] })).toThrow(RangeError);
  });

  it("sums invoices and payments unless told otherwise", () => {
    const { billing } = anyOrder({
      billing: {
        invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-03", dueOn: "2026-04-02", charges: "0", payable: "25.00" }],
        payments: [{ paymentId: "P-1", amount: "5", receivedAt: "2026-03-04T09:00:00.000Z" }],
      },
    });
    expect([billing.invoicedAmount, billing.collectedAmount]).toEqual(["25", "5"]);
    expect(anyOrder({ billing: { collectedAmount: "7" } }).billing.collectedAmount).toBe("7");
  });

  it("writes the status that its stage, buckets and money give (rule 3)", () => {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
    expect(order.status).toBe("shipped");
    expect(order.status).toBe(statusOf(order));
  });

  it("fills in the parts of a hold", () => {
    expect(anyOrder({ holds: [{}, { type: "address" }] }).holds.map(({ holdId, type }) => [holdId, type])).toEqual([
      ["H-1", "credit"],
      ["H-2", "address"],
    ]);
  });
});

describe("anyOrderLine", () => {
  it("leaves open what no bucket names (rule 1)", () => {
    const line = anyOrderLine({
      orderedQty: "2",
      unitFactor: { numerator: "12", denominator: "1" },
      uom: "CS",
      quantities: { picked: "5" },
    });
    expect(line.quantities.open).toBe("19");
    expect(orderedInBaseUnit(line)).toBe("24");
    expect(line.lineAmount).toBe("5");
  });

  it("derives the ordered quantity when open is named (rule 1)", () => {
    expect(anyOrderLine({ quantities: { open: "4", cancelled: "3.5" } }).orderedQty).toBe("7.5");
  });

  it("refuses buckets that do not add up (rule 1)", () => {
    expect(() => anyOrderLine({ quantities: { allocated: "11" } })).toThrow(RangeError);
    expect(() => anyOrderLine({ orderedQty: "10", quantities: { open: "4" } })).toThrow(RangeError);
  });

  it("refuses a factor that leaves no exact quantity", () => {
    expect(() => anyOrderLine({ orderedQty: "1", unitFactor: { numerator: "1", denominator: "3" } })).toThrow(
      RangeError,
    );
    const third = { numerator: "3", denominator: "1" };
    expect(() => anyOrderLine({ unitFactor: third, quantities: { open: "1" } })).toThrow(RangeError);
  });

  it("puts what is held into NORTH and what is short into one shortage per bucket (rule 2)", () => {
    const line = anyOrderLine({ quantities: { allocated: "2", returned: "1", backfill: "3", deferred: "4" } });
    expect(line.reservations).toEqual([{ warehouseId: "NORTH", quantities: { allocated: "2", returned: "1" } }]);
    expect(line.shortages.map(({ bucket, quantity, mode }) => [bucket, quantity, mode])).toEqual([
      ["backfill", "3", "onArrival"],
      ["deferred", "4", "wholeOrder"],
    ]);
  });

  it("lets the buckets follow given places and shortages (rule 2)", () => {
    const line = anyOrderLine({
      reservations: [
        { warehouseId: "NORTH", lotNo: "L1", quantities: { picked: "2" }, loaded: "1" },
        { warehouseId: "SOUTH", quantities: { picked: "1", allocated: "3" } },
      ],
      shortages: [{ quantity: "2" }, { bucket: "deferred", quantity: "1", reason: "empty_stock" }],
    });
    expect(line.quantities).toMatchObject({ picked: "3", allocated: "3", backfill: "2", deferred: "1", open: "1" });
    expect(line.reservations[0]).toEqual({
      warehouseId: "NORTH",
      lotNo: "L1",
      quantities: { picked: "2" },
      loaded: "1",
    });
  });

  it("refuses buckets and places that contradict each other (rule 2)", () => {
    const place = { warehouseId: "NORTH", quantities: { allocated: "3" } };
    expect(() => anyOrderLine({ quantities: { allocated: "2" }, reservations: [place] })).toThrow(RangeError);
  });

  it("derives allowance and amount from quantity, price and discount (rule 3)", () => {
    const line = anyOrderLine({ orderedQty: "3", unitPrice: "3.335", discount: { kind: "percent", percent: "5" } });
    expect([line.allowance, line.lineAmount]).toEqual(["0.5", "9.51"]);
    expect(anyOrderLine({ unitPrice: null })).not.toHaveProperty("unitPrice");
  });
});
