import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleFor } from "../../../src/allocation/reconfirm/order-demands.js";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type {
  ReconfirmOrdersContext,
  ReconfirmOrdersOutcome,
  ReconfirmOrdersPolicy,
} from "../../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import { togetherIn } from "../../../src/lifecycle/together-in.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { heldLines } from "../../../src/lifecycle/held-lines.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { Consent } from "../../../src/model/consent.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { ReconfirmStrategy } from "../../../src/model/reconfirm-strategy.js";
import { findUntoldDisplacements, timesDisplaced } from "../../../src/lifecycle/displacement-ledger.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  arbitraryWorld,
  type AnyOrder,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { someReconfirmPolicy } from "../../laws/commands.js";
import { TODAY } from "../small-world.js";

// Mission 9.18, 8.7, 7.6; definitions B8, B15.

/** An order whose class names its strategy. */
function order(orderNo: string, strategy: ReconfirmStrategy, line: AnyOrderLine, more: AnyOrder = {}): Order {
  const header = { customerClass: strategy, ...more.header };
  const sum = Object.values(line.quantities ?? {}).reduce((all, quantity) => all + Number(quantity), 0);
  const orderedQty = line.orderedQty ?? `${sum}`;
  return anyOrder({
    orderNo,
    stage: "confirmed",
    lines: [{ itemCode: "TEA", ...line, orderedQty }],
    ...more,
    header,
  });
}

const POLICY: ReconfirmOrdersPolicy = {
  allocation: {
    priority: [],
    sourcing: {
      kind: "nearest",
      areas: [{ areaPath: ["bremen"], warehouseIds: ["SOUTH"] }],
      otherwise: ["NORTH", "SOUTH"],
    },
    lots: "fifo",
  },
  strategies: (["skip", "win", "gain", "improve", "redistribute", "fill", "lose"] as const).map((strategy) => ({
    customerClasses: [strategy],
    strategy,
  })),
  otherwise: "skip",
  onException: "bestEffort",
  redistribute: { kind: "inOrder" },
};

const consentTo = (orderNo: string, reference: string, more: Partial<Consent> = {}): Consent => ({
  customerCode: "C-100",
  subject: orderNo,
  agreedBy: "Ms Wu",
  agreedAt: anyContext().at,
  reference,
  ...more,
});

function run(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: Partial<ReconfirmOrdersPolicy> = {},
  more: Partial<ReconfirmOrdersContext> = {},
): ReconfirmOrdersOutcome {
  return reconfirmOrders(orders, stock, {
    ...anyContext(),
    policy: { ...POLICY, ...policy },
    today: TODAY,
    ...more,
  });
}

const has = ({ orders }: ReconfirmOrdersOutcome): string[] => orders.map(({ lines }) => lines[0]!.quantities.allocated);
const pairs = ({ displacements }: ReconfirmOrdersOutcome): string[] =>
  displacements.map(
    ({ victim, winner, quantity, ruleId }) => `${victim.lineId} ${quantity} ${winner.lineId} ${ruleId}`,
  );
const tea = (onHand: string, reserved: string, part: object = {}): StockPosition[] =>
  anyStock({ itemCode: "TEA", onHand, reserved, ...part });

const SOUTH_10 = { warehouseId: "SOUTH", quantities: { allocated: "10" } };

const fill = (text: string, times: number): string[] => Array.from({ length: times }, () => text);

describe("re-confirmation of orders in the steps of a fair share", () => {
  const redistribute = { kind: "fairShare" as const, policy: { rule: "equalAwards" as const, quantum: decimal("5") } };

  it.each<[string, AnyOrderLine, string]>([
    ["what is less than a step is not given to who redistributes", { orderedQty: "8" }, "5"],
    ["nor to who had a part of a step", { quantities: { open: "5", allocated: "3" } }, "5"],
    ["but a line keeps steps of its own", { orderedQty: "8", quantum: "2" }, "8"],
    ["and one that takes all or nothing gets all", { orderedQty: "8.7", partialAllowed: false }, "8.7"],
    ["also of what comes together", { orderedQty: "8.7", deliveryGroup: "G-1" }, "8.7"],
  ])("%s, though it lies free", (_case, line, expected) => {
    const outcome = run([order("SO-1", "redistribute", line)], tea("20", "3"), { redistribute });
    expect(has(outcome)).toEqual([expected]);
    const again = run(outcome.orders, applyMovements(tea("20", "3"), outcome.movements), { redistribute });
    expect(has(again)).toEqual([expected]);
  });

  it("others are served to the last unit", () => {
    expect(has(run([order("SO-1", "gain", { orderedQty: "8" })], tea("20", "0"), { redistribute }))).toEqual(["8"]);
    expect(has(run([order("SO-1", "redistribute", { orderedQty: "8" })], tea("20", "0")))).toEqual(["8"]);
  });
});

describe("re-confirmation of orders", () => {
  const vector = [
    order("SO-1", "win", { orderedQty: "50" }),
    order("SO-2", "gain", { quantities: { open: "20", allocated: "20" } }),
    order("SO-3", "redistribute", {
      quantities: { open: "20", allocated: "10" },
    }),
    order("SO-4", "redistribute", { quantities: { allocated: "30" } }),
    order("SO-5", "fill", { quantities: { open: "10", allocated: "30" } }),
    order("SO-6", "lose", { quantities: { open: "10", allocated: "10" } }),
  ];

  it("gives orders what the vector of the definition gives demands (rule 1)", () => {
    const outcome = run(vector, tea("100", "100"));
    expect(has(outcome)).toEqual(["50", "40", "10", "0", "0", "0"]);
    expect(pairs(outcome)).toEqual([
      "SO-6-1 10 SO-1-1 reconfirm_win",
      "SO-5-1 30 SO-1-1 reconfirm_win",
      "SO-4-1 10 SO-1-1 reconfirm_win",
      "SO-4-1 20 SO-2-1 reconfirm_gain",
    ]);
    expect(outcome.exceptions).toEqual([]);
    expect(outcome.refused).toEqual([]);
  });

  it("writes one event for each order that changed, with the cause, and the victims' customers are to be told (rules 6, 7)", () => {
    const outcome = run(vector, tea("100", "100"));
    expect(outcome.events.map(({ orderNo, type }) => [orderNo, type])).toEqual(
      ["SO-1", "SO-2", "SO-4", "SO-5", "SO-6"].map((orderNo) => [orderNo, "order_reconfirmed"]),
    );
    expect(outcome.events[3]!.details).toMatchObject({
      lines: [{ lineId: "SO-5-1", strategy: "fill", before: "30", after: "0" }],
      displacements: [{ quantity: "30", winner: { orderNo: "SO-1" } }],
    });
    expect(outcome.requests.map(({ orderNo, ...request }) => [orderNo, request])).toEqual(
      ["SO-4", "SO-5", "SO-6"].flatMap((orderNo) => [
        [orderNo, { type: "reprint", document: "pick_list", cause: "allocation", lineIds: [`${orderNo}-1`] }],
        [orderNo, { type: "notify_customer", template: "order_set_back" }],
      ]),
    );
    expect(outcome.orders[4]!.lines[0]!.quantities.open).toBe("40");
    expect(findUntoldDisplacements(outcome.displacements)).toHaveLength(4);
    expect([...timesDisplaced(outcome.displacements)]).toEqual([
      ["SO-6", 1],
      ["SO-5", 1],
      ["SO-4", 1],
    ]);
  });

  it("gives back before it takes, so that stock can be posted in that order", () => {
    const { movements } = run(vector, tea("100", "100"));
    expect(movements.map(({ kind }) => kind)).toEqual([...fill("release", 3), ...fill("reserve", 2)]);
    expect(applyMovements(tea("100", "100"), movements)[0]!.reserved).toBe("100");
  });

  it("tells the dates, who decided and what was agreed", () => {
    const victim = order("SO-2", "fill", {
      quantities: { allocated: "10" },
      promises: [
        {
          day: "2026-03-04",
          kind: "onHand",
          promisedAt: "2026-03-01T09:00:00.000Z",
        },
      ],
    });
    const later = calendarDay("2026-03-09");
    const outcome = run(
      [order("SO-1", "win", { orderedQty: "6" }), victim],
      tea("10", "10"),
      {},
      {
        consents: [consentTo("SO-2", "MAIL-7")],
        newDateFor: ({ lineId }, quantity) => (lineId === "SO-2-1" && quantity === "6" ? later : undefined),
      },
    );
    expect(outcome.displacements).toEqual([
      {
        victim: { orderNo: "SO-2", lineId: "SO-2-1" },
        winner: { orderNo: "SO-1", lineId: "SO-1-1" },
        itemCode: "TEA",
        quantity: "6",
        oldDate: "2026-03-04",
        newDate: later,
        ruleId: "reconfirm_win",
        actor: anyContext().actor,
        at: anyContext().at,
        consent: "MAIL-7",
      },
    ]);
  });

  it.each(["win", "gain", "redistribute"] as const)(
    "lines of an order that may %s go by their numbers (rule 1; mission 9.10)",
    (strategy) => {
      const lines = Array.from({ length: 12 }, () => ({ itemCode: "TEA", orderedQty: "1" }));
      const [asks] = run([anyOrder({ orderNo: "SO-1", stage: "confirmed", lines })], tea("2", "0"), {
        otherwise: strategy,
      }).orders;
      const got = asks!.lines.filter(({ quantities }) => quantities.allocated === "1").map(({ lineId }) => lineId);
      expect(got).toEqual(["SO-1-1", "SO-1-2"]);
    },
  );

  it("lines of an order lose by their numbers too, the last one first, as the ledger has it (rule 1; mission 8.7)", () => {
    const lines = Array.from({ length: 12 }, () => ({
      itemCode: "TEA",
      quantities: { allocated: "1" },
      orderedQty: "1",
    }));
    const holder = anyOrder({ orderNo: "SO-2", stage: "confirmed", lines });
    const outcome = run([order("SO-1", "win", { orderedQty: "3" }), holder], tea("12", "12"), { otherwise: "fill" });
    expect(pairs(outcome).map((pair) => pair.split(" ")[0])).toEqual(["SO-2-12", "SO-2-11", "SO-2-10"]);
  });

  it("leaves where it was what the winner may not take from (rule 2)", () => {
    const winner = order("SO-1", "win", { orderedQty: "10" }, { header: { deliveryAreaPath: ["bremen"] } });
    const loser = order("SO-2", "fill", { quantities: { allocated: "10" } });
    const outcome = run([winner, loser], tea("10", "10"));
    expect(has(outcome)).toEqual(["0", "10"]);
    expect(outcome.events).toEqual([]);
    expect(outcome.exceptions).toMatchObject([{ lineId: "SO-1-1", code: "win_unmet", missing: "10" }]);
    expect(has(run([winner, order("SO-2", "lose", { quantities: { allocated: "10" } })], tea("10", "10")))).toEqual([
      "0",
      "0",
    ]);
  });

  it.each<[ReconfirmStrategy, string, AnyOrderLine]>([
    ["gain", "10", {}],
    ["improve", "10", {}],
    ["redistribute", "10", {}],
    ["redistribute", "10", { partialAllowed: false }],
    ["fill", "10", {}],
    ["fill", "10", { partialAllowed: false }],
    ["lose", "0", {}],
  ])(
    "what a line gave up for a winner it gets elsewhere, where that lies free: %s, has %s (rule 2)",
    (strategy, expected, more) => {
      const toBremen = { header: { deliveryAreaPath: ["bremen"] } };
      const orders = [
        order("SO-1", "win", { orderedQty: "10", lotNo: "L-9" }),
        order("SO-2", "win", { orderedQty: "10" }, toBremen),
        order("SO-3", strategy, { quantities: { allocated: "10" }, reservations: [SOUTH_10], ...more }),
      ];
      const stock = [
        ...anyStock({ itemCode: "TEA", warehouseId: "SOUTH", onHand: "10", reserved: "10" }),
        ...anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand: "10" }),
      ];
      const outcome = run(orders, stock);
      expect(has(outcome)).toEqual(["0", "10", expected]);
      expect(outcome.displacements).toEqual([]);
      const after = outcome.orders[2]!.lines[0]!;
      expect(after.reservations.map(({ warehouseId }) => warehouseId)).toEqual(expected === "10" ? ["NORTH"] : []);
      const again = run(outcome.orders, applyMovements(stock, outcome.movements));
      expect(again.events).toEqual([]);
    },
  );

  it("what it gets elsewhere counts for what it gave up, not for what it waited for; and who only may keep gets no more (rule 3)", () => {
    const held = { quantities: { allocated: "10", backfill: "4" }, reservations: [SOUTH_10] };
    const orders = (strategy: ReconfirmStrategy, north: string) => [
      order("SO-1", "win", { orderedQty: north, lotNo: "L-9" }),
      order("SO-2", "win", { orderedQty: "10" }, { header: { deliveryAreaPath: ["bremen"] } }),
      order("SO-3", strategy, held),
    ];
    const after = (strategy: ReconfirmStrategy, onHand: string) => {
      const stock = [
        ...anyStock({ itemCode: "TEA", warehouseId: "SOUTH", onHand: "10", reserved: "10" }),
        ...anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand }),
      ];
      const { open, allocated, backfill } = run(orders(strategy, onHand), stock).orders[2]!.lines[0]!.quantities;
      return [open, allocated, backfill];
    };
    expect(after("redistribute", "7")).toEqual(["3", "7", "4"]);
    expect(after("redistribute", "12")).toEqual(["0", "12", "2"]);
    expect(after("fill", "7")).toEqual(["3", "7", "4"]);
    expect(after("fill", "12")).toEqual(["0", "10", "4"]);
  });

  it("offers what is free then to all who may gain (rule 2)", () => {
    const winner = order("SO-1", "win", { orderedQty: "10" }, { header: { deliveryAreaPath: ["bremen"] } });
    const outcome = run(
      [winner, order("SO-2", "improve", { orderedQty: "8" }), order("SO-3", "fill", { orderedQty: "8" })],
      tea("10", "0"),
    );
    expect(has(outcome)).toEqual(["0", "8", "0"]);
  });

  it("changes nothing where an exception forbids it (rule 5)", () => {
    const orders = [
      order("SO-1", "win", { orderedQty: "20" }),
      order("SO-2", "fill", { quantities: { allocated: "10" } }),
    ];
    const outcome = run(orders, tea("15", "10"), { onException: "abort" });
    expect(outcome).toMatchObject({
      result: "aborted",
      events: [],
      movements: [],
      displacements: [],
      exceptions: [{ missing: "5" }],
    });
    expect(outcome.orders).toEqual(orders);
  });

  it("leaves lines on hold, picked goods and goods in store alone (rule 4)", () => {
    const winner = order("SO-1", "win", { orderedQty: "30" });
    const others = [
      order(
        "SO-2",
        "lose",
        { quantities: { allocated: "5" } },
        { holds: [{ lineId: "SO-2-1", blocks: ["allocate"] }] },
      ),
      order("SO-3", "lose", { quantities: { picked: "5", allocated: "1" } }),
      order("SO-4", "lose", {
        transactionCategory: "depositDraw",
        quantities: { allocated: "5" },
      }),
    ];
    expect(has(run([winner, ...others], tea("16", "16")))).toEqual(["1", "5", "0", "5"]);
  });

  it("takes the strategy of the first rule that fits (rule 1)", () => {
    const strategies = [
      { promise: "given" as const, strategy: "skip" as const },
      {
        customerCodes: ["C-7"],
        preBooked: "yes" as const,
        strategy: "skip" as const,
      },
      { customerTypes: ["retailer"], strategy: "skip" as const },
    ];
    const reserved = { quantities: { allocated: "5" } };
    const orders = [
      order("SO-1", "win", {
        ...reserved,
        promises: [
          {
            day: "2026-03-04",
            kind: "onHand",
            promisedAt: "2026-03-01T09:00:00.000Z",
          },
        ],
      }),
      order("SO-2", "win", reserved, {
        header: { customerCode: "C-7", preBooked: true },
      }),
      order("SO-3", "win", reserved, { header: { customerCode: "C-7" } }),
      order("SO-4", "win", reserved, { header: { customerType: "retailer" } }),
      order("SO-5", "win", reserved),
    ];
    expect(has(run(orders, tea("25", "25"), { strategies, otherwise: "lose" }))).toEqual(["5", "5", "0", "5", "0"]);
  });

  it("refuses what it cannot decide, with the reasons (rule 6)", () => {
    const orders = [
      anyOrder({ orderNo: "SO-1" }),
      order("SO-2", "win", { quantities: { cancelled: "5", picked: "5" } }),
      order("SO-3", "win", { orderedQty: "5" }, { holds: [{ blocks: ["allocate"] }] }),
    ];
    expect(run(orders, tea("9", "5")).refused.map(({ orderNo, issues }) => [orderNo, issues[0]!.code])).toEqual([
      ["SO-1", "status.operation_not_allowed"],
      ["SO-2", "reconfirm.nothing_to_confirm"],
      ["SO-3", "status.on_hold"],
    ]);
    expect(() => run([orders[0]!, orders[0]!], [])).toThrow(RangeError);
  });

  it("winners take from the warehouse that the host ranks first (rule 2; mission 9.7)", () => {
    const allocation = {
      ...POLICY.allocation,
      sourcing: { kind: "ranked", warehouseIds: ["NORTH", "SOUTH"], rules: [{ rule: "host", name: "dock" }] },
    } as const;
    const orders = [order("SO-1", "win", { orderedQty: "5" })];
    const stock = [...tea("5", "0", { warehouseId: "NORTH" }), ...tea("5", "0", { warehouseId: "SOUTH" })];
    const placesBy = (first: string): unknown[] => {
      const hostRanks = { dock: (_: Order, warehouseId: string) => (warehouseId === first ? 0 : 1) };
      return run(orders, stock, { allocation }, { hostRanks }).movements.map(({ warehouseId }) => warehouseId);
    };
    expect([placesBy("NORTH"), placesBy("SOUTH")]).toEqual([["NORTH"], ["SOUTH"]]);
    expect(() => run(orders, stock, { allocation })).toThrow("dock");
  });

  it("with a policy of allocation that could not be meant every order is refused, for every fault (rule 6; mission 9.7)", () => {
    const area = { areaPath: ["bremen"], warehouseIds: ["SOUTH"] };
    const allocation: ReconfirmOrdersPolicy["allocation"] = {
      ...POLICY.allocation,
      sourcing: { kind: "nearest", areas: [area, area], otherwise: ["NORTH"] },
      bins: [{ warehouseId: "NORTH", binId: "1", handlingUnit: decimal("0") }],
    };
    const orders = [
      order("SO-1", "win", { orderedQty: "5" }),
      order("SO-2", "lose", { quantities: { allocated: "5" } }),
      order("SO-3", "win", { orderedQty: "5" }, { stage: "rejected" }),
    ];
    const outcome = run(orders, tea("5", "5"), { allocation });
    const faults = ["policy.allocation.sourcing.areas.1", "policy.allocation.bins.0.handlingUnit"];
    expect(outcome.refused.map(({ orderNo, issues }) => [orderNo, issues.map(({ path }) => path.join("."))])).toEqual([
      ["SO-1", faults],
      ["SO-2", faults],
      ["SO-3", [...faults, "status"]],
    ]);
    expect([outcome.orders, outcome.events, outcome.movements, outcome.exceptions]).toEqual([orders, [], [], []]);
  });

  it("a victim that ships complete loses all or nothing, and what it loses is offered again (rule 4)", () => {
    const line = (itemCode: string, more: AnyOrderLine): AnyOrderLine => ({ itemCode, ...more });
    const complete = (orderNo: string, group?: string): Order =>
      anyOrder({
        orderNo,
        stage: "confirmed",
        header: { customerClass: "fill", shipComplete: group === undefined },
        lines: ["TEA", "SALT"].map((itemCode) =>
          line(itemCode, { quantities: { allocated: "10" }, ...(group === undefined ? {} : { deliveryGroup: group }) }),
        ),
      });
    const winner = order("SO-1", "win", { orderedQty: "4" });
    const sharer = order("SO-2", "redistribute", { itemCode: "SALT", orderedQty: "7" });
    const gainer = order("SO-4", "redistribute", { itemCode: "TEA", orderedQty: "3" });
    const stock = anyStock(
      { itemCode: "TEA", onHand: "10", reserved: "10" },
      { itemCode: "SALT", onHand: "10", reserved: "10" },
    );
    for (const victim of [complete("SO-3"), complete("SO-3", "G")]) {
      const outcome = run([winner, victim], stock);
      expect(outcome.orders.flatMap(({ lines }) => lines.map(({ quantities }) => quantities.allocated))).toEqual([
        "4",
        "0",
        "0",
      ]);
      const all = run([winner, sharer, victim, gainer], stock);
      expect(all.orders.flatMap(({ lines }) => lines.map(({ quantities }) => quantities.allocated))).toEqual([
        "4",
        "7",
        "0",
        "0",
        "3",
      ]);
      expect(pairs(all)).toEqual([
        "SO-3-1 4 SO-1-1 reconfirm_win",
        "SO-3-1 3 SO-4-1 reconfirm_redistribute",
        "SO-3-2 7 SO-2-1 reconfirm_redistribute",
      ]);
    }
    const far = order("SO-1", "win", { orderedQty: "4" }, { header: { deliveryAreaPath: ["bremen"] } });
    expect(run([far, complete("SO-3")], stock).events).toEqual([]);
  });

  it("a unit of lines on one place keeps all or nothing of it (rule 2)", () => {
    const twice = anyOrder({
      orderNo: "SO-3",
      stage: "confirmed",
      header: { customerClass: "fill", shipComplete: true },
      lines: ["6", "5"].map((allocated) => ({ itemCode: "TEA", quantities: { allocated } })),
    });
    const near = order("SO-1", "win", { orderedQty: "3" });
    const far = order("SO-2", "win", { orderedQty: "8" }, { header: { deliveryAreaPath: ["bremen"] } });
    // Eight are meant for who may not take them; of what SO-3 has, three go to the other.
    const outcome = run([near, far, twice], tea("11", "11"));
    expect(outcome.orders.flatMap(({ lines }) => lines.map(({ quantities }) => quantities.allocated))).toEqual([
      "3",
      "0",
      "0",
      "0",
    ]);
  });

  it("a winner that ships complete gets all or no more than it has (rule 4)", () => {
    const winner = anyOrder({
      orderNo: "SO-1",
      stage: "confirmed",
      header: { customerClass: "gain", shipComplete: true },
      lines: [
        { itemCode: "TEA", quantities: { open: "4", allocated: "2" } },
        { itemCode: "SALT", quantities: { open: "5" } },
      ],
    });
    const salt = (onHand: string): StockPosition[] => [...tea("10", "2"), ...anyStock({ itemCode: "SALT", onHand })];
    const got = (onHand: string): string[] =>
      run([winner], salt(onHand)).orders[0]!.lines.map(({ quantities }) => quantities.allocated);
    expect(got("5")).toEqual(["6", "5"]);
    expect(got("4")).toEqual(["2", "0"]);
  });

  it("serves by strategy, then in the order of service, also where orders are served one by one", () => {
    const group = { deliveryGroup: "G" };
    const orders = [
      order("SO-1", "redistribute", { orderedQty: "6", ...group }),
      order("SO-2", "gain", { orderedQty: "6", ...group }),
      order("SO-3", "win", { orderedQty: "6", ...group }),
    ];
    // What each may take is decided by quantity; from where, when its turn comes.
    const stock = anyStock(
      { itemCode: "TEA", onHand: "6", lotNo: "L-1", receivedOn: "2026-01-01" },
      { itemCode: "TEA", onHand: "6", lotNo: "L-2", receivedOn: "2026-01-02" },
      { itemCode: "TEA", onHand: "6", lotNo: "L-3", receivedOn: "2026-01-03" },
    );
    const lots = ({ orders: after }: ReconfirmOrdersOutcome) =>
      after.map(({ lines }) => lines[0]!.reservations[0]!.lotNo);
    expect(lots(run(orders, stock))).toEqual(["L-3", "L-2", "L-1"]);
  });

  describe("where customers must agree (rule 8)", () => {
    const promised = {
      promises: [{ day: "2026-03-04", kind: "onHand" as const, promisedAt: "2026-03-01T09:00:00.000Z" }],
    };
    const winner = order("SO-1", "win", { orderedQty: "6" });
    const victim = order("SO-2", "fill", { quantities: { allocated: "10" }, ...promised });
    const other = order("SO-3", "fill", { quantities: { allocated: "10" } });
    const PENDING = {
      victim: { orderNo: "SO-2", lineId: "SO-2-1" },
      winner: { orderNo: "SO-1", lineId: "SO-1-1" },
      itemCode: "TEA",
      quantity: "6",
      oldDate: "2026-03-04",
      ruleId: "reconfirm_win",
      customerCode: "C-100",
    };

    it("nothing is taken without consent, and what would be is listed", () => {
      const outcome = run([winner, victim], tea("10", "10"), { consent: "whenLosing" });
      expect(has(outcome)).toEqual(["0", "10"]);
      expect(outcome.displacements).toEqual([]);
      expect(outcome.events).toEqual([]);
      const params = { customerCode: "C-100", subject: "SO-2" };
      const missing = [{ code: "consent.missing", path: ["consents"], params }];
      expect(outcome.pending).toStrictEqual([{ ...PENDING, issues: missing }]);
      expect(outcome.exceptions).toMatchObject([{ code: "win_unmet", missing: "6" }]);
    });

    it("a day that nobody was told is not listed", () => {
      const outcome = run([winner, other], tea("10", "10"), { consent: "whenLosing" });
      expect(outcome.pending.map((one) => ("oldDate" in one ? one.oldDate : "none"))).toEqual(["none"]);
      expect(outcome.pending.map((one) => ("newDate" in one ? one.newDate : "none"))).toEqual(["none"]);
    });

    it("a consent that holds releases it", () => {
      const consents = [consentTo("SO-2", "MAIL-7")];
      const outcome = run([winner, victim], tea("10", "10"), { consent: "whenLosing" }, { consents });
      expect(has(outcome)).toEqual(["6", "4"]);
      expect(outcome.pending).toEqual([]);
      expect(outcome.displacements).toMatchObject([{ quantity: "6", consent: "MAIL-7" }]);
    });

    it.each<[name: string, more: Partial<Consent>, code: string]>([
      ["has expired", { expiresAt: anyContext().at }, "consent.expired"],
      ["is of another customer", { customerCode: "C-2" }, "consent.missing"],
      ["is to another order", { subject: "SO-9" }, "consent.missing"],
    ])("one that %s does not", (_name, more, code) => {
      const consents = [consentTo("SO-2", "MAIL-7", more)];
      const outcome = run([winner, victim], tea("10", "10"), { consent: "whenLosing" }, { consents });
      expect(has(outcome)).toEqual(["0", "10"]);
      expect(outcome.pending[0]!.issues.map((found) => found.code)).toEqual([code]);
    });

    it("the winner takes from whoever need not agree or has agreed; listed is what was meant", () => {
      const strategies = [
        { customerClasses: ["win"], strategy: "win" as const },
        { customerCodes: ["C-7"], strategy: "fill" as const, consent: "whenLosing" as const },
      ];
      const guarded = order("SO-4", "fill", { quantities: { allocated: "10" } }, { header: { customerCode: "C-7" } });
      // SO-4 is served last, so it would lose first.
      const outcome = run([winner, other, guarded], tea("20", "20"), { strategies, otherwise: "fill" });
      expect(has(outcome)).toEqual(["6", "4", "10"]);
      expect(outcome.pending).toMatchObject([{ victim: { orderNo: "SO-4" }, quantity: "6", customerCode: "C-7" }]);
      expect(pairs(outcome)).toEqual(["SO-3-1 6 SO-1-1 reconfirm_win"]);
    });

    it("where all must agree, none who has not is set back in another's place", () => {
      const outcome = run([winner, other, victim], tea("20", "20"), { consent: "whenLosing" });
      expect(has(outcome)).toEqual(["0", "10", "10"]);
      expect(outcome.pending.map(({ victim: { orderNo } }) => orderNo)).toEqual(["SO-3"]);
    });

    it.each<[name: string, line: AnyOrderLine, newDate: string | undefined, isPending: boolean]>([
      ["a later day", promised, "2026-03-05", true],
      ["an unknown day", promised, undefined, true],
      ["the same day", promised, "2026-03-04", false],
      ["a day where none was told", {}, "2026-03-05", false],
    ])("whenLater asks for %s: %j", (_name, line, newDate, isPending) => {
      const loser = order("SO-2", "fill", { quantities: { allocated: "10" }, ...line });
      const day = newDate === undefined ? undefined : calendarDay(newDate);
      const outcome = run([winner, loser], tea("10", "10"), { consent: "whenLater" }, { newDateFor: () => day });
      expect(outcome.pending).toHaveLength(isPending ? 1 : 0);
      expect(has(outcome)).toEqual(isPending ? ["0", "10"] : ["6", "4"]);
      if (isPending) expect(outcome.pending[0]!.newDate).toBe(newDate);
    });

    it("who keeps what it has for want of consent may still get more, and gives up nothing elsewhere", () => {
      const strategies = [{ customerClasses: ["win"], strategy: "win" as const }];
      const sharer = order("SO-2", "fill", { quantities: { open: "5", allocated: "10" } });
      const policy = { strategies, otherwise: "redistribute" as const, consent: "whenLosing" as const };
      expect(has(run([winner, sharer], tea("18", "10"), policy))).toEqual(["6", "12"]);
      expect(has(run([winner, sharer], tea("13", "10"), policy))).toEqual(["3", "10"]);
      const stuck = order("SO-2", "fill", {
        quantities: { allocated: "10" },
        reservations: [
          { warehouseId: "NORTH", quantities: { allocated: "7" } },
          { warehouseId: "EAST", quantities: { allocated: "3" } },
        ],
      });
      const stock = anyStock(
        { itemCode: "TEA", onHand: "7", reserved: "7" },
        { itemCode: "TEA", warehouseId: "EAST", onHand: "3", reserved: "3" },
      );
      const losing = { strategies, otherwise: "lose" as const };
      expect(has(run([winner, stuck], stock, losing))).toEqual(["6", "0"]);
      expect(has(run([winner, stuck], stock, { ...losing, consent: "whenLosing" }))).toEqual(["0", "10"]);
    });

    it("a run that is aborted says what is pending as well", () => {
      const outcome = run([winner, victim], tea("10", "10"), { consent: "whenLosing", onException: "abort" });
      expect(outcome).toMatchObject({ result: "aborted", exceptions: [{ missing: "6" }], pending: [PENDING] });
    });

    it("whoever was set back too often is served before others of its strategy", () => {
      const [early, late] = ["SO-2", "SO-3"].map((orderNo) =>
        order(orderNo, "fill", { quantities: { allocated: "10" } }),
      );
      const priority = [{ key: "aged" as const, afterDisplacements: 1 }];
      const allocation = { ...POLICY.allocation, priority };
      const first = run([winner, early!, late!], tea("20", "20"), { allocation });
      expect(pairs(first)).toEqual(["SO-3-1 6 SO-1-1 reconfirm_win"]);
      const again = order("SO-4", "win", { orderedQty: "2" });
      const second = run(
        [again, ...first.orders],
        applyMovements(tea("20", "20"), first.movements),
        { allocation },
        {
          timesDisplaced: timesDisplaced(first.displacements),
        },
      );
      expect(pairs(second)).toEqual(["SO-2-1 2 SO-4-1 reconfirm_win"]);
    });
  });

  describe("the guard against setting the same order back again and again (rule 10; mission 8.7; definition B15)", () => {
    const winner = order("SO-1", "win", { orderedQty: "6" });
    const victim = order("SO-2", "fill", { quantities: { allocated: "10" } });
    const twice = new Map([["SO-2", 2]]);

    it.each<
      [name: string, most: number | undefined, times: ReadonlyMap<string, number>, has: string[], spared: string[]]
    >([
      ["set back as often as is allowed", 2, twice, ["0", "10"], ["SO-2"]],
      ["set back less often", 3, twice, ["6", "4"], []],
      ["never set back", 1, new Map(), ["6", "4"], []],
      ["set back often, where nothing guards", undefined, new Map([["SO-2", 99]]), ["6", "4"], []],
      ["spared from the first on", 0, new Map(), ["0", "10"], ["SO-2"]],
    ])("an order %s", (_name, maxTimesDisplaced, times, after, spared) => {
      const policy = maxTimesDisplaced === undefined ? {} : { maxTimesDisplaced };
      const outcome = run([winner, victim], tea("10", "10"), policy, { timesDisplaced: times });
      expect(has(outcome)).toEqual(after);
      expect(outcome.spared).toEqual(spared);
      expect(outcome.pending).toEqual([]);
    });

    it("another gives in its place, also one that would lose later; whose strategy is to lose is spared too", () => {
      const other = order("SO-3", "fill", { quantities: { allocated: "10" } });
      const loser = order("SO-4", "lose", { quantities: { allocated: "3" } });
      const often = new Map(["SO-3", "SO-4"].map((orderNo) => [orderNo, 1]));
      const all = [loser, other, victim, winner];
      const outcome = run(all, tea("23", "23"), { maxTimesDisplaced: 1 }, { timesDisplaced: often });
      expect(outcome.orders.map(({ orderNo, lines }) => `${orderNo} ${lines[0]!.quantities.allocated}`)).toEqual([
        "SO-4 3",
        "SO-3 10",
        "SO-2 4",
        "SO-1 6",
      ]);
      expect(pairs(outcome)).toEqual(["SO-2-1 6 SO-1-1 reconfirm_win"]);
      expect(outcome.spared).toEqual(["SO-3", "SO-4"]);
    });

    it("who is spared may still get more, and one with nothing to lose is not named", () => {
      const strategies = [{ customerClasses: ["win"], strategy: "win" as const }];
      const asks = order("SO-2", "gain", { quantities: { open: "5", allocated: "10" } });
      const empty = order("SO-5", "gain", { orderedQty: "5" });
      const policy = { strategies, otherwise: "redistribute" as const, maxTimesDisplaced: 1 };
      const times = new Map([
        ["SO-2", 4],
        ["SO-5", 4],
      ]);
      const outcome = run([winner, asks, empty], tea("18", "10"), policy, { timesDisplaced: times });
      expect(has(outcome)).toEqual(["6", "12", "0"]);
      expect(outcome.spared).toEqual(["SO-2"]);
    });
  });

  it("nobody gets what is not there; fill never rises, skip stays, lose has nothing; who comes together wins or loses together", () => {
    fc.assert(
      fc.property(arbitraryWorld(), someReconfirmPolicy, ({ orders, stock }, given) => {
        const policy = { ...given, onException: "bestEffort" as const, consent: "none" as const };
        const outcome = reconfirmOrders(orders, stock, { ...anyContext(), policy, today: TODAY });
        const shelves = applyMovements(stock, outcome.movements);
        for (const { onHand, reserved } of shelves) expect(Number(reserved)).toBeLessThanOrEqual(Number(onHand));
        const refused = new Set(outcome.refused.map(({ orderNo }) => orderNo));
        for (const [place, before] of orders.entries()) {
          if (refused.has(before.orderNo)) continue;
          const { strategy } = ruleFor(before, policy);
          const held = heldLines(before, "allocate");
          const units = new Map<string, number[]>();
          for (const [index, line] of before.lines.entries()) {
            if (held.has(line.lineId) || line.transactionCategory === "depositDraw") continue;
            const [had, has] = [before, outcome.orders[place]!].map((one) =>
              Number(one.lines[index]!.quantities.allocated),
            );
            if (strategy === "fill") expect(has).toBeLessThanOrEqual(had!);
            const isMissing = outcome.missing.some(({ lineId }) => lineId === line.lineId);
            if (strategy === "skip" && !isMissing) expect(has).toBe(had);
            if (strategy === "lose") expect(has).toBe(0);
            const unit = togetherIn(before)(line) ?? line.lineId;
            units.set(unit, [...(units.get(unit) ?? []), Math.sign(has! - had!)]);
          }
          for (const signs of units.values()) expect(signs.includes(1) && signs.includes(-1)).toBe(false);
        }
      }),
      { numRuns: Number(process.env.RECONFIRM_RUNS ?? 60) },
    );
  });

  it("a second run over what it left changes nothing more", () => {
    fc.assert(
      fc.property(arbitraryWorld(), someReconfirmPolicy, ({ orders, stock }, given) => {
        const context = {
          ...anyContext(),
          policy: { ...given, onException: "bestEffort" as const },
          today: TODAY,
        };
        // Where a line is short in two ways, what is served of it changes which of them is left.
        fc.pre(
          orders.every(({ lines }) =>
            lines.every(({ shortages }) => new Set(shortages.map(({ mode }) => mode)).size < 2),
          ),
        );
        const first = reconfirmOrders(orders, stock, context);
        const second = reconfirmOrders(first.orders, applyMovements(stock, first.movements), context);
        expect(second.events.flatMap(({ changes }) => changes)).toEqual([]);
      }),
      { numRuns: Number(process.env.RECONFIRM_RUNS ?? 100) },
    );
  });
});
