import { describe, expect, it, test } from "vitest";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
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
