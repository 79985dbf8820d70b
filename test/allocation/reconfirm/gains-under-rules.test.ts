import { describe, expect, it } from "vitest";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type { ReconfirmOrdersPolicy } from "../../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import { reconfirm } from "../../../src/allocation/reconfirm/reconfirm.js";
import { decimal, sum } from "../../../src/core/decimal.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import { countConsumed } from "../../../src/model/count-consumed.js";
import type { Order } from "../../../src/model/order.js";
import type { ReconfirmStrategy } from "../../../src/model/reconfirm-strategy.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { anyContext, anyOrder, anyStock, deepFreeze, type AnyOrderLine } from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

// Mission 8.9, 9.18, 8.7; definitions B8, B9, B15: who gains where goods are kept for others, or where its cap is reached, gains
// at the expense of who loses, though other goods lie free.

type Ask = readonly [customerClass: string, asks: string, has: string, more?: AnyOrderLine];

const rule = (kind: SupplyRule["kind"], group: string, quantity: string): SupplyRule => ({
  kind,
  group,
  itemCode: "TEA",
  quantity: decimal(quantity),
});

function run(
  asks: readonly Ask[],
  free: string,
  rules: readonly SupplyRule[],
  strategies: Readonly<Record<string, ReconfirmStrategy>>,
  more: Partial<ReconfirmOrdersPolicy> = {},
) {
  const orders = deepFreeze(
    asks.map(([customerClass, orderedQty, allocated, line], place) =>
      anyOrder({
        orderNo: `SO-${place + 1}`,
        stage: "confirmed",
        header: { customerClass },
        lines: [{ orderedQty, quantities: { allocated }, ...line }],
      }),
    ),
  );
  const reserved = sum(asks.map(([, , has]) => decimal(has)));
  const stock = deepFreeze(anyStock({ onHand: sum([reserved, decimal(free)]), reserved }));
  const policyFor = (counted: readonly Order[]): ReconfirmOrdersPolicy => ({
    allocation: {
      priority: [],
      sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
      lots: "fifo",
      protection: countConsumed(rules, counted),
    },
    strategies: Object.entries(strategies).map(([name, strategy]) => ({ customerClasses: [name], strategy })),
    otherwise: "fill",
    onException: "bestEffort",
    redistribute: { kind: "inOrder" },
    ...more,
  });
  const context = { ...anyContext(), today: TODAY };
  const outcome = reconfirmOrders(orders, stock, { ...context, policy: policyFor(orders) });
  const after = applyMovements(stock, outcome.movements);
  expect(reconfirmOrders(outcome.orders, after, { ...context, policy: policyFor(outcome.orders) }).events).toEqual([]);
  return {
    has: outcome.orders.map(({ lines }) => lines[0]!.quantities.allocated),
    setBack: outcome.displacements.map(({ victim, winner, quantity }) => [victim.orderNo, winner.orderNo, quantity]),
    pending: outcome.pending.map(({ victim, winner, quantity }) => [victim.orderNo, winner.orderNo, quantity]),
  };
}

describe("gains under caps and minimums", () => {
  it.each<
    [
      name: string,
      asks: Ask[],
      free: string,
      rules: SupplyRule[],
      strategies: Record<string, ReconfirmStrategy>,
      has: string[],
      setBack: string[][],
    ]
  >([
    [
      "what is kept for others stays free",
      [
        ["X", "10", "10"],
        ["H", "10", "0"],
      ],
      "10",
      [rule("protect", "G", "10")],
      { H: "win" },
      ["0", "10"],
      [["SO-1", "SO-2", "10"]],
    ],
    [
      "of what is free only what is not kept",
      [
        ["X", "10", "10"],
        ["H", "10", "0"],
      ],
      "14",
      [rule("protect", "G", "10")],
      { H: "win" },
      ["4", "10"],
      [["SO-1", "SO-2", "6"]],
    ],
    [
      "who has its own minimum left takes that",
      [
        ["X", "10", "10"],
        ["G", "10", "0"],
      ],
      "10",
      [rule("protect", "G", "10")],
      { G: "win" },
      ["10", "10"],
      [],
    ],
    [
      "nobody loses for a rule alone",
      [
        ["X", "10", "10"],
        ["H", "10", "0"],
      ],
      "4",
      [rule("protect", "G", "20")],
      { H: "improve" },
      ["10", "0"],
      [],
    ],
    [
      "beyond its cap a group gets what one of its own gives up",
      [
        ["X", "10", "0"],
        ["H", "10", "10"],
        ["X", "10", "10"],
      ],
      "10",
      [rule("cap", "X", "10")],
      { X: "win", H: "fill" },
      ["10", "10", "0"],
      [["SO-3", "SO-1", "10"]],
    ],
    [
      "and the rest of what is free up to its cap",
      [
        ["X", "10", "0"],
        ["X", "10", "10"],
      ],
      "10",
      [rule("cap", "X", "13")],
      { X: "win" },
      ["10", "3"],
      [["SO-2", "SO-1", "7"]],
    ],
    [
      "a line that takes all or nothing loses all",
      [
        ["X", "10", "10", { partialAllowed: false }],
        ["H", "6", "0"],
      ],
      "10",
      [rule("protect", "G", "10")],
      { H: "win" },
      ["0", "6"],
      [["SO-1", "SO-2", "6"]],
    ],
  ])("%s", (_, asks, free, rules, strategies, has, setBack) => {
    const answer = run(asks, free, rules, strategies);
    expect(answer).toEqual({ has, setBack, pending: [] });
  });

  it("the customer at whose expense it is has to agree", () => {
    const asks: Ask[] = [
      ["X", "10", "10"],
      ["H", "10", "0"],
    ];
    const answer = run(asks, "14", [rule("protect", "G", "10")], { H: "win" }, { consent: "whenLosing" });
    expect(answer).toEqual({ has: ["10", "4"], setBack: [], pending: [["SO-1", "SO-2", "6"]] });
  });

  it("the bare decision has the same pairs", () => {
    const demand = { itemCode: "TEA", requested: decimal("10"), rank: 1 };
    const demands = [
      { ...demand, demandId: "1", confirmed: decimal("10"), strategy: "fill" as const, customerGroup: "X" },
      { ...demand, demandId: "2", confirmed: decimal("0"), strategy: "win" as const, customerGroup: "H" },
    ];
    const pools = [{ itemCode: "TEA", quantity: decimal("24") }];
    const found = reconfirm(demands, pools, {
      onException: "bestEffort",
      redistribute: { kind: "inOrder" },
      protection: [rule("protect", "G", "10")],
    });
    expect(found.ok && found.value.displacements).toMatchObject([{ victimId: "1", winnerId: "2", quantity: "6" }]);
  });
});
