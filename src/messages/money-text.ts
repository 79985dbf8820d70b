import { toFixedText, type Decimal } from "../core/decimal.js";
import { minorUnitOf } from "../core/money.js";
import type { Currency } from "../model/ids.js";

/** How amounts of a currency are written: with its decimals, or more where the amount has them. */
export function moneyText(currency: Currency): (amount: Decimal) => string {
  const decimals = minorUnitOf(currency) ?? 2;
  return (amount) => {
    const own = amount.includes(".") ? amount.length - amount.indexOf(".") - 1 : 0;
    return toFixedText(amount, Math.max(decimals, own));
  };
}
