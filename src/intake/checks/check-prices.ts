import { absolute, compare, multiply, subtract, decimal, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { findPrice, priceQuery } from "../../pricing/find-price.js";
import type { ReviewCheck, ReviewIssue } from "../review-check.js";

/**
 * The price that the customer expects is the price that the structure gives, within the tolerance. Codes:
 * `review.no_price`, `review.price_ambiguous`, `review.price_differs`, `review.discount_exceeds_amount`.
 *
 * **Source:** mission 4.5, 3.6
 */
export const checkPrices: ReviewCheck = ({ header, lines }, { masters, policy }) => {
  const issues: ReviewIssue[] = [];
  for (const [position, line] of lines.entries()) {
    if (line.transactionCategory !== "sale" && line.transactionCategory !== "backfill") continue;
    const { itemCode, unitPrice, discount } = line;
    const found = findPrice(masters.prices.get(itemCode) ?? [], priceQuery(header, line));
    const path = ["lines", position, "unitPrice"];
    const price = found.kind === "found" ? found.unitPrice : unitPrice;
    if (price !== undefined && discount?.kind === "amount") {
      const gross = multiply(line.orderedQty, price);
      const params = { itemCode, discount: discount.amount, gross };
      if (compare(discount.amount, gross) > 0) {
        issues.push(issue("review.discount_exceeds_amount", ["lines", position, "discount"], params));
      }
    }
    if (found.kind === "none") {
      if (unitPrice === undefined) issues.push(issue("review.no_price", path, { itemCode }));
    } else if (found.kind === "ambiguous") {
      issues.push(
        issue("review.price_ambiguous", path, { itemCode, prices: found.entries.map((entry) => entry.unitPrice) }),
      );
    } else if (unitPrice !== undefined && !isWithin(unitPrice, found.unitPrice, policy.priceTolerancePercent)) {
      issues.push(issue("review.price_differs", path, { itemCode, given: unitPrice, expected: found.unitPrice }));
    }
  }
  return issues;
};

const HUNDRED: Decimal = /* @__PURE__ */ decimal("100");

function isWithin(given: Decimal, expected: Decimal, tolerancePercent: Decimal): boolean {
  return compare(multiply(absolute(subtract(given, expected)), HUNDRED), multiply(expected, tolerancePercent)) <= 0;
}
