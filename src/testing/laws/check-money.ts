import {
  absolute,
  add,
  compare,
  fromUnits,
  isNegative,
  multiply,
  ONE,
  scaleOf,
  subtract,
  sum,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { minorUnitOf } from "../../core/money.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { mustEqual, mustHold, type LawViolation } from "./law-violation.js";

/**
 * Checks that the money of an order adds up.
 *
 * **Rules**
 * 1. On every priced line, amount + allowance is quantity × price to less than one minor unit, whichever way was rounded;
 *    a line without a price, or of an order that has not been priced, has neither.
 * 2. Gross = Σ (amount + allowance), allowances = Σ allowance, net = Σ amount = gross − allowances, charges = Σ charges less
 *    what promotions took off them, payable = net + charges.
 * 3. Invoiced = Σ payable of the invoices, collected = Σ payments.
 * 4. Nothing is negative, and nothing is smaller than the currency's minor unit.
 *
 * @param order any order
 * @returns every violation; empty when the laws hold
 *
 * **Source:** mission 3.6, 15.1
 * @example
 * ```ts
 * import { anyOrder, checkMoney } from "ordercycle/testing";
 * const order = anyOrder({ header: { charges: [{ kind: "freight", amount: "5" }] } });
 * checkMoney(order); // => []
 * ```
 */
export function checkMoney(order: Order): LawViolation[] {
  return [...order.lines.flatMap((line) => checkLine(order, line)), ...checkTotals(order), ...checkBilling(order)];
}

function checkLine(order: Order, line: OrderLine): LawViolation[] {
  const { lineId, unitPrice, orderedQty, allowance, lineAmount } = line;
  const beforeDiscount = add(lineAmount, allowance);
  const isPriced = order.totals !== undefined && unitPrice !== undefined;
  const difference = absolute(subtract(beforeDiscount, isPriced ? multiply(orderedQty, unitPrice) : ZERO));
  const tolerance = isPriced ? minorUnit(order) : undefined;
  const law = isPriced ? "amount + allowance = quantity × price, rounded" : "no amount without a price";
  const holds = tolerance === undefined ? difference === ZERO : compare(difference, tolerance) < 0;
  return [
    ...mustHold({ law, at: lineId, found: `${lineAmount} + ${allowance}`, holds }),
    ...checkAmount(order, `${lineId} allowance`, allowance),
    ...checkAmount(order, `${lineId} amount`, lineAmount),
  ];
}

function checkTotals(order: Order): LawViolation[] {
  const { orderNo, totals, lines, header, promotions } = order;
  if (totals === undefined) return [];
  const allowances = sum(lines.map(({ allowance }) => allowance));
  const net = sum(lines.map(({ lineAmount }) => lineAmount));
  const taken = sum((promotions?.charges ?? []).map(({ amount }) => amount));
  const charges = subtract(sum(header.charges.map(({ amount }) => amount)), taken);
  return [
    ...mustEqual("allowances = Σ allowance", orderNo, allowances, totals.allowances),
    ...mustEqual("net = Σ line amount", orderNo, net, totals.net),
    ...mustEqual("gross − allowances = net", orderNo, net, subtract(totals.gross, totals.allowances)),
    ...mustEqual("charges = Σ charge − Σ charge adjustment", orderNo, charges, totals.charges),
    ...mustEqual("payable = net + charges", orderNo, add(net, charges), totals.payable),
    ...Object.entries(totals).flatMap(([name, amount]) => checkAmount(order, `${orderNo} ${name}`, amount as Decimal)),
  ];
}

function checkBilling(order: Order): LawViolation[] {
  const { orderNo, billing } = order;
  const invoiced = sum(billing.invoices.map(({ payable }) => payable));
  const collected = sum(billing.payments.map(({ amount }) => amount));
  return [
    ...mustEqual("invoiced = Σ payable of invoices", orderNo, invoiced, billing.invoicedAmount),
    ...mustEqual("collected = Σ payments", orderNo, collected, billing.collectedAmount),
    ...checkAmount(order, `${orderNo} invoiced`, billing.invoicedAmount),
    ...checkAmount(order, `${orderNo} collected`, billing.collectedAmount),
  ];
}

function checkAmount(order: Order, at: string, amount: Decimal): LawViolation[] {
  const decimals = minorUnitOf(order.header.currency);
  return [
    ...mustHold({ law: "money is not negative", at, found: amount, holds: !isNegative(amount) }),
    ...mustHold({
      law: "money is in minor units",
      at,
      found: amount,
      holds: decimals === undefined || scaleOf(amount) <= decimals,
    }),
  ];
}

function minorUnit({ header }: Order): Decimal {
  const decimals = minorUnitOf(header.currency);
  return decimals === undefined ? ONE : fromUnits(1, decimals);
}
