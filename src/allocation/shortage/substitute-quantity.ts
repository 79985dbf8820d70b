import { fromUnits, scaleOf, toUnits, type Decimal } from "../../core/decimal.js";
import { greatestDivisor } from "../../core/greatest-divisor.js";
import type { Rational } from "../../core/unit-conversion.js";
import { isWithinDigits, QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { Item } from "../../model/item.js";
import type { OrderLine } from "../../model/order-line.js";

/** What of a line is replaced, and by how much of another item, each in its own base unit. */
export interface Exchange {
  /** Of the line's item. */
  readonly replaces: Decimal;
  /** Of the substitute. */
  readonly quantity: Decimal;
}

/**
 * Finds how much of a line another item can replace: all that is short where that is there and can be given exactly, else
 * the most that both items can be given in.
 *
 * **Rules**
 * 1. The quantities are in the ratio, exactly. The substitute's is a multiple of its step and of its order multiple.
 * 2. When a part is replaced, so that the rest can still be served: what is replaced is a multiple of the line's step. An
 *    item without a step counts in the finest decimal of what is short and what is there.
 *
 * @param short quantity in the line's base unit, positive
 * @param available quantity in the substitute's base unit
 * @param ratio base units of the substitute for one of the line's item, above zero
 * @returns undefined when nothing can be replaced
 *
 * **Source:** mission 8.3, 5.10
 */
export function greatestExchange(
  { quantum: lineStep }: Pick<OrderLine, "quantum">,
  { quantum, orderMultiple }: Pick<Item, "quantum" | "orderMultiple">,
  { short, available, ratio }: { readonly short: Decimal; readonly available: Decimal; readonly ratio: Rational },
): Exchange | undefined {
  const figures = [short, available, ...[lineStep, quantum, orderMultiple].filter((one) => one !== undefined)];
  const scale = Math.max(QUANTITY_DIGITS.decimals, ...figures.map(scaleOf));
  const unitsOf = (value: Decimal): bigint => toUnits(value, scale);
  const [numerator, denominator] = [toUnits(ratio.numerator, 0), toUnits(ratio.denominator, 0)];
  const steps = [quantum, orderMultiple].flatMap((step) => (step === undefined ? [] : [unitsOf(step)]));
  const stepUnits = steps.length === 0 ? undefined : steps.reduce(leastCommonMultiple);
  const [shortUnits, availableUnits] = [unitsOf(short), unitsOf(available)];

  const exchange = (replacesUnits: bigint): Exchange | undefined => {
    const quantity = fromUnits((replacesUnits * numerator) / denominator, scale);
    if (replacesUnits === 0n || !isWithinDigits(quantity, QUANTITY_DIGITS)) return undefined;
    return { replaces: fromUnits(replacesUnits, scale), quantity };
  };
  const needed = shortUnits * numerator;
  const isExact = needed % (denominator * (stepUnits ?? 1n)) === 0n;
  if (isExact && needed <= availableUnits * denominator) return exchange(shortUnits);

  const finest = 10n ** BigInt(scale - Math.max(scaleOf(short), scaleOf(available)));
  const whole = denominator * (stepUnits ?? finest);
  const own = lineStep === undefined ? finest : unitsOf(lineStep);
  const step = own * (whole / greatestDivisor(whole, own * numerator));
  const there = (availableUnits * denominator) / numerator;
  const most = shortUnits < there ? shortUnits : there;
  return exchange((most / step) * step);
}

function leastCommonMultiple(left: bigint, right: bigint): bigint {
  return (left / greatestDivisor(left, right)) * right;
}
