import { describe, expect, it } from "vitest";
import { applyEvent } from "../../src/model/apply-event.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import { anyOrder, anyOrderHistory, deepFreeze } from "../../src/testing/index.js";

const history = deepFreeze(anyOrderHistory());

function eventAt(version: number): OrderEvent {
  return history.events[version - 1]!;
}

function replay(events: readonly OrderEvent[]): Order | undefined {
  return events.reduce<Order | undefined>(applyEvent, undefined);
}

describe("applyEvent (mission 11.3)", () => {
  it("rebuilds the order from its events alone (rules 1 and 2)", () => {
    expect(replay(history.events)).toEqual(history.order);
  });

  it("passes through every status on the way", () => {
    const statuses = history.events.map((_event, last) => replay(history.events.slice(0, last + 1))?.status);
    expect(statuses).toEqual([
      "entered",
      "entered",
      "confirmed",
      "allocated",
      "picked",
      "picked",
      "shipped",
      "shipped",
      "shipped",
      "collected",
      "closed",
    ]);
  });

  it("counts the version and keeps the given order as it was", () => {
    const before = deepFreeze(replay(history.events.slice(0, 3)));
    const after = applyEvent(before, eventAt(4));
    expect([before?.version, after.version]).toEqual([3, 4]);
  });

  it("refuses an event twice, and one that leaves a gap (rule 1)", () => {
    const before = replay(history.events.slice(0, 3));
    expect(() => applyEvent(before, eventAt(3))).toThrow("does not follow version 3");
    expect(() => applyEvent(before, eventAt(5))).toThrow("does not follow version 3");
  });

  it("refuses the event of another order", () => {
    const before = anyOrder({ orderNo: "SO-2", version: 3 });
    expect(() => applyEvent(before, eventAt(4))).toThrow("belongs to another order");
  });

  it("needs an order, or an event that carries one (rule 2)", () => {
    expect(() => applyEvent(undefined, eventAt(4))).toThrow("has no order to apply to");
    expect(() => applyEvent(undefined, { ...eventAt(4), changes: [] })).toThrow(RangeError);
  });

  it("begins at the event's version, whatever version the carried order had (rule 2)", () => {
    const first = eventAt(1);
    expect(applyEvent(undefined, { ...first, version: 5 }).version).toBe(5);
  });

  it("lets a corrected order take the place of one that exists", () => {
    const before = anyOrder({ stage: "returnedForCorrection", version: 4 });
    const corrected = anyOrder({ lines: [{ orderedQty: "3" }], version: 0 });
    const after = applyEvent(before, {
      ...eventAt(1),
      type: "order_corrected",
      details: { replaces: 4 },
      version: 5,
      changes: [{ kind: "order_opened", order: corrected }],
    });
    expect([after.version, after.status, after.lines[0]?.orderedQty]).toEqual([5, "entered", "3"]);
  });
});
