import { add, minimum, multiply, subtract, ZERO } from "../../core/decimal.js";
import { minorUnitOf, percentOf, roundMoney } from "../../core/money.js";
import type { Change } from "../../model/change.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";

/** Number of the next line of an order. */
export function nextLineNo({ lines }: Order): number {
  return lines.reduce((most, { lineNo }) => Math.max(most, lineNo), 0) + 1;
}

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

function withAmount(line: OrderLine, currency: string): OrderLine {
  const { unitPrice, orderedQty, discount } = line;
  if (unitPrice === undefined) return line;
  const gross = roundMoney(multiply(orderedQty, unitPrice), currency);
  const decimals = minorUnitOf(currency) ?? 2;
  const allowance =
    discount === undefined
      ? ZERO
      : discount.kind === "percent"
        ? percentOf(gross, discount.percent, decimals, "halfUp")
        : minimum(roundMoney(discount.amount, currency), gross);
  return { ...line, allowance, lineAmount: subtract(gross, allowance) };
}
