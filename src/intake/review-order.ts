import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Finding } from "../model/finding.js";
import type { Order, OrderStage } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { checkCompleteness } from "./checks/check-completeness.js";
import { checkDates } from "./checks/check-dates.js";
import { checkNames } from "./checks/check-names.js";
import { checkPrices } from "./checks/check-prices.js";
import { checkQuantities } from "./checks/check-quantities.js";
import { checkStock } from "./checks/check-stock.js";
import type { ReviewCheck, ReviewCode, ReviewFacts, ReviewSeverity } from "./review-check.js";

/** What reviewing an order needs to know. */
export interface ReviewOrderContext extends DecisionContext, ReviewFacts {}

/** Why an order cannot be reviewed now. */
export type ReviewOrderIssue = TransitionIssue | IssueOf<{ "review.already_reviewed": { readonly stage: OrderStage } }>;

const CHECKS: readonly ReviewCheck[] = [
  checkCompleteness,
  checkNames,
  checkPrices,
  checkQuantities,
  checkDates,
  checkStock,
];

/** Usual weight of each finding. */
const SEVERITIES: Readonly<Record<ReviewCode, ReviewSeverity>> = {
  "review.missing_field": "error",
  "review.customer_name_differs": "error",
  "review.item_name_differs": "error",
  "review.no_price": "error",
  "review.price_ambiguous": "error",
  "review.price_differs": "error",
  "review.discount_exceeds_amount": "error",
  "review.item_not_orderable": "error",
  "review.not_a_multiple": "error",
  "review.below_minimum": "error",
  "review.requested_before_order": "error",
  "review.stock_short": "warning",
};

/**
 * Reviews an entered order: completeness, codes against names, prices, order multiples and minimums, dates, and a hint
 * about stock.
 *
 * **Rules**
 * 1. All checks run, and all their findings are kept.
 * 2. An error sends the order back to the customer, or turns it down for good, as the policy says; a warning is handed to
 *    whoever reviews soft findings.
 * 3. Without an error the order is reviewed and may be confirmed.
 *
 * @param order as last stored
 * @returns the outcome – an order that goes back is an outcome too – or why it cannot be reviewed now
 *
 * **Source:** mission 4.2, 4.5, 4.14, 2.4, 5.10
 * @example
 * ```ts
 * import { decimal, indexMasters, reviewOrder } from "ordercycle";
 * import { anyContext, anyCustomer, anyItem, anyOrder } from "ordercycle/testing";
 * const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem({ orderMultiple: "6" })] });
 * const policy = { requiredFields: ["requestedDeliveryDate" as const], priceTolerancePercent: decimal("0"), severities: {}, onError: "returnForCorrection" as const };
 * const order = anyOrder({ lines: [{ orderedQty: "10", unitPrice: "2.5" }] });
 * const result = reviewOrder(order, { ...anyContext(), masters, policy });
 * result.ok && result.value.order.status; // => "returnedForCorrection"
 * result.ok && result.value.requests.map(({ type }) => type); // => ["return_to_customer"]
 * ```
 */
export function reviewOrder(order: Order, context: ReviewOrderContext): Result<Outcome, ReviewOrderIssue> {
  const issues: ReviewOrderIssue[] = checkTransition(order, "review");
  if (order.status === "entered" && order.stage !== "entered") {
    issues.push(issue("review.already_reviewed", ["stage"], { stage: order.stage }));
  }
  if (issues.length > 0) return refuse(issues);

  const findings = findingsOf(order, context);
  if (!findings.some(({ severity }) => severity === "error")) {
    const requests: HostRequest[] = findings.length === 0 ? [] : [{ type: "review", orderNo: order.orderNo, findings }];
    const changes = [{ kind: "stage_set", stage: "reviewed" } as const];
    return ok(recordEvent(order, { type: "order_reviewed", details: { findings }, changes, requests }, context));
  }
  const isRejected = context.policy.onError === "reject";
  const stage = isRejected ? "rejected" : "returnedForCorrection";
  const type = isRejected ? "order_rejected" : "order_returned_for_correction";
  const requests: HostRequest[] = [{ type: "return_to_customer", orderNo: order.orderNo, findings }];
  return ok(
    recordEvent(order, { type, details: { findings }, changes: [{ kind: "stage_set", stage }], requests }, context),
  );
}

function findingsOf(order: Order, facts: ReviewFacts): Finding[] {
  return CHECKS.flatMap((check) => check(order, facts)).flatMap((found) => {
    const severity = facts.policy.severities[found.code] ?? SEVERITIES[found.code];
    return severity === "ignore" ? [] : [{ ...found, severity }];
  });
}
