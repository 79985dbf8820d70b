import { add, maximum, multiplyDivide, subtract, sum, ZERO, type Decimal, type RoundingMode } from "../core/decimal.js";
import { orderedInBaseUnit } from "./apply-changes.js";
import type { Currency } from "./ids.js";
import { keptInBaseUnit } from "./kept-quantity.js";
import { lineAmountUpTo, shareDecimals } from "./line-amount-up-to.js";
import type { Order, OrderTotals } from "./order.js";
import type { OrderLine } from "./order-line.js";
import { postedRounding } from "./posted-rounding.js";

/** How what is kept of an order is priced. */
export interface KeptTotalsOptions {
  /** How invoices round shares of line amounts; half up when absent. Once one is posted, its rounding counts. */
  readonly rounding?: RoundingMode;
}

/** What the kept units of a line cost, and how that came about. */
export interface KeptPrice {
  /** Before any discount. */
  readonly gross: Decimal;
  /** What each promotion took off them, in the order of the line's adjustments. */
  readonly taken: readonly Decimal[];
  /** What they cost: what the invoices of the line come to. */
  readonly amount: Decimal;
}

/**
 * What an order costs as it stands: the totals of what the customer has or will have, without what was cancelled, went into
 * another order or came back. The totals on the order are those of all that was ordered when it was priced.
 *
 * **Rules**
 * 1. Each line costs what its invoices come to once all that is kept of it is delivered: units bear the discounts that
 *    promotions gave them, and the exact value is rounded once.
 * 2. The charges of the order go with whatever is kept; of an order of which nothing is left and nothing was billed, there
 *    are none.
 * 3. Without anything cancelled, merged or returned they are the totals of the order.
 * 4. What promotions would give for less goods is not worked out here: `revisePromotions` does that.
 * 5. Goods that came back after they were billed are not in it any more, though their invoice is: the difference is to be
 *    credited.
 *
 * @param order as stored
 * @returns the totals; undefined for an order that is not priced
 *
 * **Source:** mission 6.8, 14.2, 15.1
 * @example
 * ```ts
 * import { keptTotals } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const charges = [{ kind: "freight" as const, amount: "5.9" }];
 * const order = anyOrder({ header: { charges }, lines: [{ unitPrice: "3", quantities: { open: "8", cancelled: "12" } }] });
 * order.totals?.payable; // => "65.9"
 * keptTotals(order); // => {"gross":"24","allowances":"0","net":"24","charges":"5.9","payable":"29.9"}
 * ```
 */
export function keptTotals(order: Order, options: KeptTotalsOptions = {}): OrderTotals | undefined {
  const { totals, lines, billing, header } = order;
  if (totals === undefined) return undefined;
  const rounding = keptRounding(order, options);
  const kept = lines.map((line) => keptPrice(line, header.currency, rounding));
  const gross = sum(kept.map((line) => line.gross));
  const net = sum(kept.map(({ amount }) => amount));
  const isCharged = billing.invoices.length > 0 || lines.some((line) => keptInBaseUnit(line) !== ZERO);
  const charges = isCharged ? totals.charges : ZERO;
  return { gross, allowances: subtract(gross, net), net, charges, payable: add(net, charges) };
}

/** How shares of line amounts are rounded: as on the invoices that were posted, else as asked for. */
export function keptRounding(order: Pick<Order, "billing">, { rounding }: KeptTotalsOptions): RoundingMode {
  return postedRounding(order) ?? rounding ?? "halfUp";
}

/** What the kept units of a line cost. Discounts are told one after the other, so that they sum to the whole. */
export function keptPrice(line: OrderLine, currency: Currency, rounding: RoundingMode): KeptPrice {
  const { lineAmount, allowance, adjustments = [] } = line;
  const all = add(lineAmount, allowance);
  const [kept, ordered] = [keptInBaseUnit(line), orderedInBaseUnit(line)];
  if (kept === ordered) return { gross: all, taken: adjustments.map(({ amount }) => amount), amount: lineAmount };
  const decimals = shareDecimals(line, currency);
  let before = add(lineAmount, sum(adjustments.map(({ amount }) => amount)));
  let cost = multiplyDivide(before, kept, ordered, decimals, rounding);
  const taken = adjustments.map(({ amount }, place) => {
    before = subtract(before, amount);
    const part = { ...line, lineAmount: before, adjustments: adjustments.slice(0, place + 1) };
    const next = lineAmountUpTo(part, kept, decimals, rounding);
    const off = subtract(cost, next);
    cost = next;
    return off;
  });
  return { gross: multiplyDivide(all, kept, ordered, decimals, rounding), taken, amount: cost };
}

/**
 * What may still be paid for an order: what is kept of it, or what was billed if that is more, less what was paid. Before the
 * first invoice nobody knows how it will round, so that up to a minor unit of a partly kept line may be paid too much.
 */
export function amountDue(order: Order): Decimal {
  const { invoicedAmount, collectedAmount } = order.billing;
  const kept = keptTotals(order, { rounding: "up" })?.payable ?? ZERO;
  return maximum(subtract(maximum(kept, invoicedAmount), collectedAmount), ZERO);
}
