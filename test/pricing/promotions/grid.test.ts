import { describe, expect, it, test } from "vitest";
import { decimal, ROUNDING_MODES } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import { REMAINDER_RULES } from "../../../src/core/split-amount.js";
import type { LineSelector } from "../../../src/model/promotion/line-selector.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import type { BuyGet, Gift, Groups, PromotionEffect, Tiers } from "../../../src/model/promotion/promotion-effect.js";
import { USUAL_PROMOTION_POLICY, type PromotionPolicy } from "../../../src/model/promotion/promotion-policy.js";
import type { PromotionFacts } from "../../../src/pricing/promotions/evaluate.js";
import type { CartLine, PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import { anyPromotion } from "../../../src/testing/index.js";
import { isSameAsPlain, priced } from "./same-as-plain.js";
import { valued, type Scene } from "./some-promotions.js";

/**
 * The corners that random scenes seldom meet, each with each: every form of every effect on every kind of cart, within
 * every limit, and beside every other under every rule of combination. What is right is said by the plain interpreter.
 */
const d = decimal;
const AT = instant("2026-03-02T09:00:00Z");
const every: LineSelector = { kind: "every" };
const items = (...names: readonly string[]): LineSelector => ({ kind: "items", in: names });
const food: LineSelector = { kind: "categories", in: ["food"] };
const cheapest = { by: "unitPrice", first: "cheapest" } as const;
const dearest = { by: "unitPrice", first: "dearest" } as const;
const smallest = { by: "lineAmount", first: "cheapest" } as const;

const line = (lineId: string, itemCode: string, quantity: string, unitPrice: string, part: Partial<CartLine> = {}) => ({
  lineId,
  itemCode,
  quantity: d(quantity),
  unitPrice: d(unitPrice),
  categories: ["TEA", "OIL", "SALT"].includes(itemCode) ? ["food"] : ["ware"],
  ...part,
});
const cart = (...lines: readonly CartLine[]): PromotionCart => ({
  at: AT,
  currency: "EUR",
  lines,
  customer: { customerCode: "C-1", customerClass: "A", earlierOrders: 1 },
  couponCodes: ["CODE", "TEA-6", "TEA-7", "TEA-8"],
  charges: [
    { kind: "freight", amount: d("5.90") },
    { kind: "handling", amount: d("2") },
  ],
  giftChoices: { "P-0": "CUP" },
});

const CARTS: Readonly<Record<string, PromotionCart>> = {
  usual: cart(line("1", "TEA", "12", "2.49"), line("2", "CUP", "3", "7.50"), line("3", "OIL", "5", "3.99")),
  one: cart(line("1", "TEA", "1", "0.01")),
  two: cart(line("1", "TEA", "5", "2"), line("2", "TEA", "7", "2"), line("3", "CUP", "1", "2")),
  parts: cart(line("1", "TEA", "2.5", "1.99"), line("2", "OIL", "0.75", "12.345"), line("3", "CUP", "4", "0.333")),
  floors: cart(
    line("1", "TEA", "10", "3", { floorPrice: d("2.9"), taxRate: d("19") }),
    line("2", "OIL", "10", "3", { floorPrice: d("3"), taxRate: d("7") }),
    line("3", "CUP", "10", "3"),
  ),
  agreed: cart(
    line("1", "TEA", "10", "3", { agreedDiscount: d("4.5") }),
    line("2", "CUP", "2", "6"),
    line("3", "OIL", "2", "0"),
  ),
  many: cart(
    ...["TEA", "CUP", "OIL", "SALT", "TEA", "OIL", "CUP"].map((item, place) =>
      line(String(place + 1), item, String(1 + ((place * 3) % 5)), String(1.25 * (1 + ((place * 5) % 7)))),
    ),
  ),
};

const steps = (...values: readonly string[]): Tiers["steps"] =>
  values.map((value, place) => ({ from: d(["5", "10", "12"][place] ?? "20"), value: d(value) }));
const tiers = (part: Partial<Tiers>): Tiers => ({
  kind: "tiers",
  which: every,
  measure: "quantity",
  per: "line",
  mode: "allUnits",
  reward: "percent",
  steps: steps("3", "5", "10"),
  ...part,
});
const groups = (part: Partial<Groups>): Groups => ({
  kind: "groups",
  which: every,
  size: 3,
  per: "group",
  pick: cheapest,
  reward: { kind: "payFor", units: 2 },
  ...part,
});
const buyGet = (part: Partial<BuyGet>): BuyGet => ({
  kind: "buyGet",
  buy: { which: items("TEA"), units: 2 },
  get: { which: every, units: 1 },
  reward: { kind: "percent", percent: d("100") },
  buyFirst: dearest,
  getFirst: cheapest,
  repeat: "everyTime",
  partly: "refused",
  ...part,
});
const gift = (part: Partial<Gift>): Gift => ({
  kind: "gift",
  items: [
    { itemCode: "SALT", value: d("1") },
    { itemCode: "CUP", value: d("3") },
    { itemCode: "BAG", value: d("3") },
  ],
  units: d("2"),
  repeat: "everyTime",
  choose: "firstAvailable",
  category: "gift",
  whenShort: "backfill",
  ...part,
});
const PERS = ["line", "item", "group"] as const;

const EFFECTS: readonly PromotionEffect[] = [
  ...(["eachLine", "across"] as const).flatMap((spread): PromotionEffect[] => [
    { kind: "percentOff", which: every, percent: d("12.5"), spread },
    { kind: "percentOff", which: food, percent: d("100"), spread },
    { kind: "percentOff", which: every, percent: d("33.3"), spread, cap: d("5") },
    { kind: "percentOff", which: items("TEA"), percent: d("50"), spread, cap: d("0.01") },
  ]),
  ...(["unit", "line", "once", "across"] as const).flatMap((per): PromotionEffect[] => [
    { kind: "amountOff", which: every, amount: d("0.55"), per },
    { kind: "amountOff", which: food, amount: d("9.99"), per, stated: "taxInclusive" },
    { kind: "amountOff", which: every, amount: d("7"), per, pick: smallest, stated: "taxExclusive" },
    { kind: "amountOff", which: items("TEA", "CUP"), amount: d("1000"), per, pick: cheapest },
  ]),
  { kind: "fixedPrice", which: every, unitPrice: d("2.50") },
  { kind: "fixedPrice", which: items("CUP"), unitPrice: d("0.01") },
  { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: d("50") } },
  { kind: "chargeOff", charges: ["freight", "handling"], reward: { kind: "amount", amount: d("3") } },
  { kind: "chargeOff", charges: ["handling", "freight"], reward: { kind: "amount", amount: d("100") } },
  { kind: "chargeOff", charges: ["freight"], reward: { kind: "downTo", amount: d("2.90") } },
  { kind: "chargeOff", charges: ["handling"], reward: { kind: "downTo", amount: d("9") } },
  ...PERS.flatMap((per): PromotionEffect[] => [
    tiers({ per }),
    tiers({ per, mode: "incremental" }),
    tiers({ per, measure: "amount", mode: "incremental" }),
    tiers({ per, reward: "unitPrice", steps: steps("2", "1.5", "1") }),
    tiers({ per, reward: "unitPrice", mode: "incremental", steps: steps("2", "1.5", "1") }),
    tiers({ per, reward: "amountPerUnit", steps: steps("0.1", "0.25", "4") }),
    tiers({ per, reward: "amountPerUnit", mode: "incremental", steps: steps("0.1", "0.25", "4") }),
    tiers({ per, reward: "amount", measure: "amount", steps: steps("1", "2.5", "100") }),
    tiers({ per, which: food, measure: "amount", steps: steps("1", "2") }),
    groups({ per }),
    groups({ per, size: 2, pick: dearest, reward: { kind: "payFor", units: 0 } }),
    groups({ per, reward: { kind: "fixedSum", amount: d("5") }, maxGroups: 2 }),
    groups({ per, pick: dearest, reward: { kind: "percent", percent: d("15") } }),
    groups({ per, size: 4, pick: smallest, reward: { kind: "amount", amount: d("1.01") }, maxGroups: 1 }),
    groups({ per, which: food, size: 5, pick: dearest, reward: { kind: "payFor", units: 3 } }),
  ]),
  ...(["any", "sameRole"] as const).flatMap((blocked): PromotionEffect[] => [
    buyGet({ blocked }),
    buyGet({ blocked, buy: { which: every, units: 3 }, get: { which: items("CUP"), units: 2 }, partly: "allowed" }),
    buyGet({ blocked, buy: { which: food, amount: d("10") }, reward: { kind: "unitPrice", amount: d("1") } }),
    buyGet({ blocked, repeat: "once", reward: { kind: "amount", amount: d("0.75") }, getFirst: dearest }),
    buyGet({ blocked, buy: { which: items("TEA"), units: 2 }, get: { which: items("TEA"), units: 1 }, maxUnits: 2 }),
    buyGet({ blocked, get: { which: items("CUP"), units: 3 }, partly: "allowed", maxUnits: 4, buyFirst: smallest }),
    buyGet({ blocked, buy: { which: items("BAG"), units: 1 } }),
    buyGet({ blocked, get: { which: items("BAG"), units: 1 } }),
  ]),
  gift({}),
  gift({ buy: { which: items("TEA"), units: 5 } }),
  gift({ buy: { which: every, units: 4 }, maxUnits: d("3"), choose: "dearestAvailable" }),
  gift({ buy: { which: food, amount: d("10") }, choose: "customer", units: d("0.5") }),
  gift({ buy: { which: every, amount: d("7.5") }, repeat: "once", maxUnits: d("1") }),
  gift({ buy: { which: items("BAG"), units: 1 } }),
  gift({ items: [{ itemCode: "OIL" }], choose: "customer" }),
];

const LIMITS: readonly (Promotion["limits"] & object)[] = [
  { budget: d("3") },
  { budget: d("3"), beyondBudget: "refused" },
  { budget: d("2.01"), units: d("4") },
  { units: d("3") },
  { units: d("2.5"), amountPerOrder: d("4.44") },
  { amountPerOrder: d("0.02") },
  { uses: 2 },
  { uses: 1 },
  { usesPerCustomer: 1 },
  { usesPerCustomer: 2, usesPerCode: 1 },
];

const facts = (isUsed: boolean): PromotionFacts => ({
  coupons: new Map(
    [
      { code: "TEA-6", batchId: "B-1" },
      { code: "TEA-7", batchId: "B-1", itemCodes: ["TEA"] },
      { code: "TEA-8", batchId: "B-1", blocked: true as const },
    ].map((coupon) => [coupon.code, coupon]),
  ),
  unavailableItems: new Set(["SALT"]),
  ...(isUsed
    ? {
        usage: new Map([
          [
            "P-0",
            {
              uses: 1,
              amount: d("2"),
              units: d("1"),
              byCustomer: new Map([["C-1", 1]]),
              byCode: new Map([["CODE", 1]]),
            },
          ],
        ]),
      }
    : {}),
});

const USUAL: Promotion["combination"] = { priority: 1, base: "running", discountedLines: "include" };
const promotion = (place: number, effect: PromotionEffect, part: Partial<Promotion> = {}): Promotion =>
  anyPromotion({ promotionId: `P-${place}`, currency: "EUR", effect, combination: USUAL, ...part });
const scene = (
  promotions: readonly Promotion[],
  on: PromotionCart,
  { policy = {}, isUsed = false }: { readonly policy?: Partial<PromotionPolicy>; readonly isUsed?: boolean } = {},
): Scene => ({ promotions, policy: { ...USUAL_PROMOTION_POLICY, ...policy }, cart: on, facts: facts(isUsed) });

/** All scenes must be the same; the first that is not is told. */
function expectSame(scenes: readonly Scene[]): void {
  for (const one of scenes) isSameAsPlain(one);
}

describe("every corner with every other (mission 6.1 to 6.7; definition B18)", () => {
  test.each(Object.entries(CARTS))("every form of every effect on the cart “%s”", (_name, on) => {
    expectSame(EFFECTS.map((effect) => scene([promotion(0, effect)], on)));
    for (const base of ["initial", "running"] as const) {
      const combination: Promotion["combination"] = { ...USUAL, base, discountedLines: "skip" };
      expectSame(EFFECTS.map((effect) => scene([promotion(0, effect, { combination })], on)));
    }
  });

  // Where three things are crossed, the third takes turns: each pair still meets.
  const CODES = [undefined, { kind: "codes", codes: ["CODE"] }, { kind: "batch", batchId: "B-1" }] as const;

  test.each(LIMITS.map((limits) => [JSON.stringify(limits), limits] as const))("within %s", (_name, limits) => {
    for (const isUsed of [false, true]) {
      expectSame(
        EFFECTS.map((effect, place) => {
          const coupons = CODES[(place + (isUsed ? 1 : 0)) % 3];
          const part = { limits, ...(coupons === undefined ? {} : { coupons }) };
          const on = place % 2 === 0 ? CARTS.usual : CARTS.floors;
          return scene([promotion(0, valued(effect), part)], on as PromotionCart, { isUsed });
        }),
      );
    }
  });

  it("in every rounding mode and under every remainder rule", () => {
    for (const [turn, rounding] of ROUNDING_MODES.entries()) {
      for (const [round, remainder] of REMAINDER_RULES.entries()) {
        const some = EFFECTS.filter((_effect, place) => (place + round) % 3 === turn % 3);
        for (const prices of ["taxInclusive", "taxExclusive"] as const) {
          const policy = { rounding, remainder, prices };
          const on = (prices === "taxInclusive" ? CARTS.floors : CARTS.parts) as PromotionCart;
          expectSame(some.map((effect) => scene([promotion(0, effect)], on, { policy })));
        }
      }
    }
  });

  it("on the items of a coupon", () => {
    const which: LineSelector = { kind: "couponItems" };
    const coupons = { kind: "batch", batchId: "B-1" } as const;
    const effects: PromotionEffect[] = [
      { kind: "percentOff", which, percent: d("50"), spread: "eachLine" },
      { kind: "amountOff", which: { kind: "not", of: which }, amount: d("3"), per: "across" },
      groups({ which }),
      gift({ buy: { which, units: 3 } }),
    ];
    for (const effect of effects) {
      for (const on of Object.values(CARTS)) {
        expectSame([scene([promotion(0, effect, { coupons })], on)]);
        const condition = { kind: "lines", which, measure: "quantity", atLeast: d("2") } as const;
        expectSame([scene([promotion(0, effect, { coupons, condition })], on)]);
      }
    }
    // Told apart from nothing at all: the code for tea halves the tea and nothing else.
    const half = { kind: "percentOff", which, percent: d("50"), spread: "eachLine" } as const;
    const { adjustments } = priced(scene([promotion(0, half, { coupons })], CARTS.usual as PromotionCart));
    expect(adjustments.map(({ lineId, code, amount }) => [lineId, code, amount])).toEqual([["1", "TEA-7", "14.94"]]);
  });

  const COMBINATIONS: readonly Partial<Promotion["combination"]>[] = [
    {},
    { base: "initial" },
    { discountedLines: "skip" },
    { exclusive: "order" },
    { exclusive: "lines" },
    { stop: true },
    { bestOf: "spring" },
    { classes: { own: "a", combinesWith: ["a"] } },
    { classes: { own: "a", combinesWith: ["b"] } },
    { lane: "till" },
    { lane: "till", exclusive: "lines" },
  ];
  const LANES: readonly PromotionPolicy["lanes"][] = [
    undefined,
    [
      { lane: "shelf", mode: "bestPerLine" },
      { lane: "till", mode: "stack" },
    ],
    [
      { lane: "shelf", mode: "stack" },
      { lane: "till", mode: "bestPerLine" },
    ],
  ];
  // One of each shape is enough where it is the rules of combination that are looked at.
  const SHAPES = EFFECTS.filter((_effect, place) => place % 9 === 4);

  test.each(COMBINATIONS.map((own) => [JSON.stringify(own), own] as const))("beside others, as %s", (_name, own) => {
    for (const lanes of LANES) {
      if (lanes === undefined && own.lane !== undefined) continue;
      for (const other of COMBINATIONS) {
        if (lanes === undefined && other.lane !== undefined) continue;
        const policy = lanes === undefined ? {} : { lanes };
        expectSame(
          SHAPES.map((effect, place) => {
            const next = SHAPES[(place * 5 + 3) % SHAPES.length] ?? effect;
            const last = SHAPES[(place * 7 + 1) % SHAPES.length] ?? effect;
            const coupons = place % 2 === 0 ? { coupons: { kind: "batch", batchId: "B-1" } as const } : {};
            const all = [
              promotion(0, effect, { combination: { ...USUAL, ...own }, ...coupons }),
              promotion(1, next, { combination: { ...USUAL, priority: place % 3, ...other } }),
              promotion(2, last, { combination: { ...USUAL, priority: 2 }, limits: { budget: d("2.50") } }),
            ];
            return scene(all, Object.values(CARTS)[place % 7] as PromotionCart, { policy });
          }),
        );
      }
    }
  });

  it("chosen as is best for the customer, with steps for every choice", () => {
    const policy = { search: { kind: "bestForCustomer", steps: 64 } } as const;
    for (const own of COMBINATIONS.filter(({ lane }) => lane === undefined)) {
      expectSame(
        SHAPES.map((effect, place) =>
          scene(
            [
              promotion(0, effect, { combination: { ...USUAL, ...own } }),
              promotion(1, SHAPES[(place + 4) % SHAPES.length] ?? effect, {
                combination: { ...USUAL, exclusive: "order" },
              }),
              promotion(2, SHAPES[(place + 2) % SHAPES.length] ?? effect),
            ],
            Object.values(CARTS)[place % 7] as PromotionCart,
            { policy },
          ),
        ),
      );
    }
  });
});
