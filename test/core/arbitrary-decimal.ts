import { Decimal as DecimalJs } from "decimal.js";
import fc from "fast-check";
import { type Decimal, type RoundingMode, decimal } from "../../src/core/decimal.js";

/** decimal.js with room for every exact result of the tests: the first oracle. */
export const Exact: typeof DecimalJs = DecimalJs.clone({
  defaults: true,
  precision: 300,
  toExpNeg: -400,
  toExpPos: 400,
});

export const EXACT_ROUNDING: Readonly<Record<RoundingMode, DecimalJs.Rounding>> = {
  up: 0,
  down: 1,
  ceiling: 2,
  floor: 3,
  halfUp: 4,
  halfDown: 5,
  halfEven: 6,
};

/** Writes units of 10^-scale as canonical text, or tells that it lies outside the domain: the second oracle, on bigint and text alone. */
export function oracleText(units: bigint, scale: number): string | undefined {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const integer = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  const significant = (integer + fraction).replace(/^0+/, "").length;
  if (integer.length > 30 || fraction.length > 20 || significant > 40) return undefined;
  return (units < 0n ? "-" : "") + integer + (fraction === "" ? "" : `.${fraction}`);
}

/** The value in units of 10^-20: exact for every decimal. */
export function oracleUnits(value: string): bigint {
  const [integer = "", fraction = ""] = value.split(".");
  return BigInt(integer + fraction.padEnd(20, "0"));
}

const nearSafeBound = fc
  .tuple(fc.bigInt({ min: -40n, max: 40n }), fc.constantFrom(1n, 2n, 3n, 5n, 10n, 100n), fc.boolean())
  .map(([offset, divisor, negative]) => {
    const units = (2n ** 53n + offset) / divisor;
    return negative ? -units : units;
  });

const fewDigits = fc.bigInt({ min: -99_999n, max: 99_999n });
const upToFifteenDigits = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const upToTwentyDigits = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const manyDigits = fc.bigInt({ min: -(10n ** 40n - 1n), max: 10n ** 40n - 1n });

/** Decimals of every size, many of them around the bounds between the internal paths. */
export const anyDecimal: fc.Arbitrary<Decimal> = fc
  .tuple(
    fc.oneof(fewDigits, upToFifteenDigits, nearSafeBound, upToTwentyDigits, manyDigits),
    fc.oneof(fc.nat(6), fc.nat(20)),
  )
  .map(([units, scale]) => oracleText(units, scale))
  .filter((text) => text !== undefined)
  .map((text) => decimal(text));

export const anyRoundingMode: fc.Arbitrary<RoundingMode> = fc.constantFrom(
  ...(Object.keys(EXACT_ROUNDING) as RoundingMode[]),
);

/** Runs a computation and gives its text, or `"RangeError"` when it left the domain. */
export function textOrRangeError(compute: () => string): string {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) return "RangeError";
    throw error;
  }
}

/** The canonical text of an exact result, or `"RangeError"` where no decimal holds it. */
export function expectedText(exact: DecimalJs): string {
  if (exact.decimalPlaces() > 20) return "RangeError";
  return oracleText(BigInt(exact.times("1e20").toFixed()), 20) ?? "RangeError";
}
