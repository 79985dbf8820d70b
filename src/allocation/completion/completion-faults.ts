import { isNegative, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import type { OrderNo } from "../../model/ids.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import type { CompleteOrdersIssue, CompleteOrderWish, PooledQuantity } from "./completion-policy.js";
import { ruleFaults } from "./rule-pools.js";

/** Figures that cannot be meant, and orders listed twice. */
export function completionFaults(
  orders: readonly CompleteOrderWish[],
  stock: readonly PooledQuantity[],
  protection: readonly SupplyRule[],
): CompleteOrdersIssue[] {
  const issues = ruleFaults(protection);
  const seen = new Set<OrderNo>();
  const check = (value: Decimal, path: (string | number)[]): void => {
    if (isNegative(value)) issues.push(issue("complete.negative", path, { value }));
  };
  for (const [place, { orderNo, value, needs }] of orders.entries()) {
    if (seen.has(orderNo)) issues.push(issue("complete.listed_twice", ["orders", place, "orderNo"], { orderNo }));
    seen.add(orderNo);
    check(value, ["orders", place, "value"]);
    for (const [need, { quantity }] of needs.entries()) check(quantity, ["orders", place, "needs", need, "quantity"]);
  }
  for (const [place, { quantity }] of stock.entries()) check(quantity, ["stock", place, "quantity"]);
  return issues;
}
