import { type RoundingMode, multiplyShiftRound, round } from "./decimal-rounding.js";
import type { Decimal } from "./decimal-text.js";

// Besides the codes in force, those withdrawn since 2020 (ANG, BGN, CUC, HRK, SLL, ZWL): orders of those years must stay readable.
const CODES =
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF " +
  "CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD " +
  "HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL " +
  "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD " +
  "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD " +
  "USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL";

const WITHOUT_MINOR_UNIT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const WITH_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND";
const WITH_TEN_THOUSANDTHS = "CLF UYW";

/** The codes of ISO 4217 that amounts can be in, in alphabetical order: all with a minor unit, those withdrawn since 2020 included. */
export const CURRENCIES: readonly string[] = /* @__PURE__ */ CODES.split(" ");

/** Decimals by currency: carts and orders by the thousand ask for theirs. */
const MINOR_UNITS: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  CURRENCIES.map((code) => [code, minorUnitOfListed(code)]),
);

/**
 * Tells whether a text is the code of a currency.
 *
 * **Rules**
 * 1. Three capital letters as listed in ISO 4217; codes withdrawn before 2020 are not known.
 * 2. Codes without a minor unit (metals, drawing rights, test codes) are no currencies to be paid in.
 *
 * @param code - any text
 * @returns true for a listed code
 *
 * @example
 * ```ts
 * import { isCurrency } from "ordercycle";
 *
 * isCurrency("EUR"); // => true
 * isCurrency("XAU"); // => false
 * ```
 */
export function isCurrency(code: string): boolean {
  return MINOR_UNITS.has(code);
}

/**
 * How many decimals amounts in a currency have.
 *
 * @param currency - code of ISO 4217, three capital letters
 * @returns 2 for most, 0 for the yen, 3 for the Kuwaiti dinar, 4 for the Chilean unidad de fomento; undefined for an unknown code
 *
 * @example
 * ```ts
 * import { minorUnitOf } from "ordercycle";
 *
 * minorUnitOf("EUR"); // => 2
 * minorUnitOf("JPY"); // => 0
 * minorUnitOf("EURO"); // => undefined
 * ```
 */
export function minorUnitOf(currency: string): number | undefined {
  return MINOR_UNITS.get(currency);
}

/**
 * Rounds an amount to what can be paid in its currency.
 *
 * **Rules**
 * 1. Rounds to the minor unit of the currency, half away from zero unless told otherwise.
 *
 * @param amount - the amount in the currency
 * @param currency - code of ISO 4217, three capital letters
 * @param mode - how to round, `"halfUp"` when left out
 * @returns the rounded amount
 * @throws RangeError when the currency is unknown (`isCurrency` tells beforehand)
 *
 * @example
 * ```ts
 * import { decimal, roundMoney } from "ordercycle";
 *
 * roundMoney(decimal("12.345"), "EUR"); // => "12.35"
 * roundMoney(decimal("12.345"), "JPY"); // => "12"
 * ```
 */
export function roundMoney(amount: Decimal, currency: string, mode: RoundingMode = "halfUp"): Decimal {
  const decimals = minorUnitOf(currency);
  if (decimals === undefined) throw new RangeError(`Unknown currency: ${currency.slice(0, 20)}`);
  return round(amount, decimals, mode);
}

/**
 * A percentage of an amount, rounded once.
 *
 * @param amount - the amount
 * @param percent - the rate in per cent: 19 means 19 of 100; may be below zero or above 100
 * @param decimals - digits after the point to keep, 0 to 20
 * @param mode - how to round
 * @returns amount × percent ÷ 100, rounded
 * @throws RangeError when the result lies outside the domain of decimals, or `decimals` is not a whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, percentOf } from "ordercycle";
 *
 * percentOf(decimal("49.90"), decimal("19"), 2, "halfUp"); // => "9.48"
 * ```
 */
export function percentOf(amount: Decimal, percent: Decimal, decimals: number, mode: RoundingMode): Decimal {
  return multiplyShiftRound(amount, percent, 2, decimals, mode);
}

function minorUnitOfListed(code: string): number {
  if (WITHOUT_MINOR_UNIT.includes(code)) return 0;
  if (WITH_THOUSANDTHS.includes(code)) return 3;
  return WITH_TEN_THOUSANDTHS.includes(code) ? 4 : 2;
}
