import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enterOrder } from "../../src/intake/enter-order.js";
import { enterOrders } from "../../src/intake/enter-orders.js";
import { indexMasters } from "../../src/model/masters.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrderDraft,
  checkBatchOutcome,
  deepFreeze,
} from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";

const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem()] });
const context = { ...anyContext(), masters };

describe("enterOrders (mission 4.13, 12.1)", () => {
  it("rule 1: enters each draft or refuses it, as enterOrder would", () => {
    const good = anyOrderDraft();
    const bad = anyOrderDraft({ orderNo: "SO-2", customerCode: "NOBODY", lines: [] });
    const batch = enterOrders([bad, good], context);
    const alone = granted(enterOrder(good, context));
    expect(batch).toEqual({
      orders: [alone.order],
      events: alone.events,
      movements: [],
      requests: alone.requests,
      refused: [
        {
          orderNo: "SO-2",
          issues: [
            { code: "enter.unknown_customer", path: ["customerCode"], params: { customerCode: "NOBODY" } },
            { code: "enter.no_lines", path: ["lines"], params: { orderNo: "SO-2" } },
          ],
        },
      ],
    });
  });

  it("rule 2: of two drafts with one number the first is entered", () => {
    const drafts = [anyOrderDraft({ remark: "first" }), anyOrderDraft({ remark: "second" })];
    const { orders, refused } = enterOrders(drafts, context);
    expect(orders.map(({ header }) => header.remark)).toEqual(["first"]);
    expect(refused.map(({ issues }) => issues.map(({ code }) => code))).toEqual([["enter.order_no_taken"]]);
  });

  it("rule 2: a draft that was refused does not take its number", () => {
    const drafts = [anyOrderDraft({ customerCode: "NOBODY" }), anyOrderDraft()];
    expect(enterOrders(drafts, context).orders).toHaveLength(1);
  });

  it("rule 2: knows the numbers that exist already and leaves the given set as it is", () => {
    const takenOrderNos = new Set(["SO-1"]);
    const batch = enterOrders([anyOrderDraft(), anyOrderDraft({ orderNo: "SO-2" })], { ...context, takenOrderNos });
    expect([batch.orders.map(({ orderNo }) => orderNo), batch.refused.map(({ orderNo }) => orderNo)]).toEqual([
      ["SO-2"],
      ["SO-1"],
    ]);
    expect([...takenOrderNos]).toEqual(["SO-1"]);
  });

  it("of nothing makes nothing", () => {
    expect(enterOrders([], context)).toEqual({ orders: [], events: [], movements: [], requests: [], refused: [] });
  });

  it("loses nothing: entered and refused together are what was received, each in its order", () => {
    const draft = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom("C-100", "NOBODY"), fc.constantFrom("TEA", "SOAP"))
      .map(([number, customerCode, itemCode]) =>
        anyOrderDraft({ orderNo: `SO-${number}`, customerCode, lines: [{ itemCode }] }),
      );
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 12 }), (drafts) => {
        const batch = enterOrders(deepFreeze(drafts), context);
        const entered = batch.orders.map(({ orderNo }) => orderNo);
        const refused = batch.refused.map(({ orderNo }) => orderNo);
        expect([...entered, ...refused].sort()).toEqual(drafts.map(({ orderNo }) => orderNo).sort());
        expect(new Set(entered).size).toBe(entered.length);
        expect(batch.events).toHaveLength(entered.length);
        expect(checkBatchOutcome([], { ...batch, orders: [] })).toEqual([]);
      }),
    );
  });
});
