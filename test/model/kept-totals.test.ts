import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import {
  add,
  fromUnits,
  isNegative,
  isPositive,
  ROUNDING_MODES,
  subtract,
  sum,
  ZERO,
  type RoundingMode,
} from "../../src/core/decimal.js";
import { keptPrice, keptTotals } from "../../src/model/kept-totals.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyOrder, arbitraryOrder, deepFreeze } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";
import {
  confirmed,
  delivered,
  every,
  items,
  moneyOff,
  moved,
  percentOff,
  promotion,
  THREE_FOR_TWO,
} from "../pricing/promoted.js";

const FREIGHT = [{ kind: "freight" as const, amount: "5.9" }];
const d = (units: number) => fromUnits(units, 0);

/** Delivers all that is open, in steps of `step` units, and bills each delivery. */
function billedInSteps(order: Order, step: number, rounding: RoundingMode): Order {
  let now = order;
  for (let place = 0; now.lines.some(({ quantities }) => isPositive(quantities.open)); place += 1) {
    for (const { lineId, quantities } of now.lines) {
      const open = Number(quantities.open);
      if (open > 0) now = delivered(now, lineId, String(Math.min(step, open)));
    }
    const terms = {
      invoiceNo: `I-${place}`,
      issuedOn: calendarDay("2026-03-05"),
      dueOn: calendarDay("2026-04-04"),
      rounding,
    };
    now = granted(postInvoice(now, terms, anyContext())).order;
  }
  return now;
}

describe("what an order costs as it stands (mission 6.8, 14.2, 15.1)", () => {
  test.each([
    ["a part is cancelled", [{ unitPrice: "3", quantities: { open: "8", cancelled: "12" } }], "24 0 24 5.9 29.9"],
    ["a line is cancelled", [{ quantities: { cancelled: "10" } }, { quantities: { open: "2" } }], "5 0 5 5.9 10.9"],
    ["a part went into another order", [{ quantities: { open: "4", merged: "6" } }], "10 0 10 5.9 15.9"],
    ["a part came back", [{ quantities: { delivered: "9", returned: "1" } }], "22.5 0 22.5 5.9 28.4"],
    [
      "an agreed discount, by its share",
      [{ discount: { kind: "amount" as const, amount: "1" }, quantities: { open: "1", cancelled: "2" } }],
      "2.5 0.33 2.17 5.9 8.07",
    ],
    ["only free goods are kept", [{ transactionCategory: "sample" as const, unitPrice: "0" }], "0 0 0 5.9 5.9"],
    ["nothing is kept", [{ quantities: { cancelled: "6", merged: "4" } }], "0 0 0 0 0"],
  ])("rules 1 and 2: %s", (_case, lines, expected) => {
    const order = anyOrder({ stage: "confirmed", header: { charges: FREIGHT }, lines });
    const { gross, allowances, net, charges, payable } = keptTotals(deepFreeze(order))!;
    expect([gross, allowances, net, charges, payable].join(" ")).toBe(expected);
  });

  it("rule 2: charges that were billed stay, also when everything came back", () => {
    const invoices = [
      { invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "5.9", payable: "30.9" },
    ];
    const order = anyOrder({
      stage: "confirmed",
      header: { charges: FREIGHT },
      lines: [{ quantities: { returned: "10" } }],
      billing: { invoices },
    });
    expect(keptTotals(order)).toMatchObject({ net: "0", charges: "5.9", payable: "5.9" });
  });

  it("rounds as the invoices that were posted, else as asked for, else half up", () => {
    const lines = [{ unitPrice: "1", orderedQty: "3", quantities: { open: "1", cancelled: "2" } }];
    const order = anyOrder({ stage: "confirmed", lines: lines.map((line) => ({ ...line, lineAmount: "0.05" })) });
    expect(keptTotals(order)?.net).toBe("0.02");
    expect(keptTotals(order, { rounding: "down" })?.net).toBe("0.01");
    const posted = { invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "0" };
    const billed = {
      ...order,
      billing: anyOrder({ billing: { invoices: [{ ...posted, rounding: "down" }] } }).billing,
    };
    expect(keptTotals(billed, { rounding: "up" })?.net).toBe("0.01");
  });

  it("rule 3: is the total of an order of which nothing was given up, and nothing for one without prices", () => {
    fc.assert(
      fc.property(arbitraryOrder(), (order) => {
        const isWhole = order.lines.every(({ quantities }) =>
          [quantities.cancelled, quantities.merged, quantities.returned].every((quantity) => quantity === ZERO),
        );
        const kept = keptTotals(order);
        if (order.totals === undefined) expect(kept).toBeUndefined();
        else if (isWhole) expect(kept).toEqual(order.totals);
        else expect([add(kept!.net, kept!.charges), isNegative(kept!.allowances)]).toEqual([kept!.payable, false]);
      }),
    );
  });

  it("rule 1: is exactly what the invoices come to, whatever was given up, delivered and billed, in any rounding", () => {
    const promotions = fc.constantFrom(
      [],
      [promotion(THREE_FOR_TWO)],
      [promotion(percentOff("33.3"))],
      [promotion(percentOff("12.5", items("TEA"))), promotion(moneyOff("7"), { promotionId: "P-2" })],
      [
        promotion({ kind: "amountOff", which: every, amount: d(3), per: "once" }),
        promotion(THREE_FOR_TWO, { promotionId: "P-2" }),
      ],
    );
    const line = fc.record({
      itemCode: fc.constantFrom("TEA", "RICE"),
      kept: fc.integer({ min: 0, max: 9 }),
      gone: fc.integer({ min: 0, max: 9 }),
      price: fc.integer({ min: 0, max: 30_000 }),
      percent: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(
        fc.array(
          line.filter(({ kept, gone }) => kept + gone > 0),
          { minLength: 1, maxLength: 3 },
        ),
        promotions,
        fc.constantFrom("EUR", "JPY"),
        fc.constantFrom(...ROUNDING_MODES),
        fc.constantFrom("cancelled" as const, "merged" as const),
        fc.integer({ min: 1, max: 9 }),
        (lines, given, currency, rounding, bucket, step) => {
          const part = {
            header: { currency, charges: [{ kind: "freight" as const, amount: "7" }] },
            lines: lines.map(({ itemCode, kept, gone, price, percent }) => ({
              itemCode,
              orderedQty: String(kept + gone),
              unitPrice: fromUnits(price, 3),
              discount: { kind: "percent" as const, percent: String(percent) },
            })),
          };
          let order = confirmed(part, ...given);
          for (const [place, { gone }] of lines.entries())
            if (gone > 0) order = moved(order, order.lines[place]!.lineId, String(gone), "open", bucket);
          const kept = keptTotals(deepFreeze(order), { rounding })!;
          const billed = billedInSteps(order, step, rounding);
          expect(billed.billing.invoicedAmount).toBe(kept.payable);
          expect(keptTotals(billed)).toEqual(kept);
          expect([subtract(kept.gross, kept.allowances), add(kept.net, kept.charges)]).toEqual([
            kept.net,
            kept.payable,
          ]);
          for (const one of order.lines) {
            const { gross, taken, amount } = keptPrice(one, currency, rounding);
            const agreed = subtract(subtract(gross, amount), sum(taken));
            expect([agreed, ...taken, amount].filter(isNegative)).toEqual([]);
          }
        },
      ),
    );
  });
});
