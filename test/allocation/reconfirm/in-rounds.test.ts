import { describe, expect, it } from "vitest";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type { ReconfirmOrdersPolicy } from "../../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import { countConsumed } from "../../../src/model/count-consumed.js";
import type { Order } from "../../../src/model/order.js";
import type { ReconfirmStrategy } from "../../../src/model/reconfirm-strategy.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

// Mission 9.18, 8.7, 8.9; definitions B8, B9, B15: what a second and third round of a re-confirmation has to know of the first.

const order = (orderNo: string, customerClass: string, lines: readonly AnyOrderLine[], more: AnyOrder = {}): Order =>
  anyOrder({ stage: "confirmed", ...more, orderNo, header: { customerClass, ...more.header }, lines });

function policyOf(
  strategies: Readonly<Record<string, ReconfirmStrategy>>,
  more: Partial<ReconfirmOrdersPolicy> = {},
  protection: readonly SupplyRule[] = [],
): ReconfirmOrdersPolicy {
  return {
    allocation: {
      priority: [],
      sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
      lots: "fifo",
      protection,
    },
    strategies: Object.entries(strategies).map(([name, strategy]) => ({ customerClasses: [name], strategy })),
    otherwise: "skip",
    onException: "bestEffort",
    redistribute: { kind: "inOrder" },
    ...more,
  };
}

function run(orders: readonly Order[], stock: readonly StockPosition[], policy: ReconfirmOrdersPolicy) {
  const outcome = reconfirmOrders(deepFreeze(orders), deepFreeze(stock), { ...anyContext(), policy, today: TODAY });
  return {
    ...outcome,
    allocated: outcome.orders.map(({ lines }) => lines.map(({ quantities }) => quantities.allocated)),
    again: () => {
      const protection = countConsumed(policy.allocation.protection ?? [], outcome.orders);
      return reconfirmOrders(outcome.orders, applyMovements(stock, outcome.movements), {
        ...anyContext(),
        policy: { ...policy, allocation: { ...policy.allocation, protection } },
        today: TODAY,
      });
    },
  };
}

// Asks for a lot that is not there, so that its target is not met and there is a second round.
const NAMES_LOT = order("SO-9", "Z", [{ itemCode: "SALT", lotNo: "L-9" }]);
const SALT = { itemCode: "SALT", lotNo: "L-1", onHand: "10" };
const cap = (group: string, quantity: string, consumed = "0"): SupplyRule => ({
  kind: "cap",
  group,
  itemCode: "TEA",
  quantity: decimal(quantity),
  consumed: decimal(consumed),
});

describe("a further round of a re-confirmation", () => {
  it("counts against a cap what the group got before", () => {
    const wants = order("SO-1", "A", [{ orderedQty: "30" }]);
    const outcome = run(
      [wants, NAMES_LOT],
      anyStock({ onHand: "12" }, SALT),
      policyOf({ A: "win", Z: "win" }, {}, [cap("A", "5")]),
    );
    expect(outcome.allocated).toEqual([["5"], ["0"]]);
    expect(outcome.again().events).toEqual([]);
  });

  it("counts as given back what turned out not to be there, so that nobody loses the rest to it", () => {
    const short = order("SO-1", "B", [{ orderedQty: "4", quantities: { allocated: "4" } }]);
    const waits = order("SO-2", "C", [{ orderedQty: "10" }]);
    const outcome = run(
      [short, waits],
      [{ ...anyStock({ onHand: "4", reserved: "4" })[0]!, onHand: decimal("2") }],
      policyOf({ B: "win", C: "improve" }, {}, [cap("B", "3", "4")]),
    );
    expect(outcome.allocated).toEqual([["2"], ["0"]]);
    expect(outcome.displacements).toEqual([]);
    expect(outcome.again().events).toEqual([]);
  });

  it("counts against a cap what winners took, also where parts of units are given up in it", () => {
    const wins = order("SO-1", "A", [{ orderedQty: "4" }]);
    const lose = ["SO-2", "SO-3"].map((orderNo) =>
      order(orderNo, "B", [{ orderedQty: "2.5", quantities: { allocated: "2.5" } }]),
    );
    const outcome = run(
      [wins, ...lose],
      anyStock({ onHand: "5", reserved: "5" }),
      policyOf({ A: "win", B: "fill" }, {}, [cap("A", "10")]),
    );
    expect(outcome.allocated).toEqual([["4"], ["1"], ["0"]]);
  });

  it("counts in the decimals of the item also where the last line of it is on hold", () => {
    const orders = [
      order("SO-1", "A", [{ orderedQty: "20", lotNo: "L-9" }, { orderedQty: "8.125" }]),
      order("SO-2", "B", [{ orderedQty: "20" }, { itemCode: "SALT" }], {
        holds: [{ lineId: "SO-2-1", blocks: ["allocate"] }],
      }),
    ];
    const outcome = run(orders, anyStock({ lotNo: "L-1", onHand: "2.5" }, SALT), policyOf({ A: "win", B: "win" }));
    expect(outcome.allocated).toEqual([
      ["0", "2.5"],
      ["0", "10"],
    ]);
  });

  it("is made where an order that gave up goods is the next one that another is sent with", () => {
    const gives = order("SO-1", "B", [{ orderedQty: "4", quantities: { allocated: "4" } }]);
    const sent = order("SO-2", "A", [
      {
        orderedQty: "4",
        quantities: { open: "2" },
        shortages: [{ bucket: "backfill", quantity: "2", mode: "withNextOrder" }],
      },
    ]);
    const outcome = run([gives, sent], anyStock({ onHand: "5", reserved: "4" }), policyOf({ A: "gain", B: "fill" }));
    expect(outcome.allocated).toEqual([["1"], ["4"]]);
    expect(outcome.displacements.map(({ quantity }) => quantity)).toEqual(["3"]);
    expect(outcome.again().events).toEqual([]);
  });
});

it("an order whose goods wait for the next order takes part once another has given something up, though it had nothing to confirm", () => {
  const gives = order("SO-1", "B", [{ itemCode: "SALT", orderedQty: "5", quantities: { allocated: "5" } }]);
  const sent = order("SO-2", "A", [
    { orderedQty: "8", shortages: [{ bucket: "backfill", quantity: "8", mode: "withNextOrder" }] },
  ]);
  const stock = anyStock({ onHand: "30" }, { itemCode: "SALT", onHand: "5", reserved: "5" });
  const outcome = run([gives, sent], stock, policyOf({ A: "gain", B: "lose" }));
  expect(outcome.allocated).toEqual([["0"], ["8"]]);
  expect(outcome.refused).toEqual([]);
  expect(outcome.again().events).toEqual([]);
});

describe("goods that are missing", () => {
  const unit = (places: AnyOrderLine["reservations"]): AnyOrderLine => ({
    orderedQty: "5",
    deliveryGroup: "G-1",
    reservations: places!,
  });

  it("make a group give up also what it has in a warehouse that nobody asks", () => {
    const group = order("SO-1", "A", [
      unit([
        { warehouseId: "NORTH", quantities: { allocated: "3" } },
        { warehouseId: "EAST", quantities: { allocated: "2" } },
      ]),
    ]);
    const stock = anyStock(
      { warehouseId: "NORTH", onHand: "3", reserved: "3", expiresOn: calendarDay("2026-01-01") },
      { warehouseId: "EAST", onHand: "2", reserved: "2" },
    );
    const outcome = run([group], stock, policyOf({ A: "gain" }));
    expect(outcome.allocated).toEqual([["0"]]);
    expect(outcome.missing.map(({ source, quantity }) => [source.warehouseId, quantity])).toEqual([["NORTH", "3"]]);
    expect(outcome.again().events).toEqual([]);
  });

  it("are told of the lines whose goods they are, not of those that come together with them", () => {
    const group = order("SO-1", "A", [
      unit([{ warehouseId: "NORTH", quantities: { allocated: "5" } }]),
      { ...unit([{ warehouseId: "NORTH", quantities: { allocated: "5" } }]), itemCode: "SALT" },
    ]);
    const stock = anyStock({ onHand: "5", reserved: "5" }, { itemCode: "SALT", onHand: "5", reserved: "5" });
    const counted = stock.map((place) => (place.itemCode === "TEA" ? { ...place, onHand: decimal("4") } : place));
    const outcome = run([group], counted, policyOf({ A: "gain" }));
    expect(outcome.events[0]!.details).toEqual({
      lines: [
        { lineId: "SO-1-1", strategy: "gain", before: "5", after: "0", missing: "5" },
        { lineId: "SO-1-2", strategy: "gain", before: "5", after: "0" },
      ],
      displacements: [],
    });
  });
});

it("nobody is to be asked for consent where the run would be aborted all the same", () => {
  const orders = [
    order("SO-1", "A", [{ orderedQty: "30" }]),
    order("SO-2", "B", [{ orderedQty: "10", quantities: { allocated: "10" } }]),
  ];
  const policy = policyOf({ A: "win", B: "fill" }, { consent: "whenLosing", onException: "abort" });
  const stock = anyStock({ onHand: "12", reserved: "10" });
  expect(run(orders, stock, policy)).toMatchObject({ result: "aborted", pending: [] });
  const asked = run(orders, anyStock({ onHand: "32", reserved: "10" }), policy);
  expect(asked).toMatchObject({ result: "aborted", pending: [{ quantity: "8", victim: { orderNo: "SO-2" } }] });
});

it("an order that keeps what it has gets no more than its share, however often the run is made", () => {
  const policy = policyOf(
    { A: "redistribute" },
    {
      maxTimesDisplaced: 1,
      redistribute: { kind: "fairShare", policy: { rule: "proportional", quantum: decimal("1") } },
    },
  );
  const orders = deepFreeze([
    order("SO-1", "A", [{ orderedQty: "10" }]),
    order("SO-2", "A", [{ orderedQty: "20", quantities: { allocated: "5" } }]),
  ]);
  const stock = deepFreeze(anyStock({ onHand: "12", reserved: "5" }));
  const context = { ...anyContext(), policy, today: TODAY, timesDisplaced: new Map([["SO-2", 2]]) };
  const outcome = reconfirmOrders(orders, stock, context);
  expect(outcome.spared).toEqual(["SO-2"]);
  expect(outcome.orders.map(({ lines }) => lines[0]!.quantities.allocated)).toEqual(["4", "8"]);
  const after = applyMovements(stock, outcome.movements);
  expect(reconfirmOrders(outcome.orders, after, context).events).toEqual([]);
});
