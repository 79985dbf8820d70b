import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compare, decimal, fromUnits, subtract } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { Tiers } from "../../../src/model/promotion/promotion-effect.js";
import { USUAL_PROMOTION_POLICY } from "../../../src/model/promotion/promotion-policy.js";
import { pricePromotions } from "../../../src/pricing/promotions/price-promotions.js";
import { tierDips } from "../../../src/pricing/promotions/tier-dips.js";
import { granted } from "../../lifecycle/answers.js";
import { compiled, every, promotion } from "../promoted.js";

const tiers = (steps: readonly (readonly [from: string, value: string])[], part: Partial<Tiers> = {}): Tiers => ({
  kind: "tiers",
  which: every,
  measure: "quantity",
  per: "line",
  mode: "allUnits",
  reward: "percent",
  steps: steps.map(([from, value]) => ({ from: decimal(from), value: decimal(value) })),
  ...part,
});
const dips = (effect: Tiers, unitPrice = "5", part: { currency?: string; quantum?: string } = {}) =>
  tierDips(effect, {
    unitPrice: decimal(unitPrice),
    currency: part.currency ?? "EUR",
    ...(part.quantum === undefined ? {} : { quantum: decimal(part.quantum) }),
  }).map(({ from, quantityBelow, totalBelow, quantityAt, totalAt }) => [
    from,
    `${quantityBelow}: ${totalBelow}`,
    `${quantityAt}: ${totalAt}`,
  ]);

describe("tierDips (mission 6.5)", () => {
  test.each([
    ["all units, 20 % from ten on", tiers([["10", "20"]]), [["10", "9: 45", "10: 40"]]],
    ["all units, 10 % from ten on: the same", tiers([["10", "10"]]), []],
    ["incremental tiers only rise", tiers([["10", "50"]], { mode: "incremental" }), []],
    [
      "each step by itself",
      tiers([
        ["10", "5"],
        ["20", "20"],
      ]),
      [["20", "19: 90.25", "20: 80"]],
    ],
    ["a price for each", tiers([["10", "4"]], { reward: "unitPrice" }), [["10", "9: 45", "10: 40"]]],
    ["a sum off", tiers([["10", "6"]], { reward: "amount" }), [["10", "9: 45", "10: 44"]]],
    ["by amount", tiers([["50", "20"]], { measure: "amount" }), [["50", "9: 45", "10: 40"]]],
    ["a first step at one: nothing is below it", tiers([["1", "50"]]), []],
    ["a step between two quantities", tiers([["9.5", "20"]]), [["9.5", "9: 45", "10: 40"]]],
  ] as readonly (readonly [string, Tiers, readonly unknown[]])[])("%s", (_what, effect, expected) => {
    expect(dips(effect)).toEqual(expected);
  });

  it("reads a sum in the decimals of its currency, or in those of the policy", () => {
    const sum = tiers([["10", "0.055"]], { reward: "amount" });
    expect(dips(sum, "0.05", { currency: "KWD" })).toEqual([["10", "9: 0.45", "10: 0.445"]]);
    const policy = { ...USUAL_PROMOTION_POLICY, decimals: 3 };
    const found = tierDips(sum, { unitPrice: decimal("0.05"), currency: "EUR" }, policy);
    expect(found.map(({ totalBelow, totalAt }) => [totalBelow, totalAt])).toEqual([["0.45", "0.445"]]);
  });

  it("tries quantities in the step in which the item is ordered, and amounts in the minor unit", () => {
    expect(dips(tiers([["10", "30"]]), "5", { quantum: "4" })).toEqual([]);
    expect(dips(tiers([["10", "50"]]), "5", { quantum: "4" })).toEqual([["10", "8: 40", "12: 30"]]);
    expect(dips(tiers([["10", "20"]]), "5", { quantum: "0.5" })).toEqual([["10", "9.5: 47.5", "10: 40"]]);
    expect(dips(tiers([["10", "12.5"]]), "33", { currency: "JPY" })).toEqual([["10", "9: 297", "10: 289"]]);
    expect(dips(tiers([["3.333", "50"]], { measure: "amount" }), "0")).toEqual([]);
  });

  it("throws for goods that cannot be priced", () => {
    expect(() => dips(tiers([["10", "20"]]), "5", { currency: "XXQ" })).toThrow(RangeError);
  });

  it("rule 2: totals are those that pricing gives, and every dip is one", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 2_000 }),
        fc.constantFrom("allUnits" as const, "incremental" as const),
        (froms, price, mode) => {
          const steps = froms.sort((a, b) => a - b).map((from, place) => [`${from}`, `${(place + 1) * 9}`] as const);
          const effect = tiers(steps, { mode });
          const unitPrice = fromUnits(price, 2);
          const promotions = compiled(promotion(effect));
          const totalOf = (quantity: string) => {
            const lines = [{ lineId: "1", itemCode: "TEA", quantity: decimal(quantity), unitPrice }];
            const cart = { at: instant("2026-03-02T09:00:00Z"), currency: "EUR", lines };
            const gross = fromUnits(BigInt(price) * BigInt(quantity), 2);
            return subtract(gross, granted(pricePromotions(promotions, cart)).discount);
          };
          const found = tierDips(effect, { unitPrice, currency: "EUR" }, USUAL_PROMOTION_POLICY);
          for (const { quantityBelow, totalBelow, quantityAt, totalAt } of found) {
            expect([totalOf(quantityBelow), totalOf(quantityAt)]).toEqual([totalBelow, totalAt]);
          }
          const falling = froms.filter((from) => compare(totalOf(`${from}`), totalOf(`${from - 1}`)) < 0);
          expect(found.map(({ from }) => Number(from))).toEqual(falling);
        },
      ),
    );
  });
});
