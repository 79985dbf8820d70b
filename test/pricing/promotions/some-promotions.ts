import fc, { type Arbitrary } from "fast-check";
import { decimal, ROUNDING_MODES, type Decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import { REMAINDER_RULES } from "../../../src/core/split-amount.js";
import type { LineSelector } from "../../../src/model/promotion/line-selector.js";
import type { Coupon, Promotion } from "../../../src/model/promotion/promotion.js";
import type { PromotionCondition } from "../../../src/model/promotion/promotion-condition.js";
import type { PromotionEffect } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionPolicy } from "../../../src/model/promotion/promotion-policy.js";
import type { PromotionFacts } from "../../../src/pricing/promotions/evaluate.js";
import type { CartLine, PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import { anyPromotion } from "../../../src/testing/index.js";

/** A world small enough that promotions meet each other on most lines. */
const ITEMS = ["TEA", "CUP", "OIL", "SALT"];
const CATEGORIES = ["food", "ware"];
const TAGS = ["new", "sale"];
const CURRENCIES = { EUR: 2, JPY: 0, KWD: 3 } as const;
type Currency = keyof typeof CURRENCIES;

const record = <Shape extends object>(fields: { [Field in keyof Shape]: Arbitrary<Shape[Field]> }): Arbitrary<Shape> =>
  fc.record<Shape>(fields, { noNullPrototype: true });
const some = (names: readonly string[]): Arbitrary<string[]> => fc.subarray([...names], { minLength: 1 });
const units = (scale: number, min: number, max: number): Arbitrary<Decimal> =>
  fc.integer({ min, max }).map((number) => decimal(shifted(number, scale)));

function shifted(number: number, scale: number): string {
  const digits = String(number).padStart(scale + 1, "0");
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const maybe = <Value>(value: Arbitrary<Value>, field: string): Arbitrary<object> =>
  fc.option(value, { nil: undefined, freq: 2 }).map((found) => (found === undefined ? {} : { [field]: found }));

const someSelector: Arbitrary<LineSelector> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<LineSelector>({ kind: "every" }) },
  { weight: 4, arbitrary: some(ITEMS).map((names): LineSelector => ({ kind: "items", in: names })) },
  { weight: 2, arbitrary: some(CATEGORIES).map((names): LineSelector => ({ kind: "categories", in: names })) },
  { weight: 1, arbitrary: some(TAGS).map((names): LineSelector => ({ kind: "tags", in: names })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<LineSelector>(
      {
        kind: "any",
        of: [
          { kind: "items", in: ["TEA"] },
          { kind: "categories", in: ["food"] },
        ],
      },
      {
        kind: "all",
        of: [
          { kind: "tags", in: ["new"] },
          { kind: "not", of: { kind: "items", in: ["OIL"] } },
        ],
      },
      { kind: "not", of: { kind: "categories", in: ["ware"] } },
      { kind: "quantity", atLeast: decimal("2"), atMost: decimal("9") },
      { kind: "unitPrice", atLeast: decimal("3") },
      { kind: "attribute", name: "brand", in: ["Lee"] },
    ),
  },
);

const ranking = record({
  by: fc.constantFrom("unitPrice" as const, "lineAmount" as const),
  first: fc.constantFrom("cheapest" as const, "dearest" as const),
});
const percent = fc.oneof(units(1, 1, 1000), fc.constantFrom(decimal("100"), decimal("33.3"), decimal("50")));
const per = fc.constantFrom("line" as const, "item" as const, "group" as const);
const few = fc.integer({ min: 1, max: 3 });

function someEffect(scale: number): Arbitrary<PromotionEffect> {
  const money = units(scale, 1, 2000);
  const trigger = fc.tuple(someSelector, fc.option(few), money).map(([which, count, amount]) => ({
    which,
    ...(count === null ? { amount } : { units: count }),
  }));
  const rising = (value: Arbitrary<Decimal>) =>
    fc
      .uniqueArray(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 3 })
      .chain((froms) =>
        fc
          .array(value, { minLength: froms.length, maxLength: froms.length })
          .map((values) =>
            froms
              .sort((a, b) => a - b)
              .map((from, place) => ({ from: decimal(from), value: values[place] ?? decimal("1") })),
          ),
      );
  const tiers = fc
    .constantFrom(
      ...(["percent", "amountPerUnit", "unitPrice", "amount"] as const).flatMap((reward) =>
        (["quantity", "amount"] as const).flatMap((measure) =>
          (["allUnits", "incremental"] as const).map((mode) => ({ reward, measure, mode })),
        ),
      ),
    )
    .filter(
      ({ reward, measure, mode }) =>
        mode === "allUnits" || (reward !== "amount" && (measure === "quantity" || reward === "percent")),
    )
    .chain((shape) =>
      record({
        which: someSelector,
        per,
        steps: rising(shape.reward === "percent" ? percent : money),
      }).map((rest): PromotionEffect => ({ kind: "tiers", ...shape, ...rest })),
    );
  return fc.oneof(
    fc
      .tuple(someSelector, percent, fc.constantFrom("eachLine" as const, "across" as const), maybe(money, "cap"))
      .map(([which, off, spread, cap]): PromotionEffect => ({
        kind: "percentOff",
        which,
        percent: off,
        spread,
        ...cap,
      })),
    fc
      .tuple(
        someSelector,
        money,
        fc.constantFrom("unit" as const, "line" as const, "once" as const, "across" as const, "across" as const),
        maybe(ranking, "pick"),
        maybe(fc.constantFrom("taxInclusive", "taxExclusive"), "stated"),
      )
      .map(([which, amount, how, pick, stated]): PromotionEffect => ({
        kind: "amountOff",
        which,
        amount,
        per: how,
        ...pick,
        ...stated,
      })),
    fc
      .tuple(someSelector, money)
      .map(([which, unitPrice]): PromotionEffect => ({ kind: "fixedPrice", which, unitPrice })),
    fc
      .tuple(
        fc.subarray(["freight" as const, "handling" as const], { minLength: 1 }),
        fc.oneof(
          percent.map((off) => ({ kind: "percent" as const, percent: off })),
          money.map((amount) => ({ kind: "amount" as const, amount })),
          money.map((amount) => ({ kind: "downTo" as const, amount })),
        ),
      )
      .map(([charges, reward]): PromotionEffect => ({ kind: "chargeOff", charges, reward })),
    tiers,
    fc
      .tuple(
        someSelector,
        fc.integer({ min: 2, max: 4 }),
        per,
        ranking,
        fc.oneof(
          fc.constantFrom(0, 1).map((count) => ({ kind: "payFor" as const, units: count })),
          money.map((amount) => ({ kind: "fixedSum" as const, amount })),
          percent.map((off) => ({ kind: "percent" as const, percent: off })),
          money.map((amount) => ({ kind: "amount" as const, amount })),
        ),
        maybe(few, "maxGroups"),
      )
      .map(([which, size, how, pick, reward, most]): PromotionEffect => ({
        kind: "groups",
        which,
        size,
        per: how,
        pick,
        reward,
        ...most,
      })),
    fc
      .tuple(
        record({
          buy: trigger,
          get: record({ which: someSelector, units: few }),
          reward: fc.oneof(
            percent.map((off) => ({ kind: "percent" as const, percent: off })),
            money.map((amount) => ({ kind: "unitPrice" as const, amount })),
            money.map((amount) => ({ kind: "amount" as const, amount })),
          ),
          buyFirst: ranking,
          getFirst: ranking,
          repeat: fc.constantFrom("everyTime" as const, "everyTime" as const, "once" as const),
          partly: fc.constantFrom("allowed" as const, "refused" as const),
        }),
        maybe(fc.integer({ min: 1, max: 5 }), "maxUnits"),
        maybe(fc.constantFrom("any", "sameRole"), "blocked"),
      )
      .map(([body, most, blocked]): PromotionEffect => ({ kind: "buyGet", ...body, ...most, ...blocked })),
    fc
      .tuple(
        maybe(trigger, "buy"),
        fc.uniqueArray(fc.tuple(fc.constantFrom(...ITEMS), maybe(money, "value")), {
          minLength: 1,
          maxLength: 3,
          selector: ([itemCode]) => itemCode,
        }),
        units(1, 1, 30),
        maybe(units(0, 1, 4), "maxUnits"),
        fc.constantFrom("everyTime" as const, "once" as const),
        fc.constantFrom("firstAvailable" as const, "dearestAvailable" as const, "customer" as const),
      )
      .map(([buy, items, count, most, repeat, choose]): PromotionEffect => ({
        kind: "gift",
        ...buy,
        items: items.map(([itemCode, value]) => ({ itemCode, ...value })),
        units: count,
        ...most,
        repeat,
        choose,
        category: "gift",
        whenShort: "backfill",
      })),
  );
}

function someCondition(): Arbitrary<PromotionCondition> {
  const leaf = fc.oneof(
    some(["A", "B"]).map((names): PromotionCondition => ({ kind: "customer", fact: "customerClass", in: names })),
    some(["club"]).map((names): PromotionCondition => ({ kind: "customer", fact: "tag", in: names })),
    some(["webShop", "phone"]).map((names): PromotionCondition => ({ kind: "order", fact: "channel", in: names })),
    some(["city", "north"]).map((names): PromotionCondition => ({ kind: "order", fact: "deliveryArea", in: names })),
    fc
      .tuple(
        someSelector,
        fc.constantFrom(
          "quantity" as const,
          "amount" as const,
          "discountedAmount" as const,
          "lines" as const,
          "items" as const,
        ),
        units(0, 1, 12),
        maybe(units(0, 5, 500), "atMost"),
      )
      .map(([which, measure, atLeast, atMost]): PromotionCondition => ({
        kind: "lines",
        which,
        measure,
        ...("atMost" in atMost && Number(atMost.atMost) < Number(atLeast) ? {} : { atLeast }),
        ...atMost,
      })),
    fc.constantFrom<PromotionCondition>({ kind: "nthOrder", to: 1 }, { kind: "nthOrder", from: 2, every: 2 }),
  );
  return fc.oneof(
    leaf,
    fc.tuple(leaf, leaf).map(([a, b]): PromotionCondition => ({ kind: "all", of: [a, b] })),
    fc.tuple(leaf, leaf).map(([a, b]): PromotionCondition => ({ kind: "any", of: [a, b] })),
    leaf.map((of): PromotionCondition => ({ kind: "not", of })),
  );
}

function someCombination(lanes: readonly string[]): Arbitrary<Promotion["combination"]> {
  return fc
    .tuple(
      fc.integer({ min: 0, max: 3 }),
      maybe(fc.constantFrom(...(lanes.length === 0 ? [undefined] : lanes)), "lane"),
      fc.option(fc.constantFrom("spring", "summer"), { nil: undefined, freq: 2 }),
      fc.option(fc.constantFrom("order" as const, "lines" as const), { nil: undefined, freq: 3 }),
      fc.nat({ max: 9 }),
      fc.option(
        fc.constantFrom(
          { own: "a", combinesWith: ["b"] },
          { own: "b", combinesWith: ["a", "b"] },
          { own: "a", combinesWith: ["a"] },
        ),
        { nil: undefined, freq: 2 },
      ),
      fc.constantFrom("initial" as const, "running" as const),
      fc.constantFrom("include" as const, "include" as const, "skip" as const),
    )
    .map(([priority, lane, bestOf, exclusive, luck, classes, base, discountedLines]) => ({
      priority,
      ...lane,
      ...(bestOf === undefined ? {} : { bestOf }),
      ...(exclusive === undefined ? {} : { exclusive }),
      ...(luck === 0 ? { stop: true as const } : {}),
      ...(classes === undefined ? {} : { classes }),
      base,
      discountedLines,
    }));
}

/** A scene: promotions, policy, cart and facts. */
export interface Scene {
  readonly promotions: readonly Promotion[];
  readonly policy: PromotionPolicy;
  readonly cart: PromotionCart;
  readonly facts: PromotionFacts;
}

/** How much of everything a scene may have. */
export interface SceneBounds {
  readonly maxPromotions?: number;
  /** Only promotions that may stand side by side. */
  readonly isFree?: boolean;
  readonly search?: PromotionPolicy["search"];
}

const AT = instant("2026-03-02T09:00:00Z");

/** Scenes in which promotions meet each other. */
export function someScene({ maxPromotions = 5, isFree = false, search }: SceneBounds = {}): Arbitrary<Scene> {
  return fc.constantFrom<Currency>("EUR", "EUR", "JPY", "KWD").chain((currency) => {
    const scale = CURRENCIES[currency];
    const policy = fc
      .tuple(
        fc.constantFrom(...ROUNDING_MODES),
        fc.constantFrom(...REMAINDER_RULES),
        fc.constantFrom("taxInclusive" as const, "taxExclusive" as const),
        fc.constantFrom("content" as const, "id" as const),
        fc.constantFrom<PromotionPolicy["lanes"]>(
          undefined,
          undefined,
          [
            { lane: "shelf", mode: "bestPerLine" },
            { lane: "till", mode: "stack" },
          ],
          [{ lane: "till", mode: "stack" }],
        ),
      )
      .map(([rounding, remainder, prices, ties, lanes]): PromotionPolicy => ({
        rounding,
        remainder,
        prices,
        ties: isFree ? "content" : ties,
        ...(lanes === undefined || isFree ? {} : { lanes }),
        search: search ?? { kind: "inOrder" },
      }));
    return policy.chain((chosen) => {
      const lanes = (chosen.lanes ?? []).map(({ lane }) => lane);
      const combination = isFree
        ? fc.integer({ min: 0, max: 2 }).map((priority): Promotion["combination"] => ({
            priority,
            base: "running",
            discountedLines: "include",
          }))
        : someCombination(lanes);
      const limits = fc
        .tuple(
          maybe(fc.integer({ min: 1, max: 3 }), "uses"),
          maybe(fc.integer({ min: 1, max: 2 }), "usesPerCustomer"),
          maybe(units(scale, 1, 1500), "budget"),
          maybe(units(1, 5, 60), "units"),
          maybe(units(scale, 1, 1500), "amountPerOrder"),
          maybe(fc.constantFrom("capped", "refused"), "beyondBudget"),
        )
        .map((parts): Promotion["limits"] => Object.assign({}, ...parts) as NonNullable<Promotion["limits"]>);
      const promotion = fc
        .tuple(
          someEffect(scale),
          combination,
          fc.option(someCondition(), { nil: undefined, freq: 3 }),
          fc.option(limits, { nil: undefined, freq: 3 }),
          fc.option(
            fc.constantFrom<Promotion["coupons"]>({ kind: "codes", codes: [] }, { kind: "batch", batchId: "B-1" }),
            { nil: undefined, freq: 2 },
          ),
          fc.nat({ max: 9 }),
        )
        .map(([effect, own, condition, limit, coupons, luck]) => ({ effect, own, condition, limit, coupons, luck }));
      return record<Scene>({
        promotions: fc.array(promotion, { minLength: 1, maxLength: maxPromotions }).map((drawn) =>
          drawn.map(({ effect, own, condition, limit, coupons, luck }, place) =>
            anyPromotion({
              promotionId: `P-${place}`,
              currency,
              effect: limit === undefined || isFree ? effect : valued(effect),
              combination: own,
              ...(condition === undefined ? {} : { condition }),
              ...(limit === undefined || isFree ? {} : { limits: limit }),
              ...(coupons === undefined
                ? {}
                : {
                    coupons:
                      coupons.kind === "codes" ? { kind: "codes", codes: [`CODE-${place}`, `X-${place}`] } : coupons,
                  }),
              ...(luck === 0 ? { validity: { from: instant("2026-03-02T09:00:00.001Z") } } : {}),
            }),
          ),
        ),
        policy: fc.constant(chosen),
        cart: someCart(currency, scale),
        facts: someFacts(),
      });
    });
  });
}

/** Gifts of a promotion whose money may be limited have a value. */
export function valued(effect: PromotionEffect): PromotionEffect {
  if (effect.kind !== "gift") return effect;
  return { ...effect, items: effect.items.map((item, place) => ({ value: decimal(place + 2), ...item })) };
}

function someCart(currency: string, scale: number): Arbitrary<PromotionCart> {
  const line = fc
    .tuple(
      fc.constantFrom(...ITEMS),
      fc.oneof({ weight: 4, arbitrary: units(0, 1, 12) }, { weight: 1, arbitrary: units(2, 20, 900) }),
      fc.oneof({ weight: 3, arbitrary: units(scale, 1, 2500) }, { weight: 1, arbitrary: units(scale + 2, 0, 90_000) }),
      fc.subarray(CATEGORIES),
      fc.subarray(TAGS),
      fc.nat({ max: 5 }),
      fc.constantFrom(undefined, decimal("7"), decimal("19")),
    )
    .map(([itemCode, quantity, unitPrice, categories, tags, luck, taxRate]): Omit<CartLine, "lineId"> => {
      return {
        itemCode,
        quantity,
        unitPrice,
        categories,
        tags,
        ...(luck === 0 ? { floorPrice: unitPrice } : luck === 1 ? { floorPrice: decimal("1.5") } : {}),
        ...(luck === 2 ? { attributes: { brand: "Lee" } } : {}),
        ...(taxRate === undefined ? {} : { taxRate }),
      };
    });
  return fc
    .tuple(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.nat({ max: 3 }),
      fc.subarray(["CODE-0", "CODE-1", "X-1", "CODE-2", "TEA-6", "TEA-7", "TEA-8", "TEA-9"]),
      units(scale, 0, 990),
      fc.option(fc.constantFrom(...ITEMS)),
    )
    .map(([lines, luck, couponCodes, freight, choice]) => ({
      at: AT,
      currency,
      lines: lines.map((one, place) => ({ lineId: String(place + 1), ...one })),
      customer: {
        customerCode: "C-1",
        customerClass: luck === 0 ? "A" : "C",
        tags: luck === 1 ? ["club"] : [],
        ...(luck === 3 ? {} : { earlierOrders: luck }),
      },
      order: { channel: luck === 2 ? "phone" : "webShop", deliveryAreaPath: ["city", "harbour"] },
      charges: [
        { kind: "freight" as const, amount: freight },
        { kind: "handling" as const, amount: decimal("2") },
      ],
      couponCodes,
      ...(choice === null ? {} : { giftChoices: { "P-0": choice, "P-1": choice } }),
    }));
}

function someFacts(): Arbitrary<PromotionFacts> {
  const coupons: readonly Coupon[] = [
    { code: "TEA-6", batchId: "B-1" },
    { code: "TEA-7", batchId: "B-1", itemCodes: ["TEA"] },
    { code: "TEA-8", batchId: "B-1", customerCodes: ["C-2"] },
    { code: "TEA-9", batchId: "B-1", validTo: AT },
  ];
  return fc.tuple(fc.subarray(ITEMS, { maxLength: 2 }), fc.nat({ max: 3 })).map(([unavailable, uses]) => ({
    coupons: new Map(coupons.map((coupon) => [coupon.code, coupon])),
    unavailableItems: new Set(unavailable),
    usage: new Map([
      [
        "P-0",
        {
          uses,
          amount: decimal(uses),
          units: decimal(uses * 2),
          byCustomer: new Map([["C-1", uses]]),
          byCode: new Map([["CODE-0", uses]]),
        },
      ],
    ]),
  }));
}
