import { describe, expect, it, test } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import { EVENT_FACTS } from "../../src/lifecycle/event-facts.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import { BUCKET_EDGES, isShortBucket } from "../../src/model/bucket.js";
import type { Change } from "../../src/model/change.js";
import type { StockMovement } from "../../src/model/movement.js";
import { anyContext, anyOrder, checkOutcome, deepFreeze, type AnyOrder } from "../../src/testing/index.js";
import { reviewContext } from "../intake/review-facts.js";
import { granted } from "./answers.js";

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

describe("the money of an order that ends (mission 11.1, 11.3)", () => {
  const payments = [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-01T08:00:00.000Z" }];
  const invoiceOf = (payable: string) => [
    { invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable },
  ];
  const cancelRemainder = { shortagePolicy: "cancelRemainder" as const };
  const cancelAll: Change = {
    kind: "quantity_moved",
    lineId: "SO-1-1",
    from: "open",
    to: "cancelled",
    quantity: decimal("10"),
  };
  const refundsOf = (part: AnyOrder, changes: readonly Change[]) =>
    recordEvent(anyOrder({ stage: "confirmed", ...part }), { ...closed, changes }, anyContext()).requests;
  const refund = (amount: string) => ({ type: "refund", orderNo: "SO-1", amount });

  test.each([
    ["closed", { kind: "stage_set", stage: "closed" }],
    ["rejected", { kind: "stage_set", stage: "rejected" }],
    ["cancelled", cancelAll],
  ] as const)("rule 3: an order that is %s asks for what was paid beyond what was billed", (_status, change) => {
    expect(refundsOf({ billing: { payments } }, [change])).toEqual([refund("25")]);
    expect(refundsOf({ billing: { payments, invoices: invoiceOf("14.9") } }, [change])).toEqual([refund("10.1")]);
    expect(refundsOf({ billing: { payments, invoices: invoiceOf("25") } }, [change])).toEqual([]);
    expect(refundsOf({ billing: { payments, invoices: invoiceOf("30") } }, [change])).toEqual([]);
  });

  it("rule 3: an order that goes on keeps its money, and one that had ended is not refunded twice", () => {
    const part = { ...cancelAll, quantity: decimal("9") };
    expect(refundsOf({ billing: { payments } }, [part])).toEqual([]);
    const hold = anyOrder({ holds: [{}] }).holds[0]!;
    for (const stage of ["closed", "rejected"] as const) {
      expect(refundsOf({ stage, billing: { payments } }, [{ kind: "hold_set", hold }])).toEqual([]);
    }
    const cancelled = { lines: [{ quantities: { cancelled: "10" } }], billing: { payments } };
    expect(refundsOf(cancelled, [{ kind: "hold_set", hold }])).toEqual([]);
  });

  it("rule 3: the refund comes after what the operation itself asks for", () => {
    const requests = [{ type: "notify_customer", orderNo: "SO-1", template: "order_delivered" }] as const;
    const order = anyOrder({ stage: "confirmed", billing: { payments } });
    const outcome = recordEvent(order, { ...closed, changes: [cancelAll], requests }, anyContext());
    expect(outcome.requests).toEqual([...requests, refund("25")]);
  });

  it("rule 3: an allocation that cancels all of a prepaid order asks for the refund", () => {
    const order = anyOrder({ stage: "confirmed", lines: [cancelRemainder], billing: { payments } });
    const sourcing = { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] };
    const policy = { priority: [], sourcing, lots: "fifo" as const };
    const batch = allocateBatch([order], [], { ...anyContext(), policy, today: calendarDay("2026-03-02") });
    expect(batch.orders[0]?.status).toBe("cancelled");
    expect(batch.requests.filter(({ type }) => type === "refund")).toEqual([refund("25")]);
  });

  it("rule 3: a delivery in which all was short asks for the refund", () => {
    const lines = [{ ...cancelRemainder, quantities: { shipped: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines, billing: { payments } });
    const short = { quantity: decimal("10"), reason: "not_there" };
    const signed = { lines: [{ lineId: "SO-1-1", accepted: decimal("0"), short }] };
    const outcome = granted(recordDelivery(order, signed, anyContext()));
    expect(outcome.order.status).toBe("cancelled");
    expect(outcome.requests.at(-1)).toEqual(refund("25"));
  });

  it("rule 3: a review that turns a paid order down asks for the refund, one that sends it back does not", () => {
    const order = anyOrder({ header: { customerName: "Corner Ship" }, billing: { payments } });
    const requestsAfter = (onError: "reject" | "returnForCorrection") =>
      granted(reviewOrder(order, reviewContext({ policy: { onError } }))).requests.slice(1);
    expect(requestsAfter("reject")).toEqual([refund("25")]);
    expect(requestsAfter("returnForCorrection")).toEqual([]);
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
      "order_deferred",
      "quantity_merged",
      "quantity_substituted",
      "reservation_moved",
      "order_shipped",
      "order_delivered",
      "quantity_cancelled",
      "order_amended",
      "add_on_joined",
      "delivery_failed",
      "transit_loss_recorded",
      "wrong_item_found",
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
