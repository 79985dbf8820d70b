import { parseDecimal, type Decimal } from "../../core/decimal.js";
import { decimalColumn, rankedValues, sortedByColumns, type KeyColumn, type KeyValue } from "../key-columns.js";
import type { RowId, RowKey } from "./allocation-rows.js";
import { foundText, isRow, type RowReport } from "./row-report.js";

/** Puts order rows into the order of service: by the keys, and then by order number. */
export function rowsInService(
  rows: readonly unknown[],
  keys: readonly RowKey[],
  orderNos: readonly RowId[],
  report: RowReport,
): readonly number[] {
  const columns = keyValues(rows, keys).map((values, place) =>
    keyColumn(values, keys[place] as RowKey, ["priority", place], report),
  );
  if (report.issues.length > 0) return [];
  return sortedByColumns(rows.length, columns, (positions) => [
    { values: positions.map((position) => orderNos[position]), direction: "ascending" },
  ]);
}

/** What the rows hold in the fields that keys compare, row by row. */
function keyValues(rows: readonly unknown[], keys: readonly RowKey[]): unknown[][] {
  const names = keys.map(({ column }) => column);
  const values = keys.map(() => new Array<unknown>(rows.length));
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place];
    if (!isRow(row)) continue;
    for (let key = 0; key < names.length; key++) (values[key] as unknown[])[place] = row[names[key] as string];
  }
  return values;
}

function keyColumn(
  values: unknown[],
  { column, direction, nulls = "last", ranking, compares }: RowKey,
  path: readonly (string | number)[],
  report: RowReport,
): KeyColumn {
  const ranks = { direction, nulls };
  const isDecimal = compares === "decimal" && ranking === undefined;
  let absent = 0;
  let texts = 0;
  let numbers = 0;
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    if (typeof value === "string" && !isDecimal) texts++;
    else if (typeof value === "number" && !isDecimal && Number.isFinite(value)) numbers++;
    else if (value === undefined) absent++;
    else if (value === null) values[place] = undefined;
    else {
      const exact = isDecimal ? parseDecimal(value) : undefined;
      values[place] = exact;
      if (exact === undefined)
        report.add("rows.bad_key", ["orders", place, column], { column, found: foundText(value) });
    }
  }
  // A name that no row knows would leave the orders as if the key were not there.
  if (absent > 0 && absent === values.length) report.add("rows.unknown_column", [...path, "column"], { column });
  if (ranking !== undefined) return { ...ranks, values: rankedValues(ranking, values as KeyValue[]) };
  if (isDecimal) return decimalColumn(values as (Decimal | undefined)[], ranks);
  if (texts > 0 && numbers > 0) report.add("rows.mixed_keys", path, { column });
  return { ...ranks, values: values as KeyValue[] };
}
