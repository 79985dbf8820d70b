import { describe, expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { ok, refuse, type Result } from "../../src/core/result.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import type { Change } from "../../src/model/change.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import { anyContext, anyOrder, anyStock, given } from "../../src/testing/index.js";

const confirmed = (): Order => anyOrder({ stage: "confirmed", lines: [{}, { orderedQty: "3" }] });

function allocate(order: Order): Result<Outcome> {
  const changes = order.lines.map(({ lineId, quantities }): Change => ({
    kind: "quantity_moved",
    lineId,
    from: "open",
    to: "allocated",
    quantity: quantities.open,
    source: { warehouseId: "NORTH" },
  }));
  const requests = [{ type: "notify_customer", orderNo: order.orderNo, template: "order_confirmed" }] as const;
  return ok(recordEvent(order, { type: "order_allocated", details: { reasons: [] }, changes, requests }, anyContext()));
}
const refused = (): Result<Outcome> => refuse([{ code: "allocate.nothing_open", path: [], params: {} }]);

describe("given / when / then", () => {
  it("passes when all that is named is as expected", () => {
    given(confirmed(), anyStock())
      .when(allocate)
      .then({
        status: "allocated",
        quantities: [{ allocated: "10" }, { allocated: "3" }],
        events: ["order_allocated"],
        requests: ["notify_customer"],
        stock: [["100", "13"]],
      });
    given(confirmed())
      .when(allocate)
      .then({ quantities: { allocated: "10" } });
    given(confirmed())
      .when(refused)
      .then({ issues: ["allocate.nothing_open"] });
  });

  it("lists every difference at once", () => {
    const decided = given(confirmed(), anyStock()).when(allocate);
    const message = (): void =>
      decided.then({
        status: "picked",
        quantities: { allocated: "9", open: "1" },
        events: [],
        requests: [],
        stock: [["100", "10"]],
      });
    expect(message).toThrow('status: expected "picked", found "allocated"');
    expect(message).toThrow('quantities: expected [{"open":"1","allocated":"9"}], found [{"allocated":"10"}]');
    expect(message).toThrow('events: expected [], found ["order_allocated"]');
    expect(message).toThrow('requests: expected [], found ["notify_customer"]');
    expect(message).toThrow('stock: expected [["100","10"]], found [["100","13"]]');
  });

  it("compares a refusal by its codes (rule 1)", () => {
    const decided = given(confirmed()).when(refused);
    expect(() => decided.then({ issues: ["allocate.on_hold"] })).toThrow(
      'issues: expected ["allocate.on_hold"], found ["allocate.nothing_open"]',
    );
    expect(() => decided.then({ status: "allocated" })).toThrow("accepted: expected yes");
    expect(() => decided.then({ issues: ["allocate.nothing_open"], status: "allocated" })).toThrow("status: expected");
    expect(() =>
      given(confirmed())
        .when(allocate)
        .then({ issues: ["allocate.nothing_open"] }),
    ).toThrow('issues: expected ["allocate.nothing_open"], found []');
  });

  it("takes buckets that are not named for empty (rule 2)", () => {
    expect(() => given(confirmed()).when(allocate).then({ quantities: {} })).toThrow("quantities");
    expect(() =>
      given(confirmed())
        .when(allocate)
        .then({ quantities: [{ allocated: "10" }] }),
    ).toThrow("quantities");
  });

  it("freezes order and stock before the decision (rule 3)", () => {
    const write = (order: Order): Result<Outcome> => {
      (order as { version: number }).version = 2;
      return refused();
    };
    expect(() => given(confirmed()).when(write)).toThrow(TypeError);
    expect(() =>
      given(confirmed(), anyStock()).when((_order, [position]) => {
        Object.assign(position as object, { onHand: "0" });
        return refused();
      }),
    ).toThrow(TypeError);
  });

  it("finds broken laws where the test names nothing (rule 4)", () => {
    const forge = (order: Order): Result<Outcome> => {
      const result = allocate(order);
      return result.ok ? ok({ ...result.value, movements: [] }) : result;
    };
    expect(() => given(confirmed()).when(forge).then({})).toThrow("law broken (movements follow the order: reserved)");
    const tooMuch = (order: Order): Result<Outcome> => allocate({ ...order });
    expect(() =>
      given(confirmed(), anyStock({ onHand: "12" }))
        .when(tooMuch)
        .then({}),
    ).toThrow(RangeError);
    const extra = (order: Order): Result<Outcome> => {
      const result = allocate(order);
      if (!result.ok) return result;
      const wrong = { ...result.value.order, status: "closed" as const, lines: order.lines };
      return ok({ ...result.value, order: { ...wrong, billing: { ...wrong.billing, collectedAmount: decimal("1") } } });
    };
    expect(() => given(confirmed()).when(extra).then({})).toThrow("law broken");
  });

  it("cannot be taken for a promise", () => {
    const decided = given(confirmed()).when(allocate);
    expect(() => decided.then((() => undefined) as never)).toThrow("do not await");
  });
});
