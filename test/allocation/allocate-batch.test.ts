import { describe, expect, it, test } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { LotRule } from "../../src/model/lot-order.js";
import { decimal } from "../../src/core/decimal.js";
import { USUAL_PRIORITY } from "../../src/allocation/allocation-policy.js";
import type { ShortagePolicy } from "../../src/model/customer.js";
import { ALLOCATION_REASON_CODES } from "../../src/model/allocation-reason.js";
import type { Order, OrderStatus } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
  type PlainPart,
} from "../../src/testing/index.js";
import { orderIn } from "../lifecycle/order-in.js";
import { TODAY } from "./small-world.js";

const NORTH_FIRST: AllocationPolicy = {
  priority: [],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH"] },
  lots: "fifo",
};

function allocate(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: Partial<AllocationPolicy> = {},
): AllocationOutcome {
  const context = { ...anyContext(), policy: { ...NORTH_FIRST, ...policy }, today: TODAY };
  return allocateBatch(deepFreeze(orders), deepFreeze(stock), context);
}

function order(orderNo: string, line: AnyOrderLine = {}, more: AnyOrder = {}): Order {
  return anyOrder({ orderNo, stage: "confirmed", lines: [line], ...more });
}

/** What each line got, in the order of service. */
function got({ reasons }: AllocationOutcome): string[] {
  return reasons.map(({ lineId, allocated, code }) => `${lineId} ${allocated} ${code}`);
}

/** Where the goods came from, in the order in which they were taken. */
function takes({ movements }: AllocationOutcome): string[] {
  return movements.map(({ kind, warehouseId, lotNo, binId, quantity }) =>
    [kind, quantity, warehouseId, lotNo, binId].filter(Boolean).join(" "),
  );
}

describe("allocateBatch: the order of service (mission 9.2, 9.10, 9.11, 9.12)", () => {
  it("rule 1: serves orders as the chain ranks them and lines by their numbers", () => {
    const twoLines = { lines: [{ orderedQty: "6" }, { orderedQty: "5" }] };
    const orders = [
      order("SO-1", {}, { header: { customerClass: "B" }, ...twoLines }),
      order("SO-2", {}, { header: { customerClass: "A" }, ...twoLines }),
    ];
    expect(got(allocate(orders, anyStock({ onHand: "13" }), { priority: USUAL_PRIORITY }))).toEqual([
      "SO-2-1 6 served_in_full",
      "SO-2-2 5 served_in_full",
      "SO-1-1 2 served_in_part",
      "SO-1-2 0 sold_out_by_earlier",
    ]);
  });

  it("rule 1: the reasons count the rank, and tell what was asked for, given and left short, and who was asked", () => {
    const { reasons } = allocate([order("SO-1"), order("SO-2")], anyStock({ onHand: "14" }));
    expect(reasons).toEqual([
      {
        orderNo: "SO-1",
        lineId: "SO-1-1",
        rank: 1,
        requested: "10",
        allocated: "10",
        short: "0",
        code: "served_in_full",
        warehouses: ["NORTH", "SOUTH"],
      },
      {
        orderNo: "SO-2",
        lineId: "SO-2-1",
        rank: 2,
        requested: "10",
        allocated: "4",
        short: "6",
        code: "served_in_part",
        warehouses: ["NORTH", "SOUTH"],
      },
    ]);
  });

  it("throws when an order is listed twice", () => {
    expect(() => allocate([order("SO-1"), order("SO-1")], anyStock())).toThrow(RangeError);
  });

  it("of no orders makes nothing", () => {
    expect(allocate([], anyStock())).toEqual({
      orders: [],
      events: [],
      movements: [],
      requests: [],
      refused: [],
      reasons: [],
    });
  });
});

describe("allocateBatch: what a line asks for (mission 9.11, 9.15, 12.2c)", () => {
  it("rule 2: asks for what is open and what went short, and serves what went short first", () => {
    const line = {
      quantities: { open: "5" },
      shortages: [
        { bucket: "backfill" as const, quantity: "3", mode: "onArrival" as const },
        { bucket: "deferred" as const, quantity: "2", mode: "onArrival" as const },
      ],
    };
    const { events, orders } = allocate([order("SO-1", line)], anyStock({ onHand: "7" }));
    const moves = events[0]?.changes.map(
      (change) => change.kind === "quantity_moved" && [change.from, change.to, change.quantity],
    );
    expect(moves).toEqual([
      ["deferred", "allocated", "2"],
      ["backfill", "allocated", "3"],
      ["open", "allocated", "2"],
    ]);
    expect(orders[0]?.lines[0]?.quantities).toMatchObject({ open: "3", backfill: "0", deferred: "0", allocated: "7" });
    expect(orders[0]?.lines[0]?.shortages).toEqual([]);
  });

  it("rule 2: what goes with the next order keeps waiting, however old its record, while what came later is served", () => {
    const line = {
      quantities: { open: "0" },
      shortages: [
        { quantity: "6", mode: "withNextOrder" as const, since: "2026-02-01T09:00:00.000Z" as never },
        { quantity: "4", mode: "onArrival" as const, since: "2026-02-09T09:00:00.000Z" as never },
      ],
    };
    const { orders } = allocate([order("SO-1", line)], anyStock({ onHand: "100" }));
    expect(orders[0]?.lines[0]?.shortages).toMatchObject([{ quantity: "6", mode: "withNextOrder" }]);
  });

  it("rule 2: the oldest record is served first, wherever it stands, and one served in part keeps its date", () => {
    const since = (day: string) => `2026-02-${day}T09:00:00.000Z` as never;
    const shortages = [
      { quantity: "4", since: since("09"), cause: "pick" as const },
      { quantity: "6", since: since("01") },
    ];
    const line = { quantities: { open: "0" }, shortages };
    const left = (onHand: string) =>
      allocate([order("SO-1", line)], anyStock({ onHand })).orders[0]!.lines[0]!.shortages;
    expect(left("5")).toMatchObject([shortages[0]!, { quantity: "1", since: since("01") }]);
    expect(left("7")).toMatchObject([{ quantity: "3", since: since("09"), cause: "pick" }]);
  });

  it("rule 5: an order that waits as a whole is served at its turn as a whole or not at all", () => {
    const tea = { itemCode: "TEA", orderedQty: "4", quantities: { deferred: "4" } };
    const salt = { itemCode: "SALT", orderedQty: "6", quantities: { deferred: "5", backfill: "1" } };
    const waits = order("SO-1", {}, { lines: [tea, salt] });
    const next = order("SO-2", { orderedQty: "5" });
    const stock = (quantity: string) =>
      anyStock({ onHand: "5" }, { itemCode: "SALT", warehouseId: "NORTH", onHand: quantity });
    expect(got(allocate([waits, next], stock("5")))).toEqual([
      "SO-1-1 0 whole_order_waits",
      "SO-1-2 0 partial_not_allowed",
      "SO-2-1 5 served_in_full",
    ]);
    expect(allocate([waits, next], stock("5")).reasons.map(({ waitsFor }) => waitsFor)).toEqual([
      ["SO-1-2"],
      undefined,
      undefined,
    ]);
    expect(got(allocate([waits, next], stock("6")))).toEqual([
      "SO-1-1 4 served_in_full",
      "SO-1-2 6 served_in_full",
      "SO-2-1 1 served_in_part",
    ]);
  });

  it("rule 5: what one deferred order gives back is offered to the next, large or small", () => {
    const orders = ["14", "13", "12", "3", "1"].map((deferred, place) =>
      order(`SO-${place}`, { orderedQty: deferred, quantities: { deferred } }),
    );
    expect(got(allocate(orders, anyStock({ onHand: "15" })))).toEqual([
      "SO-0-1 14 served_in_full",
      "SO-1-1 0 partial_not_allowed",
      "SO-2-1 0 partial_not_allowed",
      "SO-3-1 0 partial_not_allowed",
      "SO-4-1 1 served_in_full",
    ]);
    expect(got(allocate(orders, anyStock({ onHand: "13.5" })))[1]).toBe("SO-1-1 13 served_in_full");
  });

  it("rule 5: the open quantity of an order that waits as a whole waits with it, whatever its policy", () => {
    const line = { quantities: { deferred: "4", open: "6" }, shortagePolicy: "cancelRemainder" as const };
    const { events } = allocate([order("SO-1", line)], anyStock({ onHand: "9" }));
    expect(events).toEqual([]);
  });

  it("rule 2: deferred quantity that is to be merged into the next order is left where it waits", () => {
    const line = {
      quantities: { open: "0" },
      shortages: [{ bucket: "deferred" as const, quantity: "4", mode: "withNextOrder" as const }],
    };
    const { refused } = allocate([order("SO-1", line), order("SO-2", { orderedQty: "1" })], anyStock({ onHand: "50" }));
    expect(refused.map(({ orderNo, issues }) => [orderNo, issues[0]?.code])).toEqual([
      ["SO-1", "allocate.nothing_waiting"],
    ]);
  });

  const waitsForNext = {
    quantities: { open: "0" },
    shortages: [{ quantity: "4", mode: "withNextOrder" as const }],
  };

  it("rule 2: what is to go with the next order waits until there is one", () => {
    const outcome = allocate([order("SO-1", waitsForNext)], anyStock());
    expect(outcome.refused.map(({ issues }) => issues[0]?.code)).toEqual(["allocate.nothing_waiting"]);
  });

  it.each([
    ["another open order of the customer", {}, ["SO-1-1 4 served_in_full", "SO-2-1 10 served_in_full"]],
    ["an order of another customer", { header: { customerCode: "C-2" } }, ["SO-2-1 10 served_in_full"]],
    ["an order of the customer with nothing open", { lines: [{ quantities: { picked: "10" } }] }, []],
    ["an order of the customer that may not be allocated", { stage: "entered" as const }, []],
  ])("rule 2: joined by %s, it gets what is due", (_case, other, expected) => {
    expect(got(allocate([order("SO-1", waitsForNext), order("SO-2", {}, other)], anyStock()))).toEqual(expected);
  });

  it("rule 2: an order is not its own next order", () => {
    const line = { quantities: { open: "2" }, shortages: [{ quantity: "4", mode: "withNextOrder" as const }] };
    expect(got(allocate([order("SO-1", line)], anyStock()))).toEqual(["SO-1-1 2 served_in_full"]);
  });
});

describe("allocateBatch: warehouses and lots (mission 9.7, 9.8, 9.9, 5.12)", () => {
  const areas = [
    { areaPath: ["hamburg"], warehouseIds: ["SOUTH", "NORTH"] },
    { areaPath: ["hamburg", "harbour"], warehouseIds: ["EAST", "EAST", "NORTH"] },
  ];
  const everywhere = ["NORTH", "SOUTH", "EAST"].flatMap((warehouseId) => anyStock({ warehouseId, onHand: "4" }));

  it.each([
    [
      ["hamburg", "harbour", "quay"],
      ["reserve 4 EAST", "reserve 4 NORTH"],
    ],
    [
      ["hamburg", "harbour"],
      ["reserve 4 EAST", "reserve 4 NORTH"],
    ],
    [
      ["hamburg", "centre"],
      ["reserve 4 SOUTH", "reserve 4 NORTH"],
    ],
    [["hamburg"], ["reserve 4 SOUTH", "reserve 4 NORTH"]],
    [["harbour"], ["reserve 4 NORTH"]],
    [[], ["reserve 4 NORTH"]],
  ])(
    "rule 3: an order for %j asks the warehouses of the longest path that begins it, nearest first",
    (path, expected) => {
      const sourcing = { kind: "nearest" as const, areas, otherwise: ["NORTH"] };
      const wanted = order("SO-1", {}, { header: { deliveryAreaPath: path } });
      expect(takes(allocate([wanted], everywhere, { sourcing }))).toEqual(expected);
    },
  );

  it("rule 3: an empty path stands for every area that no longer one names", () => {
    const sourcing = {
      kind: "nearest" as const,
      areas: [{ areaPath: [], warehouseIds: ["EAST"] }],
      otherwise: ["NORTH"],
    };
    expect(takes(allocate([order("SO-1", { orderedQty: "3" })], everywhere, { sourcing }))).toEqual(["reserve 3 EAST"]);
  });

  const lots = anyStock(
    { lotNo: "A", binId: "2", onHand: "1", receivedOn: "2026-02-03", expiresOn: "2026-04-01" },
    { lotNo: "A", binId: "1", onHand: "1", receivedOn: "2026-02-03", expiresOn: "2026-04-01" },
    { lotNo: "B", onHand: "1", receivedOn: "2026-02-01", expiresOn: "2026-05-01" },
    { lotNo: "C", onHand: "1", receivedOn: "2026-02-02" },
    { lotNo: "D", onHand: "1", expiresOn: "2026-04-02" },
    { lotNo: "E", onHand: "1" },
  );

  it.each<[LotRule, string]>([
    ["fifo", "B, C, A 1, A 2, D, E"],
    ["fefo", "A 1, A 2, D, B, C, E"],
    ["lifo", "A 1, A 2, C, B, D, E"],
  ])("rule 3: %s takes %s, lots without a day last, ties by lot and bin", (rule, expected) => {
    for (const stock of [lots, [...lots].reverse()]) {
      const taken = takes(allocate([order("SO-1")], stock, { lots: rule }));
      expect(taken.map((take) => take.replace("reserve 1 NORTH ", "")).join(", ")).toBe(expected);
    }
  });

  it.each([
    ["held stock", { condition: "held" as const }, {}, "no_usable_stock"],
    ["stock that is available by name", { condition: "available" as const }, {}, "served_in_full"],
    ["a lot that expires today", { expiresOn: "2026-03-02" }, {}, "no_usable_stock"],
    ["a lot that expires tomorrow", { expiresOn: "2026-03-03" }, {}, "served_in_full"],
    [
      "a lot that expires on the day of delivery",
      { expiresOn: "2026-03-05" },
      { requested: "2026-03-05" },
      "no_usable_stock",
    ],
    [
      "a lot that expires the day after delivery",
      { expiresOn: "2026-03-06" },
      { requested: "2026-03-05" },
      "served_in_full",
    ],
    ["a lot for a wish that has passed", { expiresOn: "2026-03-03" }, { requested: "2026-02-01" }, "served_in_full"],
    ["a lot with a day too little life", { expiresOn: "2026-03-11" }, { life: 10 }, "no_usable_stock"],
    ["a lot with just enough life", { expiresOn: "2026-03-12" }, { life: 10 }, "served_in_full"],
    ["a lot without a date for a long life", {}, { life: 3_000_000_000 }, "served_in_full"],
    ["a lot with a date for an endless life", { expiresOn: "9999-12-31" }, { life: 3_000_000_000 }, "no_usable_stock"],
    ["another customer's goods", { owner: "C-2" }, { draw: true }, "no_usable_stock"],
    ["the customer's goods for a sale", { owner: "C-100" }, {}, "no_usable_stock"],
    ["the customer's goods for a draw-down", { owner: "C-100" }, { draw: true }, "served_in_full"],
    ["our goods for a draw-down", {}, { draw: true }, "no_usable_stock"],
    ["a warehouse that is not asked", { warehouseId: "WEST" }, {}, "stock_elsewhere"],
  ])(
    "rule 3: %s",
    (_case, position, { requested, life, draw }: { requested?: string; life?: number; draw?: boolean }, code) => {
      const line = {
        ...(life === undefined ? {} : { minimumRemainingLifeDays: life }),
        ...(draw === undefined ? {} : { transactionCategory: "depositDraw" as const }),
      };
      const header = requested === undefined ? {} : { requestedDeliveryDate: requested };
      expect(allocate([order("SO-1", line, { header })], anyStock(position)).reasons[0]?.code).toBe(code);
    },
  );

  it("rule 3: offers only what is free, never what others have reserved", () => {
    expect(takes(allocate([order("SO-1")], anyStock({ onHand: "12", reserved: "7" })))).toEqual(["reserve 5 NORTH"]);
  });
});

describe("allocateBatch: all or nothing, and steps (mission 9.2)", () => {
  it.each([
    ["may come in parts", {}, "9", "9", "served_in_part"],
    ["may not come in parts", { partialAllowed: false }, "9", "0", "partial_not_allowed"],
    ["may not come in parts and is all there", { partialAllowed: false }, "10", "10", "served_in_full"],
    ["goes in steps of 4", { quantum: "4" }, "9", "8", "below_quantum"],
    ["goes in steps of 4, of which one is not there", { quantum: "4" }, "7", "4", "served_in_part"],
    ["goes in steps of 5, of which one is not there", { quantum: "5" }, "9", "5", "served_in_part"],
    ["goes in steps of 4, of which none is there", { quantum: "4" }, "3", "0", "below_quantum"],
    ["goes in steps of 4 and there is plenty", { quantum: "4" }, "50", "8", "below_quantum"],
    ["goes in steps of 0.3", { quantum: "0.3" }, "1", "0.9", "served_in_part"],
    [
      "goes in steps of 4 and not in parts, and is there as far as steps go",
      { quantum: "4", partialAllowed: false },
      "9",
      "8",
      "below_quantum",
    ],
    ["goes in steps of 5 and not in parts", { quantum: "5", partialAllowed: false }, "9", "0", "partial_not_allowed"],
    [
      "goes in steps of 5, not in parts, and is all there",
      { quantum: "5", partialAllowed: false },
      "10",
      "10",
      "served_in_full",
    ],
  ])("rule 4: a line of 10 that %s", (_case, line, onHand, allocated, code) => {
    expect(got(allocate([order("SO-1", line)], anyStock({ onHand })))).toEqual([`SO-1-1 ${allocated} ${code}`]);
  });

  it("rule 4: what a line leaves, since it may not have it, goes to the next", () => {
    const orders = [order("SO-1", { partialAllowed: false }), order("SO-2", { quantum: "4" }), order("SO-3")];
    expect(got(allocate(orders, anyStock({ onHand: "9" })))).toEqual([
      "SO-1-1 0 partial_not_allowed",
      "SO-2-1 8 below_quantum",
      "SO-3-1 1 served_in_part",
    ]);
  });

  it("rule 4: the nearer lots keep what a step does not use up", () => {
    const stock = anyStock({ lotNo: "A", onHand: "3" }, { lotNo: "B", onHand: "3" });
    expect(takes(allocate([order("SO-1", { quantum: "4" })], stock))).toEqual([
      "reserve 3 NORTH A",
      "reserve 1 NORTH B",
    ]);
  });

  it("rule 4: life and all-or-nothing together look at the lots that live long enough only", () => {
    const stock = anyStock(
      { lotNo: "A", onHand: "8", expiresOn: "2026-03-04" },
      { lotNo: "B", onHand: "8", expiresOn: "2026-06-01" },
    );
    const line = { partialAllowed: false, minimumRemainingLifeDays: 30 };
    expect(got(allocate([order("SO-1", line), order("SO-2", { ...line, orderedQty: "8" })], stock))).toEqual([
      "SO-1-1 0 partial_not_allowed",
      "SO-2-1 8 served_in_full",
    ]);
  });
});

describe("allocateBatch: what stays open (mission 9.15, 12.2c)", () => {
  test.each<[ShortagePolicy, object, object[]]>([
    ["leaveOpen", { open: "6", allocated: "4" }, []],
    ["cancelRemainder", { cancelled: "6", allocated: "4" }, []],
    ["backfillOnArrival", { backfill: "6", allocated: "4" }, [{ mode: "onArrival" }]],
    ["backfillWithNextOrder", { backfill: "6", allocated: "4" }, [{ mode: "withNextOrder" }]],
  ])("rule 6: %s", (shortagePolicy, quantities, shortages) => {
    const { orders, requests } = allocate([order("SO-1", { shortagePolicy })], anyStock({ onHand: "4" }));
    expect(orders[0]?.lines[0]?.quantities).toMatchObject({ open: "0", backfill: "0", cancelled: "0", ...quantities });
    const since = "2026-03-02T09:00:00.000Z";
    const note = { bucket: "backfill", cause: "allocation", quantity: "6", since, reason: "served_in_part" };
    expect(orders[0]?.lines[0]?.shortages).toEqual(shortages.map((mode) => ({ ...note, ...mode })));
    const told =
      shortagePolicy === "leaveOpen"
        ? []
        : [{ type: "notify_customer", orderNo: "SO-1", template: "shortage_recorded" }];
    expect(requests).toEqual(told);
  });

  it("rule 6: cancelling all of an order cancels it", () => {
    const { orders } = allocate([order("SO-1", { shortagePolicy: "cancelRemainder" })], []);
    expect(orders[0]?.status).toBe<OrderStatus>("cancelled");
  });

  it("rule 6: a line on hold keeps its wish as it is, whatever its policy", () => {
    const held = { lines: [{ shortagePolicy: "cancelRemainder" as const }, {}], holds: [{ lineId: "SO-1-1" }] };
    const outcome = allocate([order("SO-1", {}, held)], anyStock());
    expect(got(outcome)).toEqual(["SO-1-1 0 on_hold", "SO-1-2 10 served_in_full"]);
    expect(outcome.orders[0]?.lines[0]?.quantities.open).toBe("10");
  });
});

describe("allocateBatch: orders that stay as they are (mission 9.2, 11.1)", () => {
  it("rule 7: an order for which nothing changes gets no event and is given back as it was", () => {
    const waits = order("SO-1");
    const outcome = allocate([waits], []);
    expect(outcome).toEqual({
      orders: [waits],
      events: [],
      movements: [],
      requests: [],
      refused: [],
      reasons: outcome.reasons,
    });
    expect(outcome.orders[0]).toBe(waits);
    expect(got(outcome)).toEqual(["SO-1-1 0 no_stock_record"]);
  });

  it.each<[OrderStatus, string]>([
    ["entered", "status.operation_not_allowed"],
    ["returnedForCorrection", "status.operation_not_allowed"],
    ["rejected", "status.operation_not_allowed"],
    ["closed", "status.operation_not_allowed"],
    ["cancelled", "status.operation_not_allowed"],
    ["allocated", "allocate.nothing_waiting"],
    ["picked", "allocate.nothing_waiting"],
    ["shipped", "allocate.nothing_waiting"],
    ["collected", "allocate.nothing_waiting"],
  ])("rule 8: an order that is %s is refused with %s", (status, code) => {
    const given = orderIn(status);
    const { orders, refused, reasons, events } = allocate([given], anyStock());
    expect(refused.map(({ orderNo, issues }) => [orderNo, issues.map((found) => found.code)])).toEqual([
      ["SO-1", [code]],
    ]);
    expect([orders[0] === given, reasons, events]).toEqual([true, [], []]);
  });

  it("rule 8: a hold on the order that blocks allocation keeps it out, and refusals come in the order of the input", () => {
    const orders = [order("SO-3", {}, { holds: [{}] }), order("SO-2"), order("SO-1", { quantities: { picked: "10" } })];
    const { refused, reasons } = allocate(orders, anyStock({ onHand: "10" }));
    expect(refused.map(({ orderNo, issues }) => [orderNo, issues[0]?.code])).toEqual([
      ["SO-3", "status.on_hold"],
      ["SO-1", "allocate.nothing_waiting"],
    ]);
    expect(reasons.map(({ orderNo }) => orderNo)).toEqual(["SO-2"]);
  });

  it.each([
    ["is too long for exact counting", { orderedQty: "9007199254740993" }, anyStock()],
    [
      "is too fine beside the stock",
      { orderedQty: "0.00000000000000000001", unitPrice: null },
      anyStock({ onHand: "10" }),
    ],
    ["has a step that is too fine", { quantum: "0.00000000000000000001" }, anyStock()],
    [
      "is of an item with too much stock",
      {},
      anyStock({ onHand: "9007199254740991" }, { warehouseId: "SOUTH", onHand: "1" }),
    ],
  ])("rule 8: an order whose line %s is refused whole, and the others are served", (_case, line, stock) => {
    const salt = { itemCode: "SALT", orderedQty: "1" };
    const orders = [order("SO-1", {}, { lines: [line, salt] }), order("SO-2", {}, { lines: [salt] })];
    const outcome = allocate(orders, [...stock, ...anyStock({ itemCode: "SALT", onHand: "1" })]);
    expect(outcome.refused).toEqual([
      {
        orderNo: "SO-1",
        issues: [{ code: "allocate.quantity_out_of_range", path: ["lines"], params: { itemCode: "TEA" } }],
      },
    ]);
    expect(got(outcome)).toEqual(["SO-2-1 1 served_in_full"]);
  });

  it("rule 8: quantities up to the greatest safe integer are counted exactly", () => {
    const line = { orderedQty: "90071992547409.91" };
    expect(got(allocate([order("SO-1", line)], anyStock({ onHand: "90071992547409.91" })))).toEqual([
      "SO-1-1 90071992547409.91 served_in_full",
    ]);
  });
});

describe("allocateBatch: every reason (mission 9.10, 4.15)", () => {
  const cases: Readonly<Record<string, () => AllocationOutcome>> = {
    served_in_full: () => allocate([order("SO-1")], anyStock()),
    served_in_part: () => allocate([order("SO-1")], anyStock({ onHand: "1" })),
    sold_out_by_earlier: () => allocate([order("SO-0"), order("SO-1")], anyStock({ onHand: "10" })),
    no_stock_record: () => allocate([order("SO-1")], anyStock({ itemCode: "SALT" })),
    no_usable_stock: () => allocate([order("SO-1")], anyStock({ condition: "held" })),
    stock_elsewhere: () =>
      allocate([order("SO-1")], anyStock({ onHand: "0" }, { warehouseId: "FAR AWAY", onHand: "9" })),
    empty_stock: () => allocate([order("SO-1")], anyStock({ onHand: "5", reserved: "5" })),
    partial_not_allowed: () => allocate([order("SO-1", { partialAllowed: false })], anyStock({ onHand: "1" })),
    below_quantum: () => allocate([order("SO-1", { quantum: "2" })], anyStock({ onHand: "1" })),
    fair_share: () => allocate([order("SO-0"), order("SO-1")], anyStock({ onHand: "10" }), SHARED),
    below_minimum: () => allocate([order("SO-0"), order("SO-1")], anyStock({ onHand: "10" }), SHARED_BY_SIX),
    whole_order_waits: () =>
      allocate(
        [
          order(
            "SO-1",
            {},
            { lines: ["TEA", "SALT"].map((itemCode) => ({ itemCode, quantities: { deferred: "10" } })) },
          ),
        ],
        anyStock({ onHand: "10" }),
      ),
    protected_for_others: () =>
      allocate([order("SO-1")], anyStock(), {
        protection: [{ kind: "protect", group: "of others", itemCode: "TEA", quantity: decimal("1000") }],
      }),
    group_cap: () =>
      allocate([order("SO-1", {}, { header: { customerClass: "B" } })], anyStock(), {
        protection: [{ kind: "cap", group: "B", itemCode: "TEA", quantity: decimal("0") }],
      }),
    not_eligible: () =>
      allocate([order("SO-1")], anyStock(), { warehouses: [{ warehouseId: "NORTH", servedAreas: [] }] }),
    on_hold: () => allocate([order("SO-1", {}, { holds: [{ lineId: "SO-1-1" }] })], anyStock()),
    group_incomplete: () =>
      allocate(
        [order("SO-1", {}, { header: { shipComplete: true }, lines: [{ itemCode: "TEA" }, { itemCode: "SALT" }] })],
        anyStock({ onHand: "10" }),
      ),
    sourcing_limits: () =>
      allocate(
        [order("SO-1", {}, { lines: [{ itemCode: "TEA" }, { itemCode: "SALT" }] })],
        anyStock({}, { itemCode: "SALT", warehouseId: "SOUTH" }),
        {
          sourcing: { kind: "wholeOrderFromOne", areas: [], otherwise: ["NORTH", "SOUTH"], ifNone: "nothing" },
        },
      ),
  };

  const SHARED: Partial<AllocationPolicy> = { sharing: [{ rule: "equalAwards" }] };
  const SHARED_BY_SIX: Partial<AllocationPolicy> = { sharing: [{ rule: "equalAwards", minimum: decimal("6") }] };

  it("knows a case for each code", () => {
    expect(Object.keys(cases).sort()).toEqual([...ALLOCATION_REASON_CODES].sort());
  });

  it.each(Object.entries(cases))("answers %s", (code, run) => {
    expect(run().reasons.find(({ orderNo }) => orderNo === "SO-1")?.code).toBe(code);
  });

  it("tells where stock lies that is not asked: by the area or by the policy, if it would do for the line", () => {
    const sourcing: AllocationPolicy["sourcing"] = {
      kind: "nearest",
      areas: [{ areaPath: ["bremen"], warehouseIds: ["SOUTH"] }],
      otherwise: ["NORTH"],
    };
    const codeOf = (line: AnyOrderLine, ...stock: PlainPart<StockPosition>[]): string =>
      allocate([order("SO-1", line)], anyStock({ onHand: "0" }, ...stock), { sourcing }).reasons[0]!.code;
    for (const warehouseId of ["SOUTH", "UNKNOWN"]) {
      const there = { warehouseId, onHand: "9", lotNo: "L-1", expiresOn: "2026-04-01" };
      expect(codeOf({}, there)).toBe("stock_elsewhere");
      expect(codeOf({ lotNo: "L-1" }, there)).toBe("stock_elsewhere");
      expect(codeOf({ lotNo: "L-2" }, there)).not.toBe("stock_elsewhere");
      expect(codeOf({ minimumRemainingLifeDays: 90 }, there)).not.toBe("stock_elsewhere");
      expect(codeOf({ minimumRemainingLifeDays: 90 }, there, { ...there, lotNo: "L-2", expiresOn: "2027-04-01" })).toBe(
        "stock_elsewhere",
      );
      expect(codeOf({}, { ...there, condition: "held" })).toBe("empty_stock");
      expect(codeOf({}, { ...there, owner: "C-9" })).toBe("empty_stock");
      expect(codeOf({}, { ...there, reserved: "9" })).toBe("empty_stock");
    }
  });

  it.each<[string, Partial<AllocationPolicy>, AnyOrderLine, string, string]>([
    ["a lot that is for all", {}, {}, "stock_elsewhere", "stock_elsewhere"],
    [
      "a lot that is for others",
      { lotRestrictions: [{ itemCode: "TEA", lotNo: "L-1", onlyCustomers: ["C-9"] }] },
      {},
      "no_usable_stock",
      "stock_elsewhere",
    ],
    [
      "a lot that is not for the area",
      { lotRestrictions: [{ itemCode: "TEA", lotNo: "L-1", onlyAreas: [["bremen"]] }] },
      {},
      "no_usable_stock",
      "stock_elsewhere",
    ],
    [
      "a lot that is for others, which the line names",
      { lotRestrictions: [{ itemCode: "TEA", lotNo: "L-1", notCustomers: ["C-100"] }] },
      { lotNo: "L-1" },
      "no_usable_stock",
      "no_usable_stock",
    ],
    [
      "a warehouse that may not serve the area",
      { warehouses: [{ warehouseId: "FAR", servedAreas: [["bremen"]] }] },
      {},
      "no_usable_stock",
      "no_usable_stock",
    ],
    [
      "a warehouse that does not keep such goods",
      { warehouses: [{ warehouseId: "FAR", temperatureClasses: ["dry"] }] },
      { temperatureClass: "frozen" },
      "no_usable_stock",
      "no_usable_stock",
    ],
  ])("tells of stock where nobody is asked only what the line could take: %s", (_case, part, line, one, two) => {
    const stock = anyStock({ warehouseId: "FAR", lotNo: "L-1", onHand: "9" });
    const other = anyStock({ warehouseId: "FAR", lotNo: "L-2", onHand: "9" });
    const codeOf = (there: readonly StockPosition[]): string =>
      allocate([order("SO-1", line)], [...there], part).reasons[0]!.code;
    expect([codeOf(stock), codeOf([...stock, ...other])]).toEqual([one, two]);
    // Orders of others are told by what they themselves may take.
    const mixed = [
      order("SO-1", line),
      order("SO-2", {}, { header: { customerCode: "C-9", deliveryAreaPath: ["bremen"] } }),
    ];
    expect(allocate(mixed, stock, part).reasons.find(({ orderNo }) => orderNo === "SO-2")?.code).toBe(
      "stock_elsewhere",
    );
  });

  it("tells the line that would have been served from a lot with too little life left for it from one that came late", () => {
    const stock = anyStock(
      { lotNo: "A", onHand: "10", expiresOn: "2026-04-01" },
      { lotNo: "B", onHand: "1", expiresOn: "2026-03-05" },
    );
    const orders = [
      order("SO-0"),
      order("SO-1", { minimumRemainingLifeDays: 20 }),
      order("SO-2", { minimumRemainingLifeDays: 60 }),
    ];
    expect(got(allocate(orders, stock)).map((line) => line.split(" ")[2])).toEqual([
      "served_in_full",
      "sold_out_by_earlier",
      "no_usable_stock",
    ]);
  });
});
