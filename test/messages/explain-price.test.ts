import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { describePromotionReason } from "../../src/messages/describe-issue.js";
import { en } from "../../src/messages/en.js";
import { explainPrice } from "../../src/messages/explain-price.js";
import type { Locale } from "../../src/messages/message-code.js";
import { explainPromotions } from "../../src/pricing/promotions/explain-promotions.js";
import type { PromotionReason } from "../../src/pricing/promotions/promotion-reason.js";
import { anyOrder } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";
import {
  cheapest,
  compiled,
  cups,
  every,
  items,
  moneyOff,
  percentOff,
  promoted,
  promotion,
  THREE_FOR_TWO,
} from "../pricing/promoted.js";

const d = decimal;
const usual = promotion(percentOff("10")).combination;
const TEN = promotion(percentOff("10", items("TEA")), { name: "Ten off tea" });
const CUPS = promotion(cups(), { promotionId: "CUPS", name: "A cup for five" });
const CODE = promotion(moneyOff("2"), {
  promotionId: "CODE",
  name: "Spring",
  coupons: { kind: "codes", codes: ["SPRING"] },
  combination: { ...usual, priority: 20 },
});
const FREIGHT = promotion(
  { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: d("50") } },
  { promotionId: "FREIGHT", name: "Half the freight" },
);
const STEPS = promotion(
  {
    kind: "tiers",
    which: items("RICE"),
    measure: "quantity",
    per: "line",
    mode: "allUnits",
    reward: "percent",
    steps: [{ from: d("24"), value: d("5") }],
  },
  { promotionId: "STEPS", name: "More rice", combination: { ...usual, priority: 5 } },
);
const promotions = [STEPS, TEN, CODE, CUPS, FREIGHT];
const order = promoted(
  {
    header: {
      couponCodes: ["SPRING", "NOBODY"],
      charges: [
        { kind: "freight", amount: "5" },
        { kind: "tax", amount: "1.9" },
      ],
    },
    lines: [
      {},
      { itemCode: "RICE", itemName: "Rice", orderedQty: "4", discount: { kind: "amount", amount: "1" } },
      { itemName: "A taste", transactionCategory: "sample", orderedQty: "1" },
    ],
  },
  ...promotions,
);
const explanation = granted(
  explainPromotions(compiled(...promotions), {
    at: instant("2026-03-02T09:00:00Z"),
    currency: "EUR",
    lines: order.lines.slice(0, 2).map(({ lineId, itemCode, orderedQty }, place) => ({
      lineId,
      itemCode,
      quantity: orderedQty,
      unitPrice: d("2.5"),
      ...(place === 1 ? { agreedDiscount: d("1") } : {}),
    })),
    charges: order.header.charges,
    couponCodes: ["SPRING", "NOBODY"],
  }),
);

describe("explainPrice (mission 2.5, 4.15, 6.6, 6.7)", () => {
  it("prints how the price came about, in English", () => {
    expect(explainPrice(order, { explanation }).split("\n")).toEqual([
      "Order SO-1, in EUR",
      "1  Green tea: 10 EA × 2.50 = 25.00",
      "   Ten off tea −2.50",
      "   Spring (code SPRING) −1.43",
      "   = 21.07",
      "2  Rice: 4 EA × 2.50 = 10.00",
      "   agreed discount −1.00",
      "   Spring (code SPRING) −0.57",
      "   = 8.43",
      "3  A taste: 1 EA, free",
      "4  Cup: 2 EA, gift: A cup for five",
      "Goods: 29.50",
      "Freight: 2.50 (5.00, Half the freight −2.50)",
      "Tax: 1.90",
      "Discounts: 5.50",
      "To pay: 33.90",
      "Promotions:",
      "  More rice: did not apply",
      "    20 more reach the first step of 24; there are 4 (units).",
      "    20 more (Rice) → 5 % off",
      "  Ten off tea: applied, −2.50",
      "  Half the freight: applied, −2.50",
      "  A cup for five: applied, 2 × Cup",
      "    5 more (Green tea) → 1 as a gift",
      "  Spring (code SPRING): applied, −2.00",
      "Codes:",
      "  SPRING: accepted (Spring)",
      "  NOBODY: did not apply",
      "    Nobody issued this code.",
      "Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.",
      "Prices are without tax.",
    ]);
  });

  it("prints it in Chinese", () => {
    expect(explainPrice(order, { explanation, locale: "zh" }).split("\n")).toEqual([
      "订单 SO-1,币种 EUR",
      "1  Green tea: 10 EA × 2.50 = 25.00",
      "   Ten off tea −2.50",
      "   Spring (兑换码 SPRING) −1.43",
      "   = 21.07",
      "2  Rice: 4 EA × 2.50 = 10.00",
      "   约定折扣 −1.00",
      "   Spring (兑换码 SPRING) −0.57",
      "   = 8.43",
      "3  A taste: 1 EA, 免费",
      "4  Cup: 2 EA, 赠品: A cup for five",
      "商品: 29.50",
      "运费: 2.50 (5.00, Half the freight −2.50)",
      "税: 1.90",
      "折扣合计: 5.50",
      "应付: 33.90",
      "促销:",
      "  More rice: 未适用",
      "    再加 20 即达第一级 24，现有 4（件数）。",
      "    再购买 20(Rice) → 减 5 %",
      "  Ten off tea: 已适用, −2.50",
      "  Half the freight: 已适用, −2.50",
      "  A cup for five: 已适用, 2 × Cup",
      "    再购买 5(Green tea) → 赠 1 件",
      "  Spring (兑换码 SPRING): 已适用, −2.00",
      "兑换码:",
      "  SPRING: 已接受 (Spring)",
      "  NOBODY: 未适用",
      "    没有发行过此兑换码。",
      "金额按 0.01 舍入,四舍五入;分摊余额归舍入损失最大的行。",
      "价格不含税。",
    ]);
  });

  it("says little of an order without promotions, and less of one that has no price", () => {
    expect(explainPrice(anyOrder())).toBe(
      ["Order SO-1, in EUR", "1  Green tea: 10 EA × 2.50 = 25.00", "Goods: 25.00", "To pay: 25.00"].join("\n"),
    );
    expect(explainPrice(anyOrder({ totals: null }))).toBe("Order SO-1, in EUR\n  not priced yet");
    expect(explainPrice(anyOrder({ totals: null }), { locale: "zh" })).toBe("订单 SO-1,币种 EUR\n  尚未计价");
  });

  it("writes money with the decimals of the currency, and prices as fine as they are", () => {
    const lines = [{ orderedQty: "2", unitPrice: "0.3335" }];
    expect(explainPrice(anyOrder({ lines })).split("\n")[1]).toBe("1  Green tea: 2 EA × 0.3335 = 0.67");
    const yen = anyOrder({ header: { currency: "JPY" }, lines: [{ unitPrice: "100" }] });
    expect(explainPrice(yen).split("\n")[1]).toBe("1  Green tea: 10 EA × 100 = 1000");
    const dinar = anyOrder({ header: { currency: "KWD" }, lines: [{ unitPrice: "1" }] });
    expect(explainPrice(dinar).split("\n")[1]).toBe("1  Green tea: 10 EA × 1.000 = 10.000");
  });

  it("answers in English where a language is not there", () => {
    expect(explainPrice(anyOrder(), { locale: "fr" as Locale })).toBe(explainPrice(anyOrder()));
    expect(explainPrice(anyOrder(), { locale: "toString" as Locale })).toBe(explainPrice(anyOrder()));
  });

  const offer = {
    kind: "buyGet",
    buy: { which: every, amount: d("30") },
    get: { which: every, units: 1 },
    reward: { kind: "unitPrice", amount: d("1") },
    buyFirst: cheapest,
    getFirst: cheapest,
    repeat: "everyTime",
    partly: "allowed",
  } as const;
  test.each([
    [offer, "5.00 more to spend → 1.00 each", "再消费 5.00 → 每件 1.00"],
    [
      { ...offer, reward: { kind: "amount", amount: d("2") } },
      "5.00 more to spend → 2.00 off",
      "再消费 5.00 → 减 2.00",
    ],
    [THREE_FOR_TWO, "2 more → a full group, of which 2 are paid for", "再购买 2 → 每组只付 2 件"],
    [
      { ...THREE_FOR_TWO, reward: { kind: "fixedSum", amount: d("5") } },
      "2 more → a full group for 5.00",
      "再购买 2 → 每组 5.00",
    ],
    [
      {
        kind: "tiers",
        which: every,
        measure: "quantity",
        per: "line",
        mode: "allUnits",
        reward: "amountPerUnit",
        steps: [{ from: d("12"), value: d("0.2") }],
      },
      "2 more → 0.20 off each",
      "再购买 2 → 每件减 0.20",
    ],
  ] as const)("says what more would bring: case %#", (effect, english, chinese) => {
    const cart = {
      at: instant("2026-03-02T09:00:00Z"),
      currency: "EUR",
      lines: [{ lineId: "1", itemCode: "TEA", quantity: d("10"), unitPrice: d("2.5") }],
    };
    const found = granted(explainPromotions(compiled(promotion(effect)), cart));
    expect(explainPrice(anyOrder(), { explanation: found })).toContain(`    ${english}`);
    expect(explainPrice(anyOrder(), { explanation: found, locale: "zh" })).toContain(`    ${chinese}`);
  });
});

describe("describePromotionReason (mission 4.15, 6.3, 6.7)", () => {
  const codes = Object.keys(en).flatMap((code) =>
    code.startsWith("promotion_reason.") ? [code.slice("promotion_reason.".length)] : [],
  );
  const facts: readonly PromotionReason[] = [
    { code: "not_started", params: { from: instant("2026-04-01T00:00:00Z") } },
    { code: "ended", params: { to: instant("2026-04-01T00:00:00Z") } },
    { code: "other_currency", params: { expected: "EUR" } },
    { code: "customer_not_meant", params: { fact: "tag", expected: ["vip", "staff"], actual: [] } },
    { code: "order_not_meant", params: { fact: "channel", expected: ["web"], actual: ["fax"] } },
    { code: "too_little", params: { measure: "amount", atLeast: d("5"), actual: d("3"), missing: d("2") } },
    { code: "too_much", params: { measure: "lines", atMost: d("5"), actual: d("6") } },
    { code: "order_not_counted", params: { order: "unknown", from: 1 } },
    {
      code: "wrong_time",
      params: { day: "2026-03-02" as never, time: "10:00:00" as never, meant: { weekdays: [6, 7] } },
    },
    { code: "ruled_out", params: { condition: "order" } },
    { code: "none_met", params: { ways: 2 } },
    { code: "not_enough_bought", params: { measure: "quantity", needed: d("5"), actual: d("3"), missing: d("2") } },
    { code: "step_not_reached", params: { measure: "quantity", from: d("5"), actual: d("3"), missing: d("2") } },
    { code: "no_full_group", params: { size: 3, actual: d("2"), missing: d("1") } },
    { code: "gift_unavailable", params: { items: ["CUP", "BAG"] } },
    { code: "gift_not_chosen", params: { items: ["CUP"] } },
    { code: "no_charge", params: { charges: ["freight"] } },
    { code: "uses_exhausted", params: { limit: 3 } },
    { code: "customer_uses_exhausted", params: { limit: 3 } },
    { code: "code_uses_exhausted", params: { limit: 3 } },
    { code: "budget_exhausted", params: { limit: d("9"), left: d("0") } },
    { code: "units_exhausted", params: { limit: d("9") } },
    { code: "exclusive", params: { by: "A" } },
    { code: "excluded", params: { by: "A" } },
    { code: "stopped", params: { by: "A" } },
    { code: "not_combinable", params: { with: "A" } },
    { code: "lost_in_group", params: { group: "spring", by: "A" } },
    { code: "other_code_counts", params: { other: "SPRING" } },
    { code: "lost_on_lines", params: { lane: "shelf", by: ["A", "B"] } },
    { code: "lost_on_some_lines", params: { lane: "shelf", lineIds: ["1", "3"], by: ["A"] } },
    { code: "cap_reached", params: { cap: d("5"), wanted: d("7") } },
    { code: "most_reached", params: { of: "groups", most: d("4") } },
    { code: "floor_reached", params: { lineIds: ["1", "3"], lost: d("7") } },
    { code: "zero_reached", params: { lineIds: ["1", "3"], lost: d("7") } },
    { code: "units_cut", params: { limit: d("30"), left: d("8"), wanted: d("10") } },
    { code: "budget_cut", params: { limit: d("30"), left: d("8"), wanted: d("10") } },
    { code: "order_limit_reached", params: { limit: d("30"), wanted: d("41") } },
    { code: "gift_forgone", params: { units: d("2") } },
    { code: "code_not_started", params: { from: instant("2026-04-01T00:00:00Z") } },
    { code: "code_ended", params: { to: instant("2026-04-01T00:00:00Z") } },
  ];
  const SAID: Readonly<Record<string, string>> = {
    "2026-04-01T00:00:00.000Z": "2026-04-01 00:00 UTC",
    quantity: "units",
    amount: "value of the goods",
    freight: "Freight",
    order: "the order",
  };
  const known = new Map<string, PromotionReason>(facts.map((reason) => [reason.code, reason]));

  test.each(codes)("says %s in both languages, without a hole", (code) => {
    const reason = known.get(code) ?? ({ code, params: {} } as PromotionReason);
    const sentences = (["en", "zh"] as const).map((locale) => describePromotionReason(reason, locale));
    for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]|undefined|\[object|^promotion_reason\./u);
    expect(new Set(sentences).size).toBe(2);
    // Facts that are there are said.
    for (const fact of Object.values(reason.params).flat()) {
      if (typeof fact === "object") continue;
      if (code === "order_not_counted" && fact === 1) continue;
      expect(sentences[0]).toContain(SAID[String(fact)] ?? String(fact));
    }
  });

  it("says seconds of an instant where there are any, and lets a word stand that is none of ours", () => {
    const at = (time: string) =>
      describePromotionReason({ code: "ended", params: { to: instant(`2026-04-01T${time}Z`) } }, "en");
    expect([at("10:20:30"), at("10:20:00"), at("10:20:00.500")]).toEqual([
      "It ended at 2026-04-01 10:20:30 UTC.",
      "It ended at 2026-04-01 10:20 UTC.",
      "It ended at 2026-04-01 10:20:00.500 UTC.",
    ]);
    const odd = { code: "ruled_out", params: { condition: "toString" } } as const;
    expect(describePromotionReason(odd, "en")).toBe("It is ruled out by a condition on toString.");
  });

  it("has a word in both languages for every measure, fact and kind of condition", () => {
    const facts = [
      ...["customerCode", "customerType", "customerClass", "creditRating", "tag", "channel", "orderSource"],
      ...["paymentTerm", "paymentMeans", "deliveryArea", "deliveryWaveId", "salespersonCode"],
    ].map((fact) => ({ code: "order_not_meant", params: { fact, expected: ["X"], actual: [] } }));
    const counted = ["groups", "units"].map((of) => ({ code: "most_reached", params: { of, most: d("1") } }));
    const periods = [
      { weekdays: [1, 2, 3, 4, 5, 6, 7] },
      { fromDay: "2026-03-01", toDay: "2026-04-01", fromTime: "10:00", toTime: "12:00" },
    ].map((meant) => ({ code: "wrong_time", params: { day: "2026-02-01", time: "10:00:00", meant } }));
    const measures = ["quantity", "amount", "discountedAmount", "lines", "items"].map((measure) => ({
      code: "too_much",
      params: { measure, atMost: d("1"), actual: d("2") },
    }));
    const conditions = ["customer", "order", "lines", "nthOrder", "time", "all", "any", "not"].map((condition) => ({
      code: "ruled_out",
      params: { condition },
    }));
    for (const one of [...facts, ...measures, ...conditions, ...counted, ...periods] as PromotionReason[]) {
      const chinese = describePromotionReason(one, "zh");
      expect(chinese.replace("X", "")).not.toMatch(/[A-Za-z]/u);
      expect(describePromotionReason(one, "en")).not.toMatch(/[a-z][A-Z]/u);
    }
  });

  const englishAndChinese = (reason: PromotionReason) =>
    (["en", "zh"] as const).map((locale) => describePromotionReason(reason, locale));

  test.each([
    [{ weekdays: [6, 7] }, "on Saturday, Sunday", "星期六,星期日"],
    [{ fromDay: "2026-03-03" }, "from 2026-03-03", "2026-03-03 起"],
    [{ toDay: "2026-03-02" }, "before 2026-03-02", "2026-03-02 前"],
    [{ weekdays: [1], fromTime: "16:00", toTime: "18:00" }, "on Monday, from 16:00 to 18:00", "星期一,16:00 至 18:00"],
  ])("says at which days and hours it would hold: %j", (meant, english, chinese) => {
    const params = { day: "2026-03-02", time: "10:00:00", meant } as never;
    expect(englishAndChinese({ code: "wrong_time", params })).toEqual([
      `It holds ${english}; the order is of 2026-03-02, 10:00:00.`,
      `仅限 ${chinese}；订单为 2026-03-02，10:00:00。`,
    ]);
  });

  test.each([
    [{ from: 1, to: 1 }, "1", "1"],
    [{ from: 1, to: 3 }, "1 to 3", "1 至 3"],
    [{ from: 2 }, "2 and later", "2 及以后"],
    [{ from: 1, every: 5 }, "1 and later, each 5 after the one before", "1 及以后、每隔 5 张"],
  ])("says which orders would do: %j", (which, english, chinese) => {
    expect(englishAndChinese({ code: "order_not_counted", params: { order: 4, ...which } })).toEqual([
      `It is for a customer's order number ${english}; this one is number 4.`,
      `仅适用于客户的第 ${chinese} 张订单，本单为第 4 张。`,
    ]);
  });

  it("says what of customer or order ruled it out", () => {
    const params = { condition: "order", fact: "channel", actual: ["fax"] } as const;
    expect(englishAndChinese({ code: "ruled_out", params })).toEqual([
      "It is ruled out by a condition on the order (channel fax).",
      "因订单 (渠道 fax)方面的条件而排除。",
    ]);
  });

  it("lists what would do, and what is there", () => {
    expect(describePromotionReason(facts[3]!, "en")).toBe(
      "It is for customers with tag vip, staff; this one has: nothing.",
    );
    expect(describePromotionReason(facts[4]!, "zh")).toBe("适用的订单渠道为 web，此订单为：fax。");
  });
});
