import { describe, expect, it } from "vitest";
import { addMilliseconds, instant } from "../../src/core/instant.js";
import { asOf } from "../../src/lifecycle/as-of.js";
import { replayOrders } from "../../src/lifecycle/replay-orders.js";
import { replayStock } from "../../src/lifecycle/replay-stock.js";
import { applyEvent } from "../../src/model/apply-event.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import { anyOrderHistory, deepFreeze } from "../../src/testing/index.js";

const { events, order, movements, stockBefore, stock } = deepFreeze(anyOrderHistory());
const before = instant("2026-03-02T08:59:59.999Z");

function renamed(event: OrderEvent, orderNo: string): OrderEvent {
  return JSON.parse(JSON.stringify(event).replaceAll("SO-1", orderNo)) as OrderEvent;
}

/** The order after its first events. */
function after(count: number): Order {
  return events.slice(0, count).reduce<Order | undefined>(applyEvent, undefined) as Order;
}

describe("replayOrders (mission 11.3, 13.1)", () => {
  it("rebuilds the order as it stood at every event, from events in any sequence (rules 1 and 2)", () => {
    const shuffled = [...events].reverse();
    for (const [place, { at }] of events.entries()) {
      expect(replayOrders(shuffled, { until: at })).toEqual([after(place + 1)]);
      expect(replayOrders(shuffled, { until: addMilliseconds(at, -1) })).toEqual(place === 0 ? [] : [after(place)]);
    }
    expect(replayOrders(shuffled)).toEqual([order]);
  });

  it("stops at the first event after the instant, also when a clock went wrong later on (rule 2)", () => {
    const wrong = events.map((event, place) => (place === 5 ? { ...event, at: events[1]!.at } : event));
    expect(replayOrders(wrong, { until: events[2]!.at })).toEqual([after(3)]);
  });

  it("carries a stored order on, and passes over what it knows already (rule 3)", () => {
    for (const [place] of events.entries()) {
      expect(replayOrders(events, { from: [after(place + 1)] })).toEqual([order]);
      expect(replayOrders(events.slice(place + 1), { from: [after(place + 1)] })).toEqual([order]);
    }
    expect(() => replayOrders(events, { from: [order, order] })).toThrow("listed twice");
  });

  it("puts stored orders first, then the others by their beginning and their number (rule 4)", () => {
    const later = events.map((event) => ({ ...event, at: addMilliseconds(event.at, 1) }));
    const log = [
      ...later.map((event) => renamed(event, "SO-A")),
      ...events.map((event) => renamed(event, "SO-C")),
      ...events.map((event) => renamed(event, "SO-B")),
      ...later.map((event) => renamed(event, "SO-D")),
    ];
    const from = [JSON.parse(JSON.stringify(after(2)).replaceAll("SO-1", "SO-D")) as Order];
    expect(replayOrders(log, { from }).map(({ orderNo }) => orderNo)).toEqual(["SO-D", "SO-B", "SO-C", "SO-A"]);
  });

  it("throws over a gap, a repetition and a beginning that is missing", () => {
    for (const places of [
      [0, 2],
      [0, 1, 1, 2],
      [1, 2],
      [0, 1, 3],
    ]) {
      expect(() => replayOrders(places.map((place) => events[place]!))).toThrow(RangeError);
    }
  });
});

describe("replayStock (mission 5.11, 14.1)", () => {
  it("posts what was moved up to an instant (rules 1 and 2)", () => {
    expect(replayStock(stockBefore, movements)).toEqual(stock);
    expect(replayStock(stockBefore, movements, { until: before })).toEqual(stockBefore);
    const figures = movements.map(({ at }) => {
      const [position] = replayStock(stockBefore, movements, { until: at });
      return [position?.onHand, position?.reserved, position?.picked, position?.inTransit];
    });
    expect(figures).toEqual([
      ["100", "10", "0", "0"],
      ["100", "10", "10", "0"],
      ["90", "0", "0", "10"],
      ["90", "0", "0", "0"],
    ]);
  });

  it("carries on from positions that were taken down later (rule 2)", () => {
    for (const { at } of movements) {
      const stored = replayStock(stockBefore, movements, { until: at });
      expect(replayStock(stored, movements, { after: at })).toEqual(stock);
    }
  });

  it("opens places that the opening does not name, and throws when there is less than is taken (rule 3)", () => {
    const line = { itemCode: "RICE", warehouseId: "SOUTH", quantity: order.lines[0]!.orderedQty, at: before };
    const got = (["purchase", "advise", "receive"] as const).map((kind) => ({ kind, ...line }));
    expect(replayStock(stockBefore, got)).toMatchObject([{ onHand: "100" }, { itemCode: "RICE", onHand: "10" }]);
    expect(() => replayStock([], movements)).toThrow(RangeError);
  });
});

describe("asOf (mission 13.1)", () => {
  it("takes orders and stock at the same instant: what lines reserve is what stock has reserved (rules 1 and 2)", () => {
    for (const { at } of events) {
      const { orders, stock: then = [] } = asOf(events, at, { opening: stockBefore, movements });
      const { allocated, picked } = orders[0]!.lines[0]!.quantities;
      expect(then[0]?.reserved).toBe(allocated === "0" ? picked : allocated);
    }
    expect(asOf(events, before)).toEqual({ at: before, orders: [] });
  });
});
