import { describe, expect, it, test } from "vitest";
import { holdOrder, type HoldOrder } from "../../src/lifecycle/hold-order.js";
import { anyContext, anyOrder, given } from "../../src/testing/index.js";
import { granted, reasonsOf } from "./answers.js";
import { orderIn } from "./order-in.js";

const HOLD: HoldOrder = { holdId: "H-1", type: "credit", blocks: ["allocate"], reason: "limit exceeded" };

describe("holdOrder (mission 7.8)", () => {
  it("places an active hold on the whole order and changes nothing else", () => {
    const order = anyOrder({ stage: "confirmed" });
    given(order)
      .when((before) => holdOrder(before, HOLD, anyContext()))
      .then({ status: "confirmed", quantities: { open: "10" }, events: ["hold_placed"], requests: [] });
    const { order: after } = granted(holdOrder(order, HOLD, anyContext()));
    expect(after).toEqual({
      ...order,
      version: 2,
      holds: [{ ...HOLD, placedAt: anyContext().at, state: "active" }],
    });
  });

  it("places a hold on a line (rule 2)", () => {
    const { order, events } = granted(holdOrder(anyOrder(), { ...HOLD, lineId: "SO-1-1" }, anyContext()));
    expect(order.holds[0]?.lineId).toBe("SO-1-1");
    expect(events[0]).toMatchObject({ type: "hold_placed", step: 5, details: { holdId: "H-1", type: "credit" } });
  });

  it("rule 1: a used id is refused, also when the hold of that id has ended", () => {
    for (const state of ["active", "resolved", "rejected"] as const) {
      const order = anyOrder({ stage: "confirmed", holds: [{ holdId: "H-1", state }] });
      expect(reasonsOf(holdOrder(order, HOLD, anyContext()))).toEqual([
        { code: "hold.id_taken", path: ["holdId"], params: { holdId: "H-1" } },
      ]);
    }
  });

  it("rule 1: other holds do not take the id", () => {
    const order = anyOrder({ stage: "confirmed", holds: [{ holdId: "H-0" }, { holdId: "H-2" }] });
    const { order: after } = granted(holdOrder(order, HOLD, anyContext()));
    expect(after.holds.map(({ holdId }) => holdId)).toEqual(["H-0", "H-2", "H-1"]);
  });

  it.each(["SO-1-1", "SO-1-2", "SO-1-3"])("rule 2: any of several lines can be held: %s", (lineId) => {
    const { order } = granted(holdOrder(anyOrder({ lines: [{}, {}, {}] }), { ...HOLD, lineId }, anyContext()));
    expect(order.holds).toMatchObject([{ holdId: "H-1", lineId }]);
  });

  it("rule 1: a hold that blocks nothing is refused", () => {
    expect(reasonsOf(holdOrder(anyOrder(), { ...HOLD, blocks: [] }, anyContext()))).toEqual([
      { code: "hold.blocks_nothing", path: ["blocks"], params: { holdId: "H-1" } },
    ]);
  });

  test.each(["holdId", "type", "reason"] as const)("rule 1: a hold of which %s is empty is refused", (field) => {
    for (const text of ["", "  ", "a\u0007"]) {
      expect(reasonsOf(holdOrder(anyOrder(), { ...HOLD, [field]: text }, anyContext()))).toEqual([
        { code: "command.not_a_name", path: [field], params: { field } },
      ]);
    }
  });

  it("rule 2: a line that the order does not have is refused", () => {
    expect(reasonsOf(holdOrder(anyOrder(), { ...HOLD, lineId: "SO-1-2" }, anyContext()))).toEqual([
      { code: "hold.unknown_line", path: ["lineId"], params: { lineId: "SO-1-2" } },
    ]);
  });

  it("tells all reasons at once", () => {
    const order = { ...orderIn("closed"), holds: anyOrder({ holds: [{ holdId: "H-1" }] }).holds };
    given(order)
      .when((before) => holdOrder(before, { ...HOLD, lineId: "X", blocks: [] }, anyContext()))
      .then({
        issues: ["status.operation_not_allowed", "hold.id_taken", "hold.blocks_nothing", "hold.unknown_line"],
      });
  });
});
