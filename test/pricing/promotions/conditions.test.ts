import { describe, expect, it } from "vitest";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { LocalTime } from "../../../src/core/time-zone.js";
import type { PromotionCondition } from "../../../src/model/promotion/promotion-condition.js";
import { compilePromotions } from "../../../src/pricing/promotions/compile-promotions.js";
import { explainPromotions } from "../../../src/pricing/promotions/explain-promotions.js";
import { pricePromotions } from "../../../src/pricing/promotions/price-promotions.js";
import type { PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import { anyPromotion } from "../../../src/testing/index.js";

const every = { kind: "every" } as const;
const clock = (text: string): LocalTime => text as LocalTime;

/** A Monday, ten in the morning in Berlin. */
const CART: PromotionCart = {
  at: instant("2026-03-02T09:00:00Z"),
  currency: "EUR",
  customer: {
    customerCode: "C-1",
    customerType: "retail",
    customerClass: "A",
    creditRating: "good",
    tags: ["vip"],
    earlierOrders: 2,
  },
  order: { channel: "webShop", deliveryAreaPath: ["city", "harbour"] },
  lines: [
    { lineId: "1", itemCode: "TEA", quantity: decimal("3"), unitPrice: decimal("2"), tags: ["hot"] },
    { lineId: "2", itemCode: "TEA", quantity: decimal("1.5"), unitPrice: decimal("4") },
    { lineId: "3", itemCode: "CUP", quantity: decimal("2"), unitPrice: decimal("5") },
  ],
};

function asked(condition: PromotionCondition, cart = CART): readonly string[] {
  const compiled = compilePromotions([anyPromotion({ condition, currency: "EUR" })]);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  const explained = explainPromotions(compiled.value, cart);
  const priced = pricePromotions(compiled.value, cart);
  if (!explained.ok || !priced.ok) throw new Error("refused");
  const [verdict] = explained.value.promotions;
  expect(priced.value.discount !== "0").toBe(verdict?.applied);
  return (verdict?.reasons ?? []).map(({ code }) => code);
}

const lines = (more: object): PromotionCondition => ({ kind: "lines", which: every, measure: "quantity", ...more });

describe("conditions (mission 6.2)", () => {
  it.each<[string, PromotionCondition]>([
    ["customer", { kind: "customer", fact: "customerCode", in: ["C-1"] }],
    ["kind of customer", { kind: "customer", fact: "customerType", in: ["retail", "trade"] }],
    ["class", { kind: "customer", fact: "customerClass", in: ["A"] }],
    ["rating", { kind: "customer", fact: "creditRating", in: ["good"] }],
    ["tag", { kind: "customer", fact: "tag", in: ["vip"] }],
    ["channel", { kind: "order", fact: "channel", in: ["webShop"] }],
    ["area, any level", { kind: "order", fact: "deliveryArea", in: ["city"] }],
    ["quantity", lines({ atLeast: decimal("6.5"), atMost: decimal("6.5") })],
    ["amount", lines({ measure: "amount", atLeast: decimal("22"), atMost: decimal("22") })],
    [
      "amount of some",
      {
        kind: "lines",
        which: { kind: "items", in: ["TEA"] },
        measure: "amount",
        atLeast: decimal("12"),
        atMost: decimal("12"),
      },
    ],
    ["amount left", lines({ measure: "discountedAmount", atLeast: decimal("22") })],
    ["lines", lines({ measure: "lines", atLeast: decimal("3"), atMost: decimal("3") })],
    ["items", lines({ measure: "items", atLeast: decimal("2"), atMost: decimal("2") })],
    ["third order", { kind: "nthOrder", from: 3, to: 3 }],
    ["every third", { kind: "nthOrder", from: 3, every: 3 }],
    ["weekday", { kind: "time", weekdays: [1] }],
    ["days", { kind: "time", fromDay: calendarDay("2026-03-02"), toDay: calendarDay("2026-03-03") }],
    ["hours", { kind: "time", fromTime: clock("10:00"), toTime: clock("10:00:01") }],
    ["hours over midnight", { kind: "time", fromTime: clock("22:00"), toTime: clock("10:30") }],
    ["until", { kind: "time", toTime: clock("10:01") }],
    ["all", { kind: "all", of: [lines({ atLeast: decimal("1") }), { kind: "time", weekdays: [1] }] }],
    ["any", { kind: "any", of: [lines({ atLeast: decimal("99") }), { kind: "time", weekdays: [1] }] }],
    ["not", { kind: "not", of: { kind: "time", weekdays: [2] } }],
  ])("hold: %s", (_name, condition) => {
    expect(asked(condition)).toEqual([]);
  });

  it.each<[string, PromotionCondition, readonly string[]]>([
    ["customer", { kind: "customer", fact: "customerCode", in: ["C-2"] }, ["customer_not_meant"]],
    ["tag", { kind: "customer", fact: "tag", in: ["staff"] }, ["customer_not_meant"]],
    ["order", { kind: "order", fact: "channel", in: ["counter"] }, ["order_not_meant"]],
    ["area", { kind: "order", fact: "deliveryArea", in: ["hills"] }, ["order_not_meant"]],
    ["too little", lines({ atLeast: decimal("6.51") }), ["too_little"]],
    ["too much", lines({ measure: "items", atMost: decimal("1") }), ["too_much"]],
    ["first orders", { kind: "nthOrder", to: 2 }, ["order_not_counted"]],
    ["every second", { kind: "nthOrder", every: 2, from: 2, to: 9 }, ["order_not_counted"]],
    ["weekday", { kind: "time", weekdays: [7] }, ["wrong_time"]],
    ["last day over", { kind: "time", toDay: calendarDay("2026-03-02") }, ["wrong_time"]],
    ["not yet", { kind: "time", fromDay: calendarDay("2026-03-03") }, ["wrong_time"]],
    ["hour over", { kind: "time", fromTime: clock("08:00"), toTime: clock("10:00") }, ["wrong_time"]],
    ["night", { kind: "time", fromTime: clock("22:00"), toTime: clock("06:00") }, ["wrong_time"]],
    [
      "all: every reason",
      { kind: "all", of: [lines({ atLeast: decimal("99") }), { kind: "time", weekdays: [7] }] },
      ["too_little", "wrong_time"],
    ],
    [
      "any: every reason",
      { kind: "any", of: [lines({ atLeast: decimal("99") }), { kind: "time", weekdays: [7] }] },
      ["none_met", "too_little", "wrong_time"],
    ],
    ["not", { kind: "not", of: { kind: "time", weekdays: [1] } }, ["ruled_out"]],
  ])("do not hold, and say so: %s", (_name, condition, codes) => {
    expect(asked(condition)).toEqual(codes);
  });

  it("of facts that the cart does not have hold for nobody", () => {
    const { customer: _customer, order: _order, ...bare } = CART;
    expect(asked({ kind: "customer", fact: "tag", in: ["vip"] }, bare)).toEqual(["customer_not_meant"]);
    expect(asked({ kind: "customer", fact: "customerClass", in: ["A"] }, bare)).toEqual(["customer_not_meant"]);
    expect(asked({ kind: "order", fact: "channel", in: ["webShop"] }, bare)).toEqual(["order_not_meant"]);
    expect(asked({ kind: "order", fact: "deliveryArea", in: ["city"] }, bare)).toEqual(["order_not_meant"]);
    expect(asked({ kind: "nthOrder", to: 9 }, bare)).toEqual(["order_not_counted"]);
  });
});

describe("hours over midnight belong to the day on which they begin (mission 6.2)", () => {
  const night = { fromTime: clock("22:00"), toTime: clock("02:00") };
  const friday = calendarDay("2026-03-06");
  const saturday = calendarDay("2026-03-07");
  it.each([
    ["Friday before one in the morning: that is Thursday's night", "2026-03-05T23:59:59Z", false],
    ["Friday in the evening, a second too early", "2026-03-06T20:59:59Z", false],
    ["Friday in the evening", "2026-03-06T21:00:00Z", true],
    ["midnight", "2026-03-06T23:00:00Z", true],
    ["Saturday before two in the morning", "2026-03-07T00:59:59Z", true],
    ["Saturday at two", "2026-03-07T01:00:00Z", false],
    ["Saturday in the evening", "2026-03-07T21:00:00Z", false],
  ])("%s", (_what, at, holds) => {
    const cart = { ...CART, at: instant(at) };
    const meant: readonly PromotionCondition[] = [
      { kind: "time", weekdays: [5], ...night },
      { kind: "time", fromDay: friday, toDay: saturday, ...night },
    ];
    for (const condition of meant) expect(asked(condition, cart)).toEqual(holds ? [] : ["wrong_time"]);
  });

  it("hours of one day stay on their day, and an end or a begin alone is within it", () => {
    const cart = { ...CART, at: instant("2026-03-06T00:30:00Z") };
    const on = (condition: object) => asked({ kind: "time", weekdays: [5], ...condition }, cart);
    expect(on({ fromTime: clock("01:00"), toTime: clock("02:00") })).toEqual([]);
    expect([on({ toTime: clock("02:00") }), on({ fromTime: clock("01:00") })]).toEqual([[], []]);
  });
});

describe("the best choice with few steps", () => {
  it("climbs, and does not say that it is the best", () => {
    const promotions = ["1", "2", "3", "4", "5"].map((percent, place) =>
      anyPromotion({
        promotionId: `P-${percent}`,
        effect: { kind: "percentOff", which: every, percent: decimal(percent), spread: "eachLine" },
        combination: { priority: place, exclusive: "order", base: "running", discountedLines: "include" },
      }),
    );
    const discount = (steps: number): string => {
      const compiled = compilePromotions(promotions, {
        rounding: "halfUp",
        remainder: "largestRemainder",
        prices: "taxExclusive",
        ties: "content",
        search: { kind: "bestForCustomer", steps },
      });
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
      const priced = pricePromotions(compiled.value, CART);
      if (!priced.ok) throw new Error("refused");
      expect(priced.value.optimal).toBe(steps >= 32);
      return priced.value.discount;
    };
    expect(discount(1)).toBe("0.22");
    expect(discount(12)).toBe("1.1");
    expect(discount(32)).toBe("1.1");
  });
});
