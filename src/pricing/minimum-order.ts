import { ceilToMultiple, compare, divide, isPositive, ONE, subtract, type Decimal } from "../core/decimal.js";
import type { LineId } from "../model/ids.js";
import type { Order, OrderCharge } from "../model/order.js";

/** A minimum that orders must reach: in money, for those that go to an area, or for all. **Source:** mission 2.4 */
export interface MinimumOrderRule {
  /** Begin of the delivery area path that it holds for; empty for every order. */
  readonly deliveryAreaPath: readonly string[];
  /** Least amount of the goods, after discounts, without charges. */
  readonly amount: Decimal;
  /** What happens below it: the order is refused, or costs a charge. */
  readonly below: { readonly kind: "refuse" } | { readonly kind: "charge"; /** Money. */ readonly charge: Decimal };
}

/** What it would take to reach the minimum with more of a line. */
export interface TopUp {
  /** Line. */
  readonly lineId: LineId;
  /** More of it, in the unit of the order: the least multiple of its step that suffices. */
  readonly quantity: Decimal;
}

/** Whether an order reaches its minimum. */
export type MinimumOrderFinding =
  | { readonly kind: "reached" }
  | {
      /** Below the minimum. */
      readonly kind: "refused" | "charged";
      /** The minimum. */
      readonly minimum: Decimal;
      /** What the goods come to. */
      readonly amount: Decimal;
      /** What is lacking. */
      readonly missing: Decimal;
      /** The charge for a small order, where there is one. */
      readonly charge?: OrderCharge;
      /** Ways to reach the minimum, one for each line of goods with a price. */
      readonly topUps: readonly TopUp[];
    };

/**
 * Holds a priced order against the least that an order must come to.
 *
 * **Rules**
 * 1. Of the rules that fit, the one with the longest area path counts; with none, every order will do.
 * 2. An order exactly at the minimum reaches it.
 * 3. Below it, the order is refused or charged, and it is said how much more of each line would do, at the line's price
 *    before discounts.
 *
 * @param order priced
 * @param rules of the seller
 * @returns whether it reaches its minimum, and what to do where it does not
 * @throws RangeError for an order that has not been priced
 *
 * **Source:** mission 2.4, 2.5
 * @example
 * ```ts
 * import { decimal, minimumOrder } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const rules = [{ deliveryAreaPath: [], amount: decimal("30"), below: { kind: "charge", charge: decimal("4.50") } as const }];
 * const found = minimumOrder(anyOrder(), rules);
 * found.kind === "charged" && [found.missing, found.topUps]; // => ["5", [{ lineId: "SO-1-1", quantity: "2" }]]
 * ```
 */
export function minimumOrder(order: Order, rules: readonly MinimumOrderRule[]): MinimumOrderFinding {
  const { totals, header } = order;
  if (totals === undefined) throw new RangeError(`Order ${order.orderNo} has not been priced.`);
  const rule = mostSpecific(rules, header.deliveryAreaPath);
  const amount = totals.net;
  if (rule === undefined || compare(amount, rule.amount) >= 0) return { kind: "reached" };
  const { amount: minimum, below } = rule;
  const missing = subtract(minimum, amount);
  return {
    kind: below.kind === "refuse" ? "refused" : "charged",
    minimum,
    amount,
    missing,
    ...(below.kind === "refuse" ? {} : { charge: { kind: "smallOrder", amount: below.charge } }),
    topUps: topUpsOf(order, missing),
  };
}

function mostSpecific(rules: readonly MinimumOrderRule[], path: readonly string[]): MinimumOrderRule | undefined {
  const fitting = rules.filter(({ deliveryAreaPath }) => deliveryAreaPath.every((area, place) => path[place] === area));
  return fitting.sort((a, b) => b.deliveryAreaPath.length - a.deliveryAreaPath.length)[0];
}

function topUpsOf({ lines }: Order, missing: Decimal): TopUp[] {
  return lines.flatMap(({ lineId, unitPrice, quantum, unitFactor, giftOf }): TopUp[] => {
    if (giftOf !== undefined || unitPrice === undefined || !isPositive(unitPrice)) return [];
    // A step is in the base unit; only where the order is in the base unit too does it bind here.
    const step = unitFactor.numerator === unitFactor.denominator ? (quantum ?? ONE) : ONE;
    return [{ lineId, quantity: ceilToMultiple(divide(missing, unitPrice, 6, "ceiling"), step) }];
  });
}
