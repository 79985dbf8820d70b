import { postInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, subtract, sum } from "../../src/core/decimal.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { applyChanges } from "../../src/model/apply-changes.js";
import type { Bucket } from "../../src/model/bucket.js";
import { indexMasters, type MasterLists } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import type { LineSelector } from "../../src/model/promotion/line-selector.js";
import type { Promotion } from "../../src/model/promotion/promotion.js";
import type {
  AmountOff,
  Gift,
  Groups,
  PercentOff,
  PromotionEffect,
} from "../../src/model/promotion/promotion-effect.js";
import { statusOf } from "../../src/model/status-of.js";
import { USUAL_PROMOTION_POLICY, type PromotionPolicy } from "../../src/model/promotion/promotion-policy.js";
import type { PricePolicy } from "../../src/pricing/price-lines.js";
import { priceOrder, type PriceOrderContext } from "../../src/pricing/price-order.js";
import { compilePromotions, type CompiledPromotions } from "../../src/pricing/promotions/compile-promotions.js";
import type { OrderPromotionFacts } from "../../src/pricing/promotions/give-promotions.js";
import { anyContext, anyItem, anyOrder, anyPromotion, type AnyOrder } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";

/** All lines. */
export const every: LineSelector = { kind: "every" };
/** Cheap units come first. */
export const cheapest = { by: "unitPrice", first: "cheapest" } as const;
/** How the tests price. */
const POLICY: PricePolicy = { rounding: "halfUp", givenPrice: "honour" };
/** Three for the price of two, over all lines. */
export const THREE_FOR_TWO: Groups = {
  kind: "groups",
  which: every,
  size: 3,
  per: "group",
  pick: cheapest,
  reward: { kind: "payFor", units: 2 },
};

/** Promotions, ready to be worked out as usual. */
export function compiled(...promotions: readonly Promotion[]): CompiledPromotions {
  return granted(compilePromotions(promotions));
}

/** Promotions, ready to be worked out in another way. */
export function compiledUnder(
  policy: Partial<PromotionPolicy>,
  ...promotions: readonly Promotion[]
): CompiledPromotions {
  return granted(compilePromotions(promotions, { ...USUAL_PROMOTION_POLICY, ...policy }));
}

/** Lines of these items. */
export function items(...codes: readonly string[]): LineSelector {
  return { kind: "items", in: codes };
}

/** So many percent off each line. */
export function percentOff(percent: string, which: LineSelector = every): PercentOff {
  return { kind: "percentOff", which, percent: decimal(percent), spread: "eachLine" };
}

/** So much money off the lines together. */
export function moneyOff(amount: string, which: LineSelector = every): AmountOff {
  return { kind: "amountOff", which, amount: decimal(amount), per: "across" };
}

/** A cup for every five pieces of tea. */
export function cups(part: Partial<Gift> = {}): Gift {
  return {
    kind: "gift",
    buy: { which: items("TEA"), units: 5 },
    items: [{ itemCode: "CUP", value: decimal("3") }],
    units: decimal("1"),
    repeat: "everyTime",
    choose: "firstAvailable",
    category: "gift",
    whenShort: "backfill",
    ...part,
  };
}

/** Tea, rice, and cups and bags to give away. */
const ITEMS: MasterLists = {
  items: [
    anyItem({ categories: ["drinks"], tags: ["new"] }),
    anyItem({ itemCode: "RICE", name: "Rice" }),
    anyItem({ itemCode: "CUP", name: "Cup", units: [{ uom: "THIRD", factor: { numerator: "1", denominator: "3" } }] }),
    anyItem({ itemCode: "BAG", name: "Bag" }),
  ],
};

/** What pricing needs, with these promotions. */
export function pricing(
  promotions: CompiledPromotions | Omit<OrderPromotionFacts, "asOf"> | OrderPromotionFacts | undefined,
  part: { readonly at?: string; readonly masters?: MasterLists; readonly policy?: Partial<PricePolicy> } = {},
): PriceOrderContext {
  const facts = promotions === undefined || "compiled" in promotions ? promotions : { compiled: promotions };
  return {
    ...anyContext(part.at === undefined ? {} : { at: part.at }),
    masters: indexMasters({ ...ITEMS, ...part.masters }),
    policy: { ...POLICY, ...part.policy },
    ...(facts === undefined ? {} : { promotions: facts }),
  };
}

/** An order that was reviewed, priced with the promotions, and not confirmed. */
export function promoted(part: AnyOrder, ...promotions: readonly Promotion[]): Order {
  const order = anyOrder({ stage: "reviewed", totals: null, ...part });
  return granted(priceOrder(order, pricing(compiled(...promotions)))).order;
}

/** The same, confirmed. */
export function confirmed(part: AnyOrder, ...promotions: readonly Promotion[]): Order {
  return granted(confirmOrder(promoted(part, ...promotions), anyContext())).order;
}

/** The order after quantity of a line went from bucket to bucket by some other hand. */
export function moved(order: Order, lineId: string, quantity: string, from: Bucket, to: Bucket): Order {
  const after = applyChanges(order, [{ kind: "quantity_moved", lineId, from, to, quantity: decimal(quantity) }]);
  return { ...after, version: order.version + 1 };
}

/** A promotion with this effect, and the same policy whatever changes. */
export function promotion(effect: PromotionEffect, part: Partial<Promotion> = {}): Promotion {
  return anyPromotion({ currency: "EUR", effect, ...part });
}

/** The policies of a promotion, all alike. */
export function revision(
  policy: Promotion["revision"]["cancel"],
  part: Partial<Promotion["revision"]> = {},
): Promotion["revision"] {
  return {
    cancel: policy,
    short: policy,
    return: policy,
    amend: policy,
    unearnedGifts: "takeBack",
    uses: "giveBack",
    ...part,
  };
}

/** The order after so much of a line was delivered. */
export function delivered(order: Order, lineId: string, quantity: string): Order {
  return withStatus({
    ...order,
    lines: order.lines.map((line) =>
      line.lineId !== lineId
        ? line
        : {
            ...line,
            quantities: {
              ...line.quantities,
              open: subtract(line.quantities.open, decimal(quantity)),
              delivered: sum([line.quantities.delivered, decimal(quantity)]),
            },
            reservations: [
              {
                warehouseId: "NORTH",
                quantities: { delivered: sum([line.quantities.delivered, decimal(quantity)]) },
              },
            ],
          },
    ),
  });
}

/** The order after all that was delivered was billed. */
export function billed(order: Order): Order {
  const terms = {
    invoiceNo: `I-${order.billing.invoices.length + 1}`,
    issuedOn: calendarDay("2026-03-05"),
    dueOn: calendarDay("2026-04-04"),
    rounding: POLICY.rounding,
  };
  return granted(postInvoice(order, terms, anyContext())).order;
}

/** The order after so much of what was delivered came back. */
export function returned(order: Order, lineId: string, quantity: string): Order {
  const back = decimal(quantity);
  return withStatus({
    ...order,
    version: order.version + 1,
    lines: order.lines.map((line) =>
      line.lineId !== lineId
        ? line
        : {
            ...line,
            quantities: {
              ...line.quantities,
              delivered: subtract(line.quantities.delivered, back),
              returned: sum([line.quantities.returned, back]),
            },
            reservations: line.reservations.map((place) => ({
              ...place,
              quantities: {
                ...(line.quantities.delivered === back ? {} : { delivered: subtract(line.quantities.delivered, back) }),
                returned: sum([line.quantities.returned, back]),
              },
            })),
          },
    ),
  });
}

function withStatus(order: Order): Order {
  return { ...order, status: statusOf(order) };
}
