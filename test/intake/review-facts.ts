import { decimal } from "../../src/core/decimal.js";
import type { ReviewPolicy } from "../../src/intake/review-check.js";
import { reviewOrder, type ReviewOrderContext } from "../../src/intake/review-order.js";
import type { Finding } from "../../src/model/finding.js";
import { indexMasters, type MasterLists } from "../../src/model/masters.js";
import { anyContext, anyCustomer, anyItem, anyOrder, anyPriceEntry, type AnyOrder } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";

const LISTS: MasterLists = { customers: [anyCustomer()], items: [anyItem()], prices: [anyPriceEntry()] };
const POLICY: ReviewPolicy = {
  requiredFields: [],
  priceTolerancePercent: decimal("0"),
  severities: {},
  onError: "returnForCorrection",
};

/** What differs from a site that knows one customer, one item and one price, and tolerates nothing. */
export interface ReviewPart {
  readonly lists?: MasterLists;
  readonly policy?: Partial<ReviewPolicy>;
  /** Free quantity by item; absent for no hint about stock. */
  readonly free?: Readonly<Record<string, string>>;
}

/** What a review is told. */
export function reviewContext({ lists = {}, policy = {}, free }: ReviewPart = {}): ReviewOrderContext {
  return {
    ...anyContext(),
    masters: indexMasters({ ...LISTS, ...lists }),
    policy: { ...POLICY, ...policy },
    ...(free === undefined
      ? {}
      : { freeStock: new Map(Object.entries(free).map(([itemCode, quantity]) => [itemCode, decimal(quantity)])) }),
  };
}

/** The findings of a review, wherever they went. */
export function findingsOf(part: AnyOrder, facts: ReviewPart = {}): readonly Finding[] {
  const [event] = granted(reviewOrder(anyOrder(part), reviewContext(facts))).events;
  if (event?.type === "order_reviewed" || event?.type === "order_returned_for_correction")
    return event.details.findings;
  throw new Error(`Not a review: ${event?.type}`);
}

/** Their codes. */
export function codesOf(part: AnyOrder, facts: ReviewPart = {}): string[] {
  return findingsOf(part, facts).map(({ code }) => code);
}
