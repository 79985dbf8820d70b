import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { buildInvoice, type InvoiceTerms } from "../../src/billing/build-invoice.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { compare, fromUnits, ROUNDING_MODES, sum, ZERO } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import type { Invoice } from "../../src/model/invoice.js";
import type { Order } from "../../src/model/order.js";
import {
  anyContext,
  anyOrder,
  checkOutcome,
  checkPlainData,
  deepFreeze,
  type AnyOrder,
} from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const TERMS: InvoiceTerms = {
  invoiceNo: "I-1",
  issuedOn: calendarDay("2026-03-05"),
  dueOn: calendarDay("2026-04-04"),
  rounding: "halfUp",
};
const build = (part: AnyOrder, terms: Partial<InvoiceTerms> = {}) =>
  buildInvoice(deepFreeze(anyOrder({ stage: "confirmed", ...part })), { ...TERMS, ...terms });
const invoiceOf = (part: AnyOrder, terms: Partial<InvoiceTerms> = {}) => granted(build(part, terms));
const posted = { invoiceNo: "I-0", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "5", payable: "10" };

describe("buildInvoice (mission 15.1, 15.3)", () => {
  it("carries what the customer needs to read it", () => {
    const invoice = invoiceOf({
      header: { customerPoNo: "PO 7", charges: [{ kind: "freight", amount: "4.9" }] },
      lines: [
        { orderedQty: "2", uom: "CS", unitFactor: rational(12), unitPrice: "30", quantities: { delivered: "24" } },
      ],
    });
    expect(invoice).toEqual({
      invoiceNo: "I-1",
      orderNo: "SO-1",
      customerCode: "C-100",
      customerPoNo: "PO 7",
      currency: "EUR",
      issuedOn: "2026-03-05",
      dueOn: "2026-04-04",
      lines: [
        {
          lineId: "SO-1-1",
          itemCode: "TEA",
          itemName: "Green tea",
          transactionCategory: "sale",
          quantity: "24",
          baseUom: "EA",
          unitPrice: "30",
          priceUom: "CS",
          amount: "60",
        },
      ],
      net: "60",
      charges: "4.9",
      payable: "64.9",
    });
    expect(checkPlainData(invoice)).toEqual([]);
  });

  it("rule 1: bills what was delivered and not billed before, line by line", () => {
    const invoice = invoiceOf({
      lines: [
        { quantities: { delivered: "6", shipped: "2", returned: "1", cancelled: "1" }, invoicedQty: "4" },
        { quantities: { delivered: "5" }, invoicedQty: "5" },
        { quantities: { allocated: "10" } },
        { quantities: { delivered: "1" } },
      ],
    });
    expect(invoice.lines.map(({ lineId, quantity, amount }) => [lineId, quantity, amount])).toEqual([
      ["SO-1-1", "2", "5"],
      ["SO-1-4", "1", "2.5"],
    ]);
  });

  it("rule 1: what came back after it was billed is not billed a second time", () => {
    const lines = [{ quantities: { delivered: "6", returned: "4" }, invoicedQty: "10" }];
    expect(reasonsOf(build({ lines })).map(({ code }) => code)).toEqual(["invoice.nothing_to_bill"]);
  });

  it("rule 2: the shares of a line of 10.00 delivered in thirds are 3.33, 3.34 and 3.33", () => {
    const share = (delivered: string, invoicedQty: string) =>
      invoiceOf({
        lines: [{ orderedQty: "3", unitPrice: "3.333333", lineAmount: "10", quantities: { delivered }, invoicedQty }],
      }).lines[0]?.amount;
    expect([share("1", "0"), share("2", "1"), share("3", "2")]).toEqual(["3.33", "3.34", "3.33"]);
    expect(share("3", "1")).toBe("6.67");
  });

  test.each([
    ["halfUp", "0.13"],
    ["halfEven", "0.12"],
    ["up", "0.13"],
    ["down", "0.12"],
  ] as const)("rule 2: half of 0.25 rounded %s is %s", (rounding, amount) => {
    const lines = [{ orderedQty: "2", unitPrice: "0.125", lineAmount: "0.25", quantities: { delivered: "1" } }];
    expect(invoiceOf({ lines }, { rounding }).payable).toBe(amount);
  });

  test.each([
    ["JPY", "33"],
    ["EUR", "33.33"],
    ["KWD", "33.333"],
  ])("rule 2: shares are in the minor unit of %s", (currency, amount) => {
    const lines = [{ orderedQty: "3", unitPrice: "33.3333333", lineAmount: "100", quantities: { delivered: "1" } }];
    expect(invoiceOf({ header: { currency }, lines }).payable).toBe(amount);
  });

  it("rule 2: discounts go with the shares, gifts cost nothing", () => {
    const discount = { kind: "percent", percent: "10" } as const;
    const lines = [
      { discount, quantities: { delivered: "5" } },
      { transactionCategory: "gift" as const, unitPrice: "0", quantities: { delivered: "5" } },
    ];
    expect(invoiceOf({ lines }).lines.map(({ amount }) => amount)).toEqual(["11.25", "0"]);
  });

  it("rule 3: charges go with the first invoice, and with no other", () => {
    const charges = [{ kind: "freight" as const, amount: "5" }];
    const lines = [{ quantities: { delivered: "4" } }];
    const first = invoiceOf({ header: { charges }, lines });
    const second = invoiceOf({ header: { charges }, lines, billing: { invoices: [posted] } });
    expect([first.charges, first.payable, second.charges, second.payable]).toEqual(["5", "15", "0", "10"]);
  });

  it("rule 2: the share may need more digits inside than a decimal can hold", () => {
    const line = { orderedQty: "1000000000000000", unitPrice: "1000000" };
    const amounts = (delivered: string, invoicedQty: string) =>
      invoiceOf({ lines: [{ ...line, quantities: { delivered }, invoicedQty }] }).lines.map(({ amount }) => amount);
    expect(amounts("1000000000000000", "0")).toEqual(["1000000000000000000000"]);
    expect(amounts("1000000000000000", "999999999999999")).toEqual(["1000000"]);
  });

  it("rule 3: all invoices of an order are rounded like the first", () => {
    const lines = [{ quantities: { delivered: "4" } }];
    const after = (invoices: NonNullable<AnyOrder["billing"]>["invoices"], rounding: InvoiceTerms["rounding"]) =>
      build({ lines, billing: { invoices: invoices ?? [] } }, { rounding });
    const first = { ...posted, rounding: "halfEven" as const };
    expect(reasonsOf(after([first], "halfUp"))).toEqual([
      {
        code: "invoice.other_rounding",
        path: ["rounding"],
        params: { rounding: "halfUp", expected: "halfEven" },
      },
    ]);
    expect(after([first], "halfEven").ok).toBe(true);
    // An invoice from before roundings were kept binds nobody; the first one that tells does.
    expect(after([posted], "down").ok).toBe(true);
    expect(after([posted, { ...first, invoiceNo: "I-00" }], "down").ok).toBe(false);
  });

  test.each(["", " ", "I\n1"])("refuses a number that names nothing: %j", (invoiceNo) => {
    expect(reasonsOf(build({ lines: [{ quantities: { delivered: "1" } }] }, { invoiceNo }))).toEqual([
      { code: "command.not_a_name", path: ["invoiceNo"], params: { field: "invoiceNo" } },
    ]);
  });

  it("refuses an order that has no price", () => {
    const lines = [{ unitPrice: null, quantities: { delivered: "1" } }];
    expect(reasonsOf(build({ totals: null, lines }))).toEqual([
      { code: "invoice.not_priced", path: ["totals"], params: { orderNo: "SO-1" } },
    ]);
  });

  it("refuses a number that the order has already", () => {
    const part = { lines: [{ quantities: { delivered: "1" } }], billing: { invoices: [posted] } };
    expect(reasonsOf(build(part, { invoiceNo: "I-0" }))).toEqual([
      { code: "invoice.number_taken", path: ["invoiceNo"], params: { invoiceNo: "I-0" } },
    ]);
  });

  it("refuses an invoice that is due before it is issued; due on the day is fine", () => {
    const part = { lines: [{ quantities: { delivered: "1" } }] };
    expect(build(part, { dueOn: TERMS.issuedOn }).ok).toBe(true);
    expect(reasonsOf(build(part, { dueOn: calendarDay("2026-03-04") }))).toEqual([
      { code: "invoice.due_before_issue", path: ["dueOn"], params: { issuedOn: "2026-03-05", dueOn: "2026-03-04" } },
    ]);
  });

  it("tells all reasons at once", () => {
    const terms = { invoiceNo: "I-0", dueOn: calendarDay("2026-03-04") };
    expect(reasonsOf(build({ totals: null, billing: { invoices: [posted] } }, terms)).map(({ code }) => code)).toEqual([
      "invoice.not_priced",
      "invoice.nothing_to_bill",
      "invoice.number_taken",
      "invoice.due_before_issue",
    ]);
  });
});

describe("invoices over any sequence of partial deliveries (mission 15.1)", () => {
  const line = fc.record({
    parts: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 }),
    price: fc.integer({ min: 0, max: 99_999 }),
    percent: fc.integer({ min: 0, max: 100 }),
  });
  const currency = fc.constantFrom("EUR", "JPY", "KWD");

  it("rules 1, 2, 3: amounts sum to the line amount exactly, none is negative, charges come once", () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 3 }),
        currency,
        fc.constantFrom(...ROUNDING_MODES),
        (lines, code, rounding) => {
          const order = anyOrder({
            stage: "confirmed",
            header: { currency: code, charges: [{ kind: "freight", amount: "7" }] },
            lines: lines.map(({ parts, price, percent }) => ({
              orderedQty: `${parts.reduce((a, b) => a + b, 0)}`,
              unitPrice: fromUnits(price, 3),
              discount: { kind: "percent", percent: `${percent}` },
              reservations: parts.map((quantity, place) => ({
                warehouseId: `W-${place}`,
                quantities: { allocated: `${quantity}` },
              })),
            })),
          });
          const { invoices, after } = deliverWaveByWave(order, rounding);
          for (const { lineId, lineAmount } of order.lines) {
            const shares = invoices.flatMap((invoice) => invoice.lines.filter((billed) => billed.lineId === lineId));
            expect(sum(shares.map(({ amount }) => amount))).toBe(lineAmount);
            expect(shares.every(({ amount }) => compare(amount, ZERO) >= 0)).toBe(true);
          }
          expect(sum(invoices.map(({ charges }) => charges))).toBe("7");
          expect(sum(invoices.map(({ payable }) => payable))).toBe(order.totals?.payable);
          expect(after.billing.invoicedAmount).toBe(order.totals?.payable);
        },
      ),
    );
  });
});

/** Picks, ships, delivers and bills what stands at one place after the other. */
function deliverWaveByWave(order: Order, rounding: InvoiceTerms["rounding"]) {
  const context = anyContext();
  const invoices: Invoice[] = [];
  let after = order;
  for (let wave = 0; after.lines.some(({ quantities }) => quantities.allocated !== "0"); wave += 1) {
    const counts = fullCounts(after, "allocated").filter(({ source }) => source.warehouseId === `W-${wave}`);
    after = granted(recordPick(after, { counts }, context)).order;
    after = granted(recordShipment(after, { shipmentNo: `SH-${wave}`, what: "picked" }, context)).order;
    after = granted(recordDelivery(after, {}, context)).order;
    const outcome = granted(postInvoice(after, { ...TERMS, invoiceNo: `I-${wave}`, rounding }, context));
    expect(checkOutcome(after, outcome)).toEqual([]);
    invoices.push(outcome.invoice);
    after = outcome.order;
  }
  return { invoices, after };
}
