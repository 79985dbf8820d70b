import { add, multiply, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { minorUnitOf, roundMoney } from "../../core/money.js";
import { agreedAmount, isFree, isMoreThan } from "../../model/agreed-amount.js";
import type { Change } from "../../model/change.js";
import type { Currency } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";

/**
 * The changes with which lines join an order: each with its amount where it has a price and the order is priced, and the
 * totals that follow, so that the order's money adds up until it is priced anew.
 *
 * @param joining lines with all of their quantity open, without amounts
 */
export function joinLines(order: Order, joining: readonly OrderLine[]): Change[] {
  const { totals, promotions, header } = order;
  const lines = joining.map((line) => (totals === undefined ? line : withAmount(line, header.currency)));
  const added = lines.map((line): Change => ({ kind: "line_added", line }));
  if (totals === undefined) return added;
  let { gross, allowances, net } = totals;
  for (const { lineAmount, allowance } of lines) {
    gross = add(gross, add(lineAmount, allowance));
    allowances = add(allowances, allowance);
    net = add(net, lineAmount);
  }
  const next = { gross, allowances, net, charges: totals.charges, payable: add(net, totals.charges) };
  const kept = promotions === undefined ? {} : { promotions };
  return [...added, { kind: "price_set", lines: [], totals: next, ...kept }];
}

/** The amount that a line costs by its price and agreed discount, as pricing would round it; zero without a price. */
export function amountOf(
  line: Pick<OrderLine, "transactionCategory" | "orderedQty" | "unitPrice" | "discount">,
  currency: Currency,
): { readonly gross: Decimal; readonly amount: Decimal } {
  const { unitPrice, orderedQty, discount } = line;
  if (unitPrice === undefined || isFree(line)) return { gross: ZERO, amount: ZERO };
  const exact = multiply(orderedQty, unitPrice);
  const decimals = minorUnitOf(currency) ?? 2;
  const amount = isMoreThan(discount, exact) ? ZERO : agreedAmount(line, exact, decimals, "halfUp");
  return { gross: roundMoney(exact, currency), amount };
}

function withAmount(line: OrderLine, currency: Currency): OrderLine {
  const { gross, amount } = amountOf(line, currency);
  // What costs nothing is priced at nothing, as pricing itself would have it.
  const price = isFree(line) && line.unitPrice !== undefined ? { unitPrice: ZERO } : {};
  return { ...line, ...price, allowance: subtract(gross, amount), lineAmount: amount };
}
