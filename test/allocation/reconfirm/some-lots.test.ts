import { describe, expect, it } from "vitest";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type { ReconfirmOrdersPolicy } from "../../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import { decimal, sum, ZERO } from "../../../src/core/decimal.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { Displacement } from "../../../src/model/displacement.js";
import type { Order } from "../../../src/model/order.js";
import type { ReconfirmStrategy } from "../../../src/model/reconfirm-strategy.js";
import { anyContext, anyOrder, anyStock, deepFreeze, type AnyOrderLine } from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

// Mission 9.18; definition B8: the same answer when run twice, also where lines may take only some lots.

function has(orderNo: string, customerClass: string, orderedQty: string, lots: object, more: AnyOrderLine = {}): Order {
  const reservations = Object.entries(lots).map(([lotNo, quantity]) => ({
    warehouseId: "NORTH",
    lotNo,
    quantities: { allocated: decimal(quantity as string) },
  }));
  const quantities = { allocated: sum(reservations.map((place) => place.quantities.allocated)) };
  const lines = [{ itemCode: "TEA", orderedQty, quantities, reservations, ...more }];
  return anyOrder({ orderNo, stage: "confirmed", header: { customerClass }, lines });
}

function policyOf(strategies: Readonly<Record<string, ReconfirmStrategy>>): ReconfirmOrdersPolicy {
  return {
    allocation: {
      priority: [],
      sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
      lots: "fifo",
    },
    strategies: Object.entries(strategies).map(([name, strategy]) => ({ customerClasses: [name], strategy })),
    otherwise: "skip",
    onException: "bestEffort",
    redistribute: { kind: "inOrder" },
  };
}

function lots(onHand: Readonly<Record<string, string>>, orders: readonly Order[]) {
  const places = orders.flatMap(({ lines }) => lines.flatMap(({ reservations }) => reservations));
  const reserved = (lotNo: string): string =>
    sum(places.map((place) => (place.lotNo === lotNo ? place.quantities.allocated! : ZERO)));
  return anyStock(
    ...Object.entries(onHand).map(([lotNo, quantity]) => ({ lotNo, onHand: quantity, reserved: reserved(lotNo) })),
  );
}

// One lot of SO-1 can hold fifteen only when SO-4 gives up all of it: in the first round it gives up a step.
const ORDERS = deepFreeze([
  has("SO-1", "A", "20", {}, { oneLotOnly: true, quantum: "5" }),
  has("SO-2", "A", "12.125", {}, { quantum: "5", deliveryGroup: "G-1" }),
  has("SO-3", "B", "8.7", { "L-2": "8.7" }, { partialAllowed: false, quantum: "0.3" }),
  has("SO-4", "B", "20", { "L-2": "10" }, { lotNo: "L-2", quantum: "5" }),
  has("SO-5", "C", "20", { "L-2": "1.3", "L-3": "13" }),
]);
const STOCK = lots({ "L-2": "20", "L-3": "21.5" }, ORDERS);
const POLICY = policyOf({ A: "improve", B: "fill" });

const allocatedOf = ({ orders }: { readonly orders: readonly Order[] }): readonly string[] =>
  orders.map(({ lines }) => lines[0]!.quantities.allocated);

const setBack = (all: readonly Pick<Displacement, "victim" | "winner" | "quantity">[]) =>
  all.map(({ victim, winner, quantity }) => [victim.orderNo, winner.orderNo, quantity]);
const SET_BACK = [
  ["SO-4", "SO-1", "6.5"],
  ["SO-4", "SO-2", "3.5"],
  ["SO-3", "SO-2", "6.5"],
];

describe("a line that may take only some lots", () => {
  it("gets what it could not take at once, and a second run changes nothing", () => {
    const context = { ...anyContext(), policy: POLICY, today: TODAY };
    const outcome = reconfirmOrders(ORDERS, STOCK, context);
    expect(allocatedOf(outcome)).toEqual(["15", "10", "0", "0", "14.3"]);
    const again = reconfirmOrders(outcome.orders, applyMovements(STOCK, outcome.movements), context);
    expect(again.events).toEqual([]);
  });

  it("ends with the first round that moves nothing, and does not ask the host again and again", () => {
    let asked = 0;
    const dock = (_: Order, warehouseId: string): number => {
      asked++;
      return warehouseId === "NORTH" ? 0 : 1;
    };
    const sourcing = {
      kind: "ranked" as const,
      warehouseIds: ["NORTH", "SOUTH"],
      rules: [{ rule: "host" as const, name: "dock" }],
    };
    const policy = { ...POLICY, allocation: { ...POLICY.allocation, sourcing } };
    reconfirmOrders(ORDERS, STOCK, { ...anyContext(), policy, today: TODAY, hostRanks: { dock } });
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(100);
  });

  it("each order has one event from what it had to what it has, and the ledger has the same goods", () => {
    const outcome = reconfirmOrders(ORDERS, STOCK, { ...anyContext(), policy: POLICY, today: TODAY });
    expect(outcome.events.map(({ orderNo, version }) => [orderNo, version])).toEqual([
      ["SO-1", 2],
      ["SO-2", 2],
      ["SO-3", 2],
      ["SO-4", 2],
    ]);
    expect(setBack(outcome.displacements)).toEqual(SET_BACK);
    expect(outcome.exceptions).toEqual([]);
  });

  it("whose customer has not agreed keeps all, also where it would lose in a later round only", () => {
    const policy = { ...POLICY, consent: "whenLosing" as const };
    const context = { ...anyContext(), policy, today: TODAY };
    const outcome = reconfirmOrders(ORDERS, STOCK, context);
    expect(setBack(outcome.pending)).toEqual(SET_BACK);
    expect(allocatedOf(outcome)).toEqual(["5", "0", "8.7", "10", "14.3"]);
    const again = reconfirmOrders(outcome.orders, applyMovements(STOCK, outcome.movements), context);
    expect(again.events).toEqual([]);
  });
});
