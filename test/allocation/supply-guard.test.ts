import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import type { Sourcing } from "../../src/allocation/sourcing-policy.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { describeAllocation } from "../../src/messages/describe-allocation.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import { parseAllocationPlan } from "../../src/schema/parse-allocation-plan.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../src/testing/index.js";
import { SOURCINGS } from "./guarded-world.js";

// Mission 8.9, 9.13; definition B9: caps and protected minimums of customer groups inside allocation.

const TODAY = calendarDay("2026-03-02");
const NEAREST: Sourcing = { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH"] };
const rule = (kind: SupplyRule["kind"], group: string, quantity: string, consumed?: string): SupplyRule => ({
  kind,
  group,
  itemCode: "TEA",
  quantity: decimal(quantity),
  ...(consumed === undefined ? {} : { consumed: decimal(consumed) }),
});
const order = (orderNo: string, customerClass: string | undefined, ...lines: readonly AnyOrderLine[]): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerCode: `of ${orderNo}`, ...(customerClass === undefined ? {} : { customerClass }) },
    lines,
  });
const tea = (orderedQty: string, more: AnyOrderLine = {}): AnyOrderLine => ({ itemCode: "TEA", orderedQty, ...more });
const stockOf = (...pairs: readonly (readonly [itemCode: string, warehouseId: string, onHand: string])[]) =>
  pairs.flatMap(([itemCode, warehouseId, onHand]): StockPosition[] =>
    anyStock({ itemCode, warehouseId, onHand, reserved: "0" }),
  );
const policyOf = (protection: readonly SupplyRule[], more: Partial<AllocationPolicy> = {}): AllocationPolicy => ({
  priority: [],
  sourcing: NEAREST,
  lots: "fifo",
  protection,
  ...more,
});
const planOf = (orders: readonly Order[], stock: readonly StockPosition[], policy: AllocationPolicy) =>
  planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
const got = (...given: Parameters<typeof planOf>): string[] =>
  planOf(...given).orders.flatMap(({ lines }) => lines.map((line) => `${line.lineId} ${line.allocated} ${line.code}`));

describe("caps and protected minimums in an allocation (mission 8.9, 9.13; definition B9)", () => {
  const HUNDRED = stockOf(["TEA", "NORTH", "60"], ["TEA", "SOUTH", "40"]);

  it.each<[name: string, orders: Order[], rules: SupplyRule[], answer: string[]]>([
    [
      "rule 1: what others have not used of their minimum stays for them",
      [order("SO-1", "B", tea("100")), order("SO-2", "A", tea("40"))],
      [rule("protect", "A", "50", "20")],
      ["SO-1-1 70 protected_for_others", "SO-2-1 30 served_in_part"],
    ],
    [
      "rule 1: a group has its own minimum and more from the free part",
      [order("SO-1", "A", tea("90")), order("SO-2", "B", tea("20"))],
      [rule("protect", "A", "50")],
      ["SO-1-1 90 served_in_full", "SO-2-1 10 served_in_part"],
    ],
    [
      "rule 1: nobody gets more than is left of the cap, over all lines and warehouses",
      [order("SO-1", "B", tea("30"), tea("40")), order("SO-2", "B", tea("5")), order("SO-3", "C", tea("90"))],
      [rule("cap", "B", "80", "30")],
      ["SO-1-1 30 served_in_full", "SO-1-2 20 group_cap", "SO-2-1 0 group_cap", "SO-3-1 50 served_in_part"],
    ],
    [
      "rule 1: the narrower of both is why",
      [order("SO-1", "B", tea("100"))],
      [rule("cap", "B", "30"), rule("protect", "A", "60")],
      ["SO-1-1 30 group_cap"],
    ],
    [
      "rule 1: a minimum that is used up is no minimum, however far it was exceeded",
      [order("SO-1", "B", tea("100"))],
      [rule("protect", "A", "50", "80"), rule("protect", "C", "0")],
      ["SO-1-1 100 served_in_full"],
    ],
    [
      "rule 2: customers of no group leave all minimums and have no cap",
      [order("SO-1", undefined, tea("100"))],
      [rule("protect", "A", "20"), rule("protect", "B", "30"), rule("cap", "B", "1")],
      ["SO-1-1 50 protected_for_others"],
    ],
    [
      "a line in steps gets whole steps of what its group may have, and the rest is not enough for another",
      [order("SO-1", "B", tea("60", { quantum: "12" }))],
      [rule("cap", "B", "40")],
      ["SO-1-1 36 group_cap"],
    ],
    [
      "a line that takes all or nothing gets nothing, and its part is there for others",
      [order("SO-1", "B", tea("60", { partialAllowed: false })), order("SO-2", "B", tea("10"))],
      [rule("cap", "B", "40")],
      ["SO-1-1 0 group_cap", "SO-2-1 10 served_in_full"],
    ],
    [
      "rules are counted exactly, also in finer parts than anything else is",
      [order("SO-1", "B", tea("100"))],
      [rule("cap", "B", "0.75", "0.5")],
      ["SO-1-1 0.25 group_cap"],
    ],
  ])("%s", (_, orders, rules, answer) => {
    expect(got(orders, HUNDRED, policyOf(rules))).toEqual(answer);
  });

  it("rule 3: goods in store for a customer are under no rule", () => {
    const stock = [
      ...stockOf(["TEA", "NORTH", "5"]),
      ...anyStock({ itemCode: "TEA", owner: "of SO-1", onHand: "9", reserved: "0" }),
    ];
    const orders = [order("SO-1", "B", tea("9", { transactionCategory: "depositDraw" }), tea("9"))];
    expect(got(orders, stock, policyOf([rule("protect", "A", "3"), rule("cap", "B", "1")]))).toEqual([
      "SO-1-1 9 served_in_full",
      "SO-1-2 1 group_cap",
    ]);
  });

  it("what would be enough is the cap of the group for the item, not that for another one", () => {
    const facts = { orders: [order("SO-1", "B", tea("40"))], stock: HUNDRED };
    const caps = [
      { ...rule("cap", "B", "70"), itemCode: "SALT" },
      rule("cap", "C", "65"),
      rule("protect", "B", "60"),
      rule("cap", "B", "30"),
    ];
    const policy = policyOf(caps);
    const plan = planOf(facts.orders, facts.stock, policy);
    expect(explainAllocation(plan, "SO-1-1", { ...facts, policy })?.enoughCap).toEqual({ group: "B", quantity: "40" });
  });

  it("says what was kept from a line of an order that waits as a whole, and from others beside it", () => {
    const whole = {
      quantities: { deferred: "50" },
      shortages: [{ bucket: "deferred" as const, quantity: "50", mode: "wholeOrder" as const }],
    };
    const orders = [order("SO-1", "B", tea("50", whole)), order("SO-2", "B", tea("50"))];
    const plan = planOf(orders, HUNDRED, policyOf([rule("cap", "B", "40")]));
    expect(plan.orders.map(({ lines }) => [lines[0]!.allocated, lines[0]!.code, lines[0]!.protection?.group])).toEqual([
      ["0", "group_cap", "B"],
      ["40", "group_cap", "B"],
    ]);
  });

  it("rule 1: two minimums that there is not enough for are both kept", () => {
    const orders = [order("SO-1", "A", tea("10")), order("SO-2", "B", tea("10")), order("SO-3", "C", tea("10"))];
    const rules = [rule("protect", "A", "8"), rule("protect", "B", "8")];
    expect(got(orders, stockOf(["TEA", "NORTH", "10"]), policyOf(rules))).toEqual([
      "SO-1-1 2 protected_for_others",
      "SO-2-1 2 protected_for_others",
      "SO-3-1 0 protected_for_others",
    ]);
  });

  it("says what was kept for whom, the cap, and what was used of it by then; the plan can be stored", () => {
    const orders = [order("SO-1", "B", tea("50")), order("SO-2", "B", tea("45"))];
    const rules = [rule("cap", "B", "80", "10"), rule("protect", "A", "30"), rule("protect", "C", "10")];
    const plan = planOf(orders, stockOf(["TEA", "NORTH", "200"]), policyOf(rules));
    expect(plan.orders[0]!.lines[0]).not.toHaveProperty("protection");
    expect(plan.orders[1]!.lines[0]).toMatchObject({
      allocated: "20",
      code: "group_cap",
      protection: {
        group: "B",
        held: "25",
        keptFor: [
          { group: "A", quantity: "30" },
          { group: "C", quantity: "10" },
        ],
        cap: "80",
        consumed: "80",
      },
    });
    expect(parseAllocationPlan(JSON.parse(JSON.stringify(plan)))).toEqual({ ok: true, value: plan });
  });

  it.each(SOURCINGS.map((sourcing) => [JSON.stringify(sourcing).slice(0, 70), sourcing] as const))(
    "holds however warehouses are found, for one order and for a batch: %s",
    (_, sourcing) => {
      const stock = stockOf(["TEA", "NORTH", "10"], ["TEA", "SOUTH", "10"]);
      const policy = policyOf([rule("cap", "B", "7"), rule("protect", "A", "4")], { sourcing });
      const ask = (orderNo: string, group: string | undefined, quantity: string) =>
        order(orderNo, group, tea(quantity));
      const fits = ask("SO-1", "B", "7");
      const alone = allocateOrder(fits, stock, { ...anyContext(), policy, today: TODAY });
      expect(alone.ok && alone.value.reasons.map(({ allocated }) => allocated)).toEqual(["7"]);
      const outcome = allocateBatch([fits, ask("SO-2", "B", "1"), ask("SO-3", undefined, "9")], stock, {
        ...anyContext(),
        policy,
        today: TODAY,
      });
      expect(outcome.reasons.slice(0, 2).map(({ allocated, code }) => `${allocated} ${code}`)).toEqual([
        "7 served_in_full",
        "0 group_cap",
      ]);
      expect(outcome.movements.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBeLessThanOrEqual(16);
    },
  );

  it("9.16: lines that come together are complete within what the group may have, or get nothing", () => {
    const salt = { itemCode: "SALT", orderedQty: "1" };
    const complete = (orderNo: string, ...lines: readonly AnyOrderLine[]): Order => {
      const own = order(orderNo, "B", ...lines);
      return { ...own, header: { ...own.header, shipComplete: true } };
    };
    const orders = [complete("SO-1", tea("4"), tea("4"), salt), complete("SO-2", tea("3"), salt, tea("3"))];
    const stock = stockOf(["TEA", "NORTH", "20"], ["SALT", "NORTH", "9"]);
    expect(got(orders, stock, policyOf([rule("cap", "B", "6")]))).toEqual([
      "SO-1-1 0 group_cap",
      "SO-1-2 0 group_cap",
      "SO-1-3 0 group_incomplete",
      "SO-2-1 3 served_in_full",
      "SO-2-2 1 served_in_full",
      "SO-2-3 3 served_in_full",
    ]);
  });

  it("9.16: an order deferred as a whole is told that others' minimums are why it waits", () => {
    const waits = order("SO-1", "B", {
      itemCode: "TEA",
      quantities: { cancelled: "1" },
      shortages: [{ bucket: "deferred", quantity: "8", mode: "wholeOrder" }],
    });
    expect(got([waits], stockOf(["TEA", "NORTH", "10"]), policyOf([rule("protect", "A", "5")]))).toEqual([
      "SO-1-1 0 protected_for_others",
    ]);
  });

  it("9.15: what went short waits for its group's turn when goods arrive", () => {
    const waits = (orderNo: string, group: string) =>
      order(orderNo, group, {
        itemCode: "TEA",
        shortagePolicy: "backfillOnArrival",
        quantities: { cancelled: "1" },
        shortages: [{ bucket: "backfill", quantity: "8", mode: "onArrival" }],
      });
    const arrived = stockOf(["TEA", "NORTH", "10"]);
    expect(got([waits("SO-1", "B"), waits("SO-2", "A")], arrived, policyOf([rule("protect", "A", "6", "1")]))).toEqual([
      "SO-1-1 5 protected_for_others",
      "SO-2-1 5 served_in_part",
    ]);
  });

  it("checkAllocationPolicy names every rule that could not be meant, and no order is served with it", () => {
    const faulty = policyOf([
      rule("cap", "B", "1"),
      rule("cap", "B", "2"),
      rule("protect", "A", "-1", "1000000000000"),
      { ...rule("cap", "C", "1"), kind: "most" as "cap", quantity: 3 as unknown as SupplyRule["quantity"] },
    ]);
    expect(checkAllocationPolicy(faulty).map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "supply.rule_twice protection.1",
      "supply.not_a_quantity protection.2.quantity",
      "supply.not_a_quantity protection.2.consumed",
      "supply.unknown_kind protection.3.kind",
      "supply.not_a_quantity protection.3.quantity",
    ]);
    const { orders, refused } = planOf([order("SO-1", "B", tea("1"))], HUNDRED, faulty);
    expect([orders.length, refused[0]?.issues.length]).toEqual([0, 5]);
  });
});

describe("explaining what rules keep back (mission 4.15, 8.9)", () => {
  const orders = [order("SO-1", "B", tea("30")), order("SO-2", "A", tea("10"))];
  const explain = (rules: readonly SupplyRule[], onHand: string, lineId = "SO-1-1") => {
    const stock = stockOf(["TEA", "NORTH", onHand]);
    const policy = policyOf(rules);
    return explainAllocation(planOf(orders, stock, policy), lineId, { orders, stock, policy })!;
  };

  it("9.10: enough is what serves the line and leaves the minimums of the others", () => {
    expect(explain([rule("protect", "A", "50")], "20").enough).toEqual({ warehouseId: "NORTH", quantity: "60" });
    expect(explain([rule("protect", "A", "50")], "70").enough).toEqual({ warehouseId: "NORTH", quantity: "10" });
  });

  it("no stock is enough where the cap stands against it: then it is the cap that would have to rise", () => {
    const found = explain([rule("cap", "B", "25", "5"), rule("protect", "A", "10")], "100");
    expect(found.enough).toBeUndefined();
    expect(found.enoughCap).toEqual({ group: "B", quantity: "35" });
    expect(explain([rule("cap", "B", "25")], "20")).not.toHaveProperty("enough");
    expect(explain([rule("cap", "B", "25")], "20")).not.toHaveProperty("enoughCap");
  });

  it("says it in English and Chinese", () => {
    const kept = explain([rule("protect", "A", "50"), rule("protect", "C", "5")], "60");
    expect(describeAllocation(kept).split("\n")[1]).toBe(
      "  Stock holds 25 more, kept for other customer groups (A 50, C 5); the line got 5 of 30.",
    );
    expect(describeAllocation(kept, { locale: "zh" })).toContain(
      "为其他客户组保留(A 50、C 5)".replace("(", "（").replace(")", "）"),
    );
    const capped = explain([rule("cap", "B", "25", "5")], "100");
    expect(describeAllocation(capped)).toContain(
      "Group B has used 25 of its cap of 25; stock holds 10 more, and the line got 20 of 30.",
    );
    expect(describeAllocation(capped).split("\n").at(-1)).toBe("A cap of 35 for group B would have been enough.");
    expect(describeAllocation(capped, { locale: "zh" }).split("\n").at(-1)).toBe("若客户组 B 的上限为 35 便足够。");
  });
});
