/** Most units for which a column of four bytes is enough: most columns are, and half the bytes wake the collector later. */
export const MOST_SMALL_UNITS: number = 2 ** 31 - 1;

/** A column that holds whatever is a safe integer; the same one where it does already. */
export function wideUnits(units: Float64Array | Int32Array): Float64Array {
  return units.BYTES_PER_ELEMENT === 8 ? (units as Float64Array) : Float64Array.from(units);
}
