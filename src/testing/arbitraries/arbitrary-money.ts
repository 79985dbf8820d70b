import type { Arbitrary } from "fast-check";
import type { Decimal } from "../../core/decimal.js";
import { minorUnitOf } from "../../core/money.js";
import type { Currency } from "../../model/ids.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";

/** Bounds of an arbitrary amount of money. */
export interface MoneyBounds {
  /** ISO 4217 code, for the minor unit; EUR when absent. */
  readonly currency?: Currency;
  /** Greatest amount; 10,000 when absent. */
  readonly max?: string;
}

/**
 * Amounts of money in the minor unit of their currency, from zero on.
 *
 * @param bounds currency and greatest amount
 * @returns a fast-check arbitrary
 * @throws RangeError for an unknown currency
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitraryMoney } from "ordercycle/testing";
 * fc.sample(arbitraryMoney({ currency: "JPY" }), 50).some((amount) => amount.includes(".")); // => false
 * ```
 */
export function arbitraryMoney({ currency = "EUR", max = "10000" }: MoneyBounds = {}): Arbitrary<Decimal> {
  const decimals = minorUnitOf(currency);
  if (decimals === undefined) throw new RangeError(`${currency} is not a currency.`);
  return arbitraryDecimal({ min: "0", max, decimals });
}
