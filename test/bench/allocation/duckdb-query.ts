import { importPeer } from "../peers.js";
import type { PreparedRun } from "../workload.js";
import type { ColumnWorld } from "./column-world.js";
import { creationOf, sqlTables, takesOfColumns, takesQuery, type QueriedTakes, type SqlTable } from "./sql-tables.js";

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

const TAKES = takesQuery("least", "greatest");

/** One query in DuckDB, on one thread, over tables that are loaded already. */
export async function queriedRun(world: ColumnWorld, check: (takes: QueriedTakes) => string): Promise<PreparedRun> {
  const connection = await connected();
  for (const table of sqlTables(world)) await load(connection, table);
  return {
    run: async () => {
      await connection.run(`CREATE OR REPLACE TABLE takes AS ${TAKES}`);
      return connection;
    },
    check: async () => check(takesOfColumns((await connection.runAndReadAll("SELECT * FROM takes")).getColumns())),
  };
}

/** The same with what a program pays that keeps its data itself: tables filled row by row, the query, columns read back. */
export async function loadedAndQueriedRun(
  world: ColumnWorld,
  check: (takes: QueriedTakes) => string,
): Promise<PreparedRun> {
  const connection = await connected();
  const tables = sqlTables(world);
  return {
    run: async () => {
      for (const table of tables) {
        await connection.run(`DROP TABLE IF EXISTS ${table.name}`);
        await load(connection, table);
      }
      return takesOfColumns((await connection.runAndReadAll(TAKES)).getColumns());
    },
    check: (takes) => check(takes as QueriedTakes),
  };
}

async function connected(): Promise<Connection> {
  const { DuckDBInstance } = await importPeer<DuckDb>("@duckdb/node-api");
  return (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
}

async function load(connection: Connection, table: SqlTable): Promise<void> {
  await connection.run(creationOf(table));
  const appender = await connection.createAppender(table.name);
  const rows = table.values[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    for (const column of table.values) appender.appendInteger(column[row] as number);
    appender.endRow();
  }
  appender.closeSync();
}
