import { importPeer } from "../peers.js";
import type { PreparedRun } from "../workload.js";
import type { ColumnWorld } from "./column-world.js";
import { creationOf, sqlTables, takesOfColumns, takesQuery, type QueriedTakes } from "./sql-tables.js";

/** What is used of SQLite, as sql.js brings it: the library of SQLite compiled to WebAssembly. */
interface SqlJs {
  readonly default: () => Promise<{ readonly Database: new () => Database }>;
}

interface Database {
  readonly run: (sql: string) => unknown;
  readonly prepare: (sql: string) => { readonly run: (values: number[]) => void; readonly free: () => void };
  readonly exec: (sql: string) => readonly { readonly values: readonly (readonly number[])[] }[];
}

/** One query in SQLite over tables that are loaded already, with an index for the join. */
export async function sqliteRun(world: ColumnWorld, check: (takes: QueriedTakes) => string): Promise<PreparedRun> {
  const { default: open } = await importPeer<SqlJs>("sql.js");
  const database = new (await open()).Database();
  database.run("BEGIN");
  for (const table of sqlTables(world)) {
    database.run(creationOf(table));
    const insert = database.prepare(`INSERT INTO ${table.name} VALUES (${table.columns.map(() => "?").join()})`);
    const rows = table.values[0]?.length ?? 0;
    for (let row = 0; row < rows; row++) insert.run(table.values.map((column) => column[row] as number));
    insert.free();
  }
  database.run("COMMIT; CREATE UNIQUE INDEX o ON orders(ord); CREATE INDEX l ON lots(item, day, lot); ANALYZE");
  return {
    run: () => {
      database.run(`DROP TABLE IF EXISTS takes; CREATE TABLE takes AS ${takesQuery("min", "max")}`);
    },
    check: () => {
      const rows = database.exec("SELECT line, lot, units FROM takes")[0]?.values ?? [];
      return check(takesOfColumns([0, 1, 2].map((column) => rows.map((row) => row[column]))));
    },
  };
}
