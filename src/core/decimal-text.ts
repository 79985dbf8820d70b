/**
 * An exact number as canonical decimal text, the form in which every amount and quantity is kept: `"12.5"`, `"-0.03"`, `"0"`.
 *
 * **Rules**
 * 1. An optional `-`, digits without superfluous leading zeros, and optionally a point with digits that do not end in zero.
 *    No exponent, no plus sign, no `"-0"`. Equal numbers therefore have equal text.
 * 2. Domain: at most 40 significant digits, at most 20 decimals, magnitude below 10^30.
 * 3. Compare with `compare`, never with `<` or `>`, which compare text.
 */
export type Decimal = string & { readonly __brand: "Decimal" };

/** The most significant digits a decimal can have. */
export const MAXIMUM_SIGNIFICANT_DIGITS = 40;

/** The most digits after the point a decimal can have. */
export const MAXIMUM_DECIMALS = 20;

/** The most digits before the point a decimal can have: every decimal is below 10^30 in magnitude. */
export const MAXIMUM_INTEGER_DIGITS = 30;

/** The decimal 0. */
export const ZERO: Decimal = "0" as Decimal;

/** The decimal 1. */
export const ONE: Decimal = "1" as Decimal;

// Longer than any meaningful text, zeros for padding included; what is longer is refused unread.
const MAXIMUM_INPUT_LENGTH = 128;

const EXPONENT_NUMBER = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/;

const MINUS = 45;
const POINT = 46;
const DIGIT_ZERO = 48;
const DIGIT_NINE = 57;

/**
 * Tells whether a value is canonical decimal text within the domain.
 *
 * **Rules**
 * 1. Only the canonical form passes: `"12.5"` does, `"12.50"`, `"+1"`, `"-0"`, `"1e3"` and the number `12.5` do not.
 * 2. At most 40 significant digits, 20 decimals and 30 digits before the point.
 *
 * @param value - anything
 * @returns true for a canonical decimal
 *
 * @example
 * ```ts
 * import { isDecimal } from "ordercycle";
 *
 * isDecimal("12.5"); // => true
 * isDecimal("12.50"); // => false
 * ```
 */
export function isDecimal(value: unknown): value is Decimal {
  if (typeof value !== "string") return false;
  const length = value.length;
  if (length === 0 || length > MAXIMUM_SIGNIFICANT_DIGITS + 3) return false;
  const start = value.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  for (let index = start; index < length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= DIGIT_ZERO && code <= DIGIT_NINE) continue;
    if (code !== POINT || point >= 0) return false;
    point = index;
  }
  const integerDigits = (point < 0 ? length : point) - start;
  const decimals = point < 0 ? 0 : length - point - 1;
  if (integerDigits === 0 || integerDigits > MAXIMUM_INTEGER_DIGITS || decimals > MAXIMUM_DECIMALS) return false;
  if (point >= 0 && (decimals === 0 || value.charCodeAt(length - 1) === DIGIT_ZERO)) return false;
  if (value.charCodeAt(start) === DIGIT_ZERO) return integerDigits === 1 && (point >= 0 || start === 0);
  return integerDigits + decimals <= MAXIMUM_SIGNIFICANT_DIGITS;
}

/**
 * Reads a number from outside (JSON, CSV, a form) as a decimal, or tells that it is none.
 *
 * **Rules**
 * 1. Text: an optional minus, digits, optionally a point and digits. Superfluous zeros are dropped: `"12.50"` is 12.5, and `"007"`, as
 *    some systems export it, is 7; `"-0"` is 0. A plus sign, blanks, exponents, group separators, decimal commas, digits of other
 *    scripts, `".5"` and `"5."` are refused.
 * 2. JSON numbers: finite ones are read by their shortest text, exponents expanded, so `0.1` is exactly 0.1. NaN and infinities are
 *    refused.
 * 3. bigint: read exactly.
 * 4. What lies outside the domain of decimals is refused, never rounded. Text beyond 128 characters is refused unread.
 *
 * @param input - anything
 * @returns the decimal, or undefined when the input is no decimal
 *
 * @example
 * ```ts
 * import { parseDecimal } from "ordercycle";
 *
 * parseDecimal("12.50"); // => "12.5"
 * parseDecimal(1e-7); // => "0.0000001"
 * parseDecimal("12,5"); // => undefined
 * ```
 */
export function parseDecimal(input: unknown): Decimal | undefined {
  if (isDecimal(input)) return input;
  switch (typeof input) {
    case "string":
      return parsePlain(input);
    case "number":
      return Number.isFinite(input) ? (parsePlain(String(input)) ?? parseExponent(String(input))) : undefined;
    case "bigint":
      return BigInt.asIntN(MAXIMUM_INPUT_LENGTH, input) === input ? parsePlain(input.toString()) : undefined;
    default:
      return undefined;
  }
}

/**
 * A decimal written in program code.
 *
 * Input from outside goes through {@link parseDecimal}, by the same rules.
 *
 * @param input - text, number or bigint, read by the rules of `parseDecimal`
 * @returns the decimal
 * @throws RangeError when the input is no decimal
 *
 * @example
 * ```ts
 * import { decimal } from "ordercycle";
 *
 * decimal("19.90"); // => "19.9"
 * ```
 */
export function decimal(input: string | number | bigint): Decimal {
  const parsed = parseDecimal(input);
  if (parsed === undefined) throw new RangeError(`Not a decimal number: ${String(input).slice(0, 60)}`);
  return parsed;
}

/**
 * Writes a decimal with a fixed number of decimals, for display and for formats that ask for it.
 *
 * **Rules**
 * 1. Zeros are added, digits are never dropped: round first.
 *
 * @param value - the number
 * @param decimals - digits after the point, 0 to 20
 * @returns plain text such as `"12.50"`; with `decimals` 0 there is no point
 * @throws RangeError when the value has more decimals, or `decimals` is not a whole number from 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, toFixedText } from "ordercycle";
 *
 * toFixedText(decimal("12.5"), 2); // => "12.50"
 * ```
 */
export function toFixedText(value: Decimal, decimals: number): string {
  checkScale(decimals);
  const point = value.indexOf(".");
  const present = point < 0 ? 0 : value.length - point - 1;
  if (present > decimals) throw new RangeError(`${value} has more than ${decimals} decimals.`);
  if (decimals === 0) return value;
  return (point < 0 ? `${value}.` : value) + "0".repeat(decimals - present);
}

/**
 * Refuses a number of decimals that no decimal can have.
 *
 * @param scale - digits after the point
 * @throws RangeError when it is not a whole number from 0 to 20
 * @internal
 */
export function checkScale(scale: number): void {
  if (Number.isInteger(scale) && scale >= 0 && scale <= MAXIMUM_DECIMALS) return;
  throw new RangeError(`Decimals must be a whole number from 0 to ${MAXIMUM_DECIMALS}, not ${scale}.`);
}

function parsePlain(text: string): Decimal | undefined {
  const length = text.length;
  if (length > MAXIMUM_INPUT_LENGTH) return undefined;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = length;
  let lastNonZero = -1;
  for (let index = start; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === POINT && point === length) point = index;
    else if (code < DIGIT_ZERO || code > DIGIT_NINE) return undefined;
    else if (code !== DIGIT_ZERO) lastNonZero = index;
  }
  if (point === start || point === length - 1) return undefined;
  if (lastNonZero < 0) return ZERO;
  let first = start;
  while (first < point - 1 && text.charCodeAt(first) === DIGIT_ZERO) first += 1;
  const unsigned = text.slice(first, Math.max(point, lastNonZero + 1));
  const canonical = start === 1 ? `-${unsigned}` : unsigned;
  return isDecimal(canonical) ? canonical : undefined;
}

function parseExponent(text: string): Decimal | undefined {
  const match = EXPONENT_NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = "", integer = "", fraction = "", exponentText = ""] = match;
  const exponent = Number.parseInt(exponentText, 10);
  if (Math.abs(exponent) > MAXIMUM_SIGNIFICANT_DIGITS) return undefined;
  const digits = integer + fraction;
  const point = integer.length + exponent;
  if (point <= 0) return parsePlain(`${sign}0.${"0".repeat(-point)}${digits}`);
  const padded = digits.padEnd(point, "0");
  const decimals = padded.slice(point);
  return parsePlain(sign + padded.slice(0, point) + (decimals === "" ? "" : `.${decimals}`));
}
