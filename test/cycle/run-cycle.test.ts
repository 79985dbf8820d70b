import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { compare, decimal, sum, ZERO } from "../../src/core/decimal.js";
import { fulfilOrders } from "../../src/cycle/fulfil-orders.js";
import { runCycle, type RunCycleContext } from "../../src/cycle/run-cycle.js";
import { settleOrders } from "../../src/cycle/settle-orders.js";
import { takeInOrders } from "../../src/cycle/take-in-orders.js";
import { indexMasters } from "../../src/model/masters.js";
import type { OrderDraft } from "../../src/model/order-draft.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrderDraft,
  anyPriceEntry,
  anyStock,
  checkBatchOutcome,
  checkMovementBalance,
  checkPlainData,
  checkReservationsMatch,
  checkStockLaws,
  deepFreeze,
} from "../../src/testing/index.js";

const CONTEXT: RunCycleContext = {
  handFor: (operation) => anyContext({ actor: { function: operation } }),
  allocationHand: anyContext({ actor: { function: "planning" } }),
  masters: indexMasters({ customers: [anyCustomer()], items: [anyItem()], prices: [anyPriceEntry()] }),
  review: { requiredFields: [], priceTolerancePercent: decimal("0"), severities: {}, onError: "returnForCorrection" },
  price: { rounding: "halfUp", givenPrice: "replace" },
  allocation: { priority: [], sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] }, lots: "fifo" },
  today: calendarDay("2026-03-02"),
  shipmentNoFor: ({ orderNo }) => `SH-${orderNo}`,
  invoiceFor: ({ orderNo }) => ({
    invoiceNo: `INV-${orderNo}`,
    issuedOn: calendarDay("2026-03-05"),
    dueOn: calendarDay("2026-04-04"),
  }),
  rounding: "halfUp",
  paymentIdFor: ({ orderNo }) => `PAY-${orderNo}`,
};
const draft = (orderNo: string, quantity: string, part: Partial<OrderDraft> = {}): OrderDraft => ({
  ...anyOrderDraft({ orderNo, lines: [{ quantity }] }),
  ...part,
});

describe("runCycle (mission 20.8, 11.1)", () => {
  it("carries a good order from its receipt to the closed file", () => {
    const stock = anyStock({ onHand: "100" });
    const {
      orders,
      events,
      stock: after,
      invoices,
      refused,
      reasons,
    } = runCycle([draft("SO-1", "10")], stock, CONTEXT);
    expect(orders.map(({ status, version }) => [status, version])).toEqual([["closed", 12]]);
    expect(events.map(({ type }) => type)).toEqual([
      "order_entered",
      "order_reviewed",
      "order_priced",
      "order_confirmed",
      "order_allocated",
      "order_picked",
      "order_loaded",
      "order_shipped",
      "order_delivered",
      "invoice_posted",
      "payment_applied",
      "order_closed",
    ]);
    expect([after[0]?.onHand, after[0]?.reserved, after[0]?.inTransit]).toEqual(["90", "0", "0"]);
    expect([invoices.length, refused, reasons.map(({ code }) => code)]).toEqual([1, [], ["served_in_full"]]);
  });

  it("keeps good, short and bad drafts apart and in their order", () => {
    const drafts = [
      draft("SO-1", "60"),
      draft("SO-2", "10", { customerCode: "NOBODY" }),
      draft("SO-3", "60", { shortagePolicy: "backfillOnArrival" }),
      draft("SO-4", "10", { customerName: "Corner Ship" }),
      draft("SO-5", "60", { shortagePolicy: "cancelRemainder" }),
    ];
    const { orders, refused, stock } = runCycle(drafts, anyStock({ onHand: "100" }), CONTEXT);
    expect(orders.map(({ orderNo, status }) => [orderNo, status])).toEqual([
      ["SO-1", "closed"],
      ["SO-3", "collected"],
      ["SO-4", "returnedForCorrection"],
      ["SO-5", "cancelled"],
    ]);
    expect(orders[1]?.lines[0]?.quantities).toMatchObject({ delivered: "40", backfill: "20" });
    expect(refused.map(({ orderNo }) => orderNo)).toEqual(["SO-2"]);
    expect(stock[0]?.onHand).toBe("0");
  });

  it("rule 1: does what its parts do alone", () => {
    const drafts = [draft("SO-1", "60"), draft("SO-2", "60", { shortagePolicy: "backfillOnArrival" })];
    const stock = anyStock({ onHand: "100" });
    const run = runCycle(drafts, stock, CONTEXT);
    const { allocationHand, allocation: policy, today } = CONTEXT;
    const takenIn = takeInOrders(drafts, { ...CONTEXT, stock });
    const allocated = allocateBatch(takenIn.orders, stock, { ...allocationHand, policy, today });
    const fulfilled = fulfilOrders(allocated.orders, CONTEXT);
    const settled = settleOrders(fulfilled.orders, CONTEXT);
    const parts = [takenIn, allocated, fulfilled, settled];
    expect(run.orders).toEqual(settled.orders);
    expect(run.events).toEqual(parts.flatMap(({ events }) => events));
    expect(run.movements).toEqual(parts.flatMap(({ movements }) => movements));
    expect(run.requests).toEqual(parts.flatMap(({ requests }) => requests));
    expect(run.reasons).toEqual(allocated.reasons);
    expect(run.invoices).toEqual(settled.invoices);
  });

  it("of nothing makes nothing", () => {
    const stock = anyStock();
    const outcome = runCycle([], stock, CONTEXT);
    expect(outcome).toMatchObject({ orders: [], events: [], movements: [], refused: [], invoices: [], reasons: [] });
    expect(outcome.stock).toEqual(stock);
  });

  it("loses neither orders nor goods nor money, whatever comes in", () => {
    const anyDraft = fc
      .tuple(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 400 }).map((tenths) => `${tenths / 10}`),
        fc.constantFrom<Partial<OrderDraft>>(
          {},
          { customerCode: "NOBODY" },
          { customerName: "Corner Ship" },
          { shortagePolicy: "backfillOnArrival" },
          { shortagePolicy: "backfillWithNextOrder" },
          { shortagePolicy: "cancelRemainder" },
          { partialAllowed: false },
        ),
      )
      .map(([number, quantity, part]) => draft(`SO-${number}`, quantity, part));
    fc.assert(
      fc.property(fc.array(anyDraft, { maxLength: 8 }), fc.integer({ min: 0, max: 120 }), (drafts, onHand) => {
        const stock = deepFreeze(anyStock({ onHand: `${onHand}` }));
        const outcome = runCycle(deepFreeze(drafts), stock, CONTEXT);
        const refusedDrafts = outcome.refused.filter(({ issues }) =>
          issues.some(({ code }) => code.startsWith("enter.")),
        );
        const numbers = [...outcome.orders, ...refusedDrafts].map(({ orderNo }) => orderNo);
        expect(numbers.sort()).toEqual(drafts.map(({ orderNo }) => orderNo).sort());
        expect(checkBatchOutcome([], outcome).filter(({ at }) => at !== "batch")).toEqual([]);
        expect(checkStockLaws(outcome.stock)).toEqual([]);
        expect(checkMovementBalance(stock, outcome.stock, outcome.movements)).toEqual([]);
        expect(checkReservationsMatch(outcome.orders, outcome.stock)).toEqual([]);
        const left = outcome.stock[0]?.onHand ?? ZERO;
        const delivered = outcome.orders.flatMap(({ lines }) => lines.map(({ quantities }) => quantities.delivered));
        expect(sum([left, ...delivered])).toBe(decimal(`${onHand}`));
        for (const { billing, status } of outcome.orders) {
          expect(billing.collectedAmount).toBe(billing.invoicedAmount);
          if (status === "closed") expect(compare(billing.invoicedAmount, ZERO)).toBeGreaterThanOrEqual(0);
        }
        expect(sum(outcome.invoices.map(({ payable }) => payable))).toBe(
          sum(outcome.orders.map(({ billing }) => billing.invoicedAmount)),
        );
        expect(checkPlainData(outcome)).toEqual([]);
      }),
    );
  });
});
