import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { AllocationProgress } from "../../../src/allocation/allocation-progress.js";
import { orderOfService } from "../../../src/allocation/order-of-service.js";
import { applyReallocations } from "../../../src/allocation/shortage/apply-reallocations.js";
import { decideShortages, type DecideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import { decimal } from "../../../src/core/decimal.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { ShortageOffer } from "../../../src/model/customer.js";
import type { Order } from "../../../src/model/order.js";
import { parseReallocationProposal } from "../../../src/schema/index.js";
import { anyItem, anyOrder, anyStock, deepFreeze, type AnyOrderLine } from "../../../src/testing/index.js";
import { allConsents, CONTEXT, POLICY, TODAY } from "./reallocation-world.js";

// Mission 9.14, 9.16, 8.7; definition B6: what comes together is proposed for as one, and no goods count twice.

interface Given {
  readonly customerClass: string;
  readonly whole?: boolean;
  readonly lines: readonly (readonly [
    item: string,
    open: number,
    allocated: number,
    offers?: readonly ShortageOffer[],
  ])[];
}

function orderOf({ customerClass, whole = false, lines }: Given, place: number): Order {
  const orderNo = `SO-${place + 1}`;
  return anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerCode: `C-${orderNo}`, customerClass, ...(whole ? { shipComplete: true } : {}) },
    lines: lines.map(([itemCode, open, allocated, shortageOffers = ["reallocate"]]): AnyOrderLine => ({
      itemCode,
      orderedQty: `${open + allocated}`,
      quantities: { open: `${open}`, allocated: `${allocated}` },
      shortageOffers,
    })),
  });
}

/** Stock of which all is reserved but for what lies free. */
function stockFor(orders: readonly Order[], free: Readonly<Record<string, number>>) {
  return Object.entries(free).flatMap(([itemCode, units]) => {
    const own = orders.flatMap(({ lines }) => lines.filter((line) => line.itemCode === itemCode));
    const reserved = own.reduce((total, { quantities }) => total + Number(quantities.allocated), 0);
    return anyStock({ itemCode, onHand: `${reserved + units}`, reserved: `${reserved}` });
  });
}

function decide(
  given: readonly Given[],
  free: Readonly<Record<string, number>>,
  more: Partial<DecideShortages> = {},
  facts = {},
) {
  const orders = given.map(orderOf);
  const stock = stockFor(orders, free);
  const command = { runId: "R", reason: "short", price: "keep" as const, ...more };
  const outcome = decideShortages(deepFreeze(orders), command, {
    ...CONTEXT,
    policy: POLICY,
    stock,
    today: TODAY,
    ...facts,
  });
  return { orders, stock, outcome };
}
const proposed = ({ outcome }: ReturnType<typeof decide>) =>
  outcome.reallocations.map(({ winner, quantity, transfers }) => [
    winner.lineId,
    quantity,
    ...transfers.map(({ victim, quantity: own }) => `${victim.lineId} ${own}`),
  ]);
const tried = ({ outcome }: ReturnType<typeof decide>) =>
  outcome.decisions.flatMap(({ lineId, tried: all }) => all.map(({ offer, code }) => `${lineId} ${offer} ${code}`));

describe("proposals for lines that come together (rule 2)", () => {
  const whole = { customerClass: "A", whole: true } as const;
  const donor = (...lines: Given["lines"]): Given => ({ customerClass: "B", lines });

  it("are made for all that lack something, and name each other", () => {
    const found = decide(
      [
        {
          ...whole,
          lines: [
            ["TEA", 4, 0],
            ["SALT", 3, 0],
          ],
        },
        donor(["TEA", 0, 5], ["SALT", 0, 5]),
      ],
      { TEA: 0, SALT: 0 },
    );
    expect(proposed(found)).toEqual([
      ["SO-1-1", "4", "SO-2-1 4"],
      ["SO-1-2", "3", "SO-2-2 3"],
    ]);
    expect(found.outcome.reallocations.map(({ proposalId, together }) => [proposalId, together])).toEqual([
      ["R-SO-1-1", ["R-SO-1-2"]],
      ["R-SO-1-2", ["R-SO-1-1"]],
    ]);
    for (const proposal of found.outcome.reallocations)
      expect(parseReallocationProposal(JSON.parse(JSON.stringify(proposal)))).toEqual({ ok: true, value: proposal });
  });

  it("are made for none where one of them cannot be had, and each is told why", () => {
    const found = decide(
      [
        {
          ...whole,
          lines: [
            ["TEA", 4, 0],
            ["SALT", 3, 0],
            ["RICE", 1, 0, []],
          ],
        },
        donor(["TEA", 0, 5], ["SALT", 0, 2]),
      ],
      { TEA: 0, SALT: 0, RICE: 1 },
    );
    expect(proposed(found)).toEqual([]);
    expect(tried(found)).toEqual(["SO-1-1 reallocate rest_is_missing", "SO-1-2 reallocate reallocate.not_enough"]);
    expect(found.outcome.decisions.map(({ code }) => code)).toEqual(["stays", "stays", "stays"]);
    const silent = decide(
      [
        {
          ...whole,
          lines: [
            ["TEA", 4, 0],
            ["SALT", 3, 0, []],
          ],
        },
        donor(["TEA", 0, 5]),
      ],
      { TEA: 0, SALT: 2 },
    );
    expect(proposed(silent)).toEqual([]);
    const enough = decide(
      [
        {
          ...whole,
          lines: [
            ["TEA", 4, 0],
            ["SALT", 3, 0, []],
          ],
        },
        donor(["TEA", 0, 5]),
      ],
      { TEA: 0, SALT: 3 },
    );
    expect(proposed(enough)).toEqual([["SO-1-1", "4", "SO-2-1 4"]]);
    expect(enough.outcome.reallocations[0]).not.toHaveProperty("together");
  });

  it("what such a line offers next is tried then, and what nobody gives up for it others may have", () => {
    const items = new Map(
      [
        anyItem({
          itemCode: "TEA",
          substitutes: [
            { itemCode: "CHAI", ratio: { numerator: "1", denominator: "1" }, priority: 1, consentRequired: true },
          ] as never,
        }),
        anyItem({ itemCode: "CHAI" }),
      ].map((item) => [item.itemCode, item]),
    );
    const given: Given[] = [
      {
        ...whole,
        lines: [
          ["TEA", 4, 0, ["reallocate", "substitute"]],
          ["SALT", 3, 0],
        ],
      },
      { customerClass: "B", lines: [["TEA", 2, 0]] },
      { customerClass: "C", lines: [["TEA", 0, 5]] },
    ];
    const found = decide(given, { TEA: 0, SALT: 0, CHAI: 9 }, {}, { items });
    expect(proposed(found)).toEqual([["SO-2-1", "2", "SO-3-1 2"]]);
    expect(found.outcome.substitutions.map(({ line, replaces }) => [line.lineId, replaces])).toEqual([["SO-1-1", "4"]]);
    expect(tried(found)).toEqual(["SO-1-1 reallocate rest_is_missing", "SO-1-2 reallocate reallocate.no_donor"]);
  });

  it("an offer that was turned down for one of them takes the others with it", () => {
    const given: Given[] = [
      {
        ...whole,
        lines: [
          ["TEA", 4, 0],
          ["SALT", 3, 0],
        ],
      },
      donor(["TEA", 0, 5], ["SALT", 0, 5]),
    ];
    const found = decide(given, { TEA: 0, SALT: 0 }, { turnedDown: [{ lineId: "SO-1-2", offer: "reallocate" }] });
    expect(proposed(found)).toEqual([]);
    expect(tried(found)).toEqual(["SO-1-1 reallocate rest_is_missing", "SO-1-2 reallocate turned_down"]);
  });

  it("a line on hold, or one that was deferred, is one that lacks something", () => {
    const holder = orderOf(donor(["TEA", 0, 9]), 1);
    const base = orderOf(
      {
        ...whole,
        lines: [
          ["TEA", 4, 0],
          ["SALT", 3, 0],
        ],
      },
      0,
    );
    const held = {
      ...base,
      holds: anyOrder({ holds: [{ lineId: "SO-1-2", blocks: ["allocate"] }] }).holds,
    };
    const stock = stockFor([base, holder], { TEA: 0, SALT: 50 });
    const run = (order: Order) =>
      decideShortages(
        [order, holder],
        { runId: "R", reason: "short", price: "keep" },
        { ...CONTEXT, policy: POLICY, stock, today: TODAY },
      );
    expect(run(held).reallocations).toEqual([]);
    expect(run(base).reallocations).toHaveLength(1);
  });
});

describe("goods count once in a call, in the order of service (rule 2)", () => {
  it("two complete orders do not count the same free goods", () => {
    const given: Given[] = [
      {
        customerClass: "B",
        whole: true,
        lines: [
          ["TEA", 4, 0],
          ["SALT", 2, 0],
        ],
      },
      {
        customerClass: "A",
        whole: true,
        lines: [
          ["TEA", 4, 0],
          ["SALT", 2, 0],
        ],
      },
      { customerClass: "C", lines: [["SALT", 0, 9]] },
    ];
    // TEA for one of them: the better class has it, the other asks for nothing.
    const found = decide(given, { TEA: 4, SALT: 0 });
    expect(proposed(found)).toEqual([["SO-2-2", "2", "SO-3-1 2"]]);
    expect(tried(found)).toEqual([
      "SO-1-1 reallocate reallocate.no_donor",
      "SO-1-2 reallocate rest_is_missing",
      "SO-2-1 reallocate reallocate.stock_is_there",
    ]);
    expect(proposed(decide(given, { TEA: 8, SALT: 0 })).map(([lineId]) => lineId)).toEqual(["SO-2-2", "SO-1-2"]);
  });

  it.each<[string, readonly ShortageOffer[], readonly AllocationProgress["step"][]]>([
    ["", ["reallocate"], ["plan", "apply"]],
    [", with no plan where no short line offers anything", [], ["apply"]],
  ])("tells how far it has come%s", (_case, offers, steps) => {
    const heard: AllocationProgress[] = [];
    const onProgress = (progress: AllocationProgress): void => void heard.push(progress);
    decide(
      [
        { customerClass: "A", lines: [["TEA", 4, 0, offers]] },
        { customerClass: "C", lines: [["TEA", 0, 6]] },
      ],
      { TEA: 0 },
      {},
      { onProgress },
    );
    expect(heard).toEqual(steps.map((step) => ({ step, done: 2, all: 2 })));
  });

  it("a donor gives each unit once", () => {
    const given: Given[] = [
      { customerClass: "B", lines: [["TEA", 4, 0]] },
      { customerClass: "A", lines: [["TEA", 4, 0]] },
      { customerClass: "C", lines: [["TEA", 0, 6]] },
    ];
    expect(proposed(decide(given, { TEA: 0 }))).toEqual([
      ["SO-2-1", "4", "SO-3-1 4"],
      ["SO-1-1", "2", "SO-3-1 2"],
    ]);
  });

  it("a second proposal names the day that the donor was told, not the one of the first proposal", () => {
    const [first, second, third] = [
      { customerClass: "A", lines: [["TEA", 4, 0]] },
      { customerClass: "B", lines: [["TEA", 4, 0]] },
      { customerClass: "C", lines: [["TEA", 0, 8]] },
    ] as const satisfies readonly Given[];
    const day = "2026-03-05" as const;
    const told = orderOf(third, 2);
    const donor = {
      ...told,
      lines: told.lines.map((line) => ({
        ...line,
        promises: [{ day: day as never, kind: "onHand" as const, promisedAt: CONTEXT.at }],
      })),
    };
    const orders = [orderOf(first, 0), orderOf(second, 1), donor];
    const supplies = [{ itemCode: "TEA", day: "2026-04-01" as never, quantity: decimal("50") }];
    const { reallocations } = decideShortages(
      orders,
      { runId: "R", reason: "short", price: "keep" },
      { ...CONTEXT, policy: POLICY, stock: stockFor(orders, { TEA: 0 }), today: TODAY, supplies },
    );
    expect(reallocations.map(({ transfers }) => transfers[0]?.oldDay)).toEqual([day, day]);
  });
});

describe("laws of the proposals of a call", () => {
  const someLine = fc.record({ open: fc.nat({ max: 4 }), allocated: fc.nat({ max: 4 }) });
  const someOrder = fc.record({
    customerClass: fc.constantFrom("A", "B", "C", "D"),
    whole: fc.boolean(),
    tea: fc.option(someLine, { nil: undefined }),
    salt: fc.option(someLine, { nil: undefined }),
    more: fc.option(someLine, { nil: undefined }),
  });
  const someWorld = fc
    .tuple(fc.array(someOrder, { minLength: 2, maxLength: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 6 }))
    .map(([all, tea, salt]) => {
      const given = all.flatMap(({ customerClass, whole, tea: first, salt: second, more }): Given[] => {
        const lines = (
          [
            ["TEA", first],
            ["SALT", second],
            ["TEA", more],
          ] as const
        ).flatMap(([item, line]): Given["lines"][number][] =>
          line === undefined || line.open + line.allocated === 0 ? [] : [[item, line.open, line.allocated]],
        );
        // Who comes complete and lacks nothing gives nothing, or all: the oracle does not know that.
        const isWhole = whole && lines.some(([, open]) => open > 0);
        return lines.length === 0 ? [] : [{ customerClass, whole: isWhole, lines }];
      });
      // Goods lie free only where nobody takes what it can get.
      const free = (item: string, units: number) =>
        given.some(({ whole, lines }) => whole !== true && lines.some(([own, open]) => own === item && open > 0))
          ? 0
          : units;
      return { given, free: { TEA: free("TEA", tea), SALT: free("SALT", salt) } };
    });

  /** Who is to have proposals, by a clerk who counts units: free ones and those of later orders. */
  function byClerk(
    orders: readonly Order[],
    free: Record<string, number>,
    found: ReturnType<typeof decide>["outcome"],
  ): Record<string, number> {
    const held = new Map(
      orders.flatMap(({ lines }) => lines.map(({ lineId, quantities }) => [lineId, Number(quantities.allocated)])),
    );
    const left = { ...free };
    const answer: Record<string, number> = {};
    const served = orderOfService(orders, POLICY.priority, {}).map((place) => orders[place]!);
    for (const [rank, order] of served.entries()) {
      const donors = served.slice(rank + 1).flatMap(({ lines }) => lines);
      const heldOf = (item: string) =>
        donors.filter(({ itemCode }) => itemCode === item).reduce((total, { lineId }) => total + held.get(lineId)!, 0);
      const asked: Record<string, number> = {};
      const wanting = order.lines.filter(({ quantities }) => quantities.open !== "0");
      if (order.header.shipComplete === true) {
        const lacks: Record<string, number> = {};
        const own = { ...left };
        for (const { lineId, itemCode, quantities } of wanting) {
          const open = Number(quantities.open);
          const claimed = Math.min(open, own[itemCode]!);
          own[itemCode]! -= claimed;
          lacks[itemCode] = (lacks[itemCode] ?? 0) + open - claimed;
          if (open > claimed) asked[lineId] = open - claimed;
        }
        if (Object.entries(lacks).some(([item, units]) => units > heldOf(item))) continue;
        Object.assign(left, own);
      } else {
        const given: Record<string, number> = {};
        for (const { lineId, itemCode, quantities } of wanting) {
          const units = Math.min(Number(quantities.open), heldOf(itemCode) - (given[itemCode] ?? 0));
          given[itemCode] = (given[itemCode] ?? 0) + units;
          if (units > 0) asked[lineId] = units;
        }
      }
      Object.assign(answer, asked);
      // Which of them gives is a matter of harm; that they have it to give is the clerk's.
      for (const { winner, transfers } of found.reallocations.filter((one) => one.winner.orderNo === order.orderNo)) {
        expect(asked[winner.lineId]).toBeDefined();
        for (const { victim, quantity } of transfers) {
          expect(donors.some(({ lineId }) => lineId === victim.lineId)).toBe(true);
          held.set(victim.lineId, held.get(victim.lineId)! - Number(quantity));
          expect(held.get(victim.lineId)).toBeGreaterThanOrEqual(0);
        }
      }
    }
    return answer;
  }

  it("equal what a clerk finds who counts every unit once; all can be carried out; who comes complete is complete then", () => {
    const seen = { whole: 0, none: 0, several: 0 };
    fc.assert(
      fc.property(someWorld, ({ given, free }) => {
        const { orders, stock, outcome } = decide(given, free);
        const asked = Object.fromEntries(
          outcome.reallocations.map(({ winner, quantity }) => [winner.lineId, Number(quantity)]),
        );
        expect(asked).toEqual(byClerk(orders, free, outcome));
        const proposals = outcome.reallocations;
        const command = { proposals, consents: proposals.flatMap(allConsents) };
        const done = applyReallocations(orders, command, { ...CONTEXT, stock, today: TODAY });
        expect(done.notApplied).toEqual([]);
        const now = done.orders;
        const goods = applyMovements(stock, done.movements);
        const allocation = { ...POLICY, lots: "fifo" as const };
        const after = allocateBatch(now, goods, { ...CONTEXT, policy: allocation, today: TODAY });
        const winners = new Set(outcome.reallocations.map(({ winner }) => winner.orderNo));
        for (const order of after.orders) {
          if (order.header.shipComplete !== true) continue;
          const isComplete = order.lines.every(
            ({ quantities }) => quantities.open === "0" && quantities.backfill === "0",
          );
          if (winners.has(order.orderNo)) {
            seen.whole += 1;
            const asksOthers = outcome.reallocations.some(({ transfers }) =>
              transfers.some(({ victim }) => victim.orderNo === order.orderNo),
            );
            if (!asksOthers) expect(isComplete).toBe(true);
          } else seen.none += 1;
        }
        if (outcome.reallocations.some(({ together }) => together !== undefined)) seen.several += 1;
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 150) },
    );
    expect(Math.min(seen.whole, seen.none, seen.several)).toBeGreaterThan(5);
  });
});
