import { compare, isMultipleOf } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { orderedInBaseUnit } from "../../model/apply-changes.js";
import type { ReviewCheck, ReviewIssue } from "../review-check.js";

/**
 * The item can be ordered, in this multiple and from this quantity on; exactly the minimum passes. Codes:
 * `review.item_not_orderable`, `review.not_a_multiple`, `review.below_minimum`.
 *
 * **Source:** mission 2.4, 5.10
 */
export const checkQuantities: ReviewCheck = ({ lines }, { masters }) => {
  const issues: ReviewIssue[] = [];
  for (const [position, line] of lines.entries()) {
    const { itemCode } = line;
    const item = masters.items.get(itemCode);
    if (item === undefined) continue;
    const { lifeStatus = "active", orderMultiple, minOrderQty } = item;
    if (lifeStatus === "planned" || lifeStatus === "obsolete") {
      issues.push(issue("review.item_not_orderable", ["lines", position, "itemCode"], { itemCode, lifeStatus }));
    }
    const quantity = orderedInBaseUnit(line);
    const path = ["lines", position, "orderedQty"];
    if (orderMultiple !== undefined && !isMultipleOf(quantity, orderMultiple)) {
      issues.push(issue("review.not_a_multiple", path, { itemCode, quantity, multiple: orderMultiple }));
    }
    if (minOrderQty !== undefined && compare(quantity, minOrderQty) < 0) {
      issues.push(issue("review.below_minimum", path, { itemCode, quantity, minimum: minOrderQty }));
    }
  }
  return issues;
};
