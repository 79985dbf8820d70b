import { type Decimal, MAXIMUM_DECIMALS, MAXIMUM_SIGNIFICANT_DIGITS, isDecimal } from "./decimal-text.js";

/** 10^0 to 10^22, every one exact as a JavaScript number. @internal */
const POWERS_OF_TEN: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
];

/** What follows the point for each number of hundredths: nothing, one digit or two. */
const HUNDREDTHS: readonly string[] = /* @__PURE__ */ Array.from({ length: 100 }, (_none, hundredths) =>
  hundredths === 0 ? "" : `.${String(hundredths + 100).slice(1, hundredths % 10 === 0 ? 2 : 3)}`,
);

const MINUS = 45;
const POINT = 46;
const DIGIT_ZERO = 48;
// 15 digits, a point and a sign: beyond this the whole text is left to bigint without trying.
const MAXIMUM_SAFE_LENGTH = 17;
const MAXIMUM_SMALL_INTEGER = 0x7fffffff;

/**
 * 10^exponent as a number.
 *
 * @param exponent - 0 to 22
 * @returns the exact power, NaN outside 0 to 22 so that a caller's bound check sends it to the bigint path
 * @internal
 */
export function powerOfTen(exponent: number): number {
  return POWERS_OF_TEN[exponent] ?? Number.NaN;
}

/**
 * 10^exponent as a bigint.
 *
 * @param exponent - 0 or more
 * @returns the power
 * @internal
 */
export function bigPowerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/**
 * The number of digits after the point.
 *
 * @param value - the number
 * @returns 0 to 20
 *
 * @example
 * ```ts
 * import { decimal, scaleOf } from "ordercycle";
 *
 * scaleOf(decimal("12.5")); // => 1
 * ```
 */
export function scaleOf(value: Decimal): number {
  // Short texts are searched faster here than by indexOf.
  const length = value.length;
  for (let index = length - 1; index > 0; index -= 1) {
    if (value.charCodeAt(index) === POINT) return length - 1 - index;
  }
  return 0;
}

/**
 * The value in units of 10^-scale as a safe integer.
 *
 * @param value - the number
 * @param scale - at least the scale of the value
 * @returns the units; NaN when they are no safe integer or the text is no number, so that any bound check fails
 * @internal
 */
export function safeUnitsAt(value: Decimal, scale: number): number {
  const length = value.length;
  // A number passed by mistake has no length; the comparison fails and the bigint path reports it.
  if (!(length <= MAXIMUM_SAFE_LENGTH)) return Number.NaN;
  const start = value.charCodeAt(0) === MINUS ? 1 : 0;
  let units = 0;
  let point = -1;
  for (let index = start; index < length; index += 1) {
    const digit = value.charCodeAt(index) - DIGIT_ZERO;
    if (digit >= 0 && digit <= 9) units = units * 10 + digit;
    else if (digit === POINT - DIGIT_ZERO && point < 0 && index > start) point = index;
    else return Number.NaN;
  }
  // No digits at all, or none after the point: no number, left to the careful path to report.
  if (point === length - 1 || start === length) return Number.NaN;
  const missing = point < 0 ? scale : scale - (length - 1 - point);
  if (missing !== 0) units *= powerOfTen(missing);
  if (!(units <= Number.MAX_SAFE_INTEGER)) return Number.NaN;
  return start === 1 ? -units : units;
}

/**
 * The value in units of 10^-scale as a bigint.
 *
 * @param value - the number
 * @param scale - at least the scale of the value
 * @returns the units
 * @throws TypeError when the value is not canonical decimal text
 * @internal
 */
export function bigUnitsAt(value: Decimal, scale: number): bigint {
  if (!isDecimal(value)) throw new TypeError(`Not a canonical decimal: ${String(value).slice(0, 60)}`);
  const point = (value as string).indexOf(".");
  if (point < 0) return BigInt(value) * bigPowerOfTen(scale);
  const digits = value.slice(0, point) + value.slice(point + 1);
  return BigInt(digits) * bigPowerOfTen(scale - scaleOf(value));
}

/**
 * Writes safe-integer units of 10^-scale as a decimal.
 *
 * @param units - a safe integer
 * @param scale - digits after the point, 0 or more
 * @returns the canonical decimal
 * @throws RangeError when more than 20 decimals remain
 * @internal
 */
export function textOfUnits(units: number, scale: number): Decimal {
  if (units === 0) return "0" as Decimal;
  let magnitude = units < 0 ? -units : units;
  let decimals = scale;
  if (scale === 0 && magnitude <= MAXIMUM_SMALL_INTEGER) return String(units) as Decimal;
  if (scale === 2 && magnitude <= MAXIMUM_SMALL_INTEGER) {
    // Most money has two decimals. Its two halves are short, and engines keep the texts of short numbers at hand.
    const whole = (magnitude / 100) | 0;
    const text = String(whole) + (HUNDREDTHS[magnitude - whole * 100] ?? "");
    return (units < 0 ? `-${text}` : text) as Decimal;
  }
  if (magnitude <= MAXIMUM_SMALL_INTEGER) {
    // Engines divide 32-bit integers several times faster than the general case below.
    let small = magnitude | 0;
    while (decimals > 0 && small % 10 === 0) {
      small = (small / 10) | 0;
      decimals -= 1;
    }
    magnitude = small;
  } else {
    while (decimals > 0) {
      const shorter = Math.floor(magnitude / 10);
      if (shorter * 10 !== magnitude) break;
      magnitude = shorter;
      decimals -= 1;
    }
  }
  if (decimals > MAXIMUM_DECIMALS) throw outsideDomain();
  const unsigned = placePoint(digitsOf(magnitude), decimals);
  return (units < 0 ? `-${unsigned}` : unsigned) as Decimal;
}

/**
 * Writes bigint units of 10^-scale as a decimal.
 *
 * @param units - any bigint
 * @param scale - digits after the point, 0 or more
 * @returns the canonical decimal
 * @throws RangeError when the number lies outside the domain of decimals
 * @internal
 */
export function textOfBigUnits(units: bigint, scale: number): Decimal {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString();
  let kept = digits.length;
  let decimals = scale;
  while (decimals > 0 && kept > 1 && digits.charCodeAt(kept - 1) === DIGIT_ZERO) {
    kept -= 1;
    decimals -= 1;
  }
  if (digits === "0") return "0" as Decimal;
  if (decimals > MAXIMUM_DECIMALS || kept > MAXIMUM_SIGNIFICANT_DIGITS) throw outsideDomain();
  const unsigned = placePoint(digits.slice(0, kept), decimals);
  const text = negative ? `-${unsigned}` : unsigned;
  if (!isDecimal(text)) throw outsideDomain();
  return text;
}

/**
 * The error for a result that no decimal can hold.
 *
 * @returns the error, to be thrown
 * @internal
 */
export function outsideDomain(): RangeError {
  return new RangeError("The result has more digits than a decimal can hold (40 digits, 20 decimals, below 10^30).");
}

/** The digits of a safe integer; written in two halves, since engines write large numbers far slower than 32-bit ones. */
function digitsOf(magnitude: number): string {
  if (magnitude <= MAXIMUM_SMALL_INTEGER) return String(magnitude);
  const high = Math.floor(magnitude / 1e9);
  const low = magnitude - high * 1e9;
  return String(high) + String(low + 1e9).slice(1);
}

function placePoint(digits: string, decimals: number): string {
  if (decimals === 0) return digits;
  const point = digits.length - decimals;
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `0.${"0".repeat(-point)}${digits}`;
}
