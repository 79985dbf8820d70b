import {
  add,
  compare,
  divide,
  isZero,
  minimum,
  multiplyDivide,
  multiplyRound,
  scaleOf,
  subtract,
  sum,
  ZERO,
  type Decimal,
  type RoundingMode,
} from "../../core/decimal.js";
import type { PriceSet } from "../../model/change.js";
import { QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { LineId } from "../../model/ids.js";
import { keptInBaseUnit } from "../../model/kept-quantity.js";
import { lineAmountUpTo } from "../../model/line-amount-up-to.js";
import type { OrderLine } from "../../model/order-line.js";

/** What a line of goods costs before and after. */
export interface RevisedLine {
  /** Line. */
  readonly lineId: LineId;
  /** Quantity that is kept, base unit. */
  readonly kept: Decimal;
  /** What it cost with the discounts as they were. */
  readonly amountBefore: Decimal;
  /** What it costs with the discounts as they are now. */
  readonly amountAfter: Decimal;
}

/** The line with its prices as they would be. */
function revised(line: OrderLine, { lines }: PriceSet): OrderLine {
  const { adjustments: _before, ...rest } = line;
  return { ...rest, ...lines.find(({ lineId }) => lineId === line.lineId) };
}

/** What a line of goods costs before and after, and what promotions take off it. */
export function revisedLine(
  line: OrderLine,
  prices: PriceSet,
  decimals: number,
  rounding: RoundingMode,
): RevisedLine & { readonly discountBefore: Decimal; readonly discountAfter: Decimal } {
  const { lineId } = line;
  const before = asPriced(line);
  const kept = keptInBaseUnit(line);
  const keptBefore = minimum(kept, keptInBaseUnit(before));
  const after = revised(line, prices);
  const amountAfter = lineAmountUpTo(after, kept, decimals, rounding);
  const amountBefore = lineAmountUpTo(before, keptBefore, decimals, rounding);
  const gross = add(amountAfter, discountOf(after));
  // What comes on top had neither price nor discount before.
  const grossBefore =
    kept === keptBefore ? gross : lineAmountUpTo(withoutPromotions(before), keptBefore, decimals, rounding);
  return {
    lineId,
    kept,
    amountBefore,
    amountAfter,
    discountBefore: subtract(grossBefore, amountBefore),
    discountAfter: discountOf(after),
  };
}

/** What was billed for units that are kept beyond what they cost now; below zero where too little was billed. */
export function billedTooMuch(line: OrderLine, prices: PriceSet, decimals: number, rounding: RoundingMode): Decimal {
  const before = asPriced(line);
  const billed = minimum(line.invoicedQty, keptInBaseUnit(line));
  return subtract(
    lineAmountUpTo(before, billed, decimals, rounding),
    lineAmountUpTo(revised(line, prices), billed, decimals, rounding),
  );
}

/**
 * A line as it stands, with the quantity that its price is for: what has been added since is left out.
 *
 * The shares of a discount sum to that quantity. Where there are none, its amount before discounts tells it, for prices
 * of at least a minor unit.
 */
function asPriced(line: OrderLine): OrderLine {
  const { adjustments: [first] = [], orderedQty, unitPrice = ZERO, lineAmount, allowance, quantities } = line;
  const shared = first === undefined ? undefined : sum(first.shares.map(({ quantity }) => quantity));
  const pricedQty = shared ?? quantityOf(orderedQty, unitPrice, add(lineAmount, allowance));
  if (compare(pricedQty, orderedQty) >= 0) return line;
  const { numerator, denominator } = line.unitFactor;
  const added = multiplyDivide(
    subtract(orderedQty, pricedQty),
    numerator,
    denominator,
    QUANTITY_DIGITS.decimals,
    "down",
  );
  return { ...line, orderedQty: pricedQty, quantities: { ...quantities, open: subtract(quantities.open, added) } };
}

/** The quantity of an amount; that of the line where both agree, since a price below a minor unit tells many. */
function quantityOf(orderedQty: Decimal, unitPrice: Decimal, gross: Decimal): Decimal {
  const scale = scaleOf(gross);
  const isOfAll = isZero(unitPrice) || multiplyRound(orderedQty, unitPrice, scale, "halfUp") === gross;
  return isOfAll ? orderedQty : divide(gross, unitPrice, scaleOf(orderedQty), "halfUp");
}

/** What promotions took off a line. */
function discountOf({ adjustments = [] }: OrderLine): Decimal {
  return sum(adjustments.map(({ amount }) => amount));
}

/** The line as if no promotion had taken anything off it. */
function withoutPromotions(line: OrderLine): OrderLine {
  const { adjustments: _given, ...rest } = line;
  return { ...rest, lineAmount: add(line.lineAmount, discountOf(line)) };
}
