/** Most units for which a column of four bytes is enough: most columns are, and half the bytes wake the collector later. */
const MOST_SMALL_UNITS = 2 ** 31 - 1;

/** A column of units: of four bytes as long as these hold them. */
export type UnitsColumn = Float64Array | Int32Array;

/** The column that can hold these units too: the same one, or a wider copy. NaN needs a wider one. */
export function roomFor(units: number, column: UnitsColumn): UnitsColumn {
  return units <= MOST_SMALL_UNITS ? column : wideUnits(column);
}

/** A column that holds whatever is a safe integer; the same one where it does already. */
export function wideUnits(units: UnitsColumn): Float64Array {
  return units.BYTES_PER_ELEMENT === 8 ? (units as Float64Array) : Float64Array.from(units);
}
