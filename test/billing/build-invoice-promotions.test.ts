import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { postInvoice, type PostInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { compare, decimal, fromUnits, ROUNDING_MODES, sum, ZERO } from "../../src/core/decimal.js";
import type { Invoice } from "../../src/model/invoice.js";
import type { Order } from "../../src/model/order.js";
import type { Promotion } from "../../src/model/promotion/promotion.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { anyContext, anyOrder, checkOutcome, type AnyOrder } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";
import {
  compiledUnder,
  confirmed,
  delivered,
  every,
  items,
  moneyOff,
  moved,
  percentOff,
  pricing,
  promotion,
  THREE_FOR_TWO,
} from "../pricing/promoted.js";

const TERMS: PostInvoice = {
  invoiceNo: "I-1",
  issuedOn: calendarDay("2026-03-05"),
  dueOn: calendarDay("2026-04-04"),
  rounding: "halfUp",
};

/** Delivers so much of each line, one delivery after the other, and bills each. */
function billed(order: Order, deliveries: readonly (readonly string[])[], rounding = TERMS.rounding) {
  const invoices: Invoice[] = [];
  let now = order;
  for (const [place, quantities] of deliveries.entries()) {
    let after = now;
    for (const [line, quantity] of quantities.entries()) {
      const { lineId = "" } = order.lines[line] ?? {};
      if (quantity !== "0") after = delivered(after, lineId, quantity);
    }
    const outcome = granted(postInvoice(after, { ...TERMS, invoiceNo: `I-${place}`, rounding }, anyContext()));
    expect(checkOutcome(after, outcome)).toEqual([]);
    invoices.push(outcome.invoice);
    now = outcome.order;
  }
  return { invoices, after: now };
}

const amountsOf = (part: AnyOrder, promotions: readonly Promotion[], deliveries: readonly (readonly string[])[]) =>
  billed(confirmed(part, ...promotions), deliveries).invoices.map(({ lines }) => lines.map(({ amount }) => amount));

describe("invoices of goods that promotions took something off (mission 6.6, 15.1)", () => {
  const three = { lines: [{ orderedQty: "3", unitPrice: "10" }] };

  test.each([
    ["three for two: the last is free", [promotion(THREE_FOR_TWO)], [["1"], ["1"], ["1"]], [["10"], ["10"], ["0"]]],
    ["three for two: in two deliveries", [promotion(THREE_FOR_TWO)], [["2"], ["1"]], [["20"], ["0"]]],
    ["1.00 across three", [promotion(moneyOff("1"))], [["1"], ["1"], ["1"]], [["9.66"], ["9.67"], ["9.67"]]],
    ["10 % off all", [promotion(percentOff("10"))], [["1"], ["2"]], [["9"], ["18"]]],
    ["everything free", [promotion(percentOff("100"))], [["1"], ["1"], ["1"]], [["0"], ["0"], ["0"]]],
  ] as const)("%s", (_what, promotions, deliveries, expected) => {
    expect(amountsOf(three, promotions, deliveries)).toEqual(expected);
  });

  it("gifts cost nothing on the invoice, and freight comes less what was taken off", () => {
    const freight = promotion(
      { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: decimal("50") } },
      { promotionId: "F" },
    );
    const order = confirmed({ header: { charges: [{ kind: "freight", amount: "5" }] } }, freight);
    const { invoices } = billed(order, [["4"], ["6"]]);
    expect(invoices.map(({ charges, payable }) => [charges, payable])).toEqual([
      ["2.5", "12.5"],
      ["0", "15"],
    ]);
  });

  it("what was cancelled before is not billed, and the rest bears what its units got", () => {
    const order = moved(confirmed(three, promotion(THREE_FOR_TWO)), "SO-1-1", "1", "open", "cancelled");
    expect(billed(order, [["2"]]).invoices.map(({ payable }) => payable)).toEqual(["20"]);
  });
});

describe("invoices over any splitting of deliveries (mission 6.6, 15.1)", () => {
  const some = fc.constantFrom(
    [promotion(THREE_FOR_TWO)],
    [promotion(percentOff("100"))],
    [promotion(percentOff("33.3"))],
    [promotion(percentOff("12.5", items("TEA"))), promotion(moneyOff("7"), { promotionId: "P-2" })],
    [
      promotion({ kind: "amountOff", which: every, amount: decimal("3"), per: "once" }),
      promotion(THREE_FOR_TWO, { promotionId: "P-2" }),
    ],
  );
  const anyLine = fc.record({
    itemCode: fc.constantFrom("TEA", "RICE"),
    parts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
    price: fc.integer({ min: 0, max: 30_000 }),
  });

  it("amounts of each line sum to its line amount exactly, none is negative, in all rounding modes and currencies", () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 3 }),
        some,
        fc.constantFrom("EUR", "JPY", "KWD"),
        fc.constantFrom(...ROUNDING_MODES),
        (lines, promotions, currency, rounding) => {
          const order = anyOrder({
            stage: "confirmed",
            totals: null,
            header: { currency, charges: [{ kind: "freight", amount: "7" }] },
            lines: lines.map(({ itemCode, parts, price }) => ({
              itemCode,
              orderedQty: `${parts.reduce((a, b) => a + b, 0)}`,
              unitPrice: fromUnits(price, 3),
            })),
          });
          const compiled = compiledUnder({ rounding }, ...promotions.map((one) => ({ ...one, currency })));
          const context = pricing({ compiled, asOf: "now" }, { policy: { rounding } });
          const priced = granted(priceOrder(order, context)).order;
          const waves = Math.max(...lines.map(({ parts }) => parts.length));
          const deliveries = Array.from({ length: waves }, (_wave, place) =>
            lines.map(({ parts }) => `${parts[place] ?? 0}`),
          );
          const { invoices, after } = billed(priced, deliveries, rounding);
          for (const { lineId, lineAmount } of priced.lines) {
            const shares = invoices.flatMap((invoice) => invoice.lines.filter((one) => one.lineId === lineId));
            expect(sum(shares.map(({ amount }) => amount))).toBe(lineAmount);
            expect(shares.every(({ amount }) => compare(amount, ZERO) >= 0)).toBe(true);
          }
          expect(sum(invoices.map(({ payable }) => payable))).toBe(priced.totals?.payable);
          expect(after.billing.invoicedAmount).toBe(priced.totals?.payable);
        },
      ),
    );
  });
});
