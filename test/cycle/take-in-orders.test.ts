import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { takeInOrders, type TakeInContext } from "../../src/cycle/take-in-orders.js";
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
  deepFreeze,
} from "../../src/testing/index.js";

const masters = indexMasters({
  customers: [anyCustomer()],
  items: [anyItem(), anyItem({ itemCode: "RICE", name: "Rice" })],
  prices: [anyPriceEntry()],
});
const CONTEXT: TakeInContext = {
  handFor: (operation) => anyContext({ actor: { function: operation } }),
  masters,
  review: { requiredFields: [], priceTolerancePercent: decimal("0"), severities: {}, onError: "returnForCorrection" },
  price: { rounding: "halfUp", givenPrice: "replace" },
  today: calendarDay("2026-03-02"),
};
/** One draft for each fate. */
const FATES = {
  confirmed: {},
  refused: { customerCode: "NOBODY" },
  returned: { customerName: "Corner Ship" },
  // Its price came with it, so the review is content; the price structure has none.
  unpriced: { lines: [{ itemCode: "RICE", unitPrice: "1" }] },
} as const;
const draftOf = (orderNo: string, fate: keyof typeof FATES): OrderDraft => anyOrderDraft({ orderNo, ...FATES[fate] });
const takeIn = (drafts: readonly OrderDraft[], part: Partial<TakeInContext> = {}) =>
  takeInOrders(deepFreeze(drafts), { ...CONTEXT, ...part });

describe("takeInOrders (mission 4.13, 4.14, 12.1)", () => {
  it("enters, reviews, prices and confirms a good order, each by its own hand", () => {
    const batch = takeIn([draftOf("SO-1", "confirmed")]);
    expect(batch.orders.map(({ status, totals }) => [status, totals?.payable])).toEqual([["confirmed", "25"]]);
    expect(batch.events.map(({ type, version, actor }) => [type, version, actor.function])).toEqual([
      ["order_entered", 1, "enter"],
      ["order_reviewed", 2, "review"],
      ["order_priced", 3, "price"],
      ["order_confirmed", 4, "confirm"],
    ]);
    expect(batch.requests.map(({ type }) => type)).toEqual(["expect_receivable", "notify_customer"]);
    expect([batch.refused, batch.movements]).toEqual([[], []]);
  });

  it("rules 1, 2: every draft goes as far as it will", () => {
    const fates = ["refused", "confirmed", "returned", "unpriced"] as const;
    const batch = takeIn(fates.map((fate, place) => draftOf(`SO-${place + 1}`, fate)));
    expect(batch.orders.map(({ orderNo, status, stage }) => [orderNo, status, stage])).toEqual([
      ["SO-2", "confirmed", "confirmed"],
      ["SO-3", "returnedForCorrection", "returnedForCorrection"],
      ["SO-4", "entered", "reviewed"],
    ]);
    expect(batch.refused.map(({ orderNo, issues }) => [orderNo, issues.map(({ code }) => code)])).toEqual([
      ["SO-1", ["enter.unknown_customer"]],
      ["SO-4", ["price.no_price"]],
    ]);
    expect(batch.requests.map(({ type, orderNo }) => [type, orderNo])).toEqual([
      ["expect_receivable", "SO-2"],
      ["notify_customer", "SO-2"],
      ["return_to_customer", "SO-3"],
    ]);
  });

  it("rule 1: a number that exists already is refused, here or before", () => {
    const drafts = [draftOf("SO-1", "confirmed"), draftOf("SO-1", "confirmed"), draftOf("SO-9", "confirmed")];
    const takenOrderNos = new Set(["SO-9"]);
    const batch = takeIn(drafts, { takenOrderNos });
    expect(batch.orders.map(({ orderNo }) => orderNo)).toEqual(["SO-1"]);
    expect(batch.refused.map(({ orderNo }) => orderNo)).toEqual(["SO-1", "SO-9"]);
    expect([...takenOrderNos]).toEqual(["SO-9"]);
  });

  it("hints at stock when it is told of it, counting what is usable today", () => {
    const drafts = [draftOf("SO-1", "confirmed")];
    const hintsOf = (part: Partial<TakeInContext>) =>
      takeIn(drafts, part).requests.filter(({ type }) => type === "review").length;
    expect(hintsOf({})).toBe(0);
    expect(hintsOf({ stock: anyStock({ onHand: "10" }) })).toBe(0);
    expect(hintsOf({ stock: anyStock({ onHand: "9" }) })).toBe(1);
    expect(hintsOf({ stock: anyStock({ onHand: "10", expiresOn: "2026-03-02" }) })).toBe(1);
    expect(takeIn(drafts, { stock: anyStock({ onHand: "9" }) }).orders[0]?.status).toBe("confirmed");
  });

  it("loses nothing: entered and refused drafts together are what was received", () => {
    const fates = Object.keys(FATES) as (keyof typeof FATES)[];
    const draft = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(...fates))
      .map(([number, fate]) => draftOf(`SO-${number}`, fate));
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 12 }), (drafts) => {
        const batch = takeIn(drafts);
        const refusedDrafts = batch.refused.filter(({ issues }) =>
          issues.some(({ code }) => code.startsWith("enter.")),
        );
        const numbers = [...batch.orders, ...refusedDrafts].map(({ orderNo }) => orderNo);
        expect(numbers.sort()).toEqual(drafts.map(({ orderNo }) => orderNo).sort());
        expect(batch.events.filter(({ type }) => type === "order_entered")).toHaveLength(batch.orders.length);
        expect(checkBatchOutcome([], batch).filter(({ at }) => at !== "batch")).toEqual([]);
      }),
    );
  });
});
