import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { decimal } from "../../src/core/decimal.js";
import { describeAllocation } from "../../src/messages/describe-allocation.js";
import { describeReason } from "../../src/messages/describe-issue.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { parseAllocationPlan } from "../../src/schema/index.js";
import { anyContext, anyOrder, anyStock, type AnyOrder, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 4.15, 9.10, 9.16; definition B6: which line stands in the way, in every way of serving.

const NEAREST = { kind: "nearest" as const, areas: [], otherwise: ["NORTH", "SOUTH"] };
const planOf = (orders: readonly Order[], stock: readonly StockPosition[], more: Partial<AllocationPolicy> = {}) => {
  const policy: AllocationPolicy = { priority: [], sourcing: NEAREST, lots: "fifo", ...more };
  const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
  expect(parseAllocationPlan(JSON.parse(JSON.stringify(plan)))).toEqual({ ok: true, value: plan });
  return { plan, policy };
};
const told = (...args: Parameters<typeof planOf>): string[] =>
  planOf(...args)
    .plan.orders.flatMap(({ lines }) => lines)
    .map(({ lineId, code, waitsFor }) => [lineId, code, ...(waitsFor ?? [])].join(" "));
const complete = (lines: readonly AnyOrderLine[], more: AnyOrder = {}): Order =>
  anyOrder({ orderNo: "SO-1", stage: "confirmed", ...more, header: { shipComplete: true, ...more.header }, lines });
const tea = (orderedQty: string, more: AnyOrderLine = {}): AnyOrderLine => ({ itemCode: "TEA", orderedQty, ...more });
const salt = (orderedQty: string, more: AnyOrderLine = {}): AnyOrderLine => ({ itemCode: "SALT", orderedQty, ...more });
const chosen = (limits: readonly object[], strategy: object = { kind: "fewestSplits" }): Partial<AllocationPolicy> => ({
  sourcing: {
    kind: "chosen",
    strategy,
    limits,
    steps: 1000,
    areas: [],
    otherwise: [
      { warehouseId: "NORTH", distance: decimal("1") },
      { warehouseId: "SOUTH", distance: decimal("9") },
    ],
  } as never,
});

describe("lines that come together name those that stand in the way", () => {
  const teaOnly = anyStock({ onHand: "10" });
  it.each<[string, Order, StockPosition[], Partial<AllocationPolicy>, string[]]>([
    [
      "nobody keeps the item of one",
      complete([tea("4"), salt("1")]),
      teaOnly,
      {},
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 no_stock_record"],
    ],
    [
      "two lack something, one for want of a part",
      complete([salt("1"), tea("4"), tea("11")]),
      anyStock({ onHand: "10" }, { itemCode: "SALT", onHand: "0" }),
      {},
      ["SO-1-1 empty_stock", "SO-1-2 group_incomplete SO-1-1 SO-1-3", "SO-1-3 partial_not_allowed"],
    ],
    [
      "less than a step is there for one",
      complete([tea("4"), salt("6", { quantum: "3" })]),
      anyStock({ onHand: "10" }, { itemCode: "SALT", onHand: "2" }),
      {},
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 below_quantum"],
    ],
    [
      "there is enough beside each other for those of one item that ask for different lives",
      complete([tea("4", { minimumRemainingLifeDays: 20 }), tea("6"), salt("1")]),
      anyStock({ onHand: "8", expiresOn: "2026-06-01" }, { lotNo: "L-2", onHand: "4", expiresOn: "2026-03-10" }),
      {},
      ["SO-1-1 group_incomplete SO-1-3", "SO-1-2 group_incomplete SO-1-3", "SO-1-3 no_stock_record"],
    ],
    [
      "those of one item are too many together",
      complete([tea("6"), salt("1"), tea("6")]),
      anyStock({ onHand: "10" }, { itemCode: "SALT", onHand: "5" }),
      {},
      [
        "SO-1-1 group_incomplete SO-1-1 SO-1-3",
        "SO-1-2 group_incomplete SO-1-1 SO-1-3",
        "SO-1-3 group_incomplete SO-1-1 SO-1-3",
      ],
    ],
    [
      "one lacks something, and those that are left of its item are too many too",
      complete([tea("20"), tea("6"), tea("6")]),
      teaOnly,
      {},
      [
        "SO-1-1 partial_not_allowed",
        "SO-1-2 group_incomplete SO-1-1 SO-1-2 SO-1-3",
        "SO-1-3 group_incomplete SO-1-1 SO-1-2 SO-1-3",
      ],
    ],
    [
      "one is on hold",
      complete([tea("4"), tea("1")], { holds: [{ lineId: "SO-1-2" }] }),
      teaOnly,
      {},
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 on_hold"],
    ],
    [
      "the cap of the group is less than one wants",
      complete([tea("4"), salt("3")], { header: { customerClass: "B" } }),
      anyStock({ onHand: "10" }, { itemCode: "SALT", onHand: "9" }),
      { protection: [{ kind: "cap", group: "B", itemCode: "SALT", quantity: decimal("2") }] },
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 group_cap"],
    ],
    [
      "one lies too far away, from chosen warehouses",
      complete([tea("4"), salt("3")]),
      anyStock({ onHand: "10" }, { itemCode: "SALT", warehouseId: "SOUTH", onHand: "9" }),
      chosen([{ kind: "maxDistance", strength: "hard", distance: decimal("5") }]),
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 sourcing_limits"],
    ],
    [
      "one lacks something, from chosen warehouses",
      complete([tea("4"), salt("10")]),
      anyStock({ onHand: "10" }, { itemCode: "SALT", warehouseId: "SOUTH", onHand: "9" }),
      chosen([]),
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 partial_not_allowed"],
    ],
    [
      "each could come, and the limits let not all of them: none stands in the way",
      complete([tea("4"), salt("3")]),
      anyStock({ onHand: "10" }, { itemCode: "SALT", warehouseId: "SOUTH", onHand: "9" }),
      chosen([{ kind: "maxWarehouses", strength: "hard", count: 1 }]),
      ["SO-1-1 sourcing_limits", "SO-1-2 sourcing_limits"],
    ],
    [
      "no warehouse has all of one, and one must have all",
      complete([tea("4"), salt("3")]),
      anyStock(
        { onHand: "10" },
        { itemCode: "SALT", onHand: "2" },
        { itemCode: "SALT", warehouseId: "SOUTH", onHand: "2" },
      ),
      { sourcing: { ...NEAREST, kind: "wholeOrderFromOne", ifNone: "nothing" } },
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 sourcing_limits"],
    ],
    [
      "one warehouse must have all, also of lines that come apart",
      anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [tea("4"), salt("3")] }),
      teaOnly,
      { sourcing: { ...NEAREST, kind: "wholeOrderFromOne", ifNone: "nothing" } },
      ["SO-1-1 sourcing_limits SO-1-2", "SO-1-2 no_stock_record"],
    ],
    [
      "one is ranked away from nothing",
      complete([tea("4"), salt("3")]),
      anyStock({ onHand: "10" }, { itemCode: "SALT", onHand: "1" }),
      { sourcing: { kind: "ranked", warehouseIds: ["SOUTH", "NORTH"], rules: [{ rule: "mostStock" }] } },
      ["SO-1-1 group_incomplete SO-1-2", "SO-1-2 partial_not_allowed"],
    ],
  ])("%s", (_case, order, stock, more, expected) => {
    expect(told([order], stock, more)).toEqual(expected);
  });

  it("as things were at the turn of the group: what later lines of the order took is not missing", () => {
    const group = { deliveryGroup: "G" };
    const order = anyOrder({ stage: "confirmed", lines: [tea("5", group), salt("5", group), tea("5")] });
    const stock = anyStock({ onHand: "5" }, { itemCode: "SALT", onHand: "4" });
    for (const more of [{}, chosen([])])
      expect(told([order], stock, more)).toEqual([
        "SO-1-1 group_incomplete SO-1-2",
        "SO-1-2 partial_not_allowed",
        "SO-1-3 served_in_full",
      ]);
    const later = anyOrder({ stage: "confirmed", lines: [tea("5"), tea("5", group), salt("4", group)] });
    for (const more of [{}, chosen([])])
      expect(told([later], stock, more)).toEqual([
        "SO-1-1 served_in_full",
        "SO-1-2 sold_out_by_earlier",
        "SO-1-3 group_incomplete SO-1-2",
      ]);
  });

  it("where items are shared out: who lacks its share, who could not take it, who is too small", () => {
    const sharing = [{ rule: "equalAwards" as const, itemCodes: ["TEA"] }];
    const other = anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [tea("60")] });
    const some = anyStock({ onHand: "70" }, { itemCode: "SALT", onHand: "4" });
    expect(told([complete([tea("40"), salt("1")]), other], some, { sharing }).slice(0, 2)).toEqual([
      "SO-1-1 fair_share",
      "SO-1-2 group_incomplete SO-1-1",
    ]);
    expect(told([complete([tea("20"), salt("5")]), other], some, { sharing }).slice(0, 2)).toEqual([
      "SO-1-1 group_incomplete SO-1-2",
      "SO-1-2 partial_not_allowed",
    ]);
    const least = [{ ...sharing[0]!, minimum: decimal("5") }];
    expect(
      told([complete([tea("4"), salt("1")]), other, { ...other, orderNo: "SO-3" }], some, { sharing: least }).slice(
        0,
        2,
      ),
    ).toEqual(["SO-1-1 below_minimum", "SO-1-2 group_incomplete SO-1-1"]);
    const deferred = (line: AnyOrderLine): AnyOrderLine => ({
      ...line,
      shortages: [{ bucket: "deferred", quantity: line.orderedQty!, mode: "wholeOrder" }],
    });
    const whole = anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [deferred(tea("20")), deferred(salt("5"))] });
    expect(told([whole, other], some, { sharing }).slice(0, 2)).toEqual([
      "SO-1-1 whole_order_waits SO-1-2",
      "SO-1-2 partial_not_allowed",
    ]);
  });

  it("an explanation shows what the lines lack that one waits for, and the sentence names them", () => {
    const order = complete([tea("4"), salt("11"), tea("7")]);
    const stock = anyStock({ onHand: "10" }, { itemCode: "SALT", onHand: "9" });
    const { plan, policy } = planOf([order], stock);
    const facts = { orders: [order], stock, policy };
    const explanation = explainAllocation(plan, "SO-1-1", facts)!;
    const awaited = explanation.waitsFor?.map(({ lineId, short, code }) => `${lineId} ${short} ${code}`);
    expect(awaited).toEqual(["SO-1-2 11 partial_not_allowed", "SO-1-3 7 group_incomplete"]);
    expect(describeReason(explanation.line, "en")).toBe(
      "Not all lines that must come together can be had. What cannot be had: SO-1-1, SO-1-2, SO-1-3.",
    );
    expect(describeReason({ ...explanation.line, waitsForMore: 3 }, "zh")).toMatch(/SO-1-3，另有 3 行。$/u);
    expect(describeAllocation(explanation)).toContain(
      "Lines that it waits for:\n  SO-1-2, item SALT, 11 short: Only a part was there, and the customer takes all or nothing.",
    );
    expect(describeAllocation(explanation, { locale: "zh" })).toContain("所等待的订单行:\n  SO-1-2,商品 SALT,短缺 11");
    expect(explainAllocation(plan, "SO-1-2", facts)).not.toHaveProperty("waitsFor");
  });
});
