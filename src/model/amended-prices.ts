import { add, compare, isPositive, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { PriceSet } from "./change.js";
import { isWithinDigits, MONEY_DIGITS } from "./digit-limit.js";
import type { LineId } from "./ids.js";
import type { Order } from "./order.js";
import type { OrderLine } from "./order-line.js";
import type { LineAdjustment } from "./promotion/price-adjustment.js";

/** A line of which quantity, price or discount has changed, with what it costs now before promotions. */
export interface AmendedLine {
  /** The line as it is now. */
  readonly line: OrderLine;
  /** Money for one unit of the order. */
  readonly unitPrice: Decimal;
  /** Quantity × price, rounded. */
  readonly gross: Decimal;
  /** The same less the agreed discount. */
  readonly amount: Decimal;
}

/** Why what is agreed anew has no price. */
export type AmendedPriceIssue = IssueOf<{
  "amend.promotions_exceed_amount": { readonly lineId: LineId; readonly amount: Decimal; readonly taken: Decimal };
  "price.amount_out_of_range": { readonly amount: Decimal };
}>;

/**
 * Prices the lines of an order that were amended and leaves all others as they are: what promotions gave stays what it
 * was, so that an amendment never gives or takes one silently. Units that were added bear none of it.
 *
 * @param order before the amendment, priced
 * @param lines all lines of the order as they are now
 * @param amended those of them that cost something else now
 * @returns the change that writes the prices, or every reason why there is none
 */
export function amendedPrices(
  order: Order,
  lines: readonly OrderLine[],
  amended: readonly AmendedLine[],
): Result<PriceSet, AmendedPriceIssue> {
  const issues: AmendedPriceIssue[] = [];
  const prices = new Map<LineId, PriceSet["lines"][number]>();
  for (const [place, { line, unitPrice, gross, amount }] of amended.entries()) {
    const { lineId } = line;
    const adjustments = (line.adjustments ?? []).map((adjustment) => stretched(adjustment, line.orderedQty));
    const taken = sum(adjustments.map((adjustment) => adjustment.amount));
    if (compare(taken, amount) > 0) {
      issues.push(issue("amend.promotions_exceed_amount", ["lines", place], { lineId, amount, taken }));
    }
    const lineAmount = subtract(amount, taken);
    const price = { lineId, unitPrice, allowance: subtract(gross, lineAmount), lineAmount };
    prices.set(lineId, adjustments.length === 0 ? price : { ...price, adjustments });
  }
  const net = sum(lines.map((line) => (prices.get(line.lineId) ?? line).lineAmount));
  const allowances = sum(lines.map((line) => (prices.get(line.lineId) ?? line).allowance));
  const charges = order.totals?.charges ?? ZERO;
  const totals = { gross: add(net, allowances), allowances, net, charges, payable: add(net, charges) };
  for (const amount of [totals.gross, totals.payable]) {
    if (!isWithinDigits(amount, MONEY_DIGITS)) issues.push(issue("price.amount_out_of_range", ["totals"], { amount }));
  }
  if (issues.length > 0) return refuse(issues);
  const { promotions } = order;
  return ok({
    kind: "price_set",
    lines: [...prices.values()],
    totals,
    ...(promotions === undefined ? {} : { promotions }),
  });
}

/** The same money over a longer line: the shares still cover all of it. */
function stretched(adjustment: LineAdjustment, orderedQty: Decimal): LineAdjustment {
  const rest = subtract(orderedQty, sum(adjustment.shares.map(({ quantity }) => quantity)));
  if (!isPositive(rest)) return adjustment;
  return { ...adjustment, shares: [...adjustment.shares, { quantity: rest, amount: ZERO }] };
}
