import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type {
  ReconfirmOrdersContext,
  ReconfirmOrdersOutcome,
  ReconfirmOrdersPolicy,
} from "../../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
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

const fill = (text: string, times: number): string[] => Array.from({ length: times }, () => text);

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
    expect(outcome.requests.map((request) => [request.orderNo, "template" in request && request.template])).toEqual(
      ["SO-4", "SO-5", "SO-6"].map((orderNo) => [orderNo, "order_set_back"]),
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
        consents: { "SO-2": "MAIL-7" },
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
