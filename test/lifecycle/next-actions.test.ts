import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import type { Operation } from "../../src/lifecycle/transition.js";
import { TRANSITIONS } from "../../src/lifecycle/transitions.js";
import type { Bucket } from "../../src/model/bucket.js";
import { ORDER_STATUSES, type HoldableOperation, type OrderStatus } from "../../src/model/order.js";
import { anyOrder, arbitraryOrder, deepFreeze, type AnyOrder } from "../../src/testing/index.js";
import { ATTEMPTS, type Luck } from "./attempts.js";
import { orderIn } from "./order-in.js";

const POSSIBLE: Readonly<Record<OrderStatus, readonly string[]>> = {
  entered: ["review", "correct", "price", "hold", "join", "pay", "amend", "addOn", "cancel"],
  returnedForCorrection: ["correct", "cancel"],
  rejected: [],
  confirmed: [
    "price",
    "hold",
    "allocate",
    "defer",
    "merge",
    "join",
    "reallocate",
    "substitute",
    "pay",
    "amend",
    "addOn",
    "cancel",
  ],
  allocated: [
    "price",
    "hold",
    "release",
    "defer",
    "merge",
    "join",
    "reallocate",
    "pick",
    "pay",
    "amend",
    "addOn",
    "cancel",
  ],
  picked: ["price", "hold", "join", "load", "ship", "pay", "amend", "addOn", "cancel", "findWrongItem"],
  shipped: ["hold", "deliver", "pay", "amend", "failDelivery", "loseInTransit", "findWrongItem"],
  collected: ["hold", "amend", "findWrongItem", "close"],
  closed: [],
  cancelled: [],
};

describe("nextActions (mission 11.1, 7.8, 13.5)", () => {
  test.each(ORDER_STATUSES)("of an order that is %s", (status) => {
    const actions = nextActions(orderIn(status));
    expect(actions.filter(({ isPossible }) => isPossible).map(({ operation }) => operation)).toEqual(POSSIBLE[status]);
    expect(actions.map(({ operation }) => operation)).toEqual(TRANSITIONS.map(({ operation }) => operation));
    for (const { isPossible, issues } of actions) expect(isPossible).toBe(issues.length === 0);
  });

  it("tells every reason: status, holds, and what is not there", () => {
    const order = anyOrder({ stage: "closed", holds: [{ type: "credit", blocks: ["ship"] }] });
    const ship = nextActions(order).find(({ operation }) => operation === "ship");
    expect(ship?.issues.map(({ code }) => code)).toEqual([
      "status.operation_not_allowed",
      "status.on_hold",
      "status.not_ready",
    ]);
    expect(ship?.issues.at(-1)?.params).toEqual({ operation: "ship", needs: "picked quantity" });
  });

  it("names lines that a hold of their own keeps back", () => {
    const lines = [{ quantities: { picked: "10" } }, { quantities: { picked: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines, holds: [{ lineId: "SO-1-2", blocks: ["ship"] }] });
    const held = nextActions(order).map(({ operation, heldLines }) => [operation, heldLines]);
    expect(held.filter(([, ids]) => ids?.length !== 0)).toEqual([["ship", ["SO-1-2"]]]);
    expect(nextActions(order).find(({ operation }) => operation === "ship")?.isPossible).toBe(true);
  });

  test.each<[Operation, AnyOrder, AnyOrder]>([
    ["confirm", { stage: "reviewed" }, { stage: "confirmed" }],
    ["pick", goodsIn("allocated"), goodsIn("allocated", "allocated")],
    ["load", goodsIn("picked"), goodsIn("picked", "picked")],
    ["ship", goodsIn("picked"), goodsIn("picked", "picked")],
    ["deliver", goodsIn("shipped"), goodsIn("shipped", "shipped")],
    ["invoice", goodsIn("delivered", "delivered"), goodsIn("open", "delivered")],
  ])("rule 3: a hold on a line stops to %s where nothing else is left for it", (operation, stopped, going) => {
    const holds = [{ lineId: "SO-1-1", type: "quality", blocks: [operation as HoldableOperation] }];
    const told = (order: AnyOrder) =>
      nextActions(anyOrder({ ...order, holds })).find((action) => action.operation === operation);
    const params = { operation, holdId: "H-1", type: "quality" };
    expect(told(stopped)).toEqual({
      operation,
      isPossible: false,
      issues: [{ code: "status.on_hold", path: ["holds", 0], params }],
      heldLines: ["SO-1-1"],
    });
    if (operation !== "confirm") expect(told(going)).toMatchObject({ isPossible: true, issues: [] });
    for (const luck of ["1", "0.5", "0"] as const) {
      expect(ATTEMPTS[operation](anyOrder({ ...stopped, holds }), luck).ok).toBe(false);
    }
  });

  it("rule 3: a hold on a line is no reason while nothing is there anyway, nor is one that has ended", () => {
    const codes = (state: "active" | "resolved", bucket: Bucket) => {
      const holds = [{ lineId: "SO-1-1", blocks: ["ship" as const], state }];
      const ship = nextActions(anyOrder({ ...goodsIn(bucket), holds })).find(({ operation }) => operation === "ship");
      return ship?.issues.map(({ code }) => code);
    };
    expect(codes("active", "allocated")).toEqual(["status.not_ready"]);
    expect(codes("active", "picked")).toEqual(["status.on_hold"]);
    expect(codes("resolved", "picked")).toEqual([]);
  });

  it("an order waits as a whole only while nothing of it has been picked or is gone", () => {
    const mayDefer = (...buckets: readonly Bucket[]) =>
      nextActions(anyOrder(goodsIn(...buckets))).find(({ operation }) => operation === "defer")?.isPossible;
    const others = ["picked", "shipped", "delivered", "returned"] as const;
    for (const waiting of ["open", "allocated", "backfill"] as const) {
      expect(mayDefer(waiting)).toBe(true);
      expect(mayDefer(waiting, "deferred")).toBe(true);
      for (const bucket of others) expect([bucket, mayDefer(waiting, bucket)]).toEqual([bucket, false]);
    }
    expect(mayDefer("deferred")).toBe(false);
  });

  it("rule 2: what is told as impossible is refused, however it is tried", () => {
    fc.assert(
      fc.property(arbitraryOrder(), fc.constantFrom<Luck>("1", "0.5", "0"), (drawn, luck) => {
        const order = deepFreeze(drawn);
        for (const { operation, isPossible } of nextActions(order)) {
          // The attempt at revising gives the order a promotion first, if it has none.
          if (isPossible || (operation === "revise" && order.promotions === undefined)) continue;
          expect([operation, ATTEMPTS[operation](order, luck).ok]).toEqual([operation, false]);
        }
      }),
    );
  });
});

/** A confirmed order with a line for each bucket, all of it in there. */
function goodsIn(...buckets: readonly Bucket[]): AnyOrder {
  return { stage: "confirmed", lines: buckets.map((bucket) => ({ quantities: { [bucket]: "10" } })) };
}
