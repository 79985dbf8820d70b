import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeOrders } from "../../../src/allocation/completion/complete-orders.js";
import type { CompleteOrderWish, PooledQuantity } from "../../../src/allocation/completion/completion-policy.js";
import { planCompleteShipments } from "../../../src/allocation/completion/plan-complete-shipments.js";
import type { WarehouseQuantity } from "../../../src/allocation/sourcing/warehouse-policy.js";
import { decimal } from "../../../src/core/decimal.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { deepFreeze } from "../../../src/testing/index.js";

// Mission 8.9, 9.7, 9.16; definitions B6, B9: whichever orders are chosen to be complete, they keep caps and minimums.

const of = (itemCode: string, quantity: number | string): PooledQuantity => ({ itemCode, quantity: decimal(quantity) });
const wish = (
  orderNo: string,
  group: string | undefined,
  value: number,
  ...needs: PooledQuantity[]
): CompleteOrderWish => ({
  orderNo,
  value: decimal(value),
  needs,
  ...(group === undefined ? {} : { customerGroup: group }),
});
const rule = (kind: SupplyRule["kind"], group: string, quantity: number | string, more: Partial<SupplyRule> = {}) => {
  return { kind, group, itemCode: "TEA", quantity: decimal(quantity), ...more } satisfies SupplyRule;
};

function chosen(
  orders: readonly CompleteOrderWish[],
  stock: readonly PooledQuantity[],
  protection: readonly SupplyRule[],
) {
  const policy = { objective: "value" as const, steps: 100_000, protection };
  const result = completeOrders(deepFreeze(orders), deepFreeze(stock), policy);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** One order of each group, each worth as much as it needs. */
const four = [
  wish("SO-1", "A", 6, of("TEA", 6)),
  wish("SO-2", "A", 5, of("TEA", 5)),
  wish("SO-3", "B", 4, of("TEA", 4)),
  wish("SO-4", undefined, 3, of("TEA", 3)),
];

describe("orders that are to be complete, under rules of customer groups (rule 6)", () => {
  it.each<[string, number, SupplyRule[], string[]]>([
    ["without rules, all that stock does for", 18, [], ["SO-1", "SO-2", "SO-3", "SO-4"]],
    ["no more than its cap for a group", 18, [rule("cap", "A", 8, { consumed: decimal(2) })], ["SO-1", "SO-3", "SO-4"]],
    ["nothing of what is kept for others", 18, [rule("protect", "C", 5)], ["SO-1", "SO-3", "SO-4"]],
    ["a group its own minimum", 18, [rule("protect", "A", 11)], ["SO-1", "SO-2", "SO-3", "SO-4"]],
    ["what others leave of two minimums", 12, [rule("protect", "A", 6), rule("protect", "B", 4)], ["SO-1", "SO-3"]],
    [
      "a group what the minimums of others leave, where stock does not cover all of them",
      12,
      [rule("protect", "A", 10), rule("protect", "B", 7)],
      ["SO-2"],
    ],
    [
      "rules of other items change nothing",
      18,
      [rule("cap", "A", 0, { itemCode: "SALT" })],
      ["SO-1", "SO-2", "SO-3", "SO-4"],
    ],
  ])("%s", (_, stock, protection, complete) => {
    expect(chosen(four, [of("TEA", stock)], protection).complete).toEqual(complete);
  });

  it("says what a rule keeps from an order, and what it lacks besides", () => {
    const rules = [rule("cap", "A", 5.5), rule("protect", "B", 4), rule("protect", "C", "1.5")];
    const { complete, incomplete } = chosen(four, [of("TEA", 11)], rules);
    expect(complete).toEqual(["SO-2", "SO-3"]);
    expect(incomplete).toEqual([
      {
        orderNo: "SO-1",
        code: "short_alone",
        lacking: [],
        heldBack: [
          { itemCode: "TEA", limit: "group_cap", quantity: "0.5" },
          { itemCode: "TEA", limit: "protected_for_others", quantity: "0.5" },
        ],
      },
      {
        orderNo: "SO-4",
        code: "gives_way",
        lacking: [of("TEA", 1)],
        heldBack: [{ itemCode: "TEA", limit: "protected_for_others", quantity: "2.5" }],
      },
    ]);
  });

  it("does not say that a minimum keeps back what its own group has taken all of", () => {
    const orders = [
      wish("SO-1", "B", 9, of("TEA", 4)),
      wish("SO-2", undefined, 9, of("TEA", 10)),
      wish("SO-3", "A", 1, of("TEA", 8)),
    ];
    const { incomplete } = chosen(orders, [of("TEA", 20)], [rule("protect", "B", 3)]);
    expect(incomplete).toEqual([{ orderNo: "SO-3", code: "gives_way", lacking: [of("TEA", 2)] }]);
    const own = chosen([wish("SO-1", "B", 1, of("TEA", 2))], [of("TEA", 1)], [rule("protect", "B", 3)]);
    expect(own.incomplete).toEqual([{ orderNo: "SO-1", code: "short_alone", lacking: [of("TEA", 1)] }]);
  });

  it("counts all stock of an item, whatever warehouse it is in, and adds the needs of an order up", () => {
    const at = (warehouseId: string, quantity: number) => ({ ...of("TEA", quantity), warehouseId });
    const orders = [wish("SO-1", "A", 2, at("NORTH", 2), at("SOUTH", 2)), wish("SO-2", "B", 1, at("NORTH", 2))];
    const stock = [at("NORTH", 4), at("SOUTH", 3)];
    expect(chosen(orders, stock, [rule("cap", "A", 3)]).complete).toEqual(["SO-2"]);
    expect(chosen(orders, stock, [rule("protect", "C", 1)]).complete).toEqual(["SO-1", "SO-2"]);
    expect(chosen(orders, stock, [rule("protect", "C", 2)]).complete).toEqual(["SO-1"]);
  });

  it("refuses rules that cannot be used, and more minimums of an item than it can hold at once", () => {
    const policy = { objective: "value" as const, steps: 9 };
    const refusal = (protection: readonly SupplyRule[]) => {
      const result = completeOrders([wish("SO-1", "A", -1)], [], { ...policy, protection });
      return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
    };
    const many = Array.from({ length: 9 }, (_, place) => rule("protect", `G-${place}`, 1));
    expect(refusal(many)).toEqual(["complete.too_many_minimums policy.protection", "complete.negative orders.0.value"]);
    expect(refusal(many.slice(1))).toEqual(["complete.negative orders.0.value"]);
    const used = many.map((one, place) => (place === 0 ? { ...one, consumed: decimal(1) } : one));
    expect(refusal(used)).toEqual(["complete.negative orders.0.value"]);
    expect(refusal([rule("cap", "A", 1), rule("cap", "A", 1)])).toEqual([
      "supply.rule_twice policy.protection.1",
      "complete.negative orders.0.value",
    ]);
    const shipped = planCompleteShipments([], [], { shipmentCost: decimal(1), steps: 9, protection: many });
    expect(shipped.ok ? [] : shipped.issues.map(({ params }) => params)).toEqual([
      { itemCode: "TEA", groups: 9, limit: 8 },
    ]);
  });

  it("oracle: as good as the best of all subsets that keep the rules, whatever the rules are", () => {
    let bound = 0;
    fc.assert(
      fc.property(worlds, ({ orders, stock, protection }) => {
        const found = chosen(orders, stock, protection);
        const complete = orders.filter(({ orderNo }) => found.complete.includes(orderNo));
        expect(isKept(complete, stock, protection)).toBe(true);
        const best = bestByHand(orders, stock, protection, 0);
        expect([found.reached, found.optimal]).toEqual([`${best}`, true]);
        for (const { orderNo } of found.incomplete) {
          const more = orders.filter((order) => order.orderNo === orderNo || complete.includes(order));
          expect(isKept(more, stock, protection)).toBe(false);
        }
        if (best < bestByHand(orders, stock, [], 0)) bound++;
      }),
      { numRuns: 250 },
    );
    expect(bound).toBeGreaterThan(50);
  });

  it("oracle: shipments keep the same rules, and their bound holds", () => {
    fc.assert(
      fc.property(worlds, ({ orders, stock, protection }) => {
        const offers = stock.map((part): WarehouseQuantity => ({ ...part, warehouseId: "NORTH" }));
        const policy = { shipmentCost: decimal(5), steps: 10_000, protection };
        const result = planCompleteShipments(orders, offers, policy);
        if (!result.ok) throw new Error(JSON.stringify(result.issues));
        const { complete, net, upperBound, optimal, incomplete } = result.value;
        const served = orders.filter(({ orderNo }) => complete.includes(orderNo));
        expect(isKept(served, stock, protection)).toBe(true);
        const best = bestByHand(orders, stock, protection, 5);
        expect([net, upperBound, optimal]).toEqual([`${best}`, `${best}`, true]);
        const named = incomplete.filter(({ heldBack }) => heldBack !== undefined);
        if (protection.length === 0) expect(named).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

const worlds = fc
  .record({
    orders: fc.array(
      fc.record({
        group: fc.constantFrom("A", "B", "C", undefined),
        value: fc.integer({ min: 0, max: 20 }),
        needs: fc.array(fc.tuple(fc.constantFrom("TEA", "TEA", "SALT"), fc.integer({ min: 1, max: 4 })), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    stock: fc.tuple(fc.nat(14), fc.nat(6)),
    figures: fc.array(
      fc.tuple(
        fc.constantFrom("cap" as const, "protect" as const),
        fc.constantFrom("A", "B", "C", "D"),
        fc.tuple(fc.nat(7), fc.constantFrom("", ".5")).map(([whole, part]) => `${whole}${part}`),
        fc.nat(3),
      ),
      { maxLength: 5 },
    ),
  })
  .map(({ orders, stock: [tea, salt], figures }) => {
    const rules = figures.map(([kind, group, quantity, used]) =>
      rule(kind, group, quantity, { consumed: decimal(used) }),
    );
    return {
      orders: orders.map(({ group, value, needs }, place) =>
        wish(`SO-${place}`, group, value, ...needs.map(([itemCode, units]) => of(itemCode, units))),
      ),
      stock: [of("TEA", tea), of("SALT", salt)],
      protection: [...new Map(rules.map((one) => [`${one.kind} ${one.group}`, one])).values()],
    };
  });

/** Whether stock does for all of these orders, and every group that gets something leaves what is kept for the others. */
function isKept(
  orders: readonly CompleteOrderWish[],
  stock: readonly PooledQuantity[],
  protection: readonly SupplyRule[],
): boolean {
  return stock.every(({ itemCode, quantity }) => {
    const usedBy = new Map<string | undefined, number>();
    for (const { customerGroup, needs } of orders)
      for (const need of needs)
        if (need.itemCode === itemCode)
          usedBy.set(customerGroup, (usedBy.get(customerGroup) ?? 0) + Number(need.quantity));
    const left = Number(quantity) - [...usedBy.values()].reduce((sum, units) => sum + units, 0);
    if (left < 0) return false;
    const own = protection.filter((one) => one.itemCode === itemCode);
    const restOf = ({ quantity: most, consumed }: SupplyRule) => Math.max(0, Number(most) - Number(consumed ?? 0));
    return [...usedBy].every(([group, units]) => {
      const cap = own.find((one) => one.kind === "cap" && one.group === group);
      if (cap !== undefined && units > restOf(cap)) return false;
      const kept = own
        .filter((one) => one.kind === "protect" && one.group !== group)
        .reduce((sum, one) => sum + Math.max(0, restOf(one) - (usedBy.get(one.group) ?? 0)), 0);
      return kept <= left;
    });
  });
}

/** The most that any set of orders brings that keeps the rules, less what each costs. */
function bestByHand(
  orders: readonly CompleteOrderWish[],
  stock: readonly PooledQuantity[],
  protection: readonly SupplyRule[],
  cost: number,
): number {
  let best = 0;
  for (let mask = 0; mask < 2 ** orders.length; mask++) {
    const some = orders.filter((_, place) => ((mask >> place) & 1) === 1);
    if (isKept(some, stock, protection))
      best = Math.max(
        best,
        some.reduce((sum, { value }) => sum + Number(value) - cost, 0),
      );
  }
  return best;
}
