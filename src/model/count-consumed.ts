import { add, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { Order } from "./order.js";
import { isDepositDraw } from "./stock-owner.js";
import type { SupplyRule } from "./supply-rule.js";

/**
 * Counts what customer groups have used up of their caps and protected minimums, from the orders of the time that the rules
 * are for.
 *
 * **Rules**
 * 1. The group of an order is its customer class. What its lines of the item have reserved, picked, shipped and delivered
 *    counts; what was cancelled, waits or came back does not.
 * 2. Goods that a customer left in store are under no rule, and are not counted.
 * 3. What stood in `consumed` before is replaced.
 *
 * @param rules caps and minimums
 * @param orders all orders of the time that the rules are for, each once; which those are the host knows
 * @returns the rules, in their order, with `consumed`. Linear in rules and lines.
 *
 * **Source:** mission 8.9; definition B9
 * @example
 * ```ts
 * import { countConsumed, decimal } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const cap = { kind: "cap" as const, group: "B", itemCode: "TEA", quantity: decimal("10") };
 * const order = anyOrder({ stage: "confirmed", header: { customerClass: "B" }, lines: [{ quantities: { allocated: "4", shipped: "3" } }] });
 * countConsumed([cap], [order])[0]!.consumed; // => "7"
 * ```
 */
export function countConsumed(rules: readonly SupplyRule[], orders: readonly Order[]): SupplyRule[] {
  const used = new Map<string, Decimal>();
  for (const { header, lines } of orders) {
    if (header.customerClass === undefined) continue;
    for (const line of lines) {
      if (isDepositDraw(line)) continue;
      const { allocated, picked, shipped, delivered } = line.quantities;
      const key = keyOf(header.customerClass, line.itemCode);
      used.set(key, add(used.get(key) ?? ZERO, sum([allocated, picked, shipped, delivered])));
    }
  }
  return rules.map((rule) => ({ ...rule, consumed: used.get(keyOf(rule.group, rule.itemCode)) ?? ZERO }));
}

function keyOf(group: string, itemCode: string): string {
  return JSON.stringify([group, itemCode]);
}
