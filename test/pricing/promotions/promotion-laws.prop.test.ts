import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  compare,
  decimal,
  isPositive,
  multiply,
  round,
  subtract,
  ZERO,
  type Decimal,
} from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import { minorUnitOf } from "../../../src/core/money.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import { compilePromotions } from "../../../src/pricing/promotions/compile-promotions.js";
import { explainPromotions } from "../../../src/pricing/promotions/explain-promotions.js";
import { pricePromotions, type PromotionPricing } from "../../../src/pricing/promotions/price-promotions.js";
import type { CartLine } from "../../../src/pricing/promotions/promotion-cart.js";
import { granted } from "../../lifecycle/answers.js";
import { compiled, cups, items, promotion } from "../promoted.js";
import { someScene, type Scene } from "./some-promotions.js";

function compile({ promotions, policy }: Scene) {
  const compiled = compilePromotions(promotions, policy);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return compiled.value;
}

function priced(scene: Scene): PromotionPricing {
  const result = pricePromotions(compile(scene), scene.cart, scene.facts);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Runs a law on many scenes; FC_RUNS asks for more. */
function holds(scenes: fc.Arbitrary<Scene>, law: (scene: Scene) => void, usual = 800): void {
  const numRuns = process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
  fc.assert(fc.property(scenes, law), { numRuns });
}

const sumOf = (amounts: readonly Decimal[]): Decimal => amounts.reduce((all, one) => add(all, one), ZERO);

describe("laws of promotions on carts (mission 6.1–6.8; B1, B18)", () => {
  it("sum exact: parts sum to the whole (Σ line discounts = discount), and every part is a positive amount of whole minor units", () => {
    holds(someScene(), (scene) => {
      const { adjustments, charges, discount } = priced(scene);
      const amounts = [...adjustments, ...charges].map(({ amount }) => amount);
      const decimals = scene.policy.decimals ?? minorUnitOf(scene.cart.currency) ?? 2;
      expect(sumOf(amounts)).toBe(discount);
      expect(amounts.filter((amount) => !isPositive(amount))).toEqual([]);
      expect(amounts.filter((amount) => round(amount, decimals, "down") !== amount)).toEqual([]);
    });
  });

  it("never below zero or floor: no line goes below zero or its floor, and no charge below zero", () => {
    holds(someScene(), (scene) => {
      const { adjustments, charges } = priced(scene);
      const { rounding } = scene.policy;
      const decimals = scene.policy.decimals ?? minorUnitOf(scene.cart.currency) ?? 2;
      for (const line of scene.cart.lines) {
        const off = sumOf(adjustments.filter(({ lineId }) => lineId === line.lineId).map(({ amount }) => amount));
        if (off === ZERO) continue;
        const gross = round(multiply(line.quantity, line.unitPrice), decimals, rounding);
        const left = subtract(subtract(gross, line.agreedDiscount ?? ZERO), off);
        const floor = round(multiply(line.quantity, line.floorPrice ?? ZERO), decimals, "ceiling");
        expect(compare(left, floor)).toBeGreaterThanOrEqual(0);
        expect(compare(left, ZERO)).toBeGreaterThanOrEqual(0);
      }
      for (const [place, { amount }] of (scene.cart.charges ?? []).entries()) {
        const off = sumOf(charges.filter(({ charge }) => charge === place).map((one) => one.amount));
        expect(compare(off, amount)).toBeLessThanOrEqual(0);
      }
    });
  });

  it("budget within one evaluation: no limit is exceeded, also not by several codes of one batch", () => {
    holds(someScene(), (scene) => {
      const { adjustments, charges, gifts } = priced(scene);
      for (const { promotionId, limits } of scene.promotions) {
        const own = [...adjustments, ...charges].filter((one) => one.promotionId === promotionId);
        const amount = sumOf(own.map((one) => one.amount));
        const used = scene.facts.usage?.get(promotionId);
        const units = add(
          sumOf(adjustments.filter((one) => one.promotionId === promotionId).map((one) => one.units)),
          sumOf(gifts.filter((one) => one.promotionId === promotionId).map((one) => one.quantity)),
        );
        const isWithin = (given: Decimal, limit: Decimal | undefined, before: Decimal = ZERO): boolean =>
          limit === undefined || given === ZERO || compare(add(given, before), limit) <= 0;
        expect(isWithin(amount, limits?.budget, used?.amount)).toBe(true);
        expect(isWithin(amount, limits?.amountPerOrder)).toBe(true);
        expect(isWithin(units, limits?.units, used?.units)).toBe(true);
      }
    });
  });

  it("permutation: the order in which promotions are given changes nothing", () => {
    holds(someScene(), (scene) => {
      const promotions = [...scene.promotions].reverse();
      expect(priced({ ...scene, promotions })).toEqual(priced(scene));
    });
  });

  it("other ids change nothing where the policy orders equals by content", () => {
    holds(someScene({ isFree: true }), (scene) => {
      const content = scene.promotions.map(({ promotionId: _id, ...rest }) => JSON.stringify(rest));
      fc.pre(new Set(content).size === content.length);
      const renamed = (id: string): string => `Z-${99 - Number(id.slice(2))}`;
      const rekeyed = <Value>(entries: Iterable<readonly [string, Value]>): [string, Value][] =>
        [...entries].map(([id, value]) => [renamed(id), value]);
      const { giftChoices, ...cart } = scene.cart;
      const other = priced({
        ...scene,
        promotions: scene.promotions.map((one) => ({ ...one, promotionId: renamed(one.promotionId) })),
        cart: {
          ...cart,
          ...(giftChoices === undefined
            ? {}
            : { giftChoices: Object.fromEntries(rekeyed(Object.entries(giftChoices))) }),
        },
        facts: { ...scene.facts, usage: new Map(rekeyed(scene.facts.usage ?? [])) },
      });
      const before = priced(scene);
      expect(other.discount).toBe(before.discount);
      expect(other.adjustments).toEqual(
        before.adjustments.map((one) => ({ ...one, promotionId: renamed(one.promotionId) })),
      );
      expect(other.charges).toEqual(before.charges.map((one) => ({ ...one, promotionId: renamed(one.promotionId) })));
    });
  });

  it("unrelated line: one that no promotion means changes nothing", () => {
    holds(someScene(), (scene) => {
      const promotions = scene.promotions.filter((one) => !meansAnything(one));
      fc.pre(promotions.length > 0);
      const line: CartLine = {
        lineId: "unrelated",
        itemCode: "UNRELATED",
        quantity: decimal("3"),
        unitPrice: decimal("17"),
      };
      const some = { ...scene, promotions };
      const more = { ...some, cart: { ...scene.cart, lines: [...scene.cart.lines, line] } };
      expect(priced(more)).toEqual(priced(some));
    });
  });

  it("removing a promotion that gave nothing and rules nothing out never lowers another's explanation: everything stays", () => {
    holds(someScene(), (scene) => {
      const all = explainPromotions(compile(scene), scene.cart, scene.facts);
      if (!all.ok) throw new Error(JSON.stringify(all.issues));
      // There is a verdict for each code; a member of a group holds its place even when it gives nothing.
      const gave = new Set(all.value.promotions.filter(({ applied }) => applied).map(({ promotionId }) => promotionId));
      const idle = scene.promotions.find(
        ({ promotionId, combination }) => !gave.has(promotionId) && combination.bestOf === undefined,
      );
      const isInStacks = (scene.policy.lanes ?? []).every(({ mode }) => mode === "stack");
      fc.pre(isInStacks);
      if (idle === undefined) return;
      const promotions = scene.promotions.filter(({ promotionId }) => promotionId !== idle.promotionId);
      fc.pre(promotions.length > 0);
      const less = explainPromotions(compile({ ...scene, promotions }), scene.cart, scene.facts);
      if (!less.ok) throw new Error(JSON.stringify(less.issues));
      expect(less.value.pricing).toEqual(all.value.pricing);
      const others = all.value.promotions.filter(({ promotionId }) => promotionId !== idle.promotionId);
      expect(less.value.promotions.map(({ promotionId, applied }) => [promotionId, applied])).toEqual(
        others.map(({ promotionId, applied }) => [promotionId, applied]),
      );
    });
  });

  it("B18: removing a line never raises another line's price beyond its price without promotions", () => {
    holds(
      someScene(),
      (scene) => {
        const { lines } = scene.cart;
        fc.pre(lines.length > 1);
        const { rounding } = scene.policy;
        const decimals = scene.policy.decimals ?? minorUnitOf(scene.cart.currency) ?? 2;
        for (const gone of lines) {
          const rest = lines.filter((line) => line !== gone);
          const { adjustments } = priced({ ...scene, cart: { ...scene.cart, lines: rest } });
          for (const { lineId, quantity, unitPrice } of rest) {
            const off = sumOf(adjustments.filter((one) => one.lineId === lineId).map(({ amount }) => amount));
            const plain = round(multiply(quantity, unitPrice), decimals, rounding);
            expect(compare(subtract(plain, off), plain)).not.toBe(1);
          }
          expect(adjustments.some(({ lineId }) => lineId === gone.lineId)).toBe(false);
        }
      },
      200,
    );
  });

  it("B18: gift count is min(cap, ⌊Σ bought ÷ n⌋ · m)", () => {
    const anyGift = fc.record({
      bought: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
      n: fc.integer({ min: 1, max: 12 }),
      m: fc.integer({ min: 1, max: 5 }),
      cap: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
      isOnce: fc.boolean(),
    });
    fc.assert(
      fc.property(anyGift, ({ bought, n, m, cap, isOnce }) => {
        const gift = promotion(
          cups({
            buy: { which: items("TEA"), units: n },
            units: decimal(m),
            repeat: isOnce ? "once" : "everyTime",
            ...(cap === undefined ? {} : { maxUnits: decimal(cap) }),
          }),
        );
        const cart = {
          at: instant("2026-03-02T09:00:00Z"),
          currency: "EUR",
          lines: [...bought, 7].map((quantity, place) => ({
            lineId: `${place}`,
            itemCode: place < bought.length ? "TEA" : "RICE",
            quantity: decimal(quantity),
            unitPrice: decimal("2"),
          })),
        };
        const full = Math.floor(bought.reduce((all, one) => all + one, 0) / n);
        const count = Math.min(cap ?? Infinity, (isOnce ? Math.min(1, full) : full) * m);
        const given = granted(pricePromotions(compiled(gift), cart)).gifts;
        expect(given.map(({ quantity }) => quantity)).toEqual(count === 0 ? [] : [`${count}`]);
      }),
    );
  });

  it("the best choice never gives less than taking all in order", () => {
    holds(
      someScene({ maxPromotions: 4 }),
      (scene) => {
        fc.pre(scene.promotions.every(({ effect }) => effect.kind !== "gift"));
        const policy = { ...scene.policy, search: { kind: "bestForCustomer", steps: 6 } as const };
        expect(compare(priced({ ...scene, policy }).discount, priced(scene).discount)).toBeGreaterThanOrEqual(0);
      },
      200,
    );
  });
});

/** Whether it can mean a line of an item that it does not name. */
function meansAnything(promotion: Promotion): boolean {
  return /"kind":"(?:every|not|quantity|unitPrice|couponItems)"/u.test(JSON.stringify(promotion));
}
