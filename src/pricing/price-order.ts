import {
  add,
  compare,
  decimal,
  multiply,
  multiplyRound,
  round,
  scaleOf,
  subtract,
  sum,
  ZERO,
  type Decimal,
  type RoundingMode,
} from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { minorUnitOf } from "../core/money.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { PriceSet } from "../model/change.js";
import { isWithinDigits, MONEY_DIGITS } from "../model/digit-limit.js";
import type { ItemCode, LineId } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { Order, OrderCharge, OrderHeader, OrderTotals } from "../model/order.js";
import type { LineDiscount, OrderLine, TransactionCategory } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import { findPrice, priceQuery } from "./find-price.js";

/** How prices are taken and rounded. */
export interface PricePolicy {
  /** How half a unit is rounded. */
  readonly rounding: RoundingMode;
  /** Decimals of a line amount; the currency's minor unit when absent. */
  readonly decimals?: number;
  /** Whether a price that came with the order stands (`honour`) or the price structure rules (`replace`). */
  readonly givenPrice: "honour" | "replace";
}

/** What pricing needs to know. */
export interface PriceOrderContext extends DecisionContext {
  /** Master files; the prices are used. */
  readonly masters: Pick<Masters, "prices">;
  /** How prices are taken and rounded. */
  readonly policy: PricePolicy;
}

/** Why an order cannot be priced. */
export type PriceOrderIssue =
  | TransitionIssue
  | IssueOf<{
      "price.already_invoiced": { readonly invoices: number };
      "price.no_price": { readonly lineId: LineId; readonly itemCode: ItemCode };
      "price.ambiguous": { readonly lineId: LineId; readonly itemCode: ItemCode; readonly prices: readonly Decimal[] };
      "price.amount_out_of_range": { readonly amount: Decimal };
      "price.charge_too_fine": {
        readonly kind: OrderCharge["kind"];
        readonly amount: Decimal;
        readonly decimals: number;
      };
      "price.discount_exceeds_amount": { readonly lineId: LineId; readonly discount: Decimal; readonly gross: Decimal };
    }>;

/** Categories that cost the customer nothing. */
const FREE: readonly TransactionCategory[] = ["gift", "exchange", "depositDraw", "sample"];

/**
 * Prices an order: list price or the customer's price, line discounts, charges, totals.
 *
 * **Rules**
 * 1. Gifts, exchanges, samples and goods drawn from the customer's own deposit are free.
 * 2. A price that came with the order stands or gives way to the price structure, as the policy says.
 * 3. Line amount = round(quantity × price − discount): one rounding, of the exact value.
 * 4. Totals are sums of rounded parts: net = gross − allowances = Σ line amounts; payable = net + charges.
 * 5. A missing price, a contradiction in the price structure, a discount above the amount, or a charge finer than the
 *    place of rounding is refused, for all lines at once; nothing falls below zero.
 * 6. Totals are no longer than a stored order may hold: 12 digits before and 8 after the point.
 * 7. What has been invoiced is not priced again.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 3.6, 5.2, 5.12
 * @example
 * ```ts
 * import { decimal, indexMasters, priceOrder } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ lines: [{ orderedQty: "7", discount: { kind: "percent", percent: "15" } }] });
 * const prices = [{ itemCode: "TEA", uom: "EA", currency: "EUR", unitPrice: decimal("1.99") }];
 * const policy = { rounding: "halfUp" as const, givenPrice: "replace" as const };
 * const result = priceOrder(order, { ...anyContext(), masters: indexMasters({ prices }), policy });
 * result.ok && result.value.order.totals?.net; // => "11.84"
 * ```
 */
export function priceOrder(order: Order, context: PriceOrderContext): Result<Outcome, PriceOrderIssue> {
  const { policy, masters } = context;
  const issues: PriceOrderIssue[] = checkTransition(order, "price");
  if (order.billing.invoices.length > 0) {
    issues.push(issue("price.already_invoiced", ["billing", "invoices"], { invoices: order.billing.invoices.length }));
  }
  const decimals = policy.decimals ?? minorUnitOf(order.header.currency) ?? 2;
  const prices: PriceSet["lines"][number][] = [];
  const grosses: Decimal[] = [];
  for (const [position, line] of order.lines.entries()) {
    const unitPrice = unitPriceOf(order.header, line, position, masters, policy);
    if (!unitPrice.ok) {
      issues.push(...unitPrice.issues);
      continue;
    }
    const exactGross = multiply(line.orderedQty, unitPrice.value);
    const gross = round(exactGross, decimals, policy.rounding);
    const lineAmount = amountAfterDiscount(line, exactGross, decimals, policy.rounding);
    if (!FREE.includes(line.transactionCategory) && isMoreThan(line.discount, exactGross)) {
      const params = { lineId: line.lineId, discount: subtract(gross, lineAmount), gross };
      issues.push(issue("price.discount_exceeds_amount", ["lines", position, "discount"], params));
      continue;
    }
    grosses.push(gross);
    prices.push({
      lineId: line.lineId,
      unitPrice: unitPrice.value,
      allowance: subtract(gross, lineAmount),
      lineAmount,
    });
  }
  for (const [position, { kind, amount }] of order.header.charges.entries()) {
    if (scaleOf(amount) <= decimals) continue;
    issues.push(issue("price.charge_too_fine", ["header", "charges", position, "amount"], { kind, amount, decimals }));
  }
  if (issues.length > 0) return refuse(issues);

  const totals = totalsOf(prices, sum(grosses), order.header.charges);
  // No figure of a priced order is larger than these two.
  for (const amount of [totals.gross, totals.payable]) {
    if (!isWithinDigits(amount, MONEY_DIGITS)) issues.push(issue("price.amount_out_of_range", ["totals"], { amount }));
  }
  if (issues.length > 0) return refuse(issues);
  const { payable } = totals;
  return ok(
    recordEvent(
      order,
      { type: "order_priced", details: { payable }, changes: [{ kind: "price_set", lines: prices, totals }] },
      context,
    ),
  );
}

function unitPriceOf(
  header: OrderHeader,
  line: OrderLine,
  position: number,
  { prices }: PriceOrderContext["masters"],
  policy: PricePolicy,
): Result<Decimal, PriceOrderIssue> {
  if (FREE.includes(line.transactionCategory)) return ok(ZERO);
  if (line.unitPrice !== undefined && policy.givenPrice === "honour") return ok(line.unitPrice);
  const { lineId, itemCode } = line;
  const found = findPrice(prices.get(itemCode) ?? [], priceQuery(header, line));
  switch (found.kind) {
    case "found":
      return ok(found.unitPrice);
    case "none":
      return refuse([issue("price.no_price", ["lines", position, "itemCode"], { lineId, itemCode })]);
    case "ambiguous": {
      const rivals = found.entries.map(({ unitPrice }) => unitPrice);
      return refuse([issue("price.ambiguous", ["lines", position, "itemCode"], { lineId, itemCode, prices: rivals })]);
    }
  }
}

const HUNDREDTH: Decimal = /* @__PURE__ */ decimal("0.01");
const HUNDRED: Decimal = /* @__PURE__ */ decimal("100");

/** Compared exactly, before anything is rounded. */
function isMoreThan(discount: LineDiscount | undefined, gross: Decimal): boolean {
  if (discount === undefined) return false;
  return discount.kind === "percent" ? compare(discount.percent, HUNDRED) > 0 : compare(discount.amount, gross) > 0;
}

/** One rounding of the exact amount. */
function amountAfterDiscount(line: OrderLine, gross: Decimal, decimals: number, rounding: RoundingMode): Decimal {
  const { discount, transactionCategory } = line;
  if (discount === undefined || FREE.includes(transactionCategory)) return round(gross, decimals, rounding);
  if (discount.kind === "amount") return round(subtract(gross, discount.amount), decimals, rounding);
  return multiplyRound(gross, multiply(subtract(HUNDRED, discount.percent), HUNDREDTH), decimals, rounding);
}

function totalsOf(prices: PriceSet["lines"], gross: Decimal, given: OrderHeader["charges"]): OrderTotals {
  const net = sum(prices.map(({ lineAmount }) => lineAmount));
  const charges = sum(given.map(({ amount }) => amount));
  return { gross, allowances: sum(prices.map(({ allowance }) => allowance)), net, charges, payable: add(net, charges) };
}
