import { describe, expect, it } from "vitest";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import type { Result } from "../../src/core/result.js";
import { decimal, ZERO } from "../../src/core/decimal.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import type { Operation } from "../../src/lifecycle/transition.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { answerOf } from "./answer.js";
import { brokenLaws } from "./broken-laws.js";
import { TODAY } from "./masters.js";

const context = anyContext();
const policy = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fifo" as const,
};

/** Nothing of what should be there is. */
function nothingFound(order: Order, bucket: "allocated" | "picked") {
  const shortage = { reason: "not_found", stock: "writeOff" as const };
  return { counts: fullCounts(order, bucket).map((count) => ({ ...count, quantity: ZERO, shortage })) };
}

type Stand = "open" | "allocated" | "picked" | "shipped";

/** Each operation that can lose the whole of an order, and where the order stands then. */
const CASES: readonly (readonly [Operation, Stand, (order: Order) => Result<Outcome>])[] = [
  ["allocate", "open", (order) => allocateOrder(order, [], { ...context, policy, today: TODAY })],
  ["pick", "allocated", (order) => recordPick(order, nothingFound(order, "allocated"), context)],
  ["load", "picked", (order) => recordLoad(order, nothingFound(order, "picked"), context)],
  [
    "deliver",
    "shipped",
    (order) => {
      const short = { quantity: decimal("10"), reason: "missing" };
      const lines = order.lines.map(({ lineId }) => ({ lineId, accepted: ZERO, short }));
      return recordDelivery(order, { lines }, context);
    },
  ],
];

/** Random worlds seldom lose the whole of an order, so these steps are taken on purpose. */
describe("losing all of an order whose remainder is cancelled (mission 11.1, 14.5, 14.6)", () => {
  it.each(CASES)("%s of what is %s cancels it, as the table says, and keeps all laws", (operation, stand, decide) => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ shortagePolicy: "cancelRemainder", quantities: { [stand]: "10" } }],
    });
    const inStock = {
      open: {},
      allocated: { reserved: "10" },
      picked: { reserved: "10", picked: "10" },
      shipped: { inTransit: "10" },
    }[stand];
    const answer = answerOf(order.orderNo, [order], decide(order));
    const world = { orders: [order], stock: anyStock(inStock) };
    expect(answer.orders[0]?.status).toBe("cancelled");
    expect(brokenLaws({ writes: [operation], isAllOrNothing: true }, world, answer)).toEqual([]);
  });
});
