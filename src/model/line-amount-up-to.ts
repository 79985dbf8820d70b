import {
  divideUnits,
  fromUnits,
  multiplyDivide,
  scaleOf,
  toUnits,
  type Decimal,
  type RoundingMode,
} from "../core/decimal.js";
import { minorUnitOf } from "../core/money.js";
import { orderedInBaseUnit } from "./apply-changes.js";
import type { Currency } from "./ids.js";
import type { OrderLine } from "./order-line.js";
import type { LineAdjustment } from "./promotion/price-adjustment.js";

/**
 * What the first units of a line cost: the same for each before promotions, less what promotions took off these units.
 *
 * **Rules**
 * 1. Without promotions it is the share of the line amount.
 * 2. With promotions, units bear what their shares say; of a unit that is asked for in part, that part.
 * 3. The exact value is rounded once; for all of the line it is the line amount.
 * 4. It is never below zero, and more units never cost less: a unit may bear a minor unit more than its equal part of the
 *    price, or stand before dearer ones, and then less is asked for the units before it.
 *
 * @param line a priced line
 * @param upTo quantity in the base unit, at most what was ordered
 * @param decimals of the amount
 * @returns money for the quantity
 *
 * **Source:** mission 6.6, 15.1
 */
export function lineAmountUpTo(line: OrderLine, upTo: Decimal, decimals: number, rounding: RoundingMode): Decimal {
  const ordered = orderedInBaseUnit(line);
  const { adjustments = [], lineAmount, orderedQty } = line;
  if (adjustments.length === 0) return multiplyDivide(lineAmount, upTo, ordered, decimals, rounding);
  const scale = Math.max(scaleOf(ordered), scaleOf(upTo));
  const [part, whole] = [toUnits(upTo, scale), toUnits(ordered, scale)];
  const money = Math.max(decimals, scaleOf(lineAmount), ...adjustments.map(({ amount }) => scaleOf(amount)));
  let before = toUnits(lineAmount, money);
  for (const { amount } of adjustments) before += toUnits(amount, money);
  const fine = 10n ** BigInt(money - decimals);
  const costUpTo = (place: bigint, of: bigint): bigint => {
    let exact: Fraction = { dividend: before * place, divisor: of };
    for (const adjustment of adjustments) {
      exact = difference(exact, takenUpTo(adjustment, place, of, orderedQty, money));
    }
    return divideUnits(exact.dividend, exact.divisor * fine, rounding);
  };
  let least = costUpTo(part, whole);
  for (const { place, of } of adjustments.flatMap((adjustment) => endsOf(adjustment, orderedQty))) {
    if (place * whole <= part * of) continue;
    const cost = costUpTo(place, of);
    if (cost < least) least = cost;
  }
  return fromUnits(least > 0n ? least : 0n, decimals);
}

/** Decimals of shares of a line's amount: the minor unit of the currency, or finer where the amount is. */
export function shareDecimals({ lineAmount }: Pick<OrderLine, "lineAmount">, currency: Currency): number {
  return Math.max(minorUnitOf(currency) ?? 2, scaleOf(lineAmount));
}

/** Where the runs of an adjustment end, as parts of the ordered quantity. */
function endsOf({ shares }: LineAdjustment, orderedQty: Decimal): { readonly place: bigint; readonly of: bigint }[] {
  const scale = scaleOfRuns(shares, orderedQty);
  const of = toUnits(orderedQty, scale);
  let place = 0n;
  return shares.map(({ quantity }) => {
    place += toUnits(quantity, scale);
    return { place, of };
  });
}

function scaleOfRuns(shares: LineAdjustment["shares"], orderedQty: Decimal): number {
  return shares.reduce((most, { quantity }) => Math.max(most, scaleOf(quantity)), scaleOf(orderedQty));
}

/** dividend ÷ divisor, the divisor above zero. */
interface Fraction {
  readonly dividend: bigint;
  readonly divisor: bigint;
}

/** What a promotion takes off the first `part` of `whole` base units, the runs being in units of the order. */
function takenUpTo(
  { shares }: LineAdjustment,
  part: bigint,
  whole: bigint,
  orderedQty: Decimal,
  money: number,
): Fraction {
  const scale = scaleOfRuns(shares, orderedQty);
  // Both sides of part ÷ whole = place ÷ ordered, multiplied out.
  const place = part * toUnits(orderedQty, scale);
  let begin = 0n;
  let taken = 0n;
  for (const share of shares) {
    const quantity = toUnits(share.quantity, scale);
    const amount = toUnits(share.amount, money);
    if ((begin + quantity) * whole <= place) {
      begin += quantity;
      taken += amount;
      continue;
    }
    const divisor = quantity * whole;
    return { dividend: taken * divisor + amount * (place - begin * whole), divisor };
  }
  return { dividend: taken, divisor: 1n };
}

function difference(one: Fraction, other: Fraction): Fraction {
  return {
    dividend: one.dividend * other.divisor - other.dividend * one.divisor,
    divisor: one.divisor * other.divisor,
  };
}
