import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { instant } from "../../src/core/instant.js";
import { checkEventLog } from "../../src/lifecycle/check-event-log.js";
import { firstEnd } from "../../src/lifecycle/first-bad-event.js";
import { applyEvent } from "../../src/model/apply-event.js";
import type { Change } from "../../src/model/change.js";
import type { OrderEvent } from "../../src/model/event.js";
import { ENDED_STATUSES, type Order } from "../../src/model/order.js";
import { anyOrder, anyOrderHistory, deepFreeze } from "../../src/testing/index.js";

const { events, order } = deepFreeze(anyOrderHistory());
/** What the order that begins says of itself and every event writes anew. */
const WRITTEN_OVER = ["version", "status"];
const EARLY = instant("2026-01-01T00:00:00Z");

function renamed<Part>(part: Part, orderNo: string): Part {
  return JSON.parse(JSON.stringify(part).replaceAll("SO-1", orderNo)) as Part;
}

function altered(place: number, part: object): OrderEvent[] {
  return events.map((event, each) => (each === place ? { ...event, ...part } : event));
}

const move = (from: string, to: string, quantity: string): Change =>
  ({ kind: "quantity_moved", lineId: "SO-1-1", from, to, quantity, source: { warehouseId: "NORTH" } }) as Change;

describe("checkEventLog (mission 11.3; definition B17)", () => {
  it("finds nothing in a whole history, nor in the beginning of one", () => {
    expect(checkEventLog(events, { orders: [order] })).toEqual([]);
    for (const [place] of events.entries()) expect(checkEventLog(events.slice(0, place))).toEqual([]);
  });

  test.each<[string, OrderEvent[], string, object]>([
    ["a beginning that is missing", events.slice(1), "event_log.version_missing", { expected: 1, version: 2 }],
    [
      "a first event that does not open",
      altered(0, { changes: [] }),
      "event_log.does_not_open",
      { eventId: "SO-1@1", version: 1 },
    ],
    [
      "a gap",
      [...events.slice(0, 3), ...events.slice(5)],
      "event_log.version_missing",
      { eventId: "SO-1@6", expected: 4, version: 6 },
    ],
    [
      "a repetition",
      [...events.slice(0, 4), ...events.slice(3)],
      "event_log.version_repeated",
      { eventId: "SO-1@4", version: 4 },
    ],
    [
      "two events in the wrong order",
      [events[0]!, events[2]!, events[1]!, ...events.slice(3)],
      "event_log.out_of_order",
      { eventId: "SO-1@3", expected: 2, version: 3 },
    ],
    [
      "an id that is not its own",
      altered(2, { eventId: "SO-9@3" }),
      "event_log.id_differs",
      { eventId: "SO-9@3", expected: "SO-1@3" },
    ],
    [
      "an event before its predecessor",
      altered(2, { at: EARLY }),
      "event_log.before_predecessor",
      { at: EARLY, previousAt: events[1]!.at },
    ],
    [
      "more than there is",
      altered(4, { changes: [move("allocated", "picked", "4"), move("allocated", "picked", "7")] }),
      "event_log.change_not_possible",
      { change: 1, kind: "quantity_moved", detail: "Line SO-1-1: 7 of 6 allocated cannot move to picked." },
    ],
    [
      "a move that is no edge",
      altered(4, { changes: [move("allocated", "delivered", "1")] }),
      "event_log.change_not_possible",
      { eventId: "SO-1@5", change: 0 },
    ],
    [
      "an order that begins under another number",
      altered(0, { changes: [{ kind: "order_opened", order: renamed(order, "SO-2") }] }),
      "event_log.change_not_possible",
      { eventId: "SO-1@1", change: 0, kind: "order_opened" },
    ],
    [
      "what follows the end",
      [
        ...events,
        {
          ...events[1]!,
          eventId: "SO-1@12",
          version: 12,
          at: events.at(-1)!.at,
          changes: [{ kind: "stage_set", stage: "confirmed" }],
        },
      ],
      "event_log.after_end",
      { eventId: "SO-1@12", status: "closed" },
    ],
    [
      "what follows the end and is not possible either",
      altered(3, { changes: [move("open", "cancelled", "10")] }),
      "event_log.after_end",
      { eventId: "SO-1@5", status: "cancelled" },
    ],
    ["no event", altered(3, { version: "4" }), "event_log.not_an_event", { position: 3 }],
  ])("names %s", (_name, log, code, params) => {
    const [fault] = checkEventLog(log);
    expect(fault?.code).toBe(code);
    expect(fault?.params).toMatchObject(params);
  });

  it("says where in the log the fault stands, one for each order, in the sequence of the log (rule 6)", () => {
    const other = renamed(events, "SO-2");
    const log = [events[0]!, other[1]!, events[2]!, other[2]!, events[2]!, null as unknown as OrderEvent];
    expect(checkEventLog(log).map(({ code, path }) => [code, path])).toEqual([
      ["event_log.version_missing", [1]],
      ["event_log.version_missing", [2]],
      ["event_log.not_an_event", [5]],
    ]);
    const [fault] = checkEventLog([...other, ...altered(4, { changes: [move("open", "picked", "1")] })]);
    expect(fault?.path).toEqual([events.length + 4, "changes", 0]);
  });

  it("holds the events against the stored orders (rule 5)", () => {
    const told = (orders: readonly Order[], log: readonly OrderEvent[] = events) =>
      checkEventLog(log, { orders }).map(({ code, params }) => [code, "field" in params ? params.field : ""]);
    expect(told([JSON.parse(JSON.stringify(order)) as Order])).toEqual([]);
    // A data base may give the fields back in another sequence.
    const { orderNo, ...rest } = order;
    expect(told([{ ...rest, orderNo }])).toEqual([]);
    expect(told([order], events.slice(0, -1))).toEqual([["event_log.order_differs", "version"]]);
    expect(told([{ ...order, stage: "confirmed" }])).toEqual([["event_log.order_differs", "stage"]]);
    expect(told([{ ...order, extra: 1 } as Order])).toEqual([["event_log.order_differs", "extra"]]);
    expect(told([])).toEqual([["event_log.order_not_stored", ""]]);
    expect(told([order, anyOrder({ orderNo: "SO-9" })])).toEqual([["event_log.order_without_events", ""]]);
  });

  it("finds any single event that was dropped, doubled or swapped", () => {
    for (const [place, event] of events.entries()) {
      const dropped = events.filter((_, each) => each !== place);
      const doubled = [...events.slice(0, place), event, ...events.slice(place)];
      for (const log of [dropped, doubled]) {
        expect(checkEventLog(log, { orders: [order] })).toHaveLength(1);
      }
      if (place === 0) continue;
      const swapped = [...events.slice(0, place - 1), event, events[place - 1]!, ...events.slice(place + 1)];
      expect(checkEventLog(swapped)[0]?.path[0]).toBe(place - 1);
    }
  });

  it("finds any value of a change that was altered, and never throws", () => {
    const spoilt = fc.constantFrom<unknown>(null, 7, -1, "", "x", "999", "__proto__", [], {}, true, 1e400, Number.NaN);
    let tried = 0;
    fc.assert(
      fc.property(fc.nat(), spoilt, (choice, value) => {
        const log = JSON.parse(JSON.stringify(events)) as OrderEvent[];
        const leaves = leavesOf(log.map(({ changes }) => changes)).filter(({ key }) => !WRITTEN_OVER.includes(key));
        const { owner, key } = leaves[choice % leaves.length]!;
        if (JSON.stringify(owner[key]) === JSON.stringify(value)) return;
        owner[key] = value;
        tried++;
        expect(checkEventLog(log, { orders: [order] })).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
    expect(tried).toBeGreaterThan(0);
  });

  it("never throws over anything that stands where an event should", () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), fc.nat({ max: 10 }), fc.anything(), (strangers, place, value) => {
        const keys = ["type", "version", "at", "orderNo", "eventId", "changes"] as const;
        const log = [...altered(place, { [keys[place % keys.length]!]: value }), ...(strangers as OrderEvent[])];
        expect(checkEventLog(log).every(({ code }) => code.startsWith("event_log."))).toBe(true);
      }),
    );
  });

  test.each<[string, object]>([
    ["no number of an order", { orderNo: 7 }],
    ["no id", { eventId: undefined }],
    ["a version that counts nothing", { version: 1.5 }],
    ["no instant", { at: "yesterday" }],
    ["no list of changes", { changes: { length: 0 } }],
    ["a change that is text", { changes: ["stage_set"] }],
    ["a change that is nothing", { changes: [null] }],
    ["a change that is nothing after a sound one", { changes: [{ kind: "stage_set", stage: "closed" }, undefined] }],
  ])("an entry with %s is no event", (_what, part) => {
    const log = altered(1, part);
    expect(checkEventLog(log)[0]).toEqual({ code: "event_log.not_an_event", path: [1], params: { position: 1 } });
  });

  it("is quick with an order of many lines and many events", () => {
    const many = anyOrder({ version: 0, lines: Array.from({ length: 1500 }, () => ({})) });
    const base = { orderNo: many.orderNo, at: EARLY, type: "order_priced" };
    const log = [
      { ...base, eventId: "SO-1@1", version: 1, changes: [{ kind: "order_opened", order: many }] },
      ...many.lines.map(({ lineId }, place) => ({
        ...base,
        eventId: `SO-1@${place + 2}`,
        version: place + 2,
        changes: [{ kind: "quantity_added", lineId, quantity: place === 1400 ? "-1" : "1" }],
      })),
    ] as unknown as OrderEvent[];
    const [fault] = checkEventLog(log);
    expect(fault?.params).toMatchObject({ eventId: "SO-1@1402", change: 0, kind: "quantity_added" });
  }, 5000);

  it("knows the end of an order as statusOf does", () => {
    const histories = [events, altered(3, { changes: [move("open", "cancelled", "10")] })];
    for (const history of histories) {
      let current: Order | undefined;
      const end = history.findIndex((event) => {
        current = applyEvent(current, event);
        return ENDED_STATUSES.includes(current.status);
      });
      expect(firstEnd(history)?.event).toBe(end);
    }
  });
});

/** Every place in plain data where a value stands that is no list and no record. */
function leavesOf(value: unknown): { readonly owner: Record<string, unknown>; readonly key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => {
    const inner = leavesOf(owner[key]);
    return inner.length > 0 || typeof owner[key] === "object" ? inner : [{ owner, key }];
  });
}
