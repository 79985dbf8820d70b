import {
  decimal,
  divideExactly,
  multiply,
  multiplyDivide,
  ONE,
  subtract,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { fractionOf, fractionOfRational, minus, over, times } from "../../core/fraction.js";
import { minorUnitOf } from "../../core/money.js";
import type { Rational } from "../../core/unit-conversion.js";
import { isFree } from "../../model/agreed-amount.js";
import { isWithinDigits, MONEY_DIGITS, QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { Currency, Uom } from "../../model/ids.js";
import type { Item } from "../../model/item.js";
import type { LineDiscount, OrderLine } from "../../model/order-line.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { amountOf } from "./join-line.js";
import { discountShare } from "./merged-line.js";
import { netPrice, paidPriceOf, roundedFraction, unitPriceFrom, type PaidPrice } from "./substitute-price.js";
import type { Exchange } from "./substitute-quantity.js";

/** How a substitute stands on the order: unit, quantity and price. */
export type SubstituteTerms = Pick<
  SubstituteProposal,
  "orderedQty" | "uom" | "unitFactor" | "unitPrice" | "discount" | "unitPriceDifference" | "priceDifference"
>;

/**
 * Works out how a substitute would stand on the order, and what it costs more or less than what it replaces.
 *
 * **Rules**
 * 1. It is ordered in the unit of the short line where the substitute has that unit and the quantity can be written in it,
 *    else in its base unit.
 * 2. A unit price that no decimal holds is rounded down at the eighth decimal, in the customer's favour.
 * 3. The difference in all is between two amounts that are rounded as pricing rounds them.
 *
 * @returns undefined when the price has more digits than a record may have
 */
export function substituteTerms(
  line: OrderLine,
  item: Item,
  { replaces, quantity }: Exchange,
  paid: PaidPrice,
  currency: Currency,
): SubstituteTerms | undefined {
  const unit = unitFor(item, line.uom, quantity);
  const unitPrice = paid.price === undefined ? undefined : unitPriceFrom(paid.price, unit.unitFactor);
  if (paid.price !== undefined && unitPrice === undefined) return undefined;
  const share = paid.isDiscounted ? discountShare(line, replaces, currency) : undefined;
  const terms = {
    ...unit,
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(unitPrice === undefined || share === undefined ? {} : { discount: share }),
  };
  const before = netPrice(line, paidPriceOf(line));
  const after = netPrice(line, paid);
  if (before === undefined || after === undefined) return terms;
  const one = fractionOfRational(line.unitFactor);
  const perUnit = roundedFraction(
    minus(times(times(after, paid.ratio), one), times(before, one)),
    MONEY_DIGITS.decimals,
  );
  const inAll = differenceInAll(line, replaces, terms, currency);
  if (perUnit === undefined || inAll === undefined) return undefined;
  return { ...terms, unitPriceDifference: perUnit, priceDifference: inAll };
}

/**
 * What a new line costs more than the part of a line that it replaces, less when negative.
 *
 * @returns undefined when a price is not known, or the difference has more digits than a record may have
 */
export function differenceInAll(
  line: OrderLine,
  replaces: Decimal,
  terms: Pick<SubstituteTerms, "orderedQty" | "unitPrice" | "discount">,
  currency: Currency,
): Decimal | undefined {
  const cost = replacedAmount(line, replaces, currency);
  if (cost === undefined || terms.unitPrice === undefined) return undefined;
  const { amount } = amountOf({ ...terms, transactionCategory: line.transactionCategory }, currency);
  const difference = subtract(amount, cost);
  return isWithinDigits(difference, MONEY_DIGITS) ? difference : undefined;
}

/** The terms of a proposal for a part of what it would bring. */
export function termsOfPart(
  proposal: SubstituteProposal,
  item: Item,
  { replaces, quantity }: Exchange,
  currency: Currency,
): Pick<SubstituteTerms, "orderedQty" | "uom" | "unitFactor" | "unitPrice" | "discount"> {
  const { orderedQty, uom, unitFactor, unitPrice, discount } = proposal;
  const given = (price: Decimal | undefined, off: LineDiscount | undefined): object => ({
    ...(price === undefined ? {} : { unitPrice: price }),
    ...(off === undefined ? {} : { discount: off }),
  });
  if (quantity === proposal.quantity) return { orderedQty, uom, unitFactor, ...given(unitPrice, discount) };
  const unit = unitFor(item, uom, quantity);
  const perBase = unitPrice === undefined ? undefined : over(fractionOf(unitPrice), fractionOfRational(unitFactor));
  const price = perBase === undefined ? undefined : unitPriceFrom(perBase, unit.unitFactor);
  if (discount?.kind !== "amount") return { ...unit, ...given(price, discount) };
  const decimals = minorUnitOf(currency) ?? 2;
  const amount = multiplyDivide(discount.amount, replaces, proposal.replaces, decimals, "down");
  return { ...unit, ...given(price, amount === ZERO ? undefined : { kind: "amount", amount }) };
}

function unitFor(
  item: Item,
  wanted: Uom,
  quantity: Decimal,
): Pick<SubstituteTerms, "orderedQty" | "uom" | "unitFactor"> {
  const unit = item.units?.find(({ uom }) => uom === wanted);
  if (unit !== undefined && wanted !== item.baseUom) {
    const { numerator, denominator } = unit.factor;
    const orderedQty = divideExactly(multiply(quantity, denominator), numerator);
    if (orderedQty !== undefined && isWithinDigits(orderedQty, QUANTITY_DIGITS))
      return { orderedQty, uom: wanted, unitFactor: unit.factor };
  }
  return { orderedQty: quantity, uom: item.baseUom, unitFactor: WHOLE };
}

const WHOLE: Rational = { numerator: ONE, denominator: ONE };

/** What a part of a line costs by its price and agreed discount. */
function replacedAmount(line: OrderLine, quantity: Decimal, currency: Currency): Decimal | undefined {
  const decimals = minorUnitOf(currency) ?? 2;
  const { price } = paidPriceOf(line);
  if (price === undefined) return undefined;
  const discount = isFree(line) ? undefined : discountShare(line, quantity, currency);
  const gross = times(price, fractionOf(quantity));
  const off =
    discount === undefined
      ? fractionOf(ZERO)
      : discount.kind === "amount"
        ? fractionOf(discount.amount)
        : times(gross, over(fractionOf(discount.percent), fractionOf(HUNDRED)));
  const rest = minus(gross, off);
  return rest.top < 0n ? ZERO : roundedFraction(rest, decimals);
}

const HUNDRED: Decimal = /* @__PURE__ */ decimal("100");
