import { importPeer } from "../peers.js";
import type { PreparedRun } from "../workload.js";
import type { ColumnWorld } from "./column-world.js";

/** What is used of DuckDB. */
interface DuckDb {
  readonly DuckDBInstance: { readonly create: (path: string, options: Record<string, string>) => Promise<Instance> };
}

interface Instance {
  readonly connect: () => Promise<Connection>;
}

interface Connection {
  readonly run: (sql: string) => Promise<unknown>;
  readonly createAppender: (table: string) => Promise<Appender>;
  readonly runAndReadAll: (sql: string) => Promise<{ readonly getColumns: () => readonly (readonly unknown[])[] }>;
}

interface Appender {
  readonly appendInteger: (value: number) => void;
  readonly endRow: () => void;
  readonly closeSync: () => void;
}

/** Takes as DuckDB gives them. */
export interface QueriedTakes {
  readonly count: number;
  readonly line: Int32Array;
  readonly lot: Int32Array;
  readonly units: Int32Array;
}

/** Running sums of what is wanted and of what is there, by item: where they overlap, a line takes of a lot. */
const TAKES = `
  WITH d AS (
    SELECT line, item, units, sum(units) OVER (PARTITION BY item ORDER BY class, cents DESC, grade, minute, ord, line
      ROWS UNBOUNDED PRECEDING) AS upto
    FROM lines JOIN orders USING (ord)),
  s AS (
    SELECT lot, item, units, sum(units) OVER (PARTITION BY item ORDER BY day, lot ROWS UNBOUNDED PRECEDING) AS upto
    FROM lots)
  SELECT d.line, s.lot, CAST(least(d.upto, s.upto) - greatest(d.upto - d.units, s.upto - s.units) AS INTEGER) AS units
  FROM d JOIN s ON d.item = s.item AND d.upto - d.units < s.upto AND s.upto - s.units < d.upto`;

/**
 * One query in DuckDB, on one thread, over tables that are loaded already: exact for one warehouse, since no running sum
 * knows which warehouse is the nearest that still has the goods.
 */
export async function queriedRun(world: ColumnWorld, check: (takes: QueriedTakes) => string): Promise<PreparedRun> {
  const { DuckDBInstance } = await importPeer<DuckDb>("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  const orderOf = new Int32Array(world.lineItem.length);
  for (let order = 0; order < world.orders; order++)
    orderOf.fill(order, world.firstLine[order], world.firstLine[order + 1]);
  const { orderClass, orderCents, orderGrade, orderMinute, lineItem, lineUnits, lotItem, lotUnits, lotDay } = world;
  await load(
    connection,
    "orders",
    ["ord", "class", "cents", "grade", "minute"],
    [orderClass, orderCents, orderGrade, orderMinute],
  );
  await load(connection, "lines", ["line", "ord", "item", "units"], [orderOf, lineItem, lineUnits]);
  await load(connection, "lots", ["lot", "item", "units", "day"], [lotItem, lotUnits, lotDay]);
  return {
    run: async () => {
      await connection.run(`CREATE OR REPLACE TABLE takes AS ${TAKES}`);
      return connection;
    },
    check: async () => {
      const [line = [], lot = [], units = []] = (await connection.runAndReadAll("SELECT * FROM takes")).getColumns();
      const column = (values: readonly unknown[]): Int32Array => Int32Array.from(values, Number);
      return check({ count: line.length, line: column(line), lot: column(lot), units: column(units) });
    },
  };
}

/** Fills a table; its first column counts the rows. */
async function load(
  connection: Connection,
  table: string,
  names: readonly string[],
  columns: readonly ArrayLike<number>[],
): Promise<void> {
  await connection.run(`CREATE TABLE ${table}(${names.map((name) => `${name} INTEGER`).join(", ")})`);
  const appender = await connection.createAppender(table);
  const rows = columns[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    appender.appendInteger(row);
    for (const column of columns) appender.appendInteger(column[row] as number);
    appender.endRow();
  }
  appender.closeSync();
}
