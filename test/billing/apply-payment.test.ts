import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { applyPayment, type ApplyPayment } from "../../src/billing/apply-payment.js";
import { add, decimal, fromUnits, sum, ZERO } from "../../src/core/decimal.js";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import { anyContext, anyOrder, checkOutcome, given, type AnyOrder } from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const { at } = anyContext();
const payment = (amount: string, part: Partial<ApplyPayment> = {}): ApplyPayment => ({
  paymentId: "P-2",
  amount: decimal(amount),
  currency: "EUR",
  receivedAt: at,
  overpayment: "refuse",
  ...part,
});
const refund = { overpayment: "refund" } as const;
const delivered = { quantities: { delivered: "10" }, invoicedQty: "10" };
const invoices = [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" }];
const paid = (amount: string) => [{ paymentId: "P-1", amount, receivedAt: "2026-03-01T08:00:00.000Z" }];
const invoiced = (part: AnyOrder["billing"] = {}) =>
  anyOrder({ stage: "confirmed", lines: [delivered], billing: { invoices, ...part } });
const pay = (order = invoiced(), command = payment("25")) => applyPayment(order, command, anyContext());

describe("applyPayment (mission 15.1, 7.2, 11.1)", () => {
  it("pays an invoice in full, and the order is collected", () => {
    given(invoiced())
      .when((order) => pay(order))
      .then({ status: "collected", events: ["payment_applied"], requests: [] });
    const { order, events } = granted(pay());
    expect(order.billing.payments).toEqual([{ paymentId: "P-2", amount: "25", receivedAt: at }]);
    expect([order.billing.collectedAmount, events[0]?.details]).toEqual(["25", { paymentId: "P-2", amount: "25" }]);
  });

  it("pays in parts; all but the last cent leaves the order shipped", () => {
    given(invoiced())
      .when((order) => pay(order, payment("24.99")))
      .then({ status: "shipped" });
    given(invoiced({ payments: paid("24.99") }))
      .when((order) => pay(order, payment("0.01")))
      .then({ status: "collected" });
  });

  test.each(["entered", "reviewed", "confirmed"] as const)("takes money before any invoice (%s)", (stage) => {
    const order = anyOrder({ stage });
    given(order)
      .when((before) => pay(before))
      .then({ status: order.status, events: ["payment_applied"], requests: [] });
  });

  test.each(["0", "-1"])("rule 1: a payment of %s is refused", (amount) => {
    expect(reasonsOf(pay(invoiced(), payment(amount)))).toEqual([
      { code: "payment.not_positive", path: ["amount"], params: { amount } },
    ]);
  });

  it("rule 1: a payment in another currency is refused", () => {
    expect(reasonsOf(pay(invoiced(), payment("1", { currency: "JPY" })))).toEqual([
      { code: "payment.other_currency", path: ["currency"], params: { currency: "JPY", expected: "EUR" } },
    ]);
  });

  test.each([
    ["EUR", "0.01", true],
    ["EUR", "0.001", false],
    ["JPY", "1", true],
    ["JPY", "0.5", false],
    ["KWD", "0.001", true],
  ])("rule 1: in %s a payment of %s can be made: %s", (currency, amount, can) => {
    const order = anyOrder({ stage: "confirmed", header: { currency } });
    const result = pay(order, payment(amount, { currency }));
    expect(result.ok ? [] : result.issues).toEqual(
      can
        ? []
        : [
            {
              code: "payment.finer_than_currency",
              path: ["amount"],
              params: { amount, currency, decimals: currency === "EUR" ? 2 : 0 },
            },
          ],
    );
  });

  it("rule 1: a payment that was applied already is refused", () => {
    expect(reasonsOf(pay(invoiced({ payments: paid("5") }), payment("1", { paymentId: "P-1" })))).toEqual([
      { code: "payment.id_taken", path: ["paymentId"], params: { paymentId: "P-1" } },
    ]);
  });

  test.each(["", "\t", "P\u00001"])("rule 1: a payment that is named by nothing is refused: %j", (paymentId) => {
    expect(reasonsOf(pay(invoiced(), payment("1", { paymentId })))).toEqual([
      { code: "command.not_a_name", path: ["paymentId"], params: { field: "paymentId" } },
    ]);
  });

  it("rule 2: more than is due is refused where the command says so", () => {
    expect(reasonsOf(pay(invoiced({ payments: paid("5") }), payment("20.01")))).toEqual([
      { code: "payment.exceeds_due", path: ["amount"], params: { amount: "20.01", due: "20" } },
    ]);
    expect(pay(invoiced({ payments: paid("5") }), payment("20")).ok).toBe(true);
  });

  it("rule 2: or the rest is refunded", () => {
    given(invoiced({ payments: paid("5") }))
      .when((order) => pay(order, payment("20.01", refund)))
      .then({ status: "collected", requests: ["refund"] });
    const { order, requests, events } = granted(pay(invoiced({ payments: paid("5") }), payment("30", refund)));
    expect(requests).toEqual([{ type: "refund", orderNo: "SO-1", amount: "10" }]);
    expect(order.billing.collectedAmount).toBe("25");
    expect(events[0]?.details).toEqual({ paymentId: "P-2", amount: "20" });
  });

  it("rule 2: the due includes charges", () => {
    const order = anyOrder({ stage: "confirmed", header: { charges: [{ kind: "freight", amount: "4.9" }] } });
    expect(pay(order, payment("29.9")).ok).toBe(true);
    expect(reasonsOf(pay(order, payment("29.91"))).map(({ code }) => code)).toEqual(["payment.exceeds_due"]);
  });

  test.each([
    ["what was cancelled is not due", { open: "4", cancelled: "6" }, "14.9"],
    ["what went into another order is not due", { open: "4", merged: "6" }, "14.9"],
    ["what came back unbilled is not due", { delivered: "4", returned: "6" }, "14.9"],
    ["nor is freight for nothing", { cancelled: "6", merged: "4" }, undefined],
  ])("rule 2: %s", (_case, quantities, due) => {
    const header = { charges: [{ kind: "freight" as const, amount: "4.9" }] };
    const order = anyOrder({ stage: "confirmed", header, lines: [{ quantities }] });
    const result = pay(order, payment("29.9", refund));
    expect(result.ok ? result.value.order.billing.collectedAmount : undefined).toBe(due);
  });

  it("rule 2: an order of which a part was cancelled after it was paid owes nothing", () => {
    const lines = [{ quantities: { open: "4", cancelled: "6" } }];
    const order = anyOrder({ stage: "confirmed", lines, billing: { payments: paid("25") } });
    expect(reasonsOf(pay(order, payment("1", refund)))).toEqual([
      { code: "payment.exceeds_due", path: ["amount"], params: { amount: "1", due: "0" } },
    ]);
    expect(nextActions(order).find(({ operation }) => operation === "pay")?.isPossible).toBe(false);
  });

  it("rule 2: what was billed is due, also when the goods came back since", () => {
    const lines = [{ quantities: { returned: "10" }, invoicedQty: "10" }];
    expect(pay(anyOrder({ stage: "confirmed", lines, billing: { invoices } })).ok).toBe(true);
  });

  it("rule 3: before the first invoice a share counts rounded up, then as it is billed", () => {
    const line = { orderedQty: "3", unitPrice: "1", lineAmount: "1", allowance: "2" };
    const open = anyOrder({ stage: "confirmed", lines: [{ ...line, quantities: { open: "1", cancelled: "2" } }] });
    expect(granted(pay(open, payment("1", refund))).order.billing.collectedAmount).toBe("0.34");
    const posted = [{ ...invoices[0]!, payable: "0.33", rounding: "halfUp" as const }];
    const quantities = { delivered: "1", cancelled: "2" };
    const billed = anyOrder({
      stage: "confirmed",
      lines: [{ ...line, quantities, invoicedQty: "1" }],
      billing: { invoices: posted },
    });
    expect(granted(pay(billed, payment("1", refund))).order.billing.collectedAmount).toBe("0.33");
  });

  it("rule 2: an order that owes nothing takes no money, whatever becomes of the rest", () => {
    const order = anyOrder({ stage: "confirmed", billing: { payments: paid("25") } });
    for (const overpayment of ["refuse", "refund"] as const) {
      expect(reasonsOf(pay(order, payment("1", { overpayment })))).toEqual([
        { code: "payment.exceeds_due", path: ["amount"], params: { amount: "1", due: "0" } },
      ]);
    }
  });

  it("is refused when the order has no price", () => {
    expect(reasonsOf(pay(anyOrder({ totals: null })))).toEqual([
      { code: "payment.not_priced", path: ["totals"], params: { orderNo: "SO-1" } },
    ]);
  });

  it("tells all reasons at once", () => {
    given(anyOrder({ stage: "rejected", totals: null, billing: { payments: paid("1") } }))
      .when((order) => pay(order, payment("-0.005", { paymentId: "P-1" })))
      .then({
        issues: [
          "status.operation_not_allowed",
          "payment.id_taken",
          "payment.not_positive",
          "payment.finer_than_currency",
          "payment.not_priced",
        ],
      });
  });

  it("applied and refunded together are what came in, and no more is kept than is owed", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 8 }), (cents) => {
        let order = anyOrder({ stage: "confirmed" });
        let refused = ZERO;
        const refunds = [];
        for (const [place, units] of cents.entries()) {
          const amount = fromUnits(units, 2);
          const result = pay(order, payment(amount, { paymentId: `P-${place}`, ...refund }));
          if (!result.ok) {
            refused = add(refused, amount);
            continue;
          }
          expect(checkOutcome(order, result.value)).toEqual([]);
          refunds.push(...result.value.requests.map((request) => (request.type === "refund" ? request.amount : ZERO)));
          order = result.value.order;
        }
        const { collectedAmount } = order.billing;
        const received = sum(cents.map((units) => fromUnits(units, 2)));
        expect(sum([collectedAmount, ...refunds, refused])).toBe(received);
        const total = cents.reduce((all, units) => all + units, 0);
        expect(collectedAmount).toBe(fromUnits(Math.min(total, 2500), 2));
      }),
    );
  });
});
