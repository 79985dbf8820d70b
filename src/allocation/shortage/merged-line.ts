import { divideExactly, multiply, multiplyDivide, ONE, ZERO, type Decimal } from "../../core/decimal.js";
import { minorUnitOf } from "../../core/money.js";
import { orderedInBaseUnit } from "../../model/apply-changes.js";
import { BUCKETS } from "../../model/bucket.js";
import { isWithinDigits, MONEY_DIGITS, QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { Currency } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { LineDiscount, OrderLine, Quantities } from "../../model/order-line.js";

/** A line as it joins the order into which it goes: open, without amounts, with the memory of where it came from. */
export function mergedLine(
  { from, to }: { readonly from: Order; readonly to: Order },
  line: OrderLine,
  quantity: Decimal,
  { lineNo, price }: { readonly lineNo: number; readonly price: "keep" | "renew" },
): OrderLine {
  const {
    unitPrice: _price,
    priceAgreed: _agreed,
    discount: _discount,
    adjustments: _adjustments,
    giftOf: _gift,
    substituteFor: _substitute,
    ...terms
  } = line;
  const unit = unitOf(line, quantity);
  const unitPrice = price === "keep" ? unit.unitPrice : undefined;
  const discount = unitPrice === undefined ? undefined : discountShare(line, quantity, from.header.currency);
  return {
    ...terms,
    lineId: `${to.orderNo}-${lineNo}`,
    lineNo,
    orderedQty: unit.orderedQty,
    uom: unit.uom,
    unitFactor: unit.unitFactor,
    ...(unitPrice === undefined ? {} : { unitPrice, priceAgreed: true }),
    ...(discount === undefined ? {} : { discount }),
    allowance: ZERO,
    lineAmount: ZERO,
    ...substitutedShare(line, quantity),
    mergedFrom: { orderNo: from.orderNo, lineId: line.lineId },
    quantities: { ...NOTHING, open: quantity },
    reservations: [],
    shortages: [],
    promises: [],
    invoicedQty: ZERO,
  };
}

/** The unit of the order as far as the quantity can be written in it, else the base unit with the price that it makes. */
function unitOf(
  { uom, baseUom, unitFactor, unitPrice }: OrderLine,
  quantity: Decimal,
): Pick<OrderLine, "orderedQty" | "uom" | "unitFactor" | "unitPrice"> {
  const { numerator, denominator } = unitFactor;
  const given = unitPrice === undefined ? {} : { unitPrice };
  const orderedQty = divideExactly(multiply(quantity, denominator), numerator);
  if (orderedQty !== undefined && isWithinDigits(orderedQty, QUANTITY_DIGITS))
    return { orderedQty, uom, unitFactor, ...given };
  const base = { orderedQty: quantity, uom: baseUom, unitFactor: { numerator: ONE, denominator: ONE } };
  const exact = unitPrice === undefined ? undefined : divideExactly(multiply(unitPrice, denominator), numerator);
  return exact === undefined || !isWithinDigits(exact, MONEY_DIGITS) ? base : { ...base, unitPrice: exact };
}

/** The agreed discount for a part of a line: one in money comes along by its share, rounded down. */
export function discountShare(line: OrderLine, quantity: Decimal, currency: Currency): LineDiscount | undefined {
  const { discount } = line;
  if (discount?.kind !== "amount") return discount;
  const decimals = minorUnitOf(currency) ?? 2;
  const amount = multiplyDivide(discount.amount, quantity, orderedInBaseUnit(line), decimals, "down");
  return amount === ZERO ? undefined : { kind: "amount", amount };
}

/** What a part of a line stands in for: its share of what the line does, rounded up so that something is left of it. */
function substitutedShare(line: OrderLine, quantity: Decimal): Pick<OrderLine, "substituteFor"> {
  const { substituteFor } = line;
  if (substituteFor === undefined) return {};
  const ordered = orderedInBaseUnit(line);
  const share = multiplyDivide(substituteFor.quantity, quantity, ordered, QUANTITY_DIGITS.decimals, "up");
  return { substituteFor: { ...substituteFor, quantity: share } };
}

const NOTHING: Quantities = /* @__PURE__ */ (() =>
  Object.fromEntries(BUCKETS.map((bucket) => [bucket, ZERO])) as unknown as Quantities)();
