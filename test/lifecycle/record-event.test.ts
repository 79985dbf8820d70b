import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { EVENT_FACTS } from "../../src/lifecycle/event-facts.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import { BUCKET_EDGES, isShortBucket } from "../../src/model/bucket.js";
import type { Change } from "../../src/model/change.js";
import type { StockMovement } from "../../src/model/movement.js";
import { anyContext, anyOrder, checkOutcome, deepFreeze } from "../../src/testing/index.js";

const PLACE = { warehouseId: "NORTH" };
const closed = { type: "order_closed", details: { collected: decimal("0") } } as const;

describe("recordEvent (mission 5.11, 11.3)", () => {
  it("builds the event from decision and context", () => {
    const order = deepFreeze(anyOrder({ version: 6, stage: "confirmed" }));
    const context = anyContext({
      at: "2026-03-02T09:30:00.000Z",
      startedAt: "2026-03-02T09:00:00.000Z",
      actor: { function: "warehouse", person: "u-7" },
    });
    const changes: readonly Change[] = [{ kind: "stage_set", stage: "closed" }];
    const outcome = recordEvent(order, { ...closed, changes }, context);
    expect(outcome).toEqual({
      order: { ...order, version: 7, stage: "closed", status: "closed" },
      events: [
        {
          type: "order_closed",
          eventId: "SO-1@7",
          orderNo: "SO-1",
          version: 7,
          at: context.at,
          startedAt: context.startedAt,
          step: 8,
          customerVisible: false,
          actor: { function: "warehouse", person: "u-7" },
          details: { collected: "0" },
          changes,
        },
      ],
      movements: [],
      requests: [],
    });
  });

  it("leaves out a beginning that is the end", () => {
    const { at } = anyContext();
    const { events } = recordEvent(anyOrder(), { ...closed, changes: [] }, anyContext({ startedAt: at }));
    expect(events[0]).not.toHaveProperty("startedAt");
  });

  test.each(BUCKET_EDGES)("derives the movement of the move from $from to $to", ({ from, to, movement }) => {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { [from]: "10" } }] });
    const { at } = anyContext();
    const shortage = { cause: "pick", mode: "onArrival", reason: "not_found", since: at } as const;
    const move: Change = {
      kind: "quantity_moved",
      lineId: "SO-1-1",
      from,
      to,
      quantity: decimal("4"),
      source: PLACE,
      ...(isShortBucket(to) ? { shortage } : {}),
    };
    const outcome = recordEvent(order, { ...closed, changes: [move] }, anyContext());
    const stays = movement === null;
    expect(outcome.movements).toEqual(
      stays
        ? []
        : [{ kind: movement, itemCode: "TEA", ...PLACE, quantity: "4", at, orderNo: "SO-1", lineId: "SO-1-1" }],
    );
    if (from !== "returned") expect(checkOutcome(order, outcome)).toEqual([]);
  });

  it("posts further movements after those of the moves, and knows lines that join in the same decision", () => {
    const { at } = anyContext();
    const order = anyOrder({ stage: "confirmed" });
    const line = anyOrder({ lines: [{ lineNo: 2, itemCode: "RICE" }] }).lines[0]!;
    const extra: StockMovement = { kind: "write_off", itemCode: "TEA", ...PLACE, quantity: decimal("1"), at };
    const changes: readonly Change[] = [
      { kind: "line_added", line },
      {
        kind: "quantity_moved",
        lineId: line.lineId,
        from: "open",
        to: "allocated",
        quantity: decimal("2"),
        source: { ...PLACE, lotNo: "L-1" },
      },
    ];
    const { movements } = recordEvent(order, { ...closed, changes, movements: [extra] }, anyContext());
    expect(movements.map(({ kind, itemCode, lotNo }) => [kind, itemCode, lotNo])).toEqual([
      ["reserve", "RICE", "L-1"],
      ["write_off", "TEA", undefined],
    ]);
  });

  it("throws for a change that the order does not allow", () => {
    const changes: readonly Change[] = [
      {
        kind: "quantity_moved",
        lineId: "SO-1-1",
        from: "open",
        to: "allocated",
        quantity: decimal("11"),
        source: PLACE,
      },
    ];
    expect(() => recordEvent(anyOrder(), { ...closed, changes }, anyContext())).toThrow(RangeError);
  });
});

describe("the facts of events (mission 20.5, 20.8)", () => {
  it("lets the customer hear of what concerns the customer", () => {
    const heard = Object.entries(EVENT_FACTS)
      .filter(([, { customerVisible }]) => customerVisible)
      .map(([type]) => type);
    expect(heard).toEqual([
      "order_returned_for_correction",
      "order_rejected",
      "order_confirmed",
      "order_shipped",
      "order_delivered",
      "invoice_posted",
      "payment_applied",
    ]);
  });

  it("never leads backwards through the ten steps on the straight way", () => {
    const way = [
      "order_entered",
      "order_reviewed",
      "order_confirmed",
      "order_allocated",
      "order_picked",
      "order_loaded",
      "order_shipped",
      "order_delivered",
      "invoice_posted",
      "payment_applied",
      "order_closed",
    ] as const;
    const steps = way.map((type) => EVENT_FACTS[type].step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});
