import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { StockMovement } from "../../../src/model/movement.js";
import type { Order } from "../../../src/model/order.js";
import type { OrderLine } from "../../../src/model/order-line.js";
import type { LineAdjustment, OrderPromotions } from "../../../src/model/promotion/price-adjustment.js";
import type { PromotionUsageEntry } from "../../../src/model/promotion/promotion-usage.js";
import type { HostRequest } from "../../../src/model/request.js";
import {
  anyOrder,
  anyOrderHistory,
  anyOrderLine,
  anyStock,
  checkBatchOutcome,
  checkMoney,
  checkMovementBalance,
  checkMovementsMatchOrder,
  checkOrderConservation,
  checkOrderRecords,
  checkOutcome,
  checkPlainData,
  checkPromotionMoney,
  checkPromotionUsage,
  checkReplay,
  checkReservationsMatch,
  checkStockLaws,
  deepFreeze,
  type LawViolation,
} from "../../../src/testing/index.js";
import { percentOff, promoted, promotion } from "../../pricing/promoted.js";

const d = decimal;

function laws(violations: readonly LawViolation[]): readonly string[] {
  return [...new Set(violations.map(({ law }) => law))];
}

/** An order with something in every record, whose first line a test can forge. */
function order(forge: Partial<OrderLine> = {}, more: Partial<Order> = {}): Order {
  const honest = anyOrder({
    stage: "confirmed",
    header: { charges: [{ kind: "freight", amount: "5" }] },
    lines: [
      {
        quantities: { backfill: "1" },
        reservations: [{ warehouseId: "NORTH", quantities: { allocated: "2", picked: "3" }, loaded: "1" }],
        discount: { kind: "amount", amount: "1" },
      },
    ],
    holds: [{}],
    billing: { payments: [{ paymentId: "P-1", amount: "5", receivedAt: "2026-03-04T09:00:00.000Z" }] },
  });
  return { ...honest, lines: honest.lines.map((line) => ({ ...line, ...forge })), ...more };
}

const [honestLine] = order().lines as readonly [OrderLine];
const { quantities } = honestLine;

describe("checkOrderConservation (mission 11.1)", () => {
  it("is silent for an honest order", () => {
    expect(checkOrderConservation(order())).toEqual([]);
  });

  test.each([
    ["a changed ordered quantity", { orderedQty: d("11") }, "ordered quantity × factor = Σ buckets"],
    ["a changed bucket", { quantities: { ...quantities, open: d("5") } }, "ordered quantity × factor = Σ buckets"],
    ["a negative bucket", { quantities: { ...quantities, open: d("5"), merged: d("-1") } }, "no bucket is negative"],
    [
      "a factor that leaves no exact quantity",
      { unitFactor: { numerator: d("1"), denominator: d("3") } },
      "ordered quantity × factor = Σ buckets",
    ],
  ])("finds %s (rule 1)", (_name, forge, law) => {
    expect(laws(checkOrderConservation(order(forge)))).toEqual([law]);
  });

  it("finds lines that are lost or appear (rule 2)", () => {
    const one = anyOrder({ lines: [{}] });
    const two = anyOrder({ lines: [{}, {}] });
    expect(checkOrderConservation(two, one)).toHaveLength(1);
    expect(checkOrderConservation(one, two)).toHaveLength(1);
    expect(checkOrderConservation(one, two, [{ kind: "line_added", line: anyOrderLine({ lineNo: 2 }) }])).toEqual([]);
  });

  it("finds sums that change by anything but added quantity (rule 3)", () => {
    const before = anyOrder();
    const after = anyOrder({ lines: [{ orderedQty: "12" }] });
    expect(laws(checkOrderConservation(before, after))).toEqual(["the sum of a line's buckets is kept"]);
    const added = (quantity: string) => [{ kind: "quantity_added", lineId: "SO-1-1", quantity: d(quantity) }] as const;
    expect(checkOrderConservation(before, after, added("2"))).toEqual([]);
    expect(checkOrderConservation(before, after, added("3"))).toHaveLength(1);
  });

  it("looks at the new order alone when it took the place of the old one", () => {
    const after = anyOrder({ lines: [{ orderedQty: "3" }] });
    expect(checkOrderConservation(anyOrder(), after, [{ kind: "order_opened", order: after }])).toEqual([]);
  });
});

describe("checkOrderRecords (mission 11.1, 12.2a)", () => {
  it("is silent for an honest order", () => {
    expect(checkOrderRecords(order())).toEqual([]);
  });

  const place = { warehouseId: "NORTH", quantities: { allocated: d("2"), picked: d("3") } };
  test.each([
    [
      "places that hold less than the buckets",
      { reservations: [] },
      ["Σ allocated over places = bucket allocated", "Σ picked over places = bucket picked"],
    ],
    [
      "a place listed twice",
      {
        reservations: [
          { warehouseId: "NORTH", quantities: { allocated: d("2") } },
          { warehouseId: "NORTH", quantities: { picked: d("3") } },
        ],
      },
      ["each place is listed once"],
    ],
    [
      "a place that holds nothing",
      { reservations: [place, { warehouseId: "SOUTH", quantities: {} }] },
      ["a place holds something"],
    ],
    [
      "a bucket of nothing at a place",
      { reservations: [{ ...place, quantities: { ...place.quantities, shipped: d("0") } }] },
      ["what a place names is positive"],
    ],
    ["more loaded than picked", { reservations: [{ ...place, loaded: d("4") }] }, ["0 < loaded ≤ picked"]],
    ["nothing loaded but named", { reservations: [{ ...place, loaded: d("0") }] }, ["0 < loaded ≤ picked"]],
    ["shortages that do not sum to the bucket", { shortages: [] }, ["Σ shortages in backfill = bucket backfill"]],
    [
      "a shortage of nothing",
      { shortages: [...honestLine.shortages, { ...honestLine.shortages[0], quantity: d("0") }] },
      ["a shortage is positive"],
    ],
  ] as readonly (readonly [string, Partial<OrderLine>, readonly string[]])[])("finds %s", (_name, forge, expected) => {
    expect(laws(checkOrderRecords(order(forge)))).toEqual(expected);
  });

  it("finds a forged status and ids that are there twice (rule 4)", () => {
    expect(laws(checkOrderRecords(order({}, { status: "closed" })))).toEqual([
      "the status follows from stage, buckets and money",
    ]);
    const { holds, lines } = order();
    expect(laws(checkOrderRecords(order({}, { holds: [...holds, ...holds] })))).toEqual(["hold ids are unique"]);
    expect(laws(checkOrderRecords(order({}, { lines: [...lines, ...lines] })))).toEqual(["line ids are unique"]);
  });
});

describe("checkMoney (mission 3.6, 15.1)", () => {
  it("is silent for honest, unpriced and differently rounded orders", () => {
    expect(checkMoney(order())).toEqual([]);
    expect(checkMoney(anyOrder({ totals: null }))).toEqual([]);
    const rounded = anyOrder({ lines: [{ orderedQty: "1", unitPrice: "0.005" }] });
    const down = { gross: d("0"), allowances: d("0"), net: d("0"), charges: d("0"), payable: d("0") };
    expect(checkMoney(rounded)).toEqual([]);
    expect(
      checkMoney({ ...rounded, totals: down, lines: rounded.lines.map((line) => ({ ...line, lineAmount: d("0") })) }),
    ).toEqual([]);
  });

  const { totals } = order();
  test.each([
    [
      "an amount that is not quantity × price",
      { lineAmount: d("24.01") },
      [
        "amount + allowance = quantity × price, rounded",
        "net = Σ line amount",
        "gross − allowances = net",
        "payable = net + charges",
      ],
    ],
    [
      "an allowance that is not in the totals",
      { allowance: d("1.01"), lineAmount: d("23.99") },
      ["allowances = Σ allowance", "net = Σ line amount", "gross − allowances = net", "payable = net + charges"],
    ],
    ["an amount without a price", { unitPrice: undefined }, ["no amount without a price"]],
  ])("finds %s (rules 1 and 2)", (_name, forge, expected) => {
    expect(laws(checkMoney(order(forge as Partial<OrderLine>)))).toEqual(expected);
  });

  test.each([
    ["gross", ["gross − allowances = net"]],
    ["allowances", ["allowances = Σ allowance", "gross − allowances = net"]],
    ["net", ["net = Σ line amount"]],
    ["charges", ["charges = Σ charge − Σ charge adjustment"]],
    ["payable", ["payable = net + charges"]],
  ] as const)("finds a forged total: %s (rule 2)", (name, expected) => {
    const forged = order({}, { totals: { ...totals!, [name]: d("99") } });
    expect(laws(checkMoney(forged))).toEqual(expected);
  });

  it("finds bills and payments that do not add up (rule 3), negative and too small money (rule 4)", () => {
    const { billing } = order();
    expect(laws(checkMoney(order({}, { billing: { ...billing, invoicedAmount: d("1") } })))).toEqual([
      "invoiced = Σ payable of invoices",
    ]);
    expect(laws(checkMoney(order({}, { billing: { ...billing, collectedAmount: d("-1") } })))).toEqual([
      "collected = Σ payments",
      "money is not negative",
    ]);
    expect(laws(checkMoney(order({}, { billing: { ...billing, collectedAmount: d("5.001") } })))).toContain(
      "money is in minor units",
    );
  });
});

describe("checkPromotionMoney (mission 6.6)", () => {
  const freight = { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: d("50") } } as const;
  const promotedOrder = promoted(
    { header: { charges: [{ kind: "freight", amount: "5" }] } },
    promotion(percentOff("10")),
    promotion(freight, { promotionId: "F" }),
  );
  const [line] = promotedOrder.lines as readonly [OrderLine];
  const [adjustment] = line.adjustments as readonly [LineAdjustment];
  const promotions = promotedOrder.promotions as OrderPromotions;
  const forged = (part: Partial<LineAdjustment>): Order => ({
    ...promotedOrder,
    lines: [{ ...line, adjustments: [{ ...adjustment, ...part }] }],
  });
  const shares = (...runs: readonly (readonly [string, string])[]) => ({
    shares: runs.map(([quantity, amount]) => ({ quantity: d(quantity), amount: d(amount) })),
  });

  it("is silent for honest orders, with promotions and without", () => {
    expect(checkPromotionMoney(promotedOrder)).toEqual([]);
    expect(checkPromotionMoney(order())).toEqual([]);
    expect(checkPromotionMoney(forged(shares(["9.5", "2.37"], ["0.5", "0.13"])))).toEqual([]);
  });

  test.each([
    ["shares that do not sum", shares(["10", "2.4"]), ["adjustment = Σ shares"]],
    ["quantities that do not sum", shares(["5", "2.5"]), ["ordered quantity = Σ quantity of shares"]],
    ["a negative share", shares(["5", "5"], ["5", "-2.5"]), ["a share is not negative"]],
    [
      "units of a run that bear different parts",
      shares(["7", "2.5"], ["3", "0"]),
      ["the units of a run bear the same"],
    ],
    [
      "an adjustment of nothing",
      { amount: d("0"), ...shares(["10", "0"]) },
      ["an adjustment takes something off", "applied = Σ adjustments"],
    ],
    [
      "more than the allowance",
      { amount: d("3"), ...shares(["10", "3"]) },
      ["adjustments are part of the allowance", "applied = Σ adjustments"],
    ],
    [
      "a promotion that has not applied",
      { promotionId: "X" },
      ["applied = Σ adjustments", "every adjustment is of an applied promotion"],
    ],
    ["another code", { code: "X" }, ["applied = Σ adjustments", "every adjustment is of an applied promotion"]],
  ] as const)("finds %s (rules 1 to 4)", (_name, forge, expected) => {
    expect(laws(checkPromotionMoney(forged(forge)))).toEqual(expected);
  });

  it("finds charges below zero (rule 5)", () => {
    const charges = promotions.charges.map((one) => ({ ...one, amount: d("5.01") }));
    const applied = promotions.applied.map((one) => (one.promotionId === "F" ? { ...one, amount: d("5.01") } : one));
    const found = checkPromotionMoney({ ...promotedOrder, promotions: { ...promotions, charges, applied } });
    expect(laws(found)).toEqual(["a charge is not negative"]);
  });
});

describe("checkPromotionUsage (mission 6.3, 6.7, 6.8)", () => {
  const before = anyOrder({ stage: "reviewed" });
  const after = promoted({}, promotion(percentOff("10")));
  const entry = {
    entryId: "SO-1@2/1",
    kind: "reserve",
    promotionId: "P-1",
    customerCode: "C-100",
    orderNo: "SO-1",
    uses: 1,
    amount: d("2.5"),
    units: d("10"),
    at: instant("2026-03-02T09:00:00.000Z"),
  } as const;
  const posted = (...entries: readonly PromotionUsageEntry[]): HostRequest[] => [
    { type: "post_promotion_usage", orderNo: "SO-1", entries },
  ];

  it("is silent when the entries follow the order", () => {
    expect(checkPromotionUsage(before, after, posted(entry))).toEqual([]);
    expect(checkPromotionUsage(after, after, [{ type: "refund", orderNo: "SO-1", amount: d("1") }])).toEqual([]);
    const confirmed = { ...after, stage: "confirmed" as const };
    expect(
      checkPromotionUsage(after, confirmed, posted({ ...entry, kind: "release" }, { ...entry, kind: "use" })),
    ).toEqual([]);
    expect(checkPromotionUsage(after, { ...after, status: "rejected" }, posted({ ...entry, kind: "release" }))).toEqual(
      [],
    );
    const gone = { ...confirmed, status: "cancelled" as const };
    expect(checkPromotionUsage(confirmed, gone, posted({ ...entry, kind: "giveBack" }))).toEqual([]);
    const [applied] = after.promotions?.applied ?? [];
    const spent = { ...after.promotions!, applied: [{ ...applied!, uses: "spent" as const }] };
    expect(checkPromotionUsage({ ...confirmed, promotions: spent }, { ...gone, promotions: spent }, [])).toEqual([]);
  });

  test.each([
    ["no entry", [], 3],
    ["an entry too many", [entry, entry], 3],
    ["a use of an order that is not confirmed", [{ ...entry, kind: "use" }], 6],
    ["other money", [{ ...entry, amount: d("2.49") }], 1],
    ["other units", [{ ...entry, units: d("9") }], 1],
    ["another code", [{ ...entry, code: "A" }], 6],
    ["another customer", [{ ...entry, customerCode: "C-200" }], 6],
    ["another promotion", [{ ...entry, promotionId: "P-2" }], 6],
    ["a minus for a plus", [{ ...entry, kind: "release" }], 3],
  ] as const)("finds %s (rule 1)", (_name, entries, count) => {
    const found = checkPromotionUsage(before, after, posted(...entries));
    expect(found).toHaveLength(count);
    expect(laws(found)).toEqual(["the ledger follows the order"]);
  });

  it("finds negative entries (rule 2), though they sum to what they should", () => {
    const found = checkPromotionUsage(
      before,
      after,
      posted(
        { ...entry, uses: 2, amount: d("5"), units: d("20") },
        { ...entry, uses: -1, amount: d("-2.5"), units: d("-10") },
      ),
    );
    expect(laws(found)).toEqual(["no entry is negative"]);
  });
});

describe("checkStockLaws (mission 5.11)", () => {
  const [position] = anyStock({ onHand: "9", reserved: "5", picked: "2" });
  test.each([
    ["more reserved than on hand", { reserved: d("10") }, ["on hand ≥ reserved"]],
    ["more picked than reserved", { picked: d("6") }, ["reserved ≥ picked"]],
    ["a negative figure", { onOrder: d("-1") }, ["no figure is negative"]],
  ])("finds %s", (_name, forge, expected) => {
    expect(laws(checkStockLaws([{ ...position, ...forge } as never]))).toEqual(expected);
  });

  it("finds a place that is listed twice, and is silent for honest stock", () => {
    expect(laws(checkStockLaws(anyStock({}, {})))).toEqual(["each place is listed once"]);
    expect(checkStockLaws(anyStock({}, { lotNo: "L1" }))).toEqual([]);
  });
});

describe("checkReservationsMatch (mission 5.11)", () => {
  const held = anyOrder({ lines: [{ quantities: { allocated: "2", picked: "3", shipped: "4" } }] });
  it("is silent when lines and stock agree", () => {
    expect(checkReservationsMatch([held], anyStock({ reserved: "5", picked: "3", inTransit: "4" }))).toEqual([]);
  });

  test.each([
    ["reserved", { reserved: "6", picked: "3", inTransit: "4" }, "reserved in stock = allocated + picked on lines"],
    ["picked", { reserved: "5", picked: "2", inTransit: "4" }, "picked in stock = picked on lines"],
    ["in transit", { reserved: "5", picked: "3", inTransit: "0" }, "in transit = shipped on lines"],
  ])("finds stock that differs: %s", (_name, part, law) => {
    expect(laws(checkReservationsMatch([held], anyStock(part)))).toEqual([law]);
  });

  it("finds stock of no order and orders of no stock", () => {
    expect(checkReservationsMatch([], anyStock({ reserved: "1" }))).toHaveLength(1);
    expect(checkReservationsMatch([held], [])).toHaveLength(3);
  });
});

describe("checkPlainData", () => {
  it("is silent for what JSON carries", () => {
    expect(checkPlainData({ a: [1, "x", null, true, { b: -1.5 }], c: Object.create(null) as unknown })).toEqual([]);
    const shared = { a: 1 };
    expect(checkPlainData([shared, shared])).toEqual([]);
  });

  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const instance: unknown = Object.create({ inherited: true });
  test.each([
    [{ a: undefined }, "$.a", "undefined"],
    [[() => 1], "$[0]", "function"],
    [Symbol("s"), "$", "symbol"],
    [{ n: 10n }, "$.n", "bigint"],
    [NaN, "$", "NaN"],
    [-Infinity, "$", "-Infinity"],
    [-0, "$", "-0"],
    [[1, , 3], "$[1]", "undefined"],
    [circle, "$.self", "a circle"],
    [new Date(0), "$", "an instance"],
    [new Map(), "$", "an instance"],
    [instance, "$", "an instance"],
    [{ [Symbol("s")]: 1 }, "$", "a hidden field"],
    [Object.defineProperty({}, "x", { value: 1 }), "$", "a hidden field"],
  ])("finds case %#", (value, at, found) => {
    expect(checkPlainData(value)).toEqual([{ law: "plain data survives JSON", at, expected: "plain data", found }]);
  });
});

describe("deepFreeze", () => {
  it("freezes all the way down and gives the same value back", () => {
    const value = { a: [{ b: { c: 1 } }], d: null };
    expect(deepFreeze(value)).toBe(value);
    expect([value, value.a, value.a[0], value.a[0]?.b].every(Object.isFrozen)).toBe(true);
    expect(deepFreeze("text")).toBe("text");
  });
});

describe("checkReplay and checkOutcome (mission 11.3)", () => {
  const { order: closed, events, movements, stockBefore, stock } = anyOrderHistory();
  const outcome = { order: closed, events, movements, requests: [] };

  it("are silent for an honest history", () => {
    expect([...checkReplay(undefined, outcome), ...checkOutcome(undefined, outcome)]).toEqual([]);
    const before = anyOrderHistory("order_confirmed").order;
    expect(checkReplay(before, { order: closed, events: events.slice(3) })).toEqual([]);
  });

  it("do not mind the order of the fields", () => {
    const turned = Object.fromEntries(Object.entries(closed).reverse()) as unknown as Order;
    expect(checkReplay(undefined, { order: turned, events })).toEqual([]);
  });

  it("find an order that its events do not give, and events that do not apply", () => {
    expect(checkReplay(undefined, { order: { ...closed, version: 12 }, events })).toHaveLength(1);
    expect(checkReplay(undefined, { order: closed, events: [] })[0]?.found).toBe("nothing");
    expect(checkReplay(undefined, { order: closed, events: events.slice(1) })[0]?.found).toContain("no order");
    expect(checkReplay(undefined, { order: closed, events: events.toReversed() })).toHaveLength(1);
  });

  it("checkOutcome finds a breach of each of its laws", () => {
    const line = closed.lines[0]!;
    const forged = (part: Partial<OrderLine>) => ({ ...outcome, order: { ...closed, lines: [{ ...line, ...part }] } });
    expect(laws(checkOutcome(undefined, forged({ orderedQty: d("9") })))).toContain(
      "ordered quantity × factor = Σ buckets",
    );
    expect(laws(checkOutcome(undefined, forged({ reservations: [] })))).toContain(
      "Σ delivered over places = bucket delivered",
    );
    expect(laws(checkOutcome(undefined, forged({ lineAmount: d("1") })))).toContain("net = Σ line amount");
    expect(laws(checkOutcome(undefined, forged({ partialAllowed: false })))).toEqual(["the events rebuild the order"]);
    expect(laws(checkOutcome(undefined, { ...outcome, movements: movements.slice(0, -1) }))).toEqual([
      "movements follow the order: inTransit",
    ]);
    expect(
      laws(
        checkOutcome(undefined, {
          ...outcome,
          requests: [{ type: "refund", orderNo: "SO-1", amount: undefined as never }],
        }),
      ),
    ).toEqual(["plain data survives JSON"]);
  });

  it("checkMovementBalance finds movements that do not explain the stock", () => {
    expect(checkMovementBalance(stockBefore, stock, movements)).toEqual([]);
    expect(laws(checkMovementBalance(stockBefore, stock, movements.slice(0, -1)))).toEqual([
      "an account changes by its movements",
      "an item gains what comes from outside",
    ]);
    expect(laws(checkMovementBalance(stockBefore, stockBefore, [{ ...movements[0]!, quantity: d("0") }]))).toEqual([
      "a movement is positive",
    ]);
    expect(laws(checkMovementBalance([], anyStock({ onHand: "1" }), []))).toEqual([
      "an account changes by its movements",
      "an item gains what comes from outside",
    ]);
  });

  it("checkMovementsMatchOrder finds movements at another place and of another quantity", () => {
    const { order: allocated, movements: one } = anyOrderHistory("order_allocated");
    const [reserve] = one as readonly [StockMovement];
    expect(checkMovementsMatchOrder(undefined, allocated, [{ ...reserve, lotNo: "L1" }])).toHaveLength(2);
    expect(checkMovementsMatchOrder(undefined, allocated, [{ ...reserve, quantity: d("9") }])).toEqual([
      { law: "movements follow the order: reserved", at: "TEA NORTH", expected: "10", found: "9" },
    ]);
    expect(checkMovementsMatchOrder(allocated, allocated, [])).toEqual([]);
    const bought = { ...reserve, kind: "purchase", at: instant("2026-03-02T09:00:00.000Z") } as const;
    expect(checkMovementsMatchOrder(allocated, allocated, [bought])).toEqual([]);
  });
});

describe("checkBatchOutcome (mission 11.3)", () => {
  const before = ["A", "B"].map((orderNo) => anyOrder({ orderNo }));
  const nothing = { events: [], movements: [], requests: [], refused: [] };

  it("is silent for a batch that changes nothing, and for one that opens an order", () => {
    expect(checkBatchOutcome(before, { ...nothing, orders: before })).toEqual([]);
    const { order: opened, events, movements } = anyOrderHistory("order_allocated");
    expect(laws(checkBatchOutcome([], { ...nothing, orders: [opened], events, movements }))).toEqual([
      "every order comes back in its place",
    ]);
  });

  it("finds orders that are lost or change places, and a breach in one of them", () => {
    expect(laws(checkBatchOutcome(before, { ...nothing, orders: before.slice(1) }))).toEqual([
      "every order comes back in its place",
    ]);
    expect(laws(checkBatchOutcome(before, { ...nothing, orders: before.toReversed() }))).toEqual([
      "every order comes back in its place",
    ]);
    const moved = before.map((each) => ({ ...each, version: 2 }));
    expect(checkBatchOutcome(before, { ...nothing, orders: moved })).toHaveLength(2);
  });
});
