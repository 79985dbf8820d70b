import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { en } from "../../../src/messages/en.js";
import { checkPromotion } from "../../../src/model/promotion/check-promotion.js";
import type { PromotionCondition } from "../../../src/model/promotion/promotion-condition.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import { promotionSchema } from "../../../src/schema/index.js";
import { anyPromotion, arbitraryPromotion } from "../../../src/testing/index.js";
import { PROMOTION_SAMPLES } from "../../schema/promotion-samples.js";
import {
  tea,
  made,
  effect,
  condition,
  limits,
  percentOff,
  amountOff,
  chargeOff,
  groups,
  gift,
  time,
  lines,
  nested,
  FAULTS,
  withoutCurrency,
} from "./faulty-promotions.js";

describe("checkPromotion (mission 6.2, 7.7)", () => {
  test.each(FAULTS)(
    "tells of %s, with place and facts, and of nothing else",
    (_name, promotion, [code, path, facts]) => {
      const { promotionId } = promotion;
      expect(checkPromotion(promotion)).toEqual([{ code, path, params: { promotionId, ...facts } }]);
    },
  );

  it("is shown to tell of every code that a single promotion can have", () => {
    const amongOthers = ["code_shared", "unknown_lane", "version_twice", "versions_overlap"];
    const shown = new Set<string>(FAULTS.map(([, , [code]]) => code));
    const all = Object.keys(en).filter((code) => code.startsWith("promotion."));
    expect(all.filter((code) => !shown.has(code))).toEqual(amongOthers.map((name) => `promotion.${name}`));
  });

  it("tells of everything at once", () => {
    const wrong = made({
      owner: "",
      currency: undefined,
      condition: { kind: "all", of: [{ kind: "time" }, { kind: "nthOrder", from: 3, to: 2 }] },
      effect: { kind: "amountOff", which: { kind: "items", in: [] }, amount: "0", per: "across" },
      limits: { uses: 0, budget: "-1" },
    });
    expect(checkPromotion(wrong).map(({ code }) => code)).toEqual([
      "promotion.no_owner",
      "promotion.empty_condition",
      "promotion.contradictory_bounds",
      "promotion.empty_condition",
      "promotion.amount_not_positive",
      "promotion.not_a_count",
      "promotion.limit_not_positive",
      "promotion.currency_missing",
    ]);
  });

  test.each(PROMOTION_SAMPLES.map((sample) => [(sample as Promotion).effect.kind, sample] as const))(
    "finds nothing wrong with a sound promotion: %s",
    (_kind, sample) => {
      expect(checkPromotion(promotionSchema.parse(sample))).toEqual([]);
    },
  );

  test.each([
    ["free goods at a fixed price", effect({ kind: "fixedPrice", which: tea, unitPrice: "0" })],
    ["a price finer than a cent", effect({ kind: "fixedPrice", which: tea, unitPrice: "0.0333" })],
    ["a discount finer than a cent for each unit", amountOff({ per: "unit", amount: "0.0333" })],
    ["free freight", chargeOff({ reward: { kind: "downTo", amount: "0" } })],
    ["all of a group free", groups({ reward: { kind: "payFor", units: 0 } })],
    ["everything off", percentOff({ percent: "100" })],
    ["half of a bulk good", limits({ units: "0.5" })],
    ["equal bounds", lines({ atLeast: "10", atMost: "10" })],
    ["the first order alone", condition({ kind: "nthOrder", from: 1, to: 1 })],
    ["hours over midnight", time({ fromTime: "22:00", toTime: "02:00" })],
    ["hours with one end", time({ fromTime: "18:00" })],
    ["a negative priority", made({ combination: { ...anyPromotion().combination, priority: -3 } })],
    ["no money and no currency", withoutCurrency(percentOff({}))],
    ["the deepest tree", condition(nested({ kind: "time", weekdays: [1] }, 30))],
    [
      "items of a coupon",
      { ...percentOff({ which: { kind: "couponItems" } }), coupons: { kind: "batch" as const, batchId: "B" } },
    ],
    ["a gift that a coupon earns", gift({ buy: undefined })],
  ])("lets pass %s", (_name, promotion) => {
    expect(checkPromotion(promotion)).toEqual([]);
  });

  it("finds nothing wrong with arbitrary promotions, and leaves them as they are", () => {
    fc.assert(
      fc.property(arbitraryPromotion(), (promotion) => {
        const before = JSON.stringify(promotion);
        expect(checkPromotion(promotion)).toEqual([]);
        expect(JSON.stringify(promotion)).toBe(before);
      }),
    );
  });

  it("never throws, whatever the numbers and names of a well-shaped promotion are", () => {
    const numbers = fc.constantFrom(0, -1, 0.5, 1, 7, 2 ** 53, Number.MAX_VALUE, NaN, Infinity);
    const names = fc.constantFrom("", " ", "\u0000", "\ud800", "P-1");
    const spoil = (value: unknown, number: () => unknown, text: () => string): unknown => {
      if (typeof value === "number") return number();
      if (typeof value === "string" && /^\d+(\.\d+)?$/u.test(value)) return text();
      if (Array.isArray(value)) return number() === 0 ? [] : value.map((one) => spoil(one, number, text));
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoil(one, number, text)]));
    };
    const decimalTexts = fc.constantFrom("0", "-1", "0.00000001", "100", "101", "999999999999.99999999");
    fc.assert(
      fc.property(
        arbitraryPromotion(),
        fc.array(numbers, { minLength: 1 }),
        fc.array(decimalTexts, { minLength: 1 }),
        names,
        (promotion, drawn, drawnTexts, name) => {
          let place = 0;
          const spoilt = spoil(
            promotion,
            () => drawn[place++ % drawn.length],
            () => drawnTexts[place++ % drawnTexts.length]!,
          ) as Promotion;
          const issues = checkPromotion({ ...spoilt, promotionId: name, owner: name });
          for (const { code, path } of issues) {
            expect(code).toMatch(/^promotion\.[a-z0-9_]+$/u);
            expect(path.length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it("looks no deeper than it must into a tree without end", () => {
    const deep = nested({ kind: "time" }, 200_000);
    const selector = nested(tea, 200_000);
    const begin = performance.now();
    expect(checkPromotion(condition(deep)).map(({ code }) => code)).toEqual(["promotion.too_deep"]);
    expect(checkPromotion(percentOff({ which: selector })).map(({ code }) => code)).toEqual(["promotion.too_deep"]);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });

  it("looks at no more parts than it must of a tree whose parts are shared", () => {
    type Tree = PromotionCondition;
    let shared: Tree = { kind: "time", weekdays: [1] };
    for (let level = 0; level < 29; level += 1) shared = { kind: "all", of: [shared, shared, shared] };
    const [only, ...more] = checkPromotion(condition(shared));
    expect([only?.code, only?.params, more]).toEqual([
      "promotion.too_many_conditions",
      { promotionId: "P-1", limit: 10_000 },
      [],
    ]);
    const few = { kind: "all", of: Array.from({ length: 9_998 }, (): Tree => ({ kind: "time", weekdays: [1] })) };
    expect(checkPromotion(condition(few as Tree))).toEqual([]);
  });
});
