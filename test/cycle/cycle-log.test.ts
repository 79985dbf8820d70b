import { describe, expect, it } from "vitest";
import { issue } from "../../src/core/issue.js";
import { ok, refuse } from "../../src/core/result.js";
import { openLog } from "../../src/cycle/cycle-log.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";

const order = orderIn("collected");
const closed = granted(closeOrder(order, anyContext()));

describe("the log of a run (mission 20.8)", () => {
  it("notes outcomes and refusals, and answers the order as it then is", () => {
    const log = openLog();
    const reasons = [issue("my.reason", [], {})];
    expect(log.note(order, refuse(reasons))).toEqual({ order, isOk: false });
    expect(log.note(order, ok(closed))).toEqual({ order: closed.order, isOk: true });
    expect(log.outcome([closed.order])).toEqual({
      orders: [closed.order],
      events: closed.events,
      movements: closed.movements,
      requests: closed.requests,
      refused: [{ orderNo: "SO-1", issues: reasons }],
    });
  });

  it("notes batches after what was noted before", () => {
    const log = openLog();
    log.note(order, ok(closed));
    const refused = [{ orderNo: "SO-2", issues: [] }];
    log.noteBatch({ orders: [anyOrder()], events: closed.events, movements: [], requests: [], refused });
    const outcome = log.outcome([]);
    expect([outcome.orders, outcome.events, outcome.refused]).toEqual([
      [],
      [...closed.events, ...closed.events],
      refused,
    ]);
  });

  it("begins empty each time", () => {
    openLog().note(order, ok(closed));
    expect(openLog().outcome([]).events).toEqual([]);
  });
});
