import { compare, type Decimal } from "../core/decimal.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { HoldCondition } from "./hold-rule.js";

/**
 * Says whether a condition holds.
 *
 * @param order the order
 * @param lines lines that a condition on a line is asked of: the one that may be held, or all of the order, of which one
 * must fulfil it. Each part of a tree is asked by itself.
 */
export function fulfils(condition: HoldCondition, order: Order, lines: readonly OrderLine[]): boolean {
  switch (condition.kind) {
    case "status":
      return condition.in.includes(order.status);
    case "header": {
      const value = order.header[condition.field];
      const values: readonly (string | undefined)[] = Array.isArray(value) ? value : [value as string | undefined];
      return values.some((each) => each !== undefined && condition.in.includes(each));
    }
    case "payable":
      return order.totals !== undefined && isWithin(order.totals.payable, condition);
    case "line":
      return lines.some((line) => condition.in.includes(line[condition.fact]));
    case "measure":
      return lines.some((line) => isWithin(line[condition.measure], condition));
    case "all":
      return condition.of.every((part) => fulfils(part, order, lines));
    case "any":
      return condition.of.some((part) => fulfils(part, order, lines));
    case "not":
      return !fulfils(condition.of, order, lines);
  }
}

function isWithin(
  value: Decimal,
  { atLeast, atMost }: { readonly atLeast?: Decimal; readonly atMost?: Decimal },
): boolean {
  return (
    (atLeast === undefined || compare(value, atLeast) >= 0) && (atMost === undefined || compare(value, atMost) <= 0)
  );
}
