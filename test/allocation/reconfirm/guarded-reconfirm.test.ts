import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconfirm } from "../../../src/allocation/reconfirm/reconfirm.js";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type { ReconfirmOrdersPolicy } from "../../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import type { ReconfirmDemand, ReconfirmPolicy } from "../../../src/allocation/reconfirm/reconfirm-policy.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import { RECONFIRM_STRATEGIES, type ReconfirmStrategy } from "../../../src/model/reconfirm-strategy.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { anyContext, anyOrder, anyStock } from "../../../src/testing/index.js";

// Mission 8.9, 9.18; definitions B8, B9: protection before strategies, except for what is given up.

const POLICY: ReconfirmPolicy = { onException: "bestEffort", redistribute: { kind: "inOrder" } };
const rule = (kind: SupplyRule["kind"], group: string, quantity: number, consumed = 0): SupplyRule => ({
  kind,
  group,
  itemCode: "TEA",
  quantity: decimal(quantity),
  consumed: decimal(consumed),
});
type Ask = readonly [group: string | undefined, strategy: ReconfirmStrategy, requested: number, confirmed: number];
const demandsOf = (asks: readonly Ask[]): ReconfirmDemand[] =>
  asks.map(([customerGroup, strategy, requested, confirmed], rank) => ({
    demandId: `D-${rank}`,
    itemCode: "TEA",
    requested: decimal(requested),
    confirmed: decimal(confirmed),
    strategy,
    rank,
    ...(customerGroup === undefined ? {} : { customerGroup }),
  }));
function after(asks: readonly Ask[], pool: number, protection: readonly SupplyRule[], policy = POLICY): number[] {
  const found = reconfirm(demandsOf(asks), [{ itemCode: "TEA", quantity: decimal(pool) }], { ...policy, protection });
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return asks.map((_, rank) => Number(found.value.demands.find(({ demandId }) => demandId === `D-${rank}`)!.after));
}

describe("re-confirmation under caps and minimums (mission 8.9, 9.18; definitions B8, B9)", () => {
  it.each<[name: string, asks: Ask[], pool: number, rules: SupplyRule[], answer: number[]]>([
    ["a winner gets nothing of what is kept for others", [["B", "win", 50, 0]], 60, [rule("protect", "A", 40)], [20]],
    [
      "a winner gets nothing of what another group has of its minimum",
      [
        ["B", "win", 50, 0],
        ["A", "fill", 30, 30],
      ],
      60,
      [rule("protect", "A", 40, 30)],
      [20, 30],
    ],
    [
      "nobody gets more than its cap, what it has included",
      [["B", "win", 50, 10]],
      60,
      [rule("cap", "B", 25, 10)],
      [25],
    ],
    [
      "who is to lose gives up all, and what is kept for its group stays",
      [
        ["A", "lose", 30, 30],
        ["B", "win", 50, 0],
      ],
      60,
      [rule("protect", "A", 40, 30)],
      [0, 20],
    ],
    ["skip keeps what it has beyond any cap", [["B", "skip", 30, 30]], 60, [rule("cap", "B", 10, 30)], [30]],
    [
      "customers of no group leave all minimums",
      [[undefined, "redistribute", 50, 0]],
      60,
      [rule("protect", "A", 40)],
      [20],
    ],
  ])("%s", (_, asks, pool, rules, answer) => {
    expect(after(asks, pool, rules)).toEqual(answer);
  });

  it("a share goes as far as the group may have it", () => {
    const redistribute = { kind: "fairShare" as const, policy: { rule: "equalAwards" as const, quantum: decimal(1) } };
    const asks: Ask[] = [
      ["A", "redistribute", 50, 0],
      ["B", "redistribute", 50, 0],
    ];
    expect(after(asks, 60, [rule("cap", "B", 25)], { ...POLICY, redistribute })).toEqual([30, 25]);
  });

  it("refuses rules that cannot be used", () => {
    const found = reconfirm([], [], { ...POLICY, protection: [rule("cap", "B", -1)] });
    expect(!found.ok && found.issues.map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["supply.not_a_quantity", "policy.protection.0.quantity"],
    ]);
  });

  const group = fc.constantFrom("A", "B", undefined);
  const ask = fc
    .tuple(group, fc.constantFrom(...RECONFIRM_STRATEGIES), fc.nat(9), fc.nat(9))
    .map(([own, strategy, more, has]): Ask => [own, strategy, has + more, has]);
  const world = fc.tuple(
    fc.array(ask, { minLength: 1, maxLength: 6 }),
    fc.nat(15),
    fc.uniqueArray(
      fc.tuple(fc.constantFrom("cap" as const, "protect" as const), fc.constantFrom("A", "B"), fc.nat(20)),
      { selector: ([kind, own]) => `${kind} ${own}` },
    ),
  );
  const sumOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0);

  it("only who skips has more than a cap, and whoever gains leaves what others have not used of their minimum", () => {
    fc.assert(
      fc.property(world, ([asks, free, figures]) => {
        const of = (own: string | undefined, amounts: readonly number[]): number =>
          sumOf(amounts.filter((_, place) => asks[place]![0] === own));
        const before = asks.map(([, , , has]) => has);
        const rules = figures.map(([kind, own, most]) => rule(kind, own, most, of(own, before)));
        const pool = sumOf(before) + free;
        const now = after(asks, pool, rules);
        const skipped = asks.map(([, strategy, , has]) => (strategy === "skip" ? has : 0));
        for (const [kind, own, most] of figures) {
          if (kind === "cap") expect(of(own, now)).toBeLessThanOrEqual(Math.max(most, of(own, skipped)));
        }
        const left = pool - sumOf(now);
        for (const [place, [own]] of asks.entries()) {
          if (now[place]! <= before[place]!) continue;
          const kept = figures.map(([kind, other, most]) =>
            kind === "protect" && other !== own ? Math.max(0, most - of(other, now)) : 0,
          );
          expect(left).toBeGreaterThanOrEqual(sumOf(kept));
        }
        // A second run that counts what the first one gave changes nothing.
        const again = asks.map(([own, strategy, wants], place): Ask => [own, strategy, wants, now[place]!]);
        expect(
          after(
            again,
            pool,
            figures.map(([kind, own, most]) => rule(kind, own, most, of(own, now))),
          ),
        ).toEqual(now);
      }),
      { numRuns: 300 },
    );
  });

  it("orders: the winner takes of a group only what is not its minimum, and nobody loses for a rule alone", () => {
    const order = (orderNo: string, customerClass: string, quantities: Readonly<Record<string, string>>) =>
      anyOrder({
        orderNo,
        stage: "confirmed",
        header: { customerClass },
        lines: [{ itemCode: "TEA", orderedQty: String(Object.values(quantities)[0]), quantities }],
      });
    const orders = [
      order("SO-1", "A", { allocated: "30" }),
      order("SO-2", "B", { open: "50" }),
      order("SO-3", "C", { allocated: "9" }),
    ];
    const run = (protection: readonly SupplyRule[]) =>
      reconfirmOrders(orders, anyStock({ itemCode: "TEA", onHand: "45", reserved: "39" }), {
        ...anyContext(),
        today: calendarDay("2026-03-02"),
        policy: {
          ...POLICY,
          allocation: {
            priority: [],
            sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
            lots: "fifo",
            protection,
          },
          strategies: [{ customerClasses: ["B"], strategy: "win" }],
          otherwise: "fill",
        },
      }).orders.map(({ lines }) => Number(lines[0]!.quantities.allocated));
    expect(run([])).toEqual([0, 45, 0]);
    expect(run([rule("protect", "A", 20, 30)])).toEqual([20, 25, 0]);
    expect(run([rule("cap", "B", 8)])).toEqual([30, 8, 7]);
    expect(run([rule("protect", "Z", 99)])).toEqual([30, 0, 9]);
  });

  const ordered = (orderNo: string, customerClass: string, orderedQty: string, allocated: string): Order =>
    anyOrder({
      orderNo,
      stage: "confirmed",
      header: { customerClass },
      lines: [{ itemCode: "TEA", orderedQty, quantities: { allocated } }],
    });
  it.each<[string, readonly Order[], string, ReconfirmStrategy, readonly SupplyRule[], readonly string[]]>([
    // Free goods serve the first, so that nobody takes what the second was to give up for the cap.
    ["a cap", [ordered("SO-1", "A", "20", "0"), ordered("SO-2", "A", "20", "20")], "42", "win", [], ["20", "20"]],
    [
      "a cap that is broken already",
      [ordered("SO-1", "A", "20", "0"), ordered("SO-2", "A", "20", "20")],
      "42",
      "win",
      [rule("cap", "A", 1, 20)],
      ["1", "19"],
    ],
    [
      "a cap that leaves room",
      [ordered("SO-1", "A", "20", "0"), ordered("SO-2", "A", "20", "20")],
      "42",
      "win",
      [rule("cap", "A", 25, 20)],
      ["20", "5"],
    ],
    ["no minimum", [ordered("SO-1", "B", "19", "0"), ordered("SO-2", "C", "17", "17")], "21", "win", [], ["19", "2"]],
    [
      "the minimum of another group",
      [ordered("SO-1", "B", "19", "0"), ordered("SO-2", "C", "17", "17")],
      "21",
      "win",
      [rule("protect", "A", 1, 0)],
      ["19", "1"],
    ],
    [
      "the minimum of its own group",
      [ordered("SO-1", "B", "19", "0"), ordered("SO-2", "C", "17", "17")],
      "21",
      "win",
      [rule("protect", "C", 1, 17)],
      ["19", "2"],
    ],
    [
      "a minimum that lacked before, when nobody gains",
      [ordered("SO-1", "B", "19", "0"), ordered("SO-2", "C", "17", "17")],
      "21",
      "skip",
      [rule("protect", "A", 90, 0)],
      ["0", "17"],
    ],
  ])(
    "orders: what nobody took stays as far as the rules leave room for it: %s",
    (_case, orders, onHand, strategy, protection, after) => {
      const reserved = orders[1]!.lines[0]!.quantities.allocated;
      const policy: ReconfirmOrdersPolicy = {
        ...POLICY,
        allocation: {
          priority: [],
          sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
          lots: "fifo",
          protection,
        },
        strategies: [{ customerClasses: ["A", "B"], strategy }],
        otherwise: "fill",
      };
      const context = { ...anyContext(), policy, today: calendarDay("2026-03-02") };
      const { orders: now } = reconfirmOrders(orders, anyStock({ itemCode: "TEA", onHand, reserved }), context);
      expect(now.map(({ lines }) => lines[0]!.quantities.allocated)).toEqual(after);
    },
  );
});
