import { decimal, fromUnits, toSafeUnits } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { LineSelector } from "../../../src/model/promotion/line-selector.js";
import type { PromotionEffect, UnitRanking } from "../../../src/model/promotion/promotion-effect.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import { openCart } from "../../../src/pricing/promotions/cart-state.js";
import { compilePromotions, type CompiledPromotions } from "../../../src/pricing/promotions/compile-promotions.js";
import {
  pricePromotions,
  runPromotions,
  type PromotionPricing,
} from "../../../src/pricing/promotions/price-promotions.js";
import type { PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import { candidatesFor } from "../../../src/pricing/promotions/promotion-index.js";
import type { BenchCart, BenchPromotion } from "./promotion-world.js";

/** A cart as a shop has it: money and quantities as decimal text. */
export type TextCart = PromotionCart & {
  readonly customer: { readonly customerType: string };
  readonly couponCodes: readonly string[];
};

/** Turns a cart into what ordercycle and other users of decimal text take. */
export function textCart({ group, codes, lines }: BenchCart): TextCart {
  return {
    at: instant("2026-03-02T09:00:00Z"),
    currency: "EUR",
    customer: { customerType: group },
    couponCodes: codes,
    lines: lines.map(({ lineId, item, category, quantity, price }) => ({
      lineId,
      itemCode: item,
      categories: [category],
      quantity: fromUnits(quantity, 0),
      unitPrice: fromUnits(price, 2),
    })),
  };
}

const EVERY: LineSelector = { kind: "every" };
const DEAREST: UnitRanking = { by: "lineAmount", first: "dearest" };

/** Compiles the promotions for `pricePromotions`, in the order in which they stand. */
export function compiledPromotions(promotions: readonly BenchPromotion[]): CompiledPromotions {
  const compiled = compilePromotions(promotions.map(definition));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues.slice(0, 3)));
  return compiled.value;
}

function definition(promotion: BenchPromotion, priority: number): Promotion {
  return {
    promotionId: promotion.id,
    version: 1,
    name: promotion.id,
    reason: "measured",
    owner: "bench",
    validity: { from: instant("2026-01-01T00:00:00Z") },
    timeZone: "UTC",
    currency: "EUR",
    ...(promotion.kind === "coupon" ? { coupons: { kind: "codes", codes: [promotion.code] } } : {}),
    ...(promotion.kind === "amount"
      ? {
          condition: {
            kind: "all",
            of: [
              { kind: "customer", fact: "customerType", in: [promotion.group] },
              { kind: "lines", which: EVERY, measure: "amount", atLeast: fromUnits(promotion.least, 2) },
            ],
          },
        }
      : {}),
    effect: effectOf(promotion),
    combination: { priority, base: promotion.kind === "buyGet" ? "initial" : "running", discountedLines: "include" },
    revision: {
      cancel: "reEvaluate",
      short: "reEvaluate",
      return: "reEvaluate",
      amend: "reEvaluate",
      unearnedGifts: "takeBack",
      uses: "giveBack",
    },
  };
}

function effectOf(promotion: BenchPromotion): PromotionEffect {
  const items = (list: readonly string[]): LineSelector => ({ kind: "items", in: list });
  const percentOff = (which: LineSelector, percent: number): PromotionEffect => ({
    kind: "percentOff",
    which,
    percent: fromUnits(percent, 0),
    spread: "eachLine",
  });
  switch (promotion.kind) {
    case "items":
      return percentOff(items(promotion.items), promotion.percent);
    case "category":
      return percentOff({ kind: "categories", in: [promotion.category] }, promotion.percent);
    case "coupon":
      return percentOff(EVERY, promotion.percent);
    case "amount":
      return { kind: "amountOff", which: EVERY, amount: fromUnits(promotion.amount, 2), per: "across" };
    case "tiers":
      return {
        kind: "tiers",
        which: items(promotion.items),
        measure: "quantity",
        per: "line",
        mode: "allUnits",
        reward: "percent",
        steps: promotion.steps.map(([from, value]) => ({ from: fromUnits(from, 0), value: fromUnits(value, 0) })),
      };
    case "buyGet":
      return {
        kind: "buyGet",
        buy: { which: items(promotion.buy), units: promotion.buyUnits },
        get: { which: items(promotion.get), units: promotion.getUnits },
        reward: { kind: "percent", percent: decimal("100") },
        buyFirst: DEAREST,
        getFirst: DEAREST,
        maxUnits: promotion.mostUnits,
        repeat: "everyTime",
        partly: "refused",
        blocked: "sameRole",
      };
  }
}

/** Prices a cart. */
export function pricedCart(compiled: CompiledPromotions, cart: PromotionCart): PromotionPricing {
  const priced = pricePromotions(compiled, cart);
  if (!priced.ok) throw new Error(JSON.stringify(priced.issues));
  return priced.value;
}

/** What was taken off, in cents. */
export function centsOff({ adjustments }: PromotionPricing): number[] {
  return adjustments.map(({ amount }) => toSafeUnits(amount, 2) ?? Number.NaN);
}

/** Tells where the time of `pricePromotions` goes: the parts are run by themselves, over and over. */
export function pricingPhases(compiled: CompiledPromotions, carts: readonly PromotionCart[]): string {
  const timeOf = (work: (cart: PromotionCart) => unknown): number => {
    let spent = 0;
    for (let turn = 0; turn < 30; turn++) {
      const start = process.cpuUsage();
      for (const cart of carts) work(cart);
      const { user, system } = process.cpuUsage(start);
      if (turn >= 10) spent += user + system;
    }
    return spent;
  };
  const all = timeOf((cart) => pricePromotions(compiled, cart));
  const read = timeOf((cart) => openCart(cart, compiled.policy));
  const found = timeOf((cart) => candidatesFor(compiled.index, cart, undefined));
  const ran = timeOf((cart) => runPromotions(compiled, cart, {}));
  const parts = { "reading the cart": read, "finding promotions": found, "working them out": ran - read - found };
  return Object.entries({ ...parts, "writing down": all - ran })
    .map(([name, time]) => `${name} ${Math.round((time / all) * 100)} %`)
    .join(", ");
}
