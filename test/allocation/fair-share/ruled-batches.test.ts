import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import type { BatchSharing } from "../../../src/allocation/fair-share/batch-sharing.js";
import { FAIR_SHARE_RULES } from "../../../src/allocation/fair-share/fair-share-rules.js";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import { decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { brokenRules, guardedWorld, NEAREST } from "../guarded-world.js";
import { TODAY } from "../small-world.js";

// Mission 8.9, 9.13; definitions B1, B7, B9: what is shared out in a batch keeps the rules of customer groups.

const order = (
  orderNo: string,
  customerClass: string | undefined,
  orderedQty: number,
  more: AnyOrderLine = {},
): Order => {
  const { header, ...rest } = anyOrder({
    orderNo,
    stage: "confirmed",
    lines: [{ itemCode: "TEA", orderedQty: `${orderedQty}`, ...more }],
  });
  const { customerClass: _, ...bare } = header;
  return {
    ...rest,
    header: { ...bare, deliveryAreaPath: [], ...(customerClass === undefined ? {} : { customerClass }) },
  };
};
const rule = (kind: SupplyRule["kind"], group: string, quantity: number, consumed = 0): SupplyRule => {
  return { kind, group, itemCode: "TEA", quantity: decimal(quantity), consumed: decimal(consumed) };
};
const policyOf = (protection: readonly SupplyRule[], ...sharing: BatchSharing[]): AllocationPolicy => {
  return { priority: [], sourcing: NEAREST, lots: "fifo", protection, sharing };
};
const planned = (orders: readonly Order[], stock: readonly StockPosition[], policy: AllocationPolicy) =>
  planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
const got = (...args: Parameters<typeof planned>): string[] =>
  planned(...args)
    .orders.flatMap(({ lines }) => lines)
    .map(({ orderNo, allocated, code }) => `${orderNo} ${allocated} ${code}`);
const tea = (onHand: number) => anyStock({ itemCode: "TEA", onHand: `${onHand}` });

describe("a batch that shares out under rules of customer groups", () => {
  const equal: BatchSharing = { rule: "equalAwards" };

  it("a group shares its cap by the rule, and the others what it leaves", () => {
    const orders = [order("SO-1", "A", 8), order("SO-2", "A", 8), order("SO-3", "B", 9), order("SO-4", "B", 9)];
    expect(got(orders, tea(16), policyOf([rule("cap", "A", 4)], equal))).toEqual([
      "SO-1 2 fair_share",
      "SO-2 2 fair_share",
      "SO-3 6 fair_share",
      "SO-4 6 fair_share",
    ]);
    // There is enough for all, but not for all of the group.
    expect(got(orders, tea(50), policyOf([rule("cap", "A", 4)], equal))).toEqual([
      "SO-1 2 group_cap",
      "SO-2 2 group_cap",
      "SO-3 9 served_in_full",
      "SO-4 9 served_in_full",
    ]);
  });

  it("what is kept for a group is shared by nobody else, though all could have been served", () => {
    const orders = [order("SO-1", "B", 8), order("SO-2", undefined, 8)];
    expect(got(orders, tea(20), policyOf([rule("protect", "A", 10)], equal))).toEqual([
      "SO-1 5 protected_for_others",
      "SO-2 5 protected_for_others",
    ]);
    expect(got([...orders, order("SO-3", "A", 30)], tea(20), policyOf([rule("protect", "A", 10)], equal))).toEqual([
      "SO-1 5 fair_share",
      "SO-2 5 fair_share",
      "SO-3 10 fair_share",
    ]);
  });

  it("who comes in full or not at all does not claim what the cap of its group leaves it", () => {
    const orders = [
      order("SO-1", "A", 8, { partialAllowed: false }),
      order("SO-2", "A", 3, { partialAllowed: false }),
      order("SO-3", "B", 9),
    ];
    expect(got(orders, tea(12), policyOf([rule("cap", "A", 4)], equal))).toEqual([
      "SO-1 0 fair_share",
      "SO-2 3 served_in_full",
      "SO-3 9 served_in_full",
    ]);
  });

  it("goods in store for a customer are shared out without them", () => {
    const draws = ["SO-1", "SO-2"].map((orderNo) => order(orderNo, "A", 8, { transactionCategory: "depositDraw" }));
    const store = anyStock({ itemCode: "TEA", onHand: "8", owner: draws[0]!.header.customerCode });
    expect(got(draws, store, policyOf([rule("cap", "A", 1)], equal))).toEqual([
      "SO-1 4 fair_share",
      "SO-2 4 fair_share",
    ]);
  });

  const crowded = fc
    .record({
      claims: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom("A", "A", "B", "C", undefined)), {
        minLength: 1,
        maxLength: 4,
      }),
      onHand: fc.nat(9),
      figures: fc.array(
        fc.tuple(fc.constantFrom("cap", "protect"), fc.constantFrom("A", "B", "C"), fc.nat(6), fc.nat(2)),
        {
          maxLength: 4,
        },
      ),
    })
    .map(({ claims, onHand, figures }) => {
      const rules = figures.map((figure) => rule(...figure));
      const protection = [...new Map(rules.map((one) => [`${one.kind} ${one.group}`, one])).values()];
      const orders = claims.map(([units, group], place) => order(`SO-${place + 1}`, group, units));
      return { orders, onHand, protection };
    });

  it("law: the sum is no more than there is, every rule holds, and no line lacks what the rules let it have", () => {
    let held = 0;
    fc.assert(
      fc.property(crowded, fc.constantFrom(...FAIR_SHARE_RULES), ({ orders, onHand, protection }, by) => {
        const policy = policyOf(protection, { rule: by });
        const plan = planned(orders, tea(onHand), policy);
        expect(brokenRules(plan, orders, tea(onHand), policy, TODAY)).toEqual([]);
        const lines = plan.orders.flatMap((one) => one.lines);
        for (const line of lines.filter(({ short }) => short !== "0")) {
          const more = plan.orders.map((one) => ({
            ...one,
            lines: one.lines.map((each) =>
              each === line ? { ...each, allocated: decimal(Number(each.allocated) + 1) } : each,
            ),
          }));
          const total = lines.reduce((sum, { allocated }) => sum + Number(allocated), 0);
          const isThere = total < onHand;
          if (isThere) held++;
          const broken = brokenRules({ ...plan, orders: more }, orders, tea(onHand), policy, TODAY);
          expect(isThere && broken.length === 0, `${line.lineId} could have more`).toBe(false);
        }
      }),
      { numRuns: 120 },
    );
    expect(held).toBeGreaterThan(10);
  });

  it("law: equal awards are as even as the rules let them be, as trying every way shows", () => {
    fc.assert(
      fc.property(crowded, ({ orders, onHand, protection }) => {
        const policy = policyOf(protection, equal);
        const plan = planned(orders, tea(onHand), policy);
        const wanted = plan.orders.map(({ lines }) => Number(lines[0]!.requested));
        const allowed = waysOf(wanted).filter((way) => {
          if (way.reduce((sum, units) => sum + units, 0) > onHand) return false;
          const other = plan.orders.map((one, place) => ({
            ...one,
            lines: one.lines.map((line) => ({ ...line, allocated: decimal(way[place]!) })),
          }));
          return brokenRules({ ...plan, orders: other }, orders, tea(onHand), policy, TODAY).length === 0;
        });
        const even = allowed
          .map((way) => [...way].sort((a, b) => a - b))
          .sort(lexically)
          .at(-1);
        const own = plan.orders.map(({ lines }) => Number(lines[0]!.allocated)).sort((a, b) => a - b);
        expect(own).toEqual(even);
      }),
      { numRuns: 60 },
    );
  });

  it("law: whatever comes in full, in steps or from elsewhere, the rules hold, and the order of the input changes nothing", () => {
    const worlds = guardedWorld(
      fc.constantFrom(...FAIR_SHARE_RULES).map((by) => ({ sourcing: NEAREST, sharing: [{ rule: by }] })),
      "all",
    );
    fc.assert(
      fc.property(worlds, ({ orders, stock, policy }) => {
        const plan = planned(orders, stock, policy);
        expect(brokenRules(plan, orders, stock, policy, TODAY)).toEqual([]);
        const protection = [...policy.protection].reverse();
        expect(planned([...orders].reverse(), [...stock].reverse(), { ...policy, protection })).toEqual(plan);
      }),
      { numRuns: 60 },
    );
  });
});

function waysOf([first, ...rest]: readonly number[]): number[][] {
  if (first === undefined) return [[]];
  return Array.from({ length: first + 1 }, (_, units) => waysOf(rest).map((way) => [units, ...way])).flat();
}

function lexically(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((units, at) => units !== other[at]);
  return place < 0 ? 0 : one[place]! - other[place]!;
}
