import { describe, expect, it, test } from "vitest";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { revisePapers } from "../../src/exceptions/revise-papers.js";
import { buildPaper } from "../../src/fulfilment/build-paper.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";
import { amending } from "./amending.js";

const d = decimal;
const context = anyContext();
const at = (binId: string, allocated: string) => ({ warehouseId: "NORTH", binId, quantities: { allocated } });

/** Two lines at three places, listed; then bits of them are cancelled, and the address and other things change. */
function story() {
  const order = anyOrder({
    stage: "confirmed",
    header: { remark: "ring" },
    lines: [
      { orderedQty: "10", reservations: [at("B-2", "4"), at("A-1", "6")] },
      { orderedQty: "5", reservations: [at("C-3", "5")] },
    ],
  });
  const list = buildPaper(order, "pick_list");
  const events: OrderEvent[] = [];
  const next = (step: { readonly order: Order; readonly events: readonly OrderEvent[] }): Order => {
    events.push(...step.events);
    return step.order;
  };
  const hold = { holdId: "H-1", type: "credit", blocks: ["invoice" as const], reason: "x" };
  let now = next(granted(holdOrder(order, hold, context)));
  now = next(granted(amendOrder(now, { reason: "x", header: { paymentMeans: "30" } }, amending)));
  now = next(granted(cancelOrder(now, { reason: "x", lines: [{ lineId: "SO-1-2", quantity: d("2") }] }, context)));
  now = next(granted(amendOrder(now, { reason: "x", cleared: ["remark"] }, amending)));
  now = next(granted(cancelOrder(now, { reason: "x", lines: [{ lineId: "SO-1-1", quantity: d("7") }] }, context)));
  return { list, now, events };
}

describe("revisePapers in full (mission 14.5, 14.6; definition B17)", () => {
  it("names lines, places, fields and events in their order, and only the events that made a difference", () => {
    const { list, now, events } = story();
    const place = (binId: string) => ({ warehouseId: "NORTH", binId });
    expect(revisePapers([list], now, events)).toEqual([
      {
        voided: 1,
        next: {
          ...list,
          version: 2,
          orderVersion: now.version,
          lines: [
            { lineId: "SO-1-1", itemCode: "TEA", source: place("B-2"), quantity: "3" },
            { lineId: "SO-1-2", itemCode: "TEA", source: place("C-3"), quantity: "3" },
          ],
        },
        differences: [
          { lineId: "SO-1-1", itemCode: "TEA", source: place("B-2"), before: "4", after: "3" },
          { lineId: "SO-1-1", itemCode: "TEA", source: place("A-1"), before: "6", after: "0" },
          { lineId: "SO-1-2", itemCode: "TEA", source: place("C-3"), before: "5", after: "3" },
        ],
        fields: ["remark"],
        eventIds: ["SO-1@4", "SO-1@5", "SO-1@6"],
      },
    ]);
  });

  it("takes events in any order, those of other orders left aside, and later ones than the order's too", () => {
    const { list, now, events } = story();
    const other = events.map((event): OrderEvent => ({ ...event, orderNo: "SO-2", eventId: "SO-2@1" }));
    const later = granted(cancelOrder(now, { reason: "x" }, context)).events;
    const mixed = [...later, ...other, ...[...events].reverse()];
    expect(revisePapers([list], now, mixed)).toEqual(revisePapers([list], now, events));
  });

  test.each([
    ["one in the middle is missing", (events: readonly OrderEvent[]) => events.toSpliced(2, 1)],
    ["the first is missing", (events: readonly OrderEvent[]) => events.slice(1)],
    ["the last is missing", (events: readonly OrderEvent[]) => events.slice(0, -1)],
    [
      "one stands there twice in place of another",
      (events: readonly OrderEvent[]) => events.toSpliced(2, 1, events[1]!),
    ],
  ])("a bug of the host: %s", (_name, spoilt) => {
    const { list, now, events } = story();
    expect(() => revisePapers([list], now, spoilt(events))).toThrow(
      new RangeError("The events of SO-1 from version 1 of its pick_list on are not complete."),
    );
  });

  it("rule 3: what happens after a paper was carried out neither voids it nor is told of it", () => {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
    const papers = (["pick_list", "packing_list", "delivery_note"] as const).map((each) => buildPaper(order, each));
    const picked = granted(recordPick(order, { counts: fullCounts(order, "allocated") }, context));
    const moved = granted(amendOrder(picked.order, { reason: "x", header: { remark: "side door" } }, amending));
    // The list of what was picked is settled; the others were printed without lines, so nothing was to be carried out.
    expect(revisePapers(papers, moved.order, [...picked.events, ...moved.events])).toEqual([]);
    const fresh = (["packing_list", "delivery_note"] as const).map((each) => buildPaper(picked.order, each));
    expect(
      revisePapers(fresh, moved.order, moved.events).map(({ next, fields, eventIds }) => [
        next.document,
        fields,
        eventIds,
      ]),
    ).toEqual([
      ["packing_list", ["remark"], ["SO-1@3"]],
      ["delivery_note", ["remark"], ["SO-1@3"]],
    ]);
  });

  it("goods of an earlier shipment that get lost are no event of the note for the next", () => {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "6", picked: "4" } }] });
    const note = buildPaper(order, "delivery_note");
    const lost = granted(
      recordTransitLoss(order, { lines: [{ lineId: "SO-1-1", quantity: d("6"), reason: "lost" }] }, context),
    );
    const gone = granted(
      cancelOrder(lost.order, { reason: "x", lines: [{ lineId: "SO-1-1", quantity: d("7") }] }, context),
    );
    const [revised] = revisePapers([note], gone.order, [...lost.events, ...gone.events]);
    expect([revised?.eventIds, revised?.next.lines.map(({ quantity }) => quantity)]).toEqual([["SO-1@3"], ["3"]]);
  });

  it("rule 1: the shipment that carried a note is no event of the loss that makes it void", () => {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] });
    const note = buildPaper(order, "delivery_note");
    const shipped = granted(recordShipment(order, { shipmentNo: "SH-1", what: "picked" }, context));
    const lines = [{ lineId: "SO-1-1", quantity: d("1"), reason: "lost" }];
    const lost = granted(recordTransitLoss(shipped.order, { lines }, context));
    const [revised] = revisePapers([note], lost.order, [...shipped.events, ...lost.events]);
    expect([revised?.eventIds, revised?.next.lines.map(({ quantity }) => quantity)]).toEqual([["SO-1@3"], ["9"]]);
  });

  it("places stand as the order has them now, also when one was left and taken again", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ orderedQty: "10", reservations: [at("B-2", "4"), at("A-1", "6")] }],
    });
    const list = buildPaper(order, "pick_list");
    const [first] = fullCounts(order, "allocated");
    const counts = [{ ...first!, quantity: d("0"), shortage: { reason: "not_found", stock: "keep" as const } }];
    const left = granted(recordPick(order, { counts }, context));
    const policy = {
      priority: [],
      sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
      lots: "fifo" as const,
    };
    const taken = granted(
      allocateOrder(left.order, anyStock({ binId: "B-2", onHand: "3" }), {
        ...context,
        policy,
        today: calendarDay("2026-03-02"),
      }),
    );
    const [revised] = revisePapers([list], taken.order, [...left.events, ...taken.events]);
    expect(revised?.next.lines.map(({ source, quantity }) => [source.binId, quantity])).toEqual([
      ["A-1", "6"],
      ["B-2", "3"],
    ]);
    expect(revised?.next.lines).toEqual(buildPaper(taken.order, "pick_list").lines);
    expect(revised?.differences.map(({ source, before, after }) => [source.binId, before, after])).toEqual([
      ["B-2", "4", "3"],
    ]);
  });

  it("rule 1: a note that is signed in part goes on with the rest", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { picked: "10" } }, { quantities: { picked: "4" } }],
    });
    const note = buildPaper(order, "delivery_note");
    const shipped = granted(recordShipment(order, { shipmentNo: "SH-1", what: "picked" }, context));
    const signed = granted(
      recordDelivery(
        shipped.order,
        {
          lines: [
            {
              lineId: "SO-1-1",
              accepted: d("7"),
              refused: { quantity: d("2"), reason: "wet" },
              short: { quantity: d("1"), reason: "gone" },
            },
          ],
        },
        context,
      ),
    );
    const events = [...shipped.events, ...signed.events];
    expect(revisePapers([note], signed.order, events)).toEqual([]);
  });
});
