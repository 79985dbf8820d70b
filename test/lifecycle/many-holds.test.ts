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

const LINES = 30_000;
const TODAY = calendarDay("2026-03-02");
const POLICY = {
  deferred: { include: true },
  backfill: { include: true },
  futureDue: { include: true, leadDays: 2 },
  allocatedNotShipped: { include: true, reservation: "keep" },
  holdReleased: { include: true },
  new: { include: true },
} as const;

/** An order of which every line has a hold of its own. */
function heldOrder(bucket: "open" | "allocated", end: Partial<Hold> = {}): Order {
  const part = { orderedQty: "10", quantities: bucket === "open" ? {} : { allocated: "10" } };
  const order = anyOrder({ stage: "confirmed", lines: Array.from({ length: LINES }, () => part) });
  return {
    ...order,
    holds: order.lines.map(({ lineId }, place) => ({
      holdId: `H-${place}`,
      type: "credit",
      lineId,
      blocks: ["allocate", "pick"],
      reason: "to be looked at",
      placedAt: anyContext().at,
      state: "active",
      ...end,
    })),
  };
}

/** Seconds of this process, not of the machine: others may be busy. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/** Where each line looked at each hold, these took minutes. */
describe("an order with tens of thousands of lines and as many holds (mission 7.8)", () => {
  it("is told all its held lines at once", () => {
    const order = heldOrder("open");
    let held: readonly string[] | undefined;
    const seconds = secondsOf(() => {
      held = nextActions(order).find(({ operation }) => operation === "allocate")?.heldLines;
    });
    expect(held).toEqual(order.lines.map(({ lineId }) => lineId));
    expect(seconds).toBeLessThan(5);
  });

  it("gets nothing from an allocation, and takes part in none", () => {
    const order = heldOrder("open");
    const released = heldOrder("open", { state: "resolved", endedAt: anyContext({ at: "2026-03-02T08:00:00Z" }).at });
    const context = {
      ...anyContext(),
      policy: { priority: [], sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] }, lots: "fifo" },
      today: TODAY,
    } as const;
    const now = { at: context.at, today: TODAY };
    const seconds = secondsOf(() => {
      const { movements, reasons } = allocateBatch([order], anyStock({ onHand: "100" }), context);
      expect([movements.length, reasons.length]).toEqual([0, LINES]);
      const out = selectParticipants([order], [], POLICY, now);
      expect(out.ok && out.value[0]?.takesPart).toBe(false);
      const taking = selectParticipants([released], [], POLICY, now);
      expect(taking.ok && taking.value[0]?.as).toBe("holdReleased");
    });
    expect(seconds).toBeLessThan(15);
  });

  it("has a pick of all its lines refused with every hold", () => {
    const order = heldOrder("allocated");
    const counts = fullCounts(order, "allocated");
    const seconds = secondsOf(() => {
      const result = recordPick(order, { counts }, anyContext());
      expect(!result.ok && result.issues.length).toBe(LINES);
    });
    expect(seconds).toBeLessThan(5);
  });
});

describe("a definition with tens of thousands of states and steps (mission 11.2)", () => {
  it("is judged in time that grows with its size", () => {
    const states = Array.from({ length: LINES }, (_, place) => ({
      name: `s${place}`,
      status: "picked" as const,
      ...(place === 0 ? { isInitial: true as const } : { mayLeave: true as const }),
    }));
    const moves = states.slice(1).map(({ name }) => ({ move: "on", from: ["s0"], to: name }));
    const seconds = secondsOf(() => {
      expect(defineSubStates({ states, moves }).ok).toBe(true);
      const initial = states.map((state) => ({ ...state, isInitial: true as const }));
      const several = defineSubStates({ states: initial, moves });
      expect(!several.ok && several.issues.map(({ code }) => code)).toEqual(["sub_state.several_initial"]);
    });
    expect(seconds).toBeLessThan(5);
  });
});
