import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { applyPayment } from "../../src/billing/apply-payment.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { decimal, sum } from "../../src/core/decimal.js";
import type { Result } from "../../src/core/result.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder, type CancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { recordDelivery, type SignedLine } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import { ORDER_FILES, orderFiles } from "../../src/reports/order-files.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyContext, anyItem, anyOrder, anyStock, given, type ExpectedQuantities } from "../../src/testing/index.js";

const d = decimal;
const context = anyContext();
const today = calendarDay("2026-03-02");
const north = { warehouseId: "NORTH" };
const agreeing = {
  ...context,
  masters: indexMasters({ items: [anyItem()] }),
  addOn: { pickMinutes: 45 },
  pricing: { rounding: "halfUp" as const },
};

/** Two lines of twenty pieces, of which four each are open, reserved, picked, on their way and with the customer. */
const SPREAD = { open: "4", allocated: "4", picked: "4", shipped: "4", delivered: "4" };
const order = anyOrder({
  stage: "confirmed",
  lines: [{ quantities: SPREAD }, { quantities: SPREAD, shortagePolicy: "backfillOnArrival" }],
});
const stock = anyStock(
  { onHand: "100", reserved: "16", picked: "8", inTransit: "8" },
  { itemCode: "COFFEE", onHand: "5" },
);

type Decide = (order: Order, stock: readonly StockPosition[]) => Result<Outcome>;
type Row = readonly [
  what: string,
  decide: Decide,
  lines: readonly [ExpectedQuantities, ExpectedQuantities],
  stock: readonly [onHand: string, reserved: string],
];

const cancel = (lines?: CancelOrder["lines"]): Decide => {
  return (now) => cancelOrder(now, { reason: "asked", ...(lines === undefined ? {} : { lines }) }, context);
};
const count = (lineNo: number, quantity: string, isShort = true) => ({
  lineId: `SO-1-${lineNo}`,
  source: north,
  quantity: d(quantity),
  ...(isShort ? { shortage: { reason: "not_found", stock: "writeOff" as const } } : {}),
});
const failed = (maxAttempts: number, lines: object): Decide => {
  const command = { reason: "nobody", attempt: 1, goods: "inDepot" as const, nextOn: today, ...lines };
  return (now) => recordDeliveryFailure(now, command, { ...context, today, maxAttempts });
};
const wrong = (foundAt: "load" | "delivery" | "afterSigning", lineNo: number, quantity: string): Decide => {
  const goods = { itemCode: "COFFEE", source: north, quantity: d("1"), goods: "putBack" as const };
  const found = {
    foundAt,
    lineId: `SO-1-${lineNo}`,
    source: north,
    quantity: d(quantity),
    reason: "mix",
    wrong: goods,
  };
  return (now, there) => recordWrongItem(now, found, { ...context, stock: there });
};
const signed = (line: Omit<SignedLine, "lineId" | "accepted">, accepted: string): Decide => {
  const lines = [{ lineId: "SO-1-1", accepted: d(accepted), ...line }];
  return (now, there) => recordDelivery(now, { lines }, { ...context, stock: there });
};

const ROWS: readonly Row[] = [
  [
    "cancel all that is in the house",
    cancel(),
    [
      { shipped: "4", delivered: "4", cancelled: "12" },
      { shipped: "4", delivered: "4", cancelled: "12" },
    ],
    ["100", "0"],
  ],
  [
    "cancel a part of one line: the least work first",
    cancel([{ lineId: "SO-1-1", quantity: d("9") }]),
    [{ ...SPREAD, open: "0", allocated: "0", picked: "3", cancelled: "9" }, SPREAD],
    ["100", "11"],
  ],
  [
    "cancel a part of both lines",
    cancel([{ lineId: "SO-1-2", quantity: d("3") }, { lineId: "SO-1-1" }]),
    [
      { shipped: "4", delivered: "4", cancelled: "12" },
      { ...SPREAD, open: "1", cancelled: "3" },
    ],
    ["100", "8"],
  ],
  [
    "amend one line down",
    (now) => amendOrder(now, { reason: "asked", lines: [{ lineId: "SO-1-2", quantity: d("10") }] }, agreeing),
    [SPREAD, { ...SPREAD, open: "0", allocated: "0", picked: "2", cancelled: "10" }],
    ["100", "10"],
  ],
  [
    "one line picked, the other short",
    (now) => recordPick(now, { counts: [count(1, "4", false), count(2, "3")] }, context),
    [
      { ...SPREAD, allocated: "0", picked: "8" },
      { ...SPREAD, allocated: "0", picked: "7", backfill: "1" },
    ],
    ["99", "15"],
  ],
  [
    "short at loading",
    (now) => recordLoad(now, { counts: [count(1, "2"), count(2, "4", false)] }, context),
    [{ ...SPREAD, open: "6", picked: "2" }, SPREAD],
    ["98", "14"],
  ],
  ["the wrong item at loading", wrong("load", 1, "1"), [{ ...SPREAD, open: "5", picked: "3" }, SPREAD], ["100", "15"]],
  [
    "the wrong item at the door",
    wrong("delivery", 2, "4"),
    [SPREAD, { ...SPREAD, shipped: "0", backfill: "4" }],
    ["104", "16"],
  ],
  [
    "the wrong item after signing",
    wrong("afterSigning", 2, "3"),
    [SPREAD, { ...SPREAD, delivered: "1", backfill: "3" }],
    ["103", "16"],
  ],
  [
    "a delivery that fails: all that is on its way comes back",
    failed(2, {}),
    [
      { ...SPREAD, shipped: "0", picked: "8" },
      { ...SPREAD, shipped: "0", picked: "8" },
    ],
    ["108", "24"],
  ],
  [
    "a delivery that fails for the last time, for a part of a line",
    failed(1, { lines: [{ lineId: "SO-1-2", quantity: d("3") }] }),
    [SPREAD, { ...SPREAD, shipped: "1", returned: "3" }],
    ["103", "16"],
  ],
  [
    "lost on the way: of one line all, of the other a part",
    (now) =>
      recordTransitLoss(
        now,
        {
          lines: [
            { lineId: "SO-1-1", quantity: d("1"), reason: "wet" },
            { lineId: "SO-1-2", quantity: d("4"), reason: "lost" },
          ],
        },
        context,
      ),
    [
      { ...SPREAD, open: "5", shipped: "3" },
      { ...SPREAD, shipped: "0", backfill: "4" },
    ],
    ["100", "16"],
  ],
  [
    "at the door: one accepted, two refused, one short; the other line still travels",
    signed({ refused: { quantity: d("2"), reason: "wet" }, short: { quantity: d("1"), reason: "gone" } }, "1"),
    [{ ...SPREAD, open: "5", shipped: "0", delivered: "5", returned: "2" }, SPREAD],
    ["102", "16"],
  ],
  [
    "at the door: one too many, and paid",
    signed({ over: { quantity: d("1"), reason: "extra", action: "bill", source: north } }, "4"),
    [{ ...SPREAD, shipped: "0", delivered: "9" }, SPREAD],
    ["99", "16"],
  ],
];

describe("an order of which a part is everywhere (mission 14.1–14.7, 11.1, 11.3; definitions B17, B19)", () => {
  test.each(ROWS)("%s", (_what, decide, quantities, [onHand, reserved]) => {
    given(order, stock)
      .when(decide)
      .then({
        quantities,
        stock: [
          [onHand, reserved],
          ["5", "0"],
        ],
      });
  });

  it("goods do not join it once some are picked and nobody knows the cut-off, nor can more be given up than is here", () => {
    given(order)
      .when((now) => addToOrder(now, { lines: [{ lineId: "SO-1-1", quantity: d("1") }] }, agreeing))
      .then({ issues: ["add.no_cut_off"] });
    given(order)
      .when(
        cancel([
          { lineId: "SO-1-1", quantity: d("13") },
          { lineId: "SO-1-2", quantity: d("12") },
        ]),
      )
      .then({ issues: ["cancel.more_than_left"] });
    given(order)
      .when((now) => amendOrder(now, { reason: "asked", lines: [{ lineId: "SO-1-2", quantity: d("7") }] }, agreeing))
      .then({ issues: ["amend.below_least"] });
  });

  it("its rest is given up with one command, and it goes its way to the end: every piece stays in one file", () => {
    const filed: string[][] = [];
    const step = (result: Result<Outcome>): Order => {
      if (!result.ok) throw new Error(JSON.stringify(result.issues));
      const { order: after } = result.value;
      const files = orderFiles([after]);
      const rows = ORDER_FILES.filter((file) => files[file].length > 0);
      filed.push([after.status, ...rows.map((file) => `${file} ${sum(files[file].map(({ quantity }) => quantity))}`)]);
      return after;
    };
    const dates = { issuedOn: today, dueOn: calendarDay("2026-04-01") };
    let now = step(cancelOrder(order, { reason: "asked" }, context));
    now = step(recordDelivery(now, {}, context));
    now = step(postInvoice(now, { invoiceNo: "I-1", ...dates, rounding: "halfUp" }, context));
    const amount = now.billing.invoicedAmount;
    const payment = {
      paymentId: "P-1",
      amount,
      currency: "EUR",
      receivedAt: context.at,
      overpayment: "refuse" as const,
    };
    now = step(applyPayment(now, payment, context));
    step(closeOrder(now, context));
    expect(filed).toEqual([
      ["shipped", "inTransit 8", "sales 8", "cancelled 24"],
      ["shipped", "sales 16", "cancelled 24"],
      ["shipped", "sales 16", "cancelled 24"],
      ["collected", "sales 16", "cancelled 24"],
      ["closed", "history 40"],
    ]);
    expect(amount).toBe("40");
  });
});
