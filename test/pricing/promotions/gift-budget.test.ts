import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { add, compare, decimal, multiply, subtract, ZERO } from "../../../src/core/decimal.js";
import { confirmOrder } from "../../../src/intake/confirm-order.js";
import { checkPromotion } from "../../../src/model/promotion/check-promotion.js";
import type { Order } from "../../../src/model/order.js";
import type { Outcome } from "../../../src/model/outcome.js";
import type { PromotionLimits } from "../../../src/model/promotion/promotion.js";
import type { Gift } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionUsageEntry } from "../../../src/model/promotion/promotion-usage.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import { priceOrders } from "../../../src/pricing/price-orders.js";
import { sumPromotionUsage } from "../../../src/pricing/promotions/promotion-usage-totals.js";
import { planRevision } from "../../../src/pricing/promotions/plan-revision.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { anyContext, anyCoupon, anyOrder, checkBatchOutcome, checkOutcome } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import { explained, priced } from "../carts.js";
import { compiled, cups, items, moved, pricing, promotion, revision } from "../promoted.js";

const d = decimal;

/** A cup worth 3.00 for every five packets of tea. */
const cup = (limits: PromotionLimits, part: Partial<Gift> = {}) => promotion(cups(part), { limits });

function given(limits: PromotionLimits, tea: string, part: Partial<Gift> = {}, used = "0"): string {
  const totals = { uses: 0, amount: d(used), units: ZERO, byCustomer: new Map(), byCode: new Map() };
  const usage = new Map([["P-1", totals]]);
  const { gifts } = priced({ promotions: [cup(limits, part)], lines: [`TEA ${tea} 2.50`], facts: { usage } });
  return gifts.map(({ quantity, itemCode }) => `${quantity} ${itemCode}`).join();
}

describe("goods given take their worth off a promotion's money (mission 6.1, 6.7)", () => {
  test.each<readonly [what: string, limits: PromotionLimits, tea: string, part: Partial<Gift>, expected: string]>([
    ["there is enough", { budget: d("9") }, "15", {}, "3 CUP"],
    ["a cent is lacking for the third", { budget: d("8.99") }, "15", {}, "2 CUP"],
    ["not for one", { budget: d("2.99") }, "15", {}, ""],
    ["all or nothing: nothing", { budget: d("8.99"), beyondBudget: "refused" }, "15", {}, ""],
    ["all or nothing: all", { budget: d("9"), beyondBudget: "refused" }, "15", {}, "3 CUP"],
    ["what one order may get", { amountPerOrder: d("7") }, "15", {}, "2 CUP"],
    ["the tighter of both", { budget: d("7"), amountPerOrder: d("4") }, "15", {}, "1 CUP"],
    ["the tighter of money and units", { budget: d("7"), units: d("1") }, "15", {}, "1 CUP"],
    ["two for each time, of which one is borne", { budget: d("9") }, "10", { units: d("2") }, "3 CUP"],
    ["goods in parts of a unit come by whole times", { budget: d("5") }, "20", { units: d("0.5") }, "1.5 CUP"],
    [
      "a worth of nothing takes nothing",
      { budget: d("1") },
      "15",
      { items: [{ itemCode: "CUP", value: ZERO }] },
      "3 CUP",
    ],
    [
      "a worth finer than a cent is rounded once, on what is given",
      { budget: d("1") },
      "15",
      { items: [{ itemCode: "CUP", value: d("0.333") }] },
      "3 CUP",
    ],
    [
      "a worth that no budget bears",
      { budget: d("999999999") },
      "5",
      { items: [{ itemCode: "CUP", value: d("999999999999.99") }] },
      "",
    ],
  ])("%s", (_what, limits, tea, part, expected) => {
    expect(given(limits, tea, part)).toBe(expected);
  });

  it("what other orders have taken is gone", () => {
    expect(given({ budget: d("9") }, "15", {}, "4")).toBe("1 CUP");
    expect(given({ budget: d("9") }, "15", {}, "9")).toBe("");
  });

  it("two codes of a batch share it", () => {
    const promotions = [
      promotion(cups({ repeat: "once" }), { limits: { budget: d("5") }, coupons: { kind: "batch", batchId: "B-1" } }),
    ];
    const coupons = new Map(["A", "B"].map((code) => [code, anyCoupon({ code })]));
    const cart = { couponCodes: ["A", "B"] };
    const { gifts } = priced({ promotions, lines: ["TEA 10 2.50"], cart, facts: { coupons } });
    expect(gifts.map(({ code, quantity }) => [code, quantity])).toEqual([["A", "1"]]);
  });

  it("fewer of them use fewer packets: the rest earns another gift", () => {
    const bags = promotion(cups({ items: [{ itemCode: "BAG" }] }), {
      promotionId: "P-2",
      combination: { priority: 999, base: "running", discountedLines: "include" },
    });
    const { gifts } = priced({ promotions: [cup({ budget: d("3") }), bags], lines: ["TEA 15 2.50"] });
    expect(gifts.map(({ quantity, itemCode }) => `${quantity} ${itemCode}`)).toEqual(["1 CUP", "2 BAG"]);
  });

  it("says why there are fewer, or none", () => {
    const told = (limits: PromotionLimits) => {
      const [verdict] = explained({ promotions: [cup(limits)], lines: ["TEA 15 2.50"] }).promotions;
      return [verdict?.applied, verdict?.reasons, verdict?.cuts];
    };
    const cut = { code: "budget_cut", params: { limit: "7", left: "7", wanted: "9" } };
    expect(told({ budget: d("7") })).toEqual([true, [], [cut]]);
    const order = { code: "order_limit_reached", params: { limit: "7", wanted: "9" } };
    expect(told({ amountPerOrder: d("7") })).toEqual([true, [], [order]]);
    const none = { code: "budget_exhausted", params: { limit: "2", left: "2" } };
    expect(told({ budget: d("2") })).toEqual([false, [none], []]);
    const noneHere = { code: "order_limit_reached", params: { limit: "2", wanted: "9" } };
    expect(told({ amountPerOrder: d("2") })).toEqual([false, [noneHere], []]);
  });

  it("goods whose worth nobody knows are no part of a promotion whose money is limited", () => {
    const unknown = { items: [{ itemCode: "CUP", value: d("3") }, { itemCode: "BAG" }] };
    for (const limits of [{ budget: d("9") }, { amountPerOrder: d("9") }]) {
      expect(checkPromotion(cup(limits, unknown)).map(({ code, path }) => [code, path])).toEqual([
        ["promotion.gift_without_value", ["effect", "items", 1, "value"]],
      ]);
    }
    expect(checkPromotion(cup({ units: d("9"), uses: 2 }, unknown))).toEqual([]);
  });
});

describe("the ledger knows what goods given are worth (mission 6.7, 6.8)", () => {
  const bare = (tea: string, orderNo = "SO-1", part: object = {}): Order =>
    anyOrder({ stage: "reviewed", totals: null, orderNo, lines: [{ orderedQty: tea }], ...part });
  const entriesOf = ({ requests }: Pick<Outcome, "requests">): readonly PromotionUsageEntry[] =>
    requests.flatMap((one) => (one.type === "post_promotion_usage" ? one.entries : []));
  const written = (outcome: Pick<Outcome, "requests">) =>
    entriesOf(outcome).map(({ kind, uses, amount, units }) => `${kind} ${uses} ${amount} ${units}`);

  it("reserves, uses and gives back; a smaller order gives back what it earns no more", () => {
    const promotions = compiled(promotion(cups(), { limits: { budget: d("9") }, revision: revision("reEvaluate") }));
    const first = granted(priceOrder(bare("15"), pricing(promotions)));
    expect(written(first)).toEqual(["reserve 1 9 3"]);
    expect(first.order.promotions?.applied).toEqual([
      {
        promotionId: "P-1",
        version: 1,
        name: "Ten percent",
        amount: "0",
        units: "3",
        giftWorth: "9",
        uses: "giveBack",
      },
    ]);
    const second = granted(confirmOrder(first.order, anyContext()));
    expect(written(second)).toEqual(["release 1 9 3", "use 1 9 3"]);
    const less = moved(second.order, "SO-1-1", "6", "open", "cancelled");
    const context = { ...pricing(promotions), promotions: { compiled: promotions } };
    const third = granted(revisePromotions(less, { cause: "cancel" }, context));
    expect(written(third)).toEqual(["giveBack 0 6 2"]);
    expect(checkOutcome(less, third)).toEqual([]);
  });

  it("what an order has itself is there for it when it is priced again", () => {
    const promotions = compiled(cup({ budget: d("9") }));
    const first = granted(priceOrder(bare("10"), pricing(promotions)));
    const usage = sumPromotionUsage(entriesOf(first));
    expect(usage.get("P-1")).toMatchObject({ uses: 1, amount: "6", units: "2" });
    const again = granted(priceOrder(first.order, pricing({ compiled: promotions, usage })));
    expect(again.order.promotions?.applied).toMatchObject([{ units: "2", giftWorth: "6" }]);
    const other = granted(priceOrder(bare("15", "SO-2"), pricing({ compiled: promotions, usage })));
    expect(other.order.promotions?.applied).toMatchObject([{ units: "1", giftWorth: "3" }]);
  });

  test.each([
    ["keep", "3", "9"],
    ["proRate", "1", "3"],
    ["reEvaluate", "1", "3"],
    ["clawBack", "1", "3"],
  ] as const)("%s: the worth follows what stands", (policy, units, giftWorth) => {
    const definition = promotion(cups(), { limits: { budget: d("9") }, revision: revision(policy) });
    const promotions = compiled(definition);
    const order = granted(confirmOrder(granted(priceOrder(bare("15"), pricing(promotions))).order, anyContext())).order;
    const context = { ...pricing(promotions), promotions: { compiled: promotions } };
    const plan = granted(planRevision(order, "cancel", [{ lineId: "SO-1-1", quantity: d("8") }], context));
    expect(plan.prices.promotions?.applied).toMatchObject([{ units, giftWorth }]);
  });

  it("a budget over a batch is never exceeded, whoever gets money and whoever goods", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 4000 }),
        fc.constantFrom("0.333", "1", "3", "4.05"),
        fc.constantFrom("1", "2", "0.5"),
        (quantities, cents, value, units) => {
          const budget = d((cents / 100).toFixed(2));
          const promotions = compiled(
            cup({ budget }, { units: d(units), items: [{ itemCode: "CUP", value: d(value) }] }),
          );
          const orders = quantities.map((tea, place) => bare(String(tea), `SO-${place + 1}`));
          const { promotions: _none, ...context } = pricing(undefined);
          const batch = priceOrders(orders, { ...context, promotions: { compiled: promotions } });
          expect(checkBatchOutcome(orders, batch)).toEqual([]);
          const spent = entriesOf(batch).reduce((sum, { amount }) => add(sum, amount), ZERO);
          expect(compare(spent, budget)).toBeLessThanOrEqual(0);
          // Nobody who earned goods goes without while there is money for one time more.
          const earned = quantities.reduce((sum, tea) => sum + Math.floor(tea / 5), 0);
          const got = entriesOf(batch).reduce((sum, one) => add(sum, one.units), ZERO);
          const all = multiply(d(String(earned)), d(units));
          const oneMore = multiply(d(value), units === "0.5" ? d("0.5") : d("1"));
          expect(compare(got, all) === 0 || compare(subtract(budget, spent), oneMore) < 1).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("a lane of the best and a group count goods at their worth, as limited", () => {
    const group = { priority: 1, base: "running", discountedLines: "include", bestOf: "SALE" } as const;
    const gift = promotion(cups(), { promotionId: "GIFT", combination: group, limits: { budget: d("3") } });
    const money = promotion(
      {
        kind: "amountOff",
        which: items("TEA"),
        amount: d("4"),
        per: "once",
        pick: { by: "unitPrice", first: "dearest" },
      },
      { promotionId: "MONEY", combination: { ...group, priority: 2 } },
    );
    // Three cups would be worth 9.00, but only one is left to give.
    const asked = { promotions: [gift, money], lines: ["TEA 15 5"] };
    expect(priced(asked).gifts).toEqual([]);
    expect(priced(asked).discount).toBe("4");
  });
});
