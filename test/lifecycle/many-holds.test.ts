import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { selectParticipants } from "../../src/allocation/select-participants.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import { defineSubStates } from "../../src/lifecycle/sub-states.js";
import type { Hold, Order } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";

const LINES = 3000;
/** Looks at each hold that anything here may take; who looks at every hold for every line takes as many as there are lines. */
const FEW = 400;
const TODAY = calendarDay("2026-03-02");
const POLICY = {
  deferred: { include: true },
  backfill: { include: true },
  futureDue: { include: true, leadDays: 2 },
  allocatedNotShipped: { include: true, reservation: "keep" },
  holdReleased: { include: true },
  new: { include: true },
} as const;

/** Counts how often the parts of things are looked at. */
function counter() {
  let looks = 0;
  const watched = <T extends object>(thing: T): T =>
    new Proxy(thing, {
      get: (target, key, receiver) => {
        looks++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
  return { watched, looks: () => looks };
}

/** An order of which every line has a hold of its own, and what counts the looks at the holds. */
function heldOrder(bucket: "open" | "allocated", end: Partial<Hold> = {}) {
  const part = { orderedQty: "10", quantities: bucket === "open" ? {} : { allocated: "10" } };
  const order = anyOrder({ stage: "confirmed", lines: Array.from({ length: LINES }, () => part) });
  const { watched, looks } = counter();
  const holds = order.lines.map(({ lineId }, place) =>
    watched<Hold>({
      holdId: `H-${place}`,
      type: "credit",
      lineId,
      blocks: ["allocate", "pick"],
      reason: "to be looked at",
      placedAt: anyContext().at,
      state: "active",
      ...end,
    }),
  );
  const held: Order = { ...order, holds };
  return { order: held, looks };
}

describe("an order with thousands of lines and as many holds (mission 7.8)", () => {
  it("is told all its held lines at once, with a few looks at each hold", () => {
    const { order, looks } = heldOrder("open");
    const held = nextActions(order).find(({ operation }) => operation === "allocate")?.heldLines;
    expect(held).toEqual(order.lines.map(({ lineId }) => lineId));
    expect(looks()).toBeLessThan(FEW * LINES);
  });

  it("gets nothing from an allocation, and takes part in none, with a few looks at each hold", () => {
    const open = heldOrder("open");
    const { order } = open;
    const released = heldOrder("open", { state: "resolved", endedAt: anyContext({ at: "2026-03-02T08:00:00Z" }).at });
    const context = {
      ...anyContext(),
      policy: { priority: [], sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] }, lots: "fifo" },
      today: TODAY,
    } as const;
    const now = { at: context.at, today: TODAY };
    const { movements, reasons } = allocateBatch([order], anyStock({ onHand: "100" }), context);
    expect([movements.length, reasons.length]).toEqual([0, LINES]);
    const out = selectParticipants([order], [], POLICY, now);
    expect(out.ok && out.value[0]?.takesPart).toBe(false);
    const taking = selectParticipants([released.order], [], POLICY, now);
    expect(taking.ok && taking.value[0]?.as).toBe("holdReleased");
    expect([open.looks() < FEW * LINES, released.looks() < FEW * LINES]).toEqual([true, true]);
  });

  it("has a pick of all its lines refused with every hold, with a few looks at each", () => {
    const { order, looks } = heldOrder("allocated");
    const result = recordPick(order, { counts: fullCounts(order, "allocated") }, anyContext());
    expect(!result.ok && result.issues.length).toBe(LINES);
    expect(looks()).toBeLessThan(FEW * LINES);
  });
});

describe("a definition with thousands of states and steps (mission 11.2)", () => {
  it("is judged with a few looks at each", () => {
    const { watched, looks } = counter();
    const states = Array.from({ length: LINES }, (_, place) =>
      watched({
        name: `s${place}`,
        status: "picked" as const,
        ...(place === 0 ? { isInitial: true as const } : { mayLeave: true as const }),
      }),
    );
    const moves = states.slice(1).map(({ name }) => watched({ move: "on", from: ["s0"], to: name }));
    expect(defineSubStates({ states, moves }).ok).toBe(true);
    const initial = states.map((state) => watched({ ...state, isInitial: true as const }));
    const several = defineSubStates({ states: initial, moves });
    expect(!several.ok && several.issues.map(({ code }) => code)).toEqual(["sub_state.several_initial"]);
    expect(looks()).toBeLessThan(FEW * LINES);
  });
});
