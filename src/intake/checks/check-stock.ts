import { compare, ZERO } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { orderedInBaseUnit } from "../../model/apply-changes.js";
import type { ReviewCheck, ReviewIssue } from "../review-check.js";

/**
 * A hint, not a promise: whether what is free now would cover the line, were it served alone. Codes:
 * `review.stock_short`.
 *
 * **Source:** mission 4.5, 8.1
 */
export const checkStock: ReviewCheck = ({ lines }, { freeStock }) => {
  if (freeStock === undefined) return [];
  const issues: ReviewIssue[] = [];
  for (const [position, line] of lines.entries()) {
    const { itemCode } = line;
    const quantity = orderedInBaseUnit(line);
    const available = freeStock.get(itemCode) ?? ZERO;
    if (compare(available, quantity) < 0) {
      issues.push(issue("review.stock_short", ["lines", position, "orderedQty"], { itemCode, quantity, available }));
    }
  }
  return issues;
};
