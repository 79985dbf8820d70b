import { MAXIMUM_DECIMALS, fromUnits, multiply, scaleOf, sum, toSafeUnits, type Decimal } from "../core/decimal.js";

/**
 * A sum under way. Each number of decimals has a count of whole units of its own, so that adding costs one integer
 * addition and nothing is ever rounded; what outgrows the safe integers is kept aside as decimals.
 */
export interface ExactSum {
  /** Units of 10^-scale, by scale. */
  readonly unitsByScale: number[];
  /** Summands that no safe integer holds. */
  readonly aside: Decimal[];
}

/**
 * Begins a sum at zero.
 *
 * @returns an empty sum, to be added to
 */
export function startSum(): ExactSum {
  return { unitsByScale: Array.from({ length: MAXIMUM_DECIMALS + 1 }, () => 0), aside: [] };
}

/**
 * Adds whole units to a sum.
 *
 * @param into the sum, which changes
 * @param units a safe integer of units of 10^-scale
 * @param scale decimals, 0 to 20
 */
function addUnits(into: ExactSum, units: number, scale: number): void {
  const before = into.unitsByScale[scale] ?? 0;
  const after = before + units;
  if (Number.isSafeInteger(after)) into.unitsByScale[scale] = after;
  else into.aside.push(fromUnits(units, scale));
}

/** A product in whole units, or as a decimal where no safe integer holds it. */
export type ExactProduct = { readonly units: number; readonly scale: number } | Decimal;

/**
 * Multiplies two decimals into whole units.
 *
 * @param left a factor
 * @param right a factor
 * @returns units and their scale; the decimal itself where they would be no safe integer
 * @throws RangeError when the product lies outside the domain of decimals
 */
export function exactProduct(left: Decimal, right: Decimal): ExactProduct {
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  const scale = leftScale + rightScale;
  const units = (toSafeUnits(left, leftScale) ?? Number.NaN) * (toSafeUnits(right, rightScale) ?? Number.NaN);
  return scale <= MAXIMUM_DECIMALS && Number.isSafeInteger(units) ? { units, scale } : multiply(left, right);
}

/**
 * Adds a product to a sum.
 *
 * @param into the sum, which changes
 * @param product units with their scale, or a decimal
 */
export function addProduct(into: ExactSum, product: ExactProduct): void {
  if (typeof product === "string") into.aside.push(product);
  else addUnits(into, product.units, product.scale);
}

/**
 * Ends a sum.
 *
 * @param from the sum
 * @returns its value, exactly
 * @throws RangeError when it lies outside the domain of decimals
 */
export function endSum(from: ExactSum): Decimal {
  return sum([...from.unitsByScale.map((units, scale) => fromUnits(units, scale)), ...from.aside]);
}
