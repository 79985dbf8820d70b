import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { LineSelector } from "../../../src/model/promotion/line-selector.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import type { PromotionPolicy } from "../../../src/model/promotion/promotion-policy.js";
import type { PromotionFacts } from "../../../src/pricing/promotions/evaluate.js";
import { explainPromotions } from "../../../src/pricing/promotions/explain-promotions.js";
import { pricePromotions } from "../../../src/pricing/promotions/price-promotions.js";
import type { CartLine, PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import { anyCoupon } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import { cheapest, compiledUnder, cups, every, items, moneyOff, percentOff, promotion } from "../promoted.js";

const d = decimal;
const line = (itemCode: string, quantity: string, part: Partial<CartLine> = {}): CartLine => ({
  lineId: itemCode,
  itemCode,
  quantity: d(quantity),
  unitPrice: d("2"),
  ...part,
});
const CART: PromotionCart = {
  at: instant("2026-03-02T09:00:00Z"),
  currency: "EUR",
  lines: [
    line("TEA", "12", { categories: ["drinks"], tags: ["new"] }),
    line("RICE", "4", { categories: ["food"], attributes: { grain: "long" } }),
  ],
  customer: { customerCode: "C-100" },
};
const { combination } = promotion(percentOff("10"));

function priced(
  promotions: readonly Promotion[],
  cart: Partial<PromotionCart> = {},
  facts: PromotionFacts = {},
  policy: Partial<PromotionPolicy> = {},
) {
  return granted(pricePromotions(compiledUnder(policy, ...promotions), { ...CART, ...cart }, facts));
}
function explained(promotions: readonly Promotion[], cart: Partial<PromotionCart> = {}, facts: PromotionFacts = {}) {
  return granted(explainPromotions(compiledUnder({}, ...promotions), { ...CART, ...cart }, facts));
}

describe("selectors, as the index finds their lines (mission 6.2)", () => {
  const [tea, rice] = [items("TEA"), items("RICE")];
  const drinks: LineSelector = { kind: "categories", in: ["drinks"] };
  const fresh: LineSelector = { kind: "tags", in: ["new"] };
  const long: LineSelector = { kind: "attribute", name: "grain", in: ["long"] };
  const many: LineSelector = { kind: "quantity", atLeast: d("5") };

  test.each<readonly [LineSelector, readonly string[]]>([
    [{ kind: "any", of: [rice, fresh] }, ["TEA", "RICE"]],
    [{ kind: "any", of: [rice, many] }, ["TEA", "RICE"]],
    [{ kind: "any", of: [items("SOAP"), drinks] }, ["TEA"]],
    [{ kind: "all", of: [tea, many] }, ["TEA"]],
    [{ kind: "all", of: [rice, many] }, []],
    [{ kind: "all", of: [many] }, ["TEA"]],
    [{ kind: "all", of: [drinks] }, ["TEA"]],
    [{ kind: "all", of: [items("TEA", "RICE"), drinks] }, ["TEA"]],
    [
      {
        kind: "all",
        of: [
          { kind: "any", of: [tea, rice] },
          { kind: "not", of: fresh },
        ],
      },
      ["RICE"],
    ],
    [long, ["RICE"]],
    [{ kind: "not", of: long }, ["TEA"]],
  ])("%j", (which, expected) => {
    expect(priced([promotion(percentOff("10", which))]).adjustments.map(({ lineId }) => lineId)).toEqual(expected);
  });
});

describe("conditions and codes at their bounds (mission 6.2, 6.3)", () => {
  test.each([
    [1, true],
    [2, false],
    [3, true],
    [4, false],
    [5, true],
    [6, false],
    [7, false],
  ])("every second order up to the sixth: the customer's order number %d", (order, holds) => {
    const second = promotion(percentOff("10"), { condition: { kind: "nthOrder", every: 2, to: 6 } });
    const customer = { customerCode: "C-100", earlierOrders: order - 1 };
    expect(priced([second], { customer }).adjustments.length > 0).toBe(holds);
  });

  test.each([
    [{ validTo: instant("2026-03-02T09:00:00.001Z") }, true],
    [{ validTo: instant("2026-03-02T09:00:00Z") }, false],
    [{ validFrom: instant("2026-03-02T09:00:00Z") }, true],
    [{ validFrom: instant("2026-03-02T09:00:00.001Z") }, false],
    [{ customerCodes: ["C-100"] }, true],
    [{ customerCodes: ["C-200"] }, false],
  ])("a coupon with %j", (part, isGood) => {
    const batch = promotion(percentOff("10"), { coupons: { kind: "batch", batchId: "B-1" } });
    const facts = { coupons: new Map([["TEA-7", anyCoupon(part)]]) };
    expect(priced([batch], { couponCodes: ["TEA-7"] }, facts).adjustments.length > 0).toBe(isGood);
  });

  it("what is said of a code is what stands against its own promotions", () => {
    const batch = promotion(percentOff("10"), { coupons: { kind: "batch", batchId: "B-1" } });
    const soap = promotion(percentOff("10", items("SOAP")), { promotionId: "SOAP" });
    const facts = { coupons: new Map([["TEA-7", anyCoupon({ blocked: true })]]) };
    const { codes } = explained([batch, soap], { couponCodes: ["TEA-7"] }, facts);
    expect(codes).toEqual([{ code: "TEA-7", accepted: false, reasons: [{ code: "code_blocked", params: {} }] }]);
  });

  it("an agreed discount of nothing, and one of all, is none too many", () => {
    const ten = [promotion(percentOff("10"))];
    const of = (agreedDiscount: string) =>
      priced(ten, { lines: [line("TEA", "1", { agreedDiscount: d(agreedDiscount) })] }).discount;
    expect([of("0"), of("0.5"), of("2")]).toEqual(["0.2", "0.15", "0"]);
  });

  it("an agreed discount on a later line leaves the earlier ones alone", () => {
    const lines = [line("TEA", "1"), line("RICE", "1", { agreedDiscount: d("1") }), line("SALT", "1")];
    expect(priced([promotion(percentOff("10"))], { lines }).adjustments.map(({ amount }) => amount)).toEqual([
      "0.2",
      "0.1",
      "0.2",
    ]);
  });
});

describe("what is measured is what is said (mission 6.2)", () => {
  test.each([
    ["amount", "24", true],
    ["amount", "24.01", false],
    ["discountedAmount", "12", true],
    ["discountedAmount", "12.01", false],
    ["quantity", "12", true],
    ["quantity", "12.01", false],
  ] as const)("tea at half its price: %s from %s on holds: %s", (measure, atLeast, holds) => {
    const half = promotion(percentOff("50", items("TEA")), { promotionId: "A" });
    const more = promotion(percentOff("5"), {
      promotionId: "B",
      condition: { kind: "lines", which: items("TEA"), measure, atLeast: d(atLeast) },
      combination: { ...combination, priority: 20 },
    });
    const { adjustments } = priced([half, more]);
    expect(adjustments.some(({ promotionId }) => promotionId === "B")).toBe(holds);
  });

  it("goods that a tier does not mean are told as such, not as too few", () => {
    const steps = [{ from: d("5"), value: d("10") }];
    for (const per of ["line", "group"] as const) {
      const tier = promotion({
        kind: "tiers",
        which: items("SOAP"),
        measure: "quantity",
        per,
        mode: "allUnits",
        reward: "percent",
        steps,
      });
      expect(explained([tier]).promotions[0]?.reasons).toEqual([{ code: "no_line", params: {} }]);
    }
  });

  it("a step of fifteen digits is reached to the last of them", () => {
    const tier = (from: string) =>
      promotion({
        kind: "tiers",
        which: every,
        measure: "amount",
        per: "group",
        mode: "allUnits",
        reward: "percent",
        steps: [{ from: d(from), value: d("1") }],
      });
    const lines = [line("TEA", "1", { unitPrice: d("9999999999999.98") })];
    expect(priced([tier("9999999999999.98")], { lines }).discount).toBe("100000000000");
    expect(priced([tier("9999999999999.99")], { lines }).discount).toBe("0");
  });

  it("a unit that can only be bought counts once", () => {
    const offer = promotion({
      kind: "buyGet",
      buy: { which: items("TEA", "RICE"), units: 2 },
      get: { which: items("RICE"), units: 1 },
      reward: { kind: "percent", percent: d("100") },
      buyFirst: cheapest,
      getFirst: cheapest,
      repeat: "everyTime",
      partly: "allowed",
    });
    const off = (tea: string, rice: string) =>
      priced([offer], { lines: [line("TEA", tea), line("RICE", rice)] }).discount;
    expect([off("1", "1"), off("1", "2"), off("2", "1"), off("3", "2")]).toEqual(["0", "2", "2", "2"]);
  });
});

describe("limits at their bounds (mission 6.4, 6.7)", () => {
  it("what an order has by one code leaves the other codes of the batch as they are", () => {
    const batch = promotion(percentOff("10"), {
      coupons: { kind: "batch", batchId: "B-1" },
      limits: { usesPerCode: 1 },
    });
    const coupons = new Map(["A", "B"].map((code) => [code, anyCoupon({ code })]));
    const byCode = new Map([
      ["A", 1],
      ["B", 1],
    ]);
    const usage = new Map([["P-1", { uses: 2, amount: d("1"), units: d("2"), byCustomer: new Map(), byCode }]]);
    const own = [
      { promotionId: "P-1", version: 1, name: "", code: "A", amount: d("1"), units: d("1"), uses: "giveBack" },
    ] as const;
    const { promotions } = explained([batch], { couponCodes: ["A", "B"] }, { coupons, usage, own });
    expect(promotions.map(({ code, applied, reasons }) => [code, applied, reasons])).toEqual([
      ["A", true, []],
      ["B", false, [{ code: "code_uses_exhausted", params: { limit: 1 } }]],
    ]);
  });

  it("what a unit that is left would get, and is less than a cent, is nothing", () => {
    const penny = promotion(moneyOff("0.01"), { limits: { units: d("13") } });
    const usage = new Map([
      ["P-1", { uses: 1, amount: d("1"), units: d("12"), byCustomer: new Map(), byCode: new Map() }],
    ]);
    const [verdict] = explained([penny], { lines: [line("TEA", "12")] }, { usage }).promotions;
    expect([verdict?.applied, verdict?.reasons.map(({ code }) => code)]).toEqual([false, ["units_exhausted"]]);
    expect(priced([penny], { lines: [line("TEA", "12")] }, { usage }).adjustments).toEqual([]);
  });
});

describe("an offer of which few units are left uses few units up (mission 6.1, 6.4)", () => {
  const offer = (promotionId: string, percent: string, priority: number, units?: string): Promotion =>
    promotion(
      {
        kind: "buyGet",
        buy: { which: items("TEA"), units: 2 },
        get: { which: items("CUP"), units: 1 },
        reward: { kind: "percent", percent: d(percent) },
        buyFirst: cheapest,
        getFirst: cheapest,
        repeat: "everyTime",
        partly: "allowed",
      },
      {
        promotionId,
        combination: { ...combination, base: "initial", priority },
        ...(units === undefined ? {} : { limits: { units: d(units) } }),
      },
    );
  const lines = [line("TEA", "4"), line("CUP", "2")];
  const given = (units?: string) =>
    priced([offer("A", "100", 1, units), offer("B", "50", 2)], { lines }).adjustments.map(
      ({ promotionId, amount, units: number }) => `${promotionId} ${amount} × ${number}`,
    );

  test.each([
    [undefined, ["A 4 × 2"]],
    ["2", ["A 4 × 2"]],
    ["1", ["A 2 × 1", "B 1 × 1"]],
    ["1.5", ["A 2 × 1", "B 1 × 1"]],
    ["0.5", ["B 2 × 2"]],
  ] as const)("%s units are left of a free cup for two teas; another gives half for the rest", (units, expected) => {
    expect(given(units)).toEqual(expected);
  });

  it("is told how much was cut, or that nothing is left", () => {
    const told = (units: string) => {
      const [verdict] = explained([offer("A", "100", 1, units)], { lines }).promotions;
      return [verdict?.applied, ...(verdict?.reasons ?? []), ...(verdict?.cuts ?? [])];
    };
    expect(told("1")).toEqual([true, { code: "units_cut", params: { limit: "1", left: "1", wanted: "2" } }]);
    expect(told("0.5")).toContainEqual({ code: "units_exhausted", params: { limit: "0.5" } });
  });

  it("so do gifts: what one does not use earns another", () => {
    const gifts = (units: string, maxUnits?: string) => {
      const first = promotion(
        cups({ buy: { which: items("TEA"), units: 2 }, ...(maxUnits === undefined ? {} : { maxUnits: d(maxUnits) }) }),
        { promotionId: "A", limits: { units: d(units) }, combination: { ...combination, priority: 1 } },
      );
      const second = promotion(cups({ buy: { which: items("TEA"), units: 2 }, items: [{ itemCode: "BAG" }] }), {
        promotionId: "B",
      });
      return priced([first, second], { lines: [line("TEA", "6")] }).gifts.map(
        ({ promotionId, quantity }) => `${promotionId} ${quantity}`,
      );
    };
    expect(gifts("3")).toEqual(["A 3"]);
    expect(gifts("2")).toEqual(["A 2", "B 1"]);
    expect(gifts("1")).toEqual(["A 1", "B 2"]);
    expect(gifts("2", "1")).toEqual(["A 1", "B 2"]);
  });
});

describe("the order of evaluation at its ties (mission 6.7; definition B18)", () => {
  const at = (priority: number, bestOf?: string): Promotion["combination"] => ({
    ...combination,
    priority,
    base: "running",
    ...(bestOf === undefined ? {} : { bestOf }),
  });
  const order = (policy: Partial<PromotionPolicy>, ...promotions: readonly Promotion[]) =>
    priced(promotions, { lines: [line("TEA", "12")] }, {}, policy).adjustments.map(({ promotionId }) => promotionId);

  it("a group comes at the place of its first member, though the cart has nothing to do with that one", () => {
    const group = [
      promotion(percentOff("5", items("SOAP")), { promotionId: "A", combination: at(1, "G") }),
      promotion(percentOff("5"), { promotionId: "B", combination: at(30, "G") }),
    ];
    const between = promotion(percentOff("5"), { promotionId: "C", combination: at(20) });
    expect(order({}, ...group, between)).toEqual(["B", "C"]);
    expect(order({}, group[1]!, between)).toEqual(["C", "B"]);
  });

  it("equals are ordered by what they do, or by their ids alone, as the policy says", () => {
    const percent = promotion(percentOff("5"), { promotionId: "A" });
    const fixed = promotion({ kind: "fixedPrice", which: every, unitPrice: d("1.5") }, { promotionId: "B" });
    expect(order({ ties: "content" }, percent, fixed)).toEqual(["B", "A"]);
    expect(order({ ties: "id" }, percent, fixed)).toEqual(["A", "B"]);
    expect(order({ ties: "id" }, { ...percent, promotionId: "C" }, fixed)).toEqual(["B", "C"]);
  });

  it("promotions that could give nothing alone take none of the steps of the search", () => {
    const idle = Array.from({ length: 9 }, (_none, place) =>
      promotion(percentOff("5"), {
        promotionId: `IDLE-${place}`,
        condition: { kind: "lines", which: every, measure: "amount", atLeast: d("1000") },
      }),
    );
    const able = [
      promotion(percentOff("5"), { promotionId: "A", combination: { ...combination, exclusive: "order" } }),
      promotion(percentOff("6"), { promotionId: "B", combination: { ...combination, priority: 20 } }),
    ];
    const found = (steps: number) => priced([...idle, ...able], {}, {}, { search: { kind: "bestForCustomer", steps } });
    expect([found(4).optimal, found(4).adjustments[0]?.promotionId]).toEqual([true, "B"]);
    expect(found(3).optimal).toBe(false);
  });
});

describe("the next step at its bounds (mission 2.5, 6.5)", () => {
  const offer = (maxUnits: number) =>
    promotion({
      kind: "buyGet",
      buy: { which: items("TEA"), units: 3 },
      get: { which: items("RICE"), units: 2 },
      reward: { kind: "percent", percent: d("50") },
      buyFirst: cheapest,
      getFirst: cheapest,
      maxUnits,
      repeat: "everyTime",
      partly: "allowed",
    });
  const missing = (one: Promotion, quantity: string) =>
    explained([one], { lines: [line("TEA", quantity), line("RICE", "9")] }).promotions[0]?.next?.missing;

  test.each([
    ["a second time would give more", offer(4), "3", "3"],
    ["two times give all there is", offer(4), "6", undefined],
    ["a begun time gives the rest", offer(5), "6", "3"],
    ["the first cup is still to come", promotion(cups({ maxUnits: d("1") })), "4", "1"],
    ["the only cup is there", promotion(cups({ maxUnits: d("1") })), "5", undefined],
    ["half a cup more is possible", promotion(cups({ maxUnits: d("1.5") })), "5", "5"],
  ])("%s", (_what, one, quantity, expected) => {
    expect(missing(one, quantity)).toBe(expected);
  });
});
