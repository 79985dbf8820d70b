import type { ColumnWorld } from "./column-world.js";

/** A table of whole numbers; its first column counts the rows. */
export interface SqlTable {
  readonly name: "orders" | "lines" | "lots";
  readonly columns: readonly string[];
  readonly values: readonly ArrayLike<number>[];
}

/** Takes as a query gives them. */
export interface QueriedTakes {
  readonly count: number;
  readonly line: Int32Array;
  readonly lot: Int32Array;
  readonly units: Int32Array;
}

/** The batch as tables, for queries that know one warehouse only. */
export function sqlTables(world: ColumnWorld): readonly SqlTable[] {
  const { orderClass, orderCents, orderGrade, orderMinute, lineItem, lineUnits, lotItem, lotUnits, lotDay } = world;
  const orderOf = new Int32Array(lineItem.length);
  for (let order = 0; order < world.orders; order++)
    orderOf.fill(order, world.firstLine[order], world.firstLine[order + 1]);
  const counted = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);
  return [
    {
      name: "orders",
      columns: ["ord", "class", "cents", "grade", "minute"],
      values: [counted(world.orders), orderClass, orderCents, orderGrade, orderMinute],
    },
    {
      name: "lines",
      columns: ["line", "ord", "item", "units"],
      values: [counted(lineItem.length), orderOf, lineItem, lineUnits],
    },
    {
      name: "lots",
      columns: ["lot", "item", "units", "day"],
      values: [counted(lotItem.length), lotItem, lotUnits, lotDay],
    },
  ];
}

/** The statement that makes a table. */
export function creationOf({ name, columns }: SqlTable): string {
  return `CREATE TABLE ${name}(${columns.map((column) => `${column} INTEGER`).join(", ")})`;
}

/**
 * Running sums of what is wanted and of what is there, by item: where they overlap, a line takes of a lot. Exact for one
 * warehouse, since no running sum knows which warehouse is the nearest that still has the goods.
 */
export function takesQuery(least: "least" | "min", greatest: "greatest" | "max"): string {
  return `
  WITH d AS (
    SELECT line, item, units, sum(units) OVER (PARTITION BY item ORDER BY class, cents DESC, grade, minute, ord, line
      ROWS UNBOUNDED PRECEDING) AS upto
    FROM lines JOIN orders USING (ord)),
  s AS (
    SELECT lot, item, units, sum(units) OVER (PARTITION BY item ORDER BY day, lot ROWS UNBOUNDED PRECEDING) AS upto
    FROM lots)
  SELECT d.line, s.lot,
    CAST(${least}(d.upto, s.upto) - ${greatest}(d.upto - d.units, s.upto - s.units) AS INTEGER) AS units
  FROM d JOIN s ON d.item = s.item AND d.upto - d.units < s.upto AND s.upto - s.units < d.upto`;
}

/** Takes from three columns of a result. */
export function takesOfColumns([line = [], lot = [], units = []]: readonly (readonly unknown[])[]): QueriedTakes {
  const column = (values: readonly unknown[]): Int32Array => Int32Array.from(values, Number);
  return { count: line.length, line: column(line), lot: column(lot), units: column(units) };
}
