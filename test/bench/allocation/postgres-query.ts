import { importPeer } from "../peers.js";
import type { PreparedRun } from "../workload.js";
import type { ColumnWorld } from "./column-world.js";
import { creationOf, sqlTables, takesOfColumns, takesQuery, type QueriedTakes } from "./sql-tables.js";

/** What is used of PGlite: PostgreSQL compiled to WebAssembly, in this process and in memory. */
interface PgLite {
  readonly PGlite: { readonly create: () => Promise<Database> };
}

interface Database {
  readonly exec: (sql: string) => Promise<unknown>;
  readonly query: (
    sql: string,
    values?: readonly unknown[],
    options?: { readonly rowMode: "array" },
  ) => Promise<{ readonly rows: readonly (readonly number[])[] }>;
}

/** Rows of one INSERT: the text of all would be too long. */
const ROWS_AT_ONCE = 20_000;

/** One query in PostgreSQL over unlogged tables that are loaded and analysed already, with indexes. */
export async function postgresRun(world: ColumnWorld, check: (takes: QueriedTakes) => string): Promise<PreparedRun> {
  const { PGlite } = await importPeer<PgLite>("@electric-sql/pglite");
  const database = await PGlite.create();
  for (const table of sqlTables(world)) {
    await database.exec(creationOf(table).replace("TABLE", "UNLOGGED TABLE"));
    const rows = table.values[0]?.length ?? 0;
    for (let begin = 0; begin < rows; begin += ROWS_AT_ONCE) {
      const columns = table.values.map((column) => Array.prototype.slice.call(column, begin, begin + ROWS_AT_ONCE));
      const lists = columns.map((_, place) => `$${place + 1}::int[]`).join();
      await database.query(`INSERT INTO ${table.name} SELECT * FROM unnest(${lists})`, columns);
    }
  }
  await database.exec("CREATE INDEX ON orders(ord); CREATE INDEX ON lots(item, day, lot); ANALYZE");
  return {
    run: async () => {
      await database.exec(`DROP TABLE IF EXISTS takes`);
      await database.exec(`CREATE UNLOGGED TABLE takes AS ${takesQuery("least", "greatest")}`);
    },
    check: async () => {
      const { rows } = await database.query("SELECT line, lot, units FROM takes", [], { rowMode: "array" });
      return check(takesOfColumns([0, 1, 2].map((column) => rows.map((row) => row[column]))));
    },
  };
}
