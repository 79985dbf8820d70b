import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import { deferOrder, type DeferOrder } from "../../../src/allocation/shortage/defer-order.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { add, decimal, sum } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import { anyContext, anyOrder, anyStock, arbitraryOrder, deepFreeze } from "../../../src/testing/index.js";

const today = calendarDay("2026-03-02");
const on = (itemCode: string, day: string, quantity: string) => {
  return { itemCode, day: calendarDay(day), quantity: decimal(quantity) };
};
const defer = (order: Order, facts: object = {}, command: Partial<DeferOrder> = {}) =>
  deferOrder(deepFreeze(order), { reason: "short", until: "stock", ...command }, { ...anyContext(), today, ...facts });

const tea = { itemCode: "TEA", orderedQty: "10", quantities: { open: "4", allocated: "6" } };
const salt = { itemCode: "SALT", orderedQty: "5", quantities: { backfill: "5" } };

describe("deferring a whole order (mission 9.16, 12.2a)", () => {
  it("rule 1: releases all that is reserved, and all of the order waits; an older shortage keeps cause and date", () => {
    const since = "2026-02-01T09:00:00.000Z" as never;
    const shortages = [
      { quantity: "5", cause: "pick" as const, reason: "damaged", since, mode: "withNextOrder" as const },
    ];
    const result = defer(anyOrder({ stage: "confirmed", lines: [tea, { ...salt, shortages }] }));
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    const { order, movements, requests } = result.value;
    expect(order.lines.map(({ quantities }) => quantities.deferred)).toEqual(["10", "5"]);
    expect(order.lines[1]?.shortages).toEqual([
      { bucket: "deferred", cause: "pick", reason: "damaged", since, quantity: "5", mode: "wholeOrder" },
    ]);
    expect(movements.map(({ kind, itemCode, quantity }) => [kind, itemCode, quantity])).toEqual([
      ["release", "TEA", "6"],
    ]);
    expect(requests).toEqual([
      { type: "reprint", orderNo: "SO-1", document: "pick_list", cause: "allocation", lineIds: ["SO-1-1"] },
      { type: "notify_customer", orderNo: "SO-1", template: "order_deferred" },
    ]);
  });

  it.each(["picked", "shipped", "delivered", "returned"] as const)("rule 2: refuses when something is %s", (bucket) => {
    const result = defer(anyOrder({ stage: "confirmed", lines: [tea, { quantities: { [bucket]: "1", open: "9" } }] }));
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toContain("defer.under_way");
  });

  it.each([
    ["no supplies are named", undefined, undefined],
    ["one item cannot be had at all", [on("TEA", "2026-03-09", "4")], undefined],
    [
      "stock of today and what it gives back suffice",
      [on("TEA", "2026-03-02", "4"), on("SALT", "2026-03-02", "5")],
      "2026-03-02",
    ],
    ["the last item comes late", [on("TEA", "2026-03-09", "4"), on("SALT", "2026-03-20", "5")], "2026-03-20"],
    [
      "supply comes in parts",
      [on("TEA", "2026-03-09", "3"), on("TEA", "2026-03-12", "1"), on("SALT", "2026-03-02", "9")],
      "2026-03-12",
    ],
  ])("rule 3: the proposed day when %s", (_case, supplies, day) => {
    const result = defer(
      anyOrder({ stage: "confirmed", lines: [tea, salt] }),
      supplies === undefined ? {} : { supplies },
    );
    expect(result.ok && result.value.order.lines.map(({ promises }) => promises.at(-1)?.day)).toEqual([day, day]);
    expect(result.ok && result.value.events[0]?.details).toEqual({
      reason: "short",
      until: "stock",
      ...(day === undefined ? {} : { proposedDay: day }),
    });
  });

  it("rule 3: does not propose what is committed to others", () => {
    const facts = {
      supplies: [on("TEA", "2026-03-02", "4"), on("TEA", "2026-03-09", "9")],
      demands: [on("TEA", "2026-03-04", "1")],
    };
    const result = defer(anyOrder({ stage: "confirmed", lines: [tea] }), facts);
    expect(result.ok && result.value.order.lines[0]?.promises[0]?.day).toBe("2026-03-09");
  });

  it("rule 3: says what is wrong with supplies, with names, and with an order that has nothing to wait for", () => {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { deferred: "10" } }] });
    const result = defer(order, { supplies: [on("TEA", "2026-03-09", "-1")] }, { reason: " " });
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual([
      "command.not_a_name",
      "defer.nothing_left",
      "promise.negative",
    ]);
  });

  it("rule 4: until stock suffices for all of it no allocation gives it a part, then it gets everything", () => {
    const result = defer(anyOrder({ stage: "confirmed", lines: [tea, salt] }));
    if (!result.ok) throw new Error("refused");
    const policy = {
      priority: [],
      sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
      lots: "fifo",
    } as const;
    const given = (quantity: string) =>
      allocateBatch([result.value.order], anyStock({ onHand: "100" }, { itemCode: "SALT", onHand: quantity }), {
        ...anyContext(),
        policy,
        today,
      }).orders[0]!.lines.map(({ quantities }) => quantities.allocated);
    expect([given("4.9"), given("5")]).toEqual([
      ["0", "0"],
      ["10", "5"],
    ]);
  });

  it("releases all and nothing else, whatever the order", () => {
    let deferred = 0;
    fc.assert(
      fc.property(arbitraryOrder(), fc.constantFrom("stock" as const, "nextOrder" as const), (order, until) => {
        const result = defer(order, {}, { until });
        if (!result.ok) return;
        deferred++;
        for (const [place, { quantities, shortages }] of result.value.order.lines.entries()) {
          const before = order.lines[place]!.quantities;
          const waiting = sum([before.open, before.allocated, before.backfill, before.deferred]);
          expect(quantities).toEqual({ ...before, open: "0", allocated: "0", backfill: "0", deferred: waiting });
          expect(sum(shortages.map(({ quantity }) => quantity))).toBe(waiting);
        }
        const released = result.value.movements.map(({ kind, quantity }) => [kind, quantity] as const);
        expect(released.every(([kind]) => kind === "release")).toBe(true);
        const held = order.lines.map(({ quantities }) => quantities.allocated).reduce(add, decimal("0"));
        expect(sum(released.map(([, quantity]) => quantity))).toBe(held);
      }),
      { numRuns: 300 },
    );
    expect(deferred).toBeGreaterThan(10);
  });
});
