import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { describePromotionReason } from "../../src/messages/describe-issue.js";
import { describeNextStep } from "../../src/messages/describe-next-step.js";
import { explainPrice } from "../../src/messages/explain-price.js";
import type { NextStep } from "../../src/pricing/promotions/next-step.js";
import { anyOrder } from "../../src/testing/index.js";

const step = (part: Partial<NextStep> = {}): NextStep => ({
  measure: "quantity",
  missing: decimal("2"),
  lineIds: ["1", "2"],
  reward: { kind: "percent", value: decimal("10") },
  ...part,
});
const reward = (kind: string, value?: string): Partial<NextStep> => ({
  reward: { kind, ...(value === undefined ? {} : { value: decimal(value) }) },
});

describe("what is lacking for more of a promotion, as a line of text (mission 2.5, 6.5)", () => {
  test.each<[string, Partial<NextStep>, Parameters<typeof describeNextStep>[2], string, string]>([
    ["units", {}, {}, "2 more → 10 % off", "再购买 2 → 减 10 %"],
    [
      "money, in the currency",
      { measure: "amount", missing: decimal("2.5"), ...reward("amount", "5") },
      { currency: "EUR" },
      "2.50 more to spend → 5.00 off",
      "再消费 2.50 → 减 5.00",
    ],
    [
      "money without a currency",
      { measure: "amount", missing: decimal("2.5"), ...reward("unitPrice", "5") },
      {},
      "2.5 more to spend → 5 each",
      "再消费 2.5 → 每件 5",
    ],
    ["goods by name", {}, { goods: { "2": "Rice" } }, "2 more (Rice) → 10 % off", "再购买 2(Rice) → 减 10 %"],
    ["nothing that every object has", { lineIds: ["toString"] }, {}, "2 more → 10 % off", "再购买 2 → 减 10 %"],
    ["a kind of reward without a word", reward("own"), {}, "2 more → own 0", "再购买 2 → own 0"],
    ["gifts", reward("gift", "1"), { currency: "EUR" }, "2 more → 1 as a gift", "再购买 2 → 赠 1 件"],
  ])("%s", (_case, part, options, en, zh) => {
    expect([describeNextStep(step(part), "en", options), describeNextStep(step(part), "zh", options)]).toEqual([
      en,
      zh,
    ]);
  });

  it("names no more goods than three, and each once", () => {
    const goods = { a: "Tea", b: "Tea", c: "Rice", d: "Jam", e: "Oil" };
    const lineIds = Object.keys(goods);
    expect(describeNextStep(step({ lineIds }), "en", { goods })).toBe("2 more → 10 % off");
    expect(describeNextStep(step({ lineIds: lineIds.slice(0, 4) }), "en", { goods })).toBe(
      "2 more (Tea, Rice, Jam) → 10 % off",
    );
  });
});

describe("what readers are told of a discount that some lines could not bear (mission 6.7)", () => {
  test.each([
    [
      "floor_reached",
      "1.80",
      "It met the floor price on line 2; 1.80 less came off in all.",
      "行 2 已到最低价，合计少减 1.80。",
    ],
    [
      "floor_reached",
      "0",
      "It met the floor price on line 2; other lines took over the whole discount.",
      "行 2 已到最低价，其余各行承担了全部优惠。",
    ],
    [
      "zero_reached",
      "0.00",
      "Line 2 costs nothing more; other lines took over the whole discount.",
      "行 2 的金额已为零，其余各行承担了全部优惠。",
    ],
    ["zero_reached", "3", "Line 2 costs nothing more; 3 less came off in all.", "行 2 的金额已为零，合计少减 3。"],
  ] as const)("%s, of which %s is lost", (code, lost, en, zh) => {
    const reason = { code, params: { lineIds: ["2"], lost: lost as never } };
    expect([describePromotionReason(reason, "en"), describePromotionReason(reason, "zh")]).toEqual([en, zh]);
  });
});

it("explainPrice does not show the id of a promotion that has left no name on the order", () => {
  const giftOf = { promotionId: "TIN50", version: 1, triggers: [] };
  const gift = {
    itemName: "Tin",
    transactionCategory: "gift" as const,
    giftOf,
    unitPrice: "0",
    orderedQty: "1",
    quantities: { cancelled: "1" },
  };
  expect(
    explainPrice(anyOrder({ lines: [{}, gift] }))
      .split("\n")
      .slice(2, 4),
  ).toEqual(["2  Tin: 0 EA, gift", "   cancelled: 1 of 1 EA"]);
});
