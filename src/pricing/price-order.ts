import { scaleOf, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import { minorUnitOf } from "../core/money.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import { isWithinDigits, MONEY_DIGITS } from "../model/digit-limit.js";
import type { OrderNo } from "../model/ids.js";
import type { Order, OrderCharge } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import {
  goodsOf,
  priceLines,
  priceSetOf,
  type PriceLineIssue,
  type PriceMasters,
  type PricePolicy,
} from "./price-lines.js";
import type { PromotionCartIssue } from "./promotions/cart-state.js";
import { giftLines, type GiftLineIssue } from "./promotions/gift-lines.js";
import { givePromotions, type OrderPromotionFacts } from "./promotions/give-promotions.js";
import { requestsForUnearned } from "./promotions/unearned-gifts.js";

/** What pricing needs to know. */
export interface PriceOrderContext extends DecisionContext {
  /** Master files: the prices; for promotions, items (categories, tags, gifts) and customers (tags) besides. */
  readonly masters: PriceMasters;
  /** How prices are taken and rounded. */
  readonly policy: PricePolicy;
  /** Promotions; without them, an order has none. */
  readonly promotions?: OrderPromotionFacts;
}

/** Why an order cannot be priced. */
export type PriceOrderIssue =
  | TransitionIssue
  | PriceLineIssue
  | PromotionCartIssue
  | GiftLineIssue
  | IssueOf<{
      "price.already_invoiced": { readonly invoices: number };
      "price.amount_out_of_range": { readonly amount: Decimal };
      "price.charge_too_fine": {
        readonly kind: OrderCharge["kind"];
        readonly amount: Decimal;
        readonly decimals: number;
      };
      "price.promotions_missing": { readonly orderNo: OrderNo; readonly applied: number };
    }>;

/**
 * Prices an order: list price or the customer's price, line discounts, charges, totals.
 *
 * **Rules**
 * 1. Gifts, exchanges, samples and goods drawn from the customer's own deposit are free.
 * 2. A price that came with the order stands or gives way to the price structure, as the policy says. One that the
 *    customer was promised stands under any policy (`priceAgreed`): of goods that came over with their price, of a
 *    substitute, of what was amended or added at a price.
 * 3. Line amount = round(quantity × price − discount): one rounding, of the exact value.
 * 4. Totals are sums of rounded parts: net = gross − allowances = Σ line amounts; payable = net + charges.
 * 5. A missing price, a contradiction in the price structure, a discount above the amount, or a charge finer than the
 *    place of rounding is refused, for all lines at once; nothing falls below zero.
 * 6. Totals are no longer than a stored order may hold: 12 digits before and 8 after the point.
 * 7. What has been invoiced is not priced again.
 * 8. Promotions take money off what is left after the agreed discounts, and add, change and cancel gift lines. What each
 *    gave is written on the lines, by unit. A confirmed order keeps the promotions of the instant at which it was priced
 *    first, unless asked otherwise; one that was priced without any gets none. An order that has promotions is not priced
 *    without them. Gifts that have left and are not earned any more are kept, asked back or charged, as their promotion
 *    says.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 3.6, 5.2, 5.12
 * @example
 * ```ts
 * import { decimal, indexMasters, priceOrder } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ lines: [{ orderedQty: "7", discount: { kind: "percent", percent: "15" } }] });
 * const prices = [{ itemCode: "TEA", uom: "EA", currency: "EUR", unitPrice: decimal("1.99") }];
 * const policy = { rounding: "halfUp" as const, givenPrice: "replace" as const };
 * const result = priceOrder(order, { ...anyContext(), masters: indexMasters({ prices }), policy });
 * result.ok && result.value.order.totals?.net; // => "11.84"
 * ```
 */
export function priceOrder(order: Order, context: PriceOrderContext): Result<Outcome, PriceOrderIssue> {
  const { policy, masters, promotions: facts } = context;
  const issues: PriceOrderIssue[] = checkTransition(order, "price");
  if (order.billing.invoices.length > 0) {
    issues.push(issue("price.already_invoiced", ["billing", "invoices"], { invoices: order.billing.invoices.length }));
  }
  const applied = order.promotions?.applied.length ?? 0;
  if (facts === undefined && applied > 0) {
    issues.push(issue("price.promotions_missing", ["promotions"], { orderNo: order.orderNo, applied }));
  }
  const decimals = policy.decimals ?? minorUnitOf(order.header.currency) ?? 2;
  const priced = priceLines(order, masters, policy, decimals);
  if (!priced.ok) issues.push(...priced.issues);
  for (const [position, { kind, amount }] of order.header.charges.entries()) {
    if (scaleOf(amount) <= decimals) continue;
    issues.push(issue("price.charge_too_fine", ["header", "charges", position, "amount"], { kind, amount, decimals }));
  }
  if (!priced.ok || issues.length > 0) return refuse(issues);

  const at = instantOfPromotions(order, facts, context);
  const setting = { at: at ?? context.at, masters, decimals, rounding: policy.rounding };
  const given =
    facts === undefined || at === undefined
      ? ok(undefined)
      : givePromotions(order, goodsOf(priced.value, decimals, policy.rounding), facts, setting);
  if (!given.ok) return refuse(given.issues);
  const gifts = giftLines(order, given.value?.gifts ?? [], masters.items);
  if (!gifts.ok) return refuse(gifts.issues);
  const priceSet = priceSetOf(order, priced.value, gifts.value.added, given.value);
  // No figure of a priced order is larger than these two.
  const { gross, payable } = priceSet.totals;
  for (const amount of [gross, payable]) {
    if (!isWithinDigits(amount, MONEY_DIGITS)) issues.push(issue("price.amount_out_of_range", ["totals"], { amount }));
  }
  if (issues.length > 0) return refuse(issues);
  const changes = [...gifts.value.changes, priceSet];
  const requests = requestsForUnearned(order, gifts.value.unearned, facts?.compiled, decimals);
  return ok(recordEvent(order, { type: "order_priced", details: { payable }, changes, requests }, context));
}

/** The instant whose promotions count; undefined for a confirmed order that was priced without promotions. */
function instantOfPromotions(
  { stage, promotions }: Order,
  facts: OrderPromotionFacts | undefined,
  { at }: DecisionContext,
): Instant | undefined {
  const isPinned = stage === "confirmed" && facts?.asOf !== "now";
  return isPinned ? promotions?.asOf : at;
}
