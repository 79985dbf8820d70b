import { describe, expect, it, test } from "vitest";
import { checkEventLog } from "../../src/lifecycle/check-event-log.js";
import { firstBadChange, firstBadEvent, firstEnd } from "../../src/lifecycle/first-bad-event.js";
import type { Change } from "../../src/model/change.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { OrderStage } from "../../src/model/order.js";
import { anyOrder, anyOrderHistory } from "../../src/testing/index.js";

const { events, order } = anyOrderHistory("order_confirmed");
const next = (...changes: Change[]): OrderEvent[] => [
  ...events,
  { ...events.at(-1)!, eventId: `SO-1@${events.length + 1}`, version: events.length + 1, changes },
];
const move = (quantity: string): Change =>
  ({ kind: "quantity_moved", lineId: "SO-1-1", from: "open", to: "cancelled", quantity }) as Change;
const stage = (name: string): Change => ({ kind: "stage_set", stage: name as OrderStage });

describe("the first event that does not fit (mission 11.3; definition B17)", () => {
  it("is none where all are possible, nor in an empty log", () => {
    expect(firstBadEvent([])).toBeUndefined();
    expect(firstBadEvent(events)).toBeUndefined();
  });

  test.each([
    ["the first of many", 0, ["11", "1", "1", "1", "1"]],
    ["one in the middle", 2, ["1", "1", "9", "1", "1"]],
    ["the last", 4, ["1", "1", "1", "1", "7"]],
    ["the only one", 0, ["11"]],
  ] as const)("its change is named: %s", (_name, change, quantities) => {
    const log = next(...quantities.map(move));
    expect(firstBadEvent(log)).toBe(events.length);
    const left = 10 - quantities.slice(0, change).length;
    expect(firstBadChange(log, events.length)).toEqual({
      change,
      kind: "quantity_moved",
      detail: `Line SO-1-1: ${quantities[change]} of ${left} open cannot move to cancelled.`,
    });
  });

  it("a stage that there is not is a fault, and so is an order that begins with one", () => {
    expect(() => firstEnd(next(stage("sleeping")))).toThrow(new RangeError("sleeping is no stage of an order."));
    const odd = { ...anyOrder(), stage: "sleeping" as OrderStage };
    const [opening] = events;
    const opened = { ...opening!, changes: [{ kind: "order_opened", order: odd }] } as OrderEvent;
    expect(() => firstEnd([opened])).toThrow(new RangeError("sleeping is no stage of an order."));
    const at = events.length;
    expect(checkEventLog(next(stage("reviewed"), stage("sleeping")))).toEqual([
      {
        code: "event_log.change_not_possible",
        path: [at, "changes", 1],
        params: {
          orderNo: "SO-1",
          eventId: `SO-1@${at + 1}`,
          change: 1,
          kind: "stage_set",
          detail: "sleeping is no stage of an order.",
        },
      },
    ]);
  });

  test.each(["entered", "reviewed", "returnedForCorrection", "confirmed"])("%s is a stage that goes on", (name) => {
    expect(firstEnd(next(stage(name)))).toBeUndefined();
  });

  test.each(["entered", "reviewed", "returnedForCorrection", "confirmed"])("%s ends with nothing left", (name) => {
    expect(firstEnd(next(stage(name), move("10")))).toEqual({ event: events.length, status: "cancelled" });
  });

  test.each(["rejected", "closed"])("%s is a stage that ends", (status) => {
    expect(firstEnd(next(stage(status)))).toEqual({ event: events.length, status });
  });

  it("stored orders without events are named each, once, after the faults and in the order given", () => {
    const others = ["SO-9", "SO-8"].map((orderNo) => anyOrder({ orderNo }));
    expect(checkEventLog(events, { orders: [others[0]!, order, others[1]!] })).toEqual([
      { code: "event_log.order_without_events", path: [], params: { orderNo: "SO-9" } },
      { code: "event_log.order_without_events", path: [], params: { orderNo: "SO-8" } },
    ]);
    expect(checkEventLog(events, { orders: [order] })).toEqual([]);
    expect(checkEventLog([], { orders: [] })).toEqual([]);
  });
});
