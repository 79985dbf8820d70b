import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import { explainPromotions } from "../../../src/pricing/promotions/explain-promotions.js";
import { pricePromotions } from "../../../src/pricing/promotions/price-promotions.js";
import type { CartLine, PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import { anyPromotion } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import { compiled, compiledUnder, percentOff, promotion } from "../promoted.js";

const d = decimal;
const line = (part: Partial<CartLine> = {}): CartLine => ({
  lineId: "1",
  itemCode: "TEA",
  quantity: d("1"),
  unitPrice: d("2.5"),
  ...part,
});

function issuesOf(lines: readonly CartLine[], part: Partial<PromotionCart> = {}) {
  const cart = { at: instant("2026-03-02T09:00:00Z"), currency: "EUR", lines, ...part };
  const ten = compiled(promotion(percentOff("10")));
  const priced = pricePromotions(ten, cart);
  const issues = priced.ok ? [] : priced.issues;
  const explained = explainPromotions(ten, cart);
  expect(explained.ok ? [] : explained.issues).toEqual(issues);
  return issues.map(({ code, path, params }) => [code, path.join("."), params]);
}

describe("a cart that promotions cannot be worked out for (mission 6.6)", () => {
  const withIds = (...ids: readonly string[]) => ids.map((lineId) => line({ lineId }));
  const twice = (lineId: string, position: number) => ["cart.line_twice", `lines.${position}.lineId`, { lineId }];

  test.each([
    [["1", "2", "3"], []],
    [["9", "10", "11"], []],
    [["3", "2", "1"], []],
    [["b", "a", "ab"], []],
    [["1", "1"], [["1", 1]]],
    [["2", "1", "2"], [["2", 2]]],
    [
      ["1", "2", "3", "1", "1"],
      [
        ["1", 3],
        ["1", 4],
      ],
    ],
    [
      ["10", "9", "10", "9"],
      [
        ["10", 2],
        ["9", 3],
      ],
    ],
  ] as const)("lines %j: each id stands once", (ids, expected) => {
    expect(issuesOf(withIds(...ids))).toEqual(expected.map(([lineId, position]) => twice(lineId, position)));
  });

  it("a price below zero is told also where its amount rounds to nothing", () => {
    const [found] = issuesOf([line({ quantity: d("0.001"), unitPrice: d("-1") })]);
    expect(found?.[0]).toBe("cart.price_negative");
    expect(issuesOf([line({ quantity: d("0.001"), unitPrice: d("1") })])).toEqual([]);
  });

  it("lines after one that cannot be counted are judged by themselves", () => {
    const huge = d("123456789012345678");
    expect(issuesOf([line({ quantity: huge }), line({ lineId: "2" })])).toEqual([
      ["cart.out_of_range", "lines.0", { lineId: "1" }],
    ]);
  });

  it("a cart of more lines than usual, of quantities as fine as the finest, is worked out", () => {
    const lines = Array.from({ length: 200 }, (_none, place) =>
      line({ lineId: `${place}`, quantity: d(place === 150 ? "1.005" : "1") }),
    );
    const cart = { at: instant("2026-03-02T09:00:00Z"), currency: "EUR", lines };
    // 199 × 0.25, and 10 % of 2.51 (1.005 × 2.50 = 2.5125).
    expect(granted(pricePromotions(compiled(promotion(percentOff("10"))), cart)).discount).toBe("50");
  });

  it("a line whose id comes again among many", () => {
    const ids = Array.from({ length: 40 }, (_none, place) => `L-${place}`);
    expect(issuesOf(withIds(...ids))).toEqual([]);
    expect(issuesOf(withIds(...ids, "L-17"))).toEqual([twice("L-17", 40)]);
  });

  it("tells everything that is wrong, with the line that it is about", () => {
    const lines = [
      line({ quantity: d("0") }),
      line({ lineId: "2", quantity: d("-1"), unitPrice: d("-3") }),
      line({ lineId: "3", agreedDiscount: d("2.51") }),
      line({ lineId: "4", agreedDiscount: d("-0.01") }),
      line({ lineId: "5", agreedDiscount: d("0.005") }),
    ];
    expect(issuesOf(lines)).toEqual([
      ["cart.quantity_not_positive", "lines.0.quantity", { lineId: "1", quantity: "0" }],
      ["cart.quantity_not_positive", "lines.1.quantity", { lineId: "2", quantity: "-1" }],
      ["cart.price_negative", "lines.1.unitPrice", { lineId: "2", unitPrice: "-3" }],
      ["cart.discount_exceeds_amount", "lines.2.agreedDiscount", { lineId: "3", discount: "2.51" }],
      ["cart.discount_exceeds_amount", "lines.3.agreedDiscount", { lineId: "4", discount: "-0.01" }],
      ["cart.unpayable", "lines.4.agreedDiscount", { amount: "0.005", decimals: 2 }],
    ]);
  });

  it("a price below zero is told, also where it comes alone; zero and the whole amount are no fault", () => {
    expect(issuesOf([line({ unitPrice: d("-0.01") })])).toEqual([
      ["cart.price_negative", "lines.0.unitPrice", { lineId: "1", unitPrice: "-0.01" }],
    ]);
    expect(issuesOf([line({ unitPrice: d("0") }), line({ lineId: "2", agreedDiscount: d("2.5") })])).toEqual([]);
  });

  it("charges below zero, too fine, or more than can be counted", () => {
    const charge = (amount: string) => ({ kind: "freight" as const, amount: d(amount) });
    expect(issuesOf([line()], { charges: [charge("-1"), charge("0"), charge("1.005")] })).toEqual([
      ["cart.charge_negative", "charges.0.amount", { amount: "-1" }],
      ["cart.unpayable", "charges.2.amount", { amount: "1.005", decimals: 2 }],
    ]);
    const most = "45035996273704.96";
    expect(issuesOf([line()], { charges: [charge(most)] })).toEqual([]);
    expect(issuesOf([line()], { charges: [charge(most), charge("0.01")] })).toEqual([
      ["cart.unpayable", "charges.1.amount", { amount: "0.01", decimals: 2 }],
    ]);
  });

  it("amounts and quantities that are exact only together with no other", () => {
    const half = { quantity: d("1"), unitPrice: d("45035996273704.96") };
    expect(issuesOf([line(half)])).toEqual([]);
    const outOfRange = ["cart.out_of_range", "lines.1", { lineId: "2" }];
    expect(issuesOf([line(half), line({ lineId: "2", unitPrice: d("0.01") })])).toEqual([outOfRange]);
    const many = { quantity: d("4503599627370496"), unitPrice: d("0") };
    expect(issuesOf([line(many)])).toEqual([]);
    expect(issuesOf([line(many), line({ lineId: "2" })])).toEqual([outOfRange]);
    expect(issuesOf([line({ quantity: d("0.0000000001"), unitPrice: d("1") })])).toEqual([]);
  });

  it("a currency that nobody knows, unless the policy says the decimals", () => {
    expect(issuesOf([line()], { currency: "XYZ" })).toEqual([
      ["cart.unknown_currency", "currency", { currency: "XYZ" }],
    ]);
    const cart = { at: instant("2026-03-02T09:00:00Z"), currency: "XYZ", lines: [line({ unitPrice: d("2.5555") })] };
    const ten = compiledUnder({ decimals: 4 }, anyPromotion());
    expect(granted(pricePromotions(ten, cart)).discount).toBe("0.2556");
  });
});
