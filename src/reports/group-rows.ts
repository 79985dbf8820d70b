import { sum, type Decimal } from "../core/decimal.js";
import { compareText } from "../core/compare-text.js";

/**
 * Puts rows into groups by a key.
 *
 * @param rows rows in any order
 * @param keyOf text that is equal for the rows of one group
 * @returns the groups in the order of their keys, each with its rows in the order given
 */
export function groupRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (readonly [string, readonly Row[]])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].sort(([left], [right]) => compareText(left, right));
}

/** Names of the fields of a row that hold a decimal in every row. */
export type DecimalKey<Row> = { [Key in keyof Row]-?: Row[Key] extends Decimal ? Key : never }[keyof Row];

/**
 * Adds up columns of rows.
 *
 * @param rows the rows
 * @param keys fields to add up
 * @returns the sum of each field
 */
export function sumColumns<Row, Key extends DecimalKey<Row>>(
  rows: readonly Row[],
  keys: readonly Key[],
): Readonly<Record<Key, Decimal>> {
  const sums = keys.map((key) => [key, sum(rows.map((row) => row[key] as Decimal))] as const);
  return Object.fromEntries(sums) as Record<Key, Decimal>;
}
