import { issue } from "../../core/issue.js";
import type { ReviewCheck, ReviewIssue } from "../review-check.js";

/**
 * Codes and names that the customer wrote belong together: a code that was mistyped into another valid one shows here.
 * Codes: `review.customer_name_differs`, `review.item_name_differs`.
 *
 * **Source:** mission 4.5
 */
export const checkNames: ReviewCheck = (order, { masters }) => {
  const issues: ReviewIssue[] = [];
  const { customerCode, customerName } = order.header;
  const customer = masters.customers.get(customerCode);
  if (customer !== undefined && !isSameName(customer.name, customerName)) {
    const params = { customerCode, given: customerName, expected: customer.name };
    issues.push(issue("review.customer_name_differs", ["header", "customerName"], params));
  }
  for (const [position, { itemCode, itemName }] of order.lines.entries()) {
    const item = masters.items.get(itemCode);
    if (item === undefined || isSameName(item.name, itemName)) continue;
    const params = { itemCode, given: itemName, expected: item.name };
    issues.push(issue("review.item_name_differs", ["lines", position, "itemName"], params));
  }
  return issues;
};

/** Case, accents written in two ways, and spaces do not make another name. */
function isSameName(a: string, b: string): boolean {
  return normalised(a) === normalised(b);
}

function normalised(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
