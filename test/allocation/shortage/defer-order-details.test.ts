import { describe, expect, it } from "vitest";
import { deferOrder, type DeferOrder } from "../../../src/allocation/shortage/defer-order.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { anyContext, anyOrder, deepFreeze, type AnyOrder, type AnyOrderLine } from "../../../src/testing/index.js";

const today = calendarDay("2026-03-02");
const CONTEXT = anyContext();
const on = (itemCode: string, day: string, quantity: string, more: object = {}) => {
  return { itemCode, day: calendarDay(day), quantity: decimal(quantity), ...more };
};
const deferring = (
  lines: readonly AnyOrderLine[],
  facts: object = {},
  command: Partial<DeferOrder> = {},
  more: AnyOrder = {},
) =>
  deferOrder(
    deepFreeze(anyOrder({ stage: "confirmed", lines, ...more })),
    { reason: "short", until: "stock", ...command },
    { ...CONTEXT, today, ...facts },
  );
const deferred = (...args: Parameters<typeof deferring>) => {
  const result = deferring(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
};

describe("what a deferral writes down (mission 9.16, 12.2a; definition B6)", () => {
  it("rule 1: a shortage that is found now has the cause and reason of the command, and waits for what it says", () => {
    const record = (command: Partial<DeferOrder>) => deferred([{}], {}, command).order.lines[0]!.shortages;
    const found = { bucket: "deferred", quantity: "10", since: CONTEXT.at };
    expect(record({})).toEqual([{ ...found, cause: "allocation", reason: "short", mode: "wholeOrder" }]);
    expect(record({ until: "nextOrder", cause: "load", reason: "broken" })).toEqual([
      { ...found, cause: "load", reason: "broken", mode: "withNextOrder" },
    ]);
  });

  it("rule 1: open, reserved and back-filled quantity of one line waits together, each record with its own date", () => {
    const line: AnyOrderLine = {
      orderedQty: "12",
      quantities: { open: "2", allocated: "3", backfill: "4", cancelled: "3" },
      shortages: [
        { quantity: "3", since: "2026-02-01T08:00:00.000Z" },
        { quantity: "1", since: "2026-02-02T08:00:00.000Z" },
      ],
      reservations: [
        { warehouseId: "NORTH", quantities: { allocated: "1" } },
        { warehouseId: "SOUTH", quantities: { allocated: "2" } },
      ],
    };
    const { order, movements, events } = deferred([line], {}, { until: "nextOrder" });
    expect(order.lines[0]?.quantities).toMatchObject({ deferred: "9", cancelled: "3", open: "0", backfill: "0" });
    expect(order.lines[0]?.shortages.map(({ since, quantity, mode }) => [since, quantity, mode])).toEqual([
      [CONTEXT.at, "5", "withNextOrder"],
      ["2026-02-01T08:00:00.000Z", "3", "withNextOrder"],
      ["2026-02-02T08:00:00.000Z", "1", "withNextOrder"],
    ]);
    expect(movements.map(({ kind, warehouseId, quantity }) => [kind, warehouseId, quantity])).toEqual([
      ["release", "NORTH", "1"],
      ["release", "SOUTH", "2"],
    ]);
    expect(events.map(({ type, step }) => [type, step])).toEqual([["order_deferred", 6]]);
  });

  it("rule 2: names every line and bucket that is under way", () => {
    const result = deferring([{}, { quantities: { picked: "1", shipped: "2", open: "7" } }]);
    expect(result.ok ? [] : result.issues).toEqual([
      { code: "defer.under_way", path: ["lines", 1], params: { lineId: "SO-1-2", bucket: "picked", quantity: "1" } },
      { code: "defer.under_way", path: ["lines", 1], params: { lineId: "SO-1-2", bucket: "shipped", quantity: "2" } },
    ]);
    const nothing = deferring([{ quantities: { cancelled: "10" } }, { quantities: { deferred: "10" } }]);
    expect(nothing.ok ? [] : nothing.issues.filter(({ code }) => code.startsWith("defer"))).toEqual([
      { code: "defer.nothing_left", path: ["lines"], params: { orderNo: "SO-1" } },
    ]);
  });

  it("rule 3: promises the day to the lines that now wait, as scheduled, and says it in the event", () => {
    const lines: AnyOrderLine[] = [{}, { quantities: { cancelled: "10" } }, { quantities: { allocated: "10" } }];
    const { order, events } = deferred(lines, { supplies: [on("TEA", "2026-03-09", "10")] });
    const promise = { day: "2026-03-09", kind: "scheduled", promisedAt: CONTEXT.at };
    expect(order.lines.map(({ promises }) => promises)).toEqual([[promise], [], [promise]]);
    expect(events[0]?.details).toEqual({ reason: "short", until: "stock", proposedDay: "2026-03-09" });
  });

  it("rule 3: an order that waits for the next one gets no day, and nothing is asked of supply", () => {
    const supplies = [on("TEA", "2026-03-09", "-10")];
    expect(deferred([{}], { supplies }, { until: "nextOrder" }).order.lines[0]?.promises).toEqual([]);
  });

  it("rule 3: counts what waits already, and the same item of several lines together", () => {
    const lines: AnyOrderLine[] = [
      { quantities: { open: "4", deferred: "6" } },
      { orderedQty: "5", quantities: { open: "5" } },
    ];
    const day = (quantity: string) =>
      deferred(lines, { supplies: [on("TEA", "2026-03-05", quantity), on("TEA", "2026-03-10", "99")] }).order.lines[0]
        ?.promises[0]?.day;
    expect([day("14.9"), day("15")]).toEqual(["2026-03-10", "2026-03-05"]);
  });

  it("rule 3: the customer's own goods are neither needed of ours nor given back to us", () => {
    const own: AnyOrderLine = {
      itemCode: "SALT",
      transactionCategory: "depositDraw",
      quantities: { allocated: "6", open: "4" },
      reservations: [{ warehouseId: "NORTH", owner: "C-100", quantities: { allocated: "6" } }],
    };
    const supplies = [on("TEA", "2026-03-04", "10"), on("SALT", "2026-03-20", "6")];
    expect(deferred([{}, own], { supplies }).order.lines[0]?.promises[0]?.day).toBe("2026-03-04");
    const buyer: AnyOrderLine = { itemCode: "SALT", orderedQty: "6" };
    expect(deferred([own, buyer], { supplies }).order.lines[1]?.promises[0]?.day).toBe("2026-03-20");
    // What others left in store is no supply, nor is what is promised out of it a demand on ours.
    const foreign = { supplies: [on("TEA", "2026-03-03", "10", { owner: "C-9" }), on("TEA", "2026-03-06", "10")] };
    expect(deferred([{}], foreign).order.lines[0]?.promises[0]?.day).toBe("2026-03-06");
    const drawn = {
      supplies: [on("TEA", "2026-03-06", "10")],
      demands: [on("TEA", "2026-03-06", "3", { owner: "C-9" })],
    };
    expect(deferred([{}], drawn).order.lines[0]?.promises[0]?.day).toBe("2026-03-06");
  });

  it("rule 3: gives back what it holds of an item today, so that supply must only bring the rest", () => {
    const supplies = (quantity: string) => ({ supplies: [on("TEA", "2026-03-08", quantity)] });
    const line: AnyOrderLine = { quantities: { allocated: "6", open: "4" } };
    expect(deferred([line], supplies("4")).order.lines[0]?.promises[0]?.day).toBe("2026-03-08");
    expect(deferred([line], supplies("3.9")).order.lines[0]?.promises).toEqual([]);
    expect(deferred([{ quantities: { allocated: "10" } }], { supplies: [] }).order.lines[0]?.promises[0]?.day).toBe(
      today,
    );
  });

  it("says all that is wrong at once", () => {
    const result = deferring(
      [{ quantities: { picked: "10" } }],
      { supplies: [on("TEA", "2026-03-09", "-1")] },
      { reason: "" },
      { stage: "entered" },
    );
    const codes = result.ok ? [] : result.issues.map(({ code }) => code);
    expect(codes).toEqual([
      "status.operation_not_allowed",
      "command.not_a_name",
      "defer.under_way",
      "defer.nothing_left",
    ]);
  });
});
