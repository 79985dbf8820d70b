import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import { checkPromotion } from "../../src/model/promotion/check-promotion.js";
import { checkPromotions } from "../../src/model/promotion/check-promotions.js";
import type { Order } from "../../src/model/order.js";
import { USUAL_PROMOTION_POLICY } from "../../src/model/promotion/promotion-policy.js";
import { indexMasters } from "../../src/model/masters.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { compilePromotions, type CompiledPromotions } from "../../src/pricing/promotions/compile-promotions.js";
import { planRevision } from "../../src/pricing/promotions/plan-revision.js";
import { pricePromotions } from "../../src/pricing/promotions/price-promotions.js";
import type { CartLine, PromotionCart } from "../../src/pricing/promotions/promotion-cart.js";
import { revisePromotions } from "../../src/pricing/promotions/revise-promotions.js";
import { anyContext, anyItem, anyOrder, anyPromotion } from "../../src/testing/index.js";
import { FAULTS, gift } from "../model/promotion/faulty-promotions.js";

/** Issues of promotions: of their definitions, of carts, of gifts and of revisions. */
export function promotionIssues(): readonly Issue[] {
  return [...definitionIssues(), ...cartIssues(), ...giftIssues(), ...revisionIssues()];
}

function issuesOf(...results: readonly Result<unknown>[]): Issue[] {
  return results.flatMap((result) => (result.ok ? [] : result.issues));
}

function compiled(...promotions: Parameters<typeof compilePromotions>[0]): CompiledPromotions {
  const result = compilePromotions(promotions);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

function definitionIssues(): Issue[] {
  const coupons = { kind: "codes" as const, codes: ["SPRING"] };
  const lane = anyPromotion({ combination: { ...anyPromotion().combination, lane: "till" } });
  return [
    ...FAULTS.flatMap(([, promotion]) => checkPromotion(promotion)),
    ...checkPromotions([anyPromotion(), anyPromotion(), anyPromotion({ version: 2 })]),
    ...checkPromotions([anyPromotion({ coupons }), anyPromotion({ promotionId: "P-2", coupons })]),
    ...issuesOf(compilePromotions([lane], { ...USUAL_PROMOTION_POLICY, lanes: [{ lane: "shelf", mode: "stack" }] })),
  ];
}

function cartIssues(): Issue[] {
  const line = (lineId: string, part: Partial<CartLine> = {}): CartLine => ({
    lineId,
    itemCode: "TEA",
    quantity: decimal("1"),
    unitPrice: decimal("2"),
    ...part,
  });
  const price = (part: Partial<PromotionCart>) =>
    pricePromotions(compiled(anyPromotion()), { at: anyContext().at, currency: "EUR", lines: [line("1")], ...part });
  return issuesOf(
    price({ currency: "XXQ" }),
    price({
      lines: [
        line("1"),
        line("1"),
        line("2", { quantity: decimal("0") }),
        line("3", { unitPrice: decimal("-1") }),
        line("4", { agreedDiscount: decimal("3") }),
        line("5", { quantity: decimal("999999999999"), unitPrice: decimal("999999999999") }),
      ],
      charges: [
        { kind: "freight", amount: decimal("-1") },
        { kind: "freight", amount: decimal("0.001") },
      ],
    }),
  );
}

/** An order for ten pieces of tea, in the stage in which prices are made. */
const order = (): Order => anyOrder({ stage: "reviewed", totals: null });
const third = anyItem({ itemCode: "CUP", units: [{ uom: "THIRD", factor: { numerator: "1", denominator: "3" } }] });
const setting = (promotions: CompiledPromotions | undefined) => ({
  ...anyContext(),
  masters: indexMasters({ items: [anyItem(), third] }),
  policy: { rounding: "halfUp" as const, givenPrice: "honour" as const },
  ...(promotions === undefined ? {} : { promotions: { compiled: promotions } }),
});

function giftIssues(): Issue[] {
  const price = (items: readonly object[]) => priceOrder(order(), setting(compiled(gift({ items }))));
  return issuesOf(price([{ itemCode: "BAG" }]), price([{ itemCode: "CUP", uom: "THIRD" }]));
}

function revisionIssues(): Issue[] {
  const promotions = compiled(anyPromotion());
  const context = { ...setting(undefined), promotions: { compiled: promotions } };
  const priced = priceOrder(order(), context);
  if (!priced.ok) throw new Error(JSON.stringify(priced.issues));
  const promoted = priced.value.order;
  const leaving = [
    { lineId: "SO-1-1", quantity: decimal("11") },
    { lineId: "SO-9-1", quantity: decimal("1") },
  ];
  const changed = { ...context, promotions: { compiled: compiled(anyPromotion({ version: 2 })) } };
  return issuesOf(
    priceOrder(promoted, setting(undefined)),
    planRevision(promoted, "cancel", leaving, context),
    planRevision(promoted, "cancel", [], changed),
    revisePromotions(order(), { cause: "cancel" }, context),
  );
}
