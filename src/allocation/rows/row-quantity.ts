import { isNegative, parseDecimal, scaleOf, toSafeUnits, type Decimal } from "../../core/decimal.js";
import { quickUnits } from "../../core/quick-units.js";

/** What `unitsOf` answers for what is no quantity. */
export const NO_QUANTITY = -1;

/** Decimals of a quantity that was read. */
export interface ReadDecimals {
  /** Digits after the point. */
  decimals: number;
}

/**
 * A quantity as a whole number of units of its own decimals.
 *
 * @param read takes the decimals
 * @returns the units, {@link NO_QUANTITY} for what is none or below zero, NaN where a safe integer cannot hold them
 */
export function unitsOf(value: unknown, read: ReadDecimals): number {
  if (typeof value === "number" && value >= 0 && Number.isSafeInteger(value)) {
    read.decimals = 0;
    // -0 is no quantity of its own.
    return value + 0;
  }
  if (typeof value === "string") {
    const decimals = scaleOf(value as Decimal);
    const units = quickUnits(value as Decimal, decimals);
    if (units >= 0) {
      read.decimals = decimals;
      return units + 0;
    }
  }
  const exact = parseDecimal(value);
  if (exact === undefined || isNegative(exact)) return NO_QUANTITY;
  read.decimals = scaleOf(exact);
  return toSafeUnits(exact, read.decimals) ?? Number.NaN;
}
