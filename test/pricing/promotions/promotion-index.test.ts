import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import type { LineSelector } from "../../../src/model/promotion/line-selector.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import type { PromotionCondition } from "../../../src/model/promotion/promotion-condition.js";
import type { PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import { candidatesFor } from "../../../src/pricing/promotions/promotion-index.js";
import { anyCoupon } from "../../../src/testing/index.js";
import { cartOf } from "../carts.js";
import { compiled, cups, items, percentOff, promotion } from "../promoted.js";

const tea = items("TEA");
const drinks: LineSelector = { kind: "categories", in: ["drinks"] };
const fresh: LineSelector = { kind: "tags", in: ["new"] };
const many: LineSelector = { kind: "quantity", atLeast: decimal("5") };
const needs = (which: LineSelector, atLeast = "1"): PromotionCondition => ({
  kind: "lines",
  which,
  measure: "quantity",
  atLeast: decimal(atLeast),
});
const ofCustomer: PromotionCondition = { kind: "customer", fact: "tag", in: ["vip"] };
const ofOrder: PromotionCondition = { kind: "order", fact: "deliveryArea", in: ["north"] };
const all = (...of: readonly PromotionCondition[]): PromotionCondition => ({ kind: "all", of });

const freight = (condition?: PromotionCondition): Promotion =>
  promotion(
    { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: decimal("100") } },
    condition === undefined ? {} : { condition },
  );
const under = (condition: PromotionCondition): Promotion => promotion(percentOff("5"), { condition });
const byCodes = promotion(percentOff("5", tea), { coupons: { kind: "codes", codes: ["A", "B"] } });
const byBatch = promotion(percentOff("5", tea), { coupons: { kind: "batch", batchId: "B-1" } });

/** Whether a promotion is looked at for a cart: what the index is for is that most are not. */
function isLookedAt(one: Promotion, part: Partial<PromotionCart> & { readonly item?: string; readonly line?: object }) {
  const { item = "RICE", line = {}, ...rest } = part;
  const cart = cartOf([`${item} 3 2`], rest);
  const lines = cart.lines.map((each) => ({ ...each, ...line }));
  const coupons = new Map([
    ["TEA-7", anyCoupon()],
    ["TEA-8", anyCoupon({ code: "TEA-8", batchId: "B-2" })],
  ]);
  return candidatesFor(compiled(one).index, { ...cart, lines }, coupons).length > 0;
}

describe("which promotions a cart is held against (mission 6.2, 7.7)", () => {
  test.each<
    [what: string, one: Promotion, hit: Parameters<typeof isLookedAt>[1], miss?: Parameters<typeof isLookedAt>[1]]
  >([
    ["by item", promotion(percentOff("5", tea)), { item: "TEA" }, {}],
    [
      "by category",
      promotion(percentOff("5", drinks)),
      { line: { categories: ["drinks"] } },
      { line: { categories: ["food"] } },
    ],
    ["by tag", promotion(percentOff("5", fresh)), { line: { tags: ["new"] } }, { line: { tags: ["old"] } }],
    ["one of several", promotion(percentOff("5", { kind: "any", of: [tea, fresh] })), { line: { tags: ["new"] } }, {}],
    [
      "all of several: by one of them",
      promotion(percentOff("5", { kind: "all", of: [many, tea] })),
      { item: "TEA" },
      {},
    ],
    ["one of several of which one has no key", promotion(percentOff("5", { kind: "any", of: [tea, many] })), {}],
    ["by a code", byCodes, { couponCodes: ["B"] }, { item: "TEA" }],
    ["by a code that is another's", byCodes, { couponCodes: ["A"] }, { item: "TEA", couponCodes: ["C"] }],
    ["by a batch", byBatch, { couponCodes: ["TEA-7"] }, { item: "TEA", couponCodes: ["TEA-8"] }],
    ["by what must be bought for a gift", promotion(cups()), { item: "TEA" }, {}],
    ["by what the condition needs on the order", under(needs(tea)), { item: "TEA" }, {}],
    [
      "by what a part of the condition needs",
      freight(all(needs(many), needs(drinks))),
      { line: { categories: ["drinks"] } },
      {},
    ],
    ["by the customer", under(ofCustomer), { customer: { tags: ["vip"] } }, { item: "TEA" }],
    ["by the order", under(all(needs(tea), ofOrder)), { order: { deliveryAreaPath: ["north"] } }, { item: "TEA" }],
    ["always: it means every line", promotion(percentOff("5")), {}],
    ["always: its charges need no line", freight(), {}],
    ["always: nothing of it need be there", under(needs(tea, "0")), {}],
    ["always: what it needs has no key", under(needs(many)), {}],
    ["always: one of several conditions is enough", under({ kind: "any", of: [needs(tea), ofCustomer] }), {}],
    ["always: it is for goods that are not there", under({ kind: "not", of: needs(tea) }), {}],
  ])("%s", (_what, one, hit, miss) => {
    expect(isLookedAt(one, hit)).toBe(true);
    if (miss !== undefined) expect(isLookedAt(one, miss)).toBe(false);
  });

  it("in the order of evaluation, however many there are and wherever their lines stand", () => {
    const promotions = Array.from({ length: 70 }, (_none, place) =>
      promotion(percentOff("5", items(place % 3 === 0 ? "TEA" : "RICE")), {
        promotionId: `P-${String(place).padStart(2, "0")}`,
        combination: { priority: place, base: "initial", discountedLines: "include" },
      }),
    );
    const slots = (some: readonly Promotion[], lines: readonly string[]) =>
      candidatesFor(compiled(...some).index, cartOf(lines), undefined).map(({ slot, buyLines }) => [slot, buyLines]);
    const expected = (count: number) =>
      Array.from({ length: count }, (_none, place) => [place, place % 3 === 0 ? [1] : [0, 2]]);
    expect(slots(promotions.slice(0, 5), ["RICE 1 2", "TEA 1 2", "RICE 1 2"])).toEqual(expected(5));
    expect(slots(promotions, ["RICE 1 2", "TEA 1 2", "RICE 1 2"])).toEqual(expected(70));
    expect(slots(promotions.slice(0, 2), ["TEA 1 2"])).toEqual([[0, [0]]]);
    expect(slots([], ["TEA 1 2"])).toEqual([]);
  });

  it("a line that carries several of the keys is found once", () => {
    const one = promotion(percentOff("5", { kind: "any", of: [tea, drinks, fresh] }));
    const cart = cartOf(["TEA 3 2"]);
    const lines = cart.lines.map((line) => ({ ...line, categories: ["drinks"], tags: ["new"] }));
    expect(candidatesFor(compiled(one).index, { ...cart, lines }, undefined)).toMatchObject([
      { slot: 0, buyLines: [0] },
    ]);
  });
});
