import { describe, expect, it, test } from "vitest";
import { closingObstacles } from "../../src/lifecycle/close-order.js";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
import { checkTransition } from "../../src/lifecycle/transitions.js";
import { isInForce } from "../../src/model/is-in-force.js";
import { anyContext, anyOrder, given } from "../../src/testing/index.js";
import { granted, reasonsOf } from "./answers.js";
import { orderIn } from "./order-in.js";

const held = anyOrder({ stage: "confirmed", holds: [{ holdId: "H-0", state: "resolved" }, { holdId: "H-1" }] });

describe("releaseHold (mission 7.8)", () => {
  test.each(["resolved", "rejected"] as const)("rule 1: an active hold ends as %s and stays as history", (state) => {
    given(held)
      .when((order) => releaseHold(order, { holdId: "H-1", state }, anyContext()))
      .then({ status: "confirmed", events: ["hold_released"], requests: [] });
    const { order, events } = granted(releaseHold(held, { holdId: "H-1", state }, anyContext()));
    expect(order.holds).toEqual([held.holds[0], { ...held.holds[1], state, endedAt: anyContext().at }]);
    expect(events[0]?.details).toEqual({ holdId: "H-1", state });
  });

  it("keeps when the hold was placed, and notes when it ended", () => {
    const later = anyContext({ at: "2026-03-09T10:00:00.000Z" });
    const { order } = granted(releaseHold(held, { holdId: "H-1", state: "resolved" }, later));
    expect(order.holds[1]).toEqual({ ...held.holds[1], state: "resolved", endedAt: later.at });
    expect(order.holds[1]?.placedAt).not.toBe(later.at);
  });

  it("rule 3: a rejected hold goes on blocking, and can still be resolved, once", () => {
    const { order } = granted(releaseHold(held, { holdId: "H-1", state: "rejected" }, anyContext()));
    const blocks = order.holds[1]!.blocks;
    for (const operation of blocks)
      expect(checkTransition(order, operation).map(({ code }) => code)).toContain("status.on_hold");
    expect(closingObstacles(order).map(({ code }) => code)).toEqual(["close.hold_active"]);
    expect(reasonsOf(releaseHold(order, { holdId: "H-1", state: "rejected" }, anyContext()))).toEqual([
      { code: "hold.rejected_already", path: ["state"], params: { holdId: "H-1" } },
    ]);
    const { order: after } = granted(releaseHold(order, { holdId: "H-1", state: "resolved" }, anyContext()));
    expect(after.holds.some(isInForce)).toBe(false);
    given(after)
      .when((before) => releaseHold(before, { holdId: "H-1", state: "rejected" }, anyContext()))
      .then({ issues: ["hold.not_active"] });
  });

  test.each(["H-0", "H-9"])("rule 1: a hold that has ended or never was is refused (%s)", (holdId) => {
    expect(reasonsOf(releaseHold(held, { holdId, state: "resolved" }, anyContext()))).toEqual([
      { code: "hold.not_active", path: ["holdId"], params: { holdId } },
    ]);
  });

  it("cannot end the same hold twice", () => {
    const { order } = granted(releaseHold(held, { holdId: "H-1", state: "resolved" }, anyContext()));
    given(order)
      .when((before) => releaseHold(before, { holdId: "H-1", state: "resolved" }, anyContext()))
      .then({ issues: ["hold.not_active"] });
  });

  it("tells all reasons at once", () => {
    given(orderIn("cancelled"))
      .when((order) => releaseHold(order, { holdId: "H-1", state: "resolved" }, anyContext()))
      .then({ issues: ["status.operation_not_allowed", "hold.not_active"] });
  });

  it("undoes a hold but for its trace", () => {
    const order = anyOrder({ stage: "confirmed" });
    const command = { holdId: "H-1", type: "credit", blocks: ["pick" as const], reason: "x" };
    const { order: placed } = granted(holdOrder(order, command, anyContext()));
    const { order: after } = granted(releaseHold(placed, { holdId: "H-1", state: "resolved" }, anyContext()));
    expect({ ...after, holds: [], version: 1 }).toEqual(order);
  });
});
