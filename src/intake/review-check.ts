import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { IssueOf } from "../core/issue.js";
import type { CustomerCode, ItemCode } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { Order, OrderHeader } from "../model/order.js";

/** What a review can find. */
export type ReviewIssue = IssueOf<{
  "review.missing_field": { readonly field: string };
  "review.customer_name_differs": {
    readonly customerCode: CustomerCode;
    readonly given: string;
    readonly expected: string;
  };
  "review.item_name_differs": { readonly itemCode: ItemCode; readonly given: string; readonly expected: string };
  "review.no_price": { readonly itemCode: ItemCode };
  "review.price_ambiguous": { readonly itemCode: ItemCode; readonly prices: readonly Decimal[] };
  "review.price_differs": { readonly itemCode: ItemCode; readonly given: Decimal; readonly expected: Decimal };
  "review.discount_exceeds_amount": {
    readonly itemCode: ItemCode;
    readonly discount: Decimal;
    readonly gross: Decimal;
  };
  "review.item_not_orderable": { readonly itemCode: ItemCode; readonly lifeStatus: string };
  "review.not_a_multiple": { readonly itemCode: ItemCode; readonly quantity: Decimal; readonly multiple: Decimal };
  "review.below_minimum": { readonly itemCode: ItemCode; readonly quantity: Decimal; readonly minimum: Decimal };
  "review.requested_before_order": { readonly orderDate: CalendarDay; readonly requestedDeliveryDate: CalendarDay };
  "review.stock_short": { readonly itemCode: ItemCode; readonly quantity: Decimal; readonly available: Decimal };
}>;

/** Codes of the review. */
export type ReviewCode = ReviewIssue["code"];

/** Weight of a finding; `ignore` drops it. */
export type ReviewSeverity = "error" | "warning" | "ignore";

/** What a site wants reviewed, and how strictly. */
export interface ReviewPolicy {
  /** Header fields without which an order goes back. */
  readonly requiredFields: readonly (keyof OrderHeader)[];
  /** How far, in percent of the right price, a customer's price may be off. */
  readonly priceTolerancePercent: Decimal;
  /** Weights that differ from the usual ones. */
  readonly severities: Readonly<Partial<Record<ReviewCode, ReviewSeverity>>>;
  /** What happens with an order that has errors. */
  readonly onError: "returnForCorrection" | "reject";
}

/** What the checks look things up in. */
export interface ReviewFacts {
  /** Master files. */
  readonly masters: Pick<Masters, "customers" | "items" | "prices">;
  /** Free quantity by item in the base unit, for the stock hint; absent for no hint. See `freeStockByItem`. */
  readonly freeStock?: ReadonlyMap<ItemCode, Decimal>;
  /** What the site wants. */
  readonly policy: ReviewPolicy;
}

/** One check of the review: what it finds, all of it. */
export type ReviewCheck = (order: Order, facts: ReviewFacts) => readonly ReviewIssue[];
