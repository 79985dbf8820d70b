import { describe, expect, it } from "vitest";
import type { OrderLine } from "../../src/model/order-line.js";
import type { OrderEventType } from "../../src/model/event.js";
import { parseOrder, parseOutcome, type InconsistencyRule } from "../../src/schema/index.js";
import { anyOrder, anyOrderHistory, type AnyOrder } from "../../src/testing/index.js";
import { FULL_ORDER, refusalOf } from "./samples.js";

type Loose = Record<string, unknown>;
const found = (order: unknown): unknown => {
  const result = parseOrder(order);
  return result.ok ? "ok" : result.issues.map(({ code, path, params }) => [code, path.join("."), params]);
};
const broken = (rule: InconsistencyRule, path: string, expected: string, actual: string): unknown => [
  "schema.inconsistent",
  path,
  { rule, expected, actual },
];
const withLine = (part: AnyOrder, change: (line: OrderLine) => Loose, index = 0): unknown => {
  const order = anyOrder(part);
  return { ...order, lines: order.lines.map((line, at) => (at === index ? { ...line, ...change(line) } : line)) };
};

describe("parsing a stored order (mission 5.1, 5.2, 11.1)", () => {
  const types: readonly OrderEventType[] = [
    "order_entered",
    "order_confirmed",
    "order_allocated",
    "order_picked",
    "order_loaded",
    "order_shipped",
    "order_delivered",
    "invoice_posted",
    "payment_applied",
    "order_closed",
  ];
  it.each(types)("gives an order back as it was stored after %s", (until) => {
    const { order } = anyOrderHistory(until);
    expect(parseOrder(JSON.parse(JSON.stringify(order)))).toStrictEqual({ ok: true, value: order });
  });

  it("gives an order with nearly every field back as it was stored", () => {
    expect(parseOrder(JSON.parse(JSON.stringify(FULL_ORDER)))).toStrictEqual({ ok: true, value: FULL_ORDER });
  });

  it("takes an order that was never priced", () => {
    expect(found(anyOrder({ totals: null, header: { charges: [{ kind: "freight", amount: "5" }] } }))).toBe("ok");
  });

  it("finds a status that the order does not have", () => {
    expect(found({ ...anyOrder(), status: "picked" })).toEqual([broken("status", "status", "entered", "picked")]);
  });

  it("finds buckets that do not sum to the ordered quantity", () => {
    const order = withLine({}, (line) => ({ quantities: { ...line.quantities, open: "9" } }));
    expect(found(order)).toEqual([broken("ordered_quantity", "lines.0.quantities", "10", "9")]);
  });

  it("compares quantities across units exactly", () => {
    const third = { numerator: "1", denominator: "3" };
    const line = { orderedQty: "9", unitFactor: third, uom: "X" };
    expect(found(anyOrder({ lines: [line] }))).toBe("ok");
    const order = withLine({ lines: [line] }, () => ({ orderedQty: "10", lineAmount: "22.5" }));
    expect(found(order)).toEqual([broken("ordered_quantity", "lines.0.quantities", "10/3", "3")]);
  });

  it("finds reservations that do not sum to the buckets", () => {
    const order = withLine({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] }, () => ({
      reservations: [],
    }));
    expect(found(order)).toEqual([broken("reservations", "lines.0.reservations", "10", "0")]);
    const surplus = withLine({}, () => ({ reservations: [{ warehouseId: "N", quantities: { returned: "1" } }] }));
    expect(found(surplus)).toEqual([broken("reservations", "lines.0.reservations", "0", "1")]);
  });

  it("finds more on the vehicle than was picked", () => {
    const reservations = [{ warehouseId: "N", quantities: { picked: "10" }, loaded: "11" }];
    const order = withLine({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] }, () => ({ reservations }));
    expect(found(order)).toEqual([broken("loaded", "lines.0.reservations.0.loaded", "at most 10", "11")]);
  });

  it("finds a place that a line holds twice", () => {
    const reservations = [
      { warehouseId: "N", quantities: { picked: "5" } },
      { warehouseId: "N", quantities: { picked: "5" } },
    ];
    const order = withLine({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] }, () => ({ reservations }));
    expect(refusalOf(parseOrder(order))).toEqual(["schema.duplicate lines.0.reservations.1"]);
  });

  it("finds shortages that do not sum to the buckets", () => {
    const order = withLine({ lines: [{ quantities: { backfill: "2", deferred: "1" } }] }, ({ shortages }) => ({
      shortages: shortages.map((shortage) => ({ ...shortage, bucket: "deferred" })),
    }));
    expect(found(order)).toEqual([
      broken("shortages", "lines.0.shortages", "2", "0"),
      broken("shortages", "lines.0.shortages", "1", "3"),
    ]);
  });

  it("finds totals that do not follow from the lines", () => {
    const order = anyOrder({ header: { charges: [{ kind: "tax", amount: "2" }] } });
    const totals = { ...order.totals, net: "24" };
    expect(found({ ...order, totals })).toEqual([
      broken("totals", "totals.net", "25", "24"),
      broken("totals", "totals.gross", "24", "25"),
      broken("totals", "totals.payable", "26", "27"),
    ]);
    expect(found({ ...order, totals: { ...order.totals, allowances: "1", gross: "26" } })).toEqual([
      broken("totals", "totals.allowances", "0", "1"),
    ]);
  });

  it("finds money that does not follow from invoices and payments", () => {
    const order = anyOrder();
    const billing = { ...order.billing, invoicedAmount: "1", collectedAmount: "2" };
    expect(found({ ...order, billing })).toEqual([
      broken("billing", "billing.invoicedAmount", "0", "1"),
      broken("billing", "billing.collectedAmount", "0", "2"),
    ]);
  });

  it("finds what stands twice", () => {
    const invoice = { invoiceNo: "I", issuedOn: "2026-03-02", dueOn: "2026-03-02", charges: "0", payable: "1" };
    const payment = { paymentId: "P", amount: "1", receivedAt: "2026-03-02T09:00:00.000Z" };
    const order = anyOrder({
      lines: [{}, {}],
      holds: [{ holdId: "H" }, { holdId: "H" }],
      billing: { invoices: [invoice, invoice], payments: [payment, payment] },
    });
    const lines = order.lines.map((line) => ({ ...line, lineNo: 1, lineId: "L" }));
    expect(refusalOf(parseOrder({ ...order, lines }))).toEqual(
      [
        "lines.1.lineId",
        "lines.1.lineNo",
        "holds.1.holdId",
        "billing.invoices.1.invoiceNo",
        "billing.payments.1.paymentId",
      ].map((path) => `schema.duplicate ${path}`),
    );
  });

  it("finds a hold on a line of another order", () => {
    expect(found(anyOrder({ holds: [{ lineId: "SO-1-1" }] }))).toBe("ok");
    expect(found(anyOrder({ holds: [{ lineId: "SO-9-1" }] }))).toEqual([
      broken("hold_line", "holds.0.lineId", "a line of the order", "SO-9-1"),
    ]);
  });

  it("does not throw on the greatest numbers that may come in", () => {
    const huge = `${"9".repeat(12)}.999999`;
    const order = withLine({}, (line) => ({
      orderedQty: huge,
      unitFactor: { numerator: "9".repeat(12), denominator: "9".repeat(11) },
      quantities: Object.fromEntries(Object.keys(line.quantities).map((bucket) => [bucket, huge])),
    }));
    expect(refusalOf(parseOrder(order))).toContain("schema.inconsistent lines.0.quantities");
    const two = anyOrder({ lines: [{}, {}] });
    const money = `${huge}99`;
    const lines = two.lines.map((line) => ({ ...line, lineAmount: money, allowance: money }));
    const totals = { gross: money, allowances: money, net: money, charges: money, payable: money };
    expect(refusalOf(parseOrder({ ...two, lines, totals }))).toHaveLength(4);
  });

  it("looks at no law of an order that is not well formed", () => {
    const { stage: _stage, ...rest } = anyOrder();
    expect(refusalOf(parseOrder({ ...rest, status: "picked" }))).toEqual(["schema.required stage"]);
  });

  it("refuses a name of a field in the provenance that is none", () => {
    expect(found({ ...anyOrder(), provenance: { "a\tb": "given" } })).toEqual([
      ["schema.control_character", "provenance.a\tb", { character: "U+0009" }],
    ]);
    expect(refusalOf(parseOrder({ ...anyOrder(), provenance: { "": "given", currency: "guess" } }))).toEqual([
      "schema.empty provenance.",
      "schema.not_allowed provenance.currency",
    ]);
  });

  it("checks the order inside an outcome", () => {
    const outcome = { order: { ...anyOrder(), status: "picked" }, events: [], movements: [], requests: [] };
    expect(refusalOf(parseOutcome(outcome))).toEqual(["schema.inconsistent order.status"]);
  });
});
