import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fulfilOrders, type FulfilContext } from "../../src/cycle/fulfil-orders.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import { ORDER_STATUSES } from "../../src/model/order.js";
import {
  anyContext,
  anyOrder,
  arbitraryWorld,
  checkBatchOutcome,
  checkMovementBalance,
  checkStockLaws,
  deepFreeze,
} from "../../src/testing/index.js";
import { orderIn } from "../lifecycle/order-in.js";

const CONTEXT: FulfilContext = {
  handFor: (operation) => anyContext({ actor: { function: operation } }),
  shipmentNoFor: ({ orderNo }) => `SH-${orderNo}`,
};
const allocated = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });

describe("fulfilOrders (mission 10.3, 10.4a, 10.8)", () => {
  it("rule 1: picks, loads, ships and delivers everything that is allocated", () => {
    const { orders, events, movements, refused } = fulfilOrders([deepFreeze(allocated)], CONTEXT);
    expect(orders.map(({ status, lines }) => [status, lines[0]?.quantities.delivered])).toEqual([["shipped", "10"]]);
    expect(events.map(({ type, actor }) => [type, actor.function])).toEqual([
      ["order_picked", "pick"],
      ["order_loaded", "load"],
      ["order_shipped", "ship"],
      ["order_delivered", "deliver"],
    ]);
    expect(events[2]?.details).toEqual({ shipmentNo: "SH-SO-1" });
    expect(movements.map(({ kind }) => kind)).toEqual(["pick", "issue", "hand_over"]);
    expect(refused).toEqual([]);
  });

  it("rule 1: what was picked or shipped before goes along", () => {
    const lines = [{ quantities: { allocated: "4", picked: "3", shipped: "1", backfill: "2" } }];
    const { orders } = fulfilOrders([anyOrder({ stage: "confirmed", lines })], CONTEXT);
    expect(orders[0]?.lines[0]?.quantities).toMatchObject({ delivered: "8", backfill: "2", allocated: "0" });
  });

  it("rule 2: orders without anything allocated are left as they are", () => {
    const orders = ORDER_STATUSES.filter((status) => status !== "allocated").map(orderIn);
    expect(fulfilOrders(orders, CONTEXT)).toEqual({ orders, events: [], movements: [], requests: [], refused: [] });
  });

  it("rule 2: an order that is refused on the way stays where it got, the others go on", () => {
    const held = anyOrder({
      orderNo: "SO-2",
      stage: "confirmed",
      lines: [{ quantities: { allocated: "10" } }],
      holds: [{ blocks: ["ship"] }],
    });
    const { orders, refused, events } = fulfilOrders([held, allocated], CONTEXT);
    expect(orders.map(({ orderNo, status }) => [orderNo, status])).toEqual([
      ["SO-2", "picked"],
      ["SO-1", "shipped"],
    ]);
    expect(refused.map(({ orderNo, issues }) => [orderNo, issues[0]?.code])).toEqual([["SO-2", "status.on_hold"]]);
    expect(events.filter(({ orderNo }) => orderNo === "SO-2").map(({ type }) => type)).toEqual([
      "order_picked",
      "order_loaded",
    ]);
  });

  it("rule 2: what comes together and is not all there is loaded and waits, since nobody has asked the customer", () => {
    const lines = [{ quantities: { allocated: "8", backfill: "2" } }];
    const torn = anyOrder({ stage: "confirmed", header: { shipComplete: true }, lines });
    const { orders, refused } = fulfilOrders([torn], CONTEXT);
    expect(orders[0]!.lines[0]!.quantities).toMatchObject({ picked: "8", backfill: "2", shipped: "0" });
    expect(refused.map(({ issues }) => issues.map(({ code, params }) => [code, params]))).toEqual([
      [["ship.incomplete", { lineId: "SO-1-1", missing: "2" }]],
    ]);
  });

  it("keeps all laws on any orders, and stock follows", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders, stock }) => {
        deepFreeze([orders, stock]);
        const outcome = fulfilOrders(orders, CONTEXT);
        expect(checkBatchOutcome(orders, outcome)).toEqual([]);
        const after = applyMovements(stock, outcome.movements);
        expect(checkStockLaws(after)).toEqual([]);
        expect(checkMovementBalance(stock, after, outcome.movements)).toEqual([]);
        const refused = new Set(outcome.refused.map(({ orderNo }) => orderNo));
        for (const [place, { orderNo, lines }] of outcome.orders.entries()) {
          const wasAllocated = orders[place]?.lines.some(({ quantities }) => quantities.allocated !== "0");
          if (!wasAllocated) expect(outcome.orders[place]).toBe(orders[place]);
          else if (!refused.has(orderNo)) {
            for (const { quantities } of lines)
              expect([quantities.allocated, quantities.picked, quantities.shipped]).toEqual(["0", "0", "0"]);
          }
        }
      }),
    );
  });
});
