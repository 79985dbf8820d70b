import { allocateRows } from "../../../src/allocation/allocate-rows.js";
import type { RowTake } from "../../../src/allocation/rows/allocation-rows.js";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../../src/allocation/apply-allocation-plan.js";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import { allocateColumns } from "../../../src/allocation/allocate-columns.js";
import type { Contender, PreparedRun, Workload } from "../workload.js";
import { allocationPhases, CONTEXT } from "./allocation-phases.js";
import { allocateOnFloor } from "./column-floor.js";
import { allocationColumns, columnWorld, type ColumnWorld } from "./column-world.js";
import { loadedAndQueriedRun, queriedRun } from "./duckdb-query.js";
import { allocateByDecimalLoop, allocateByTunedLoop } from "./object-loops.js";
import { lineIdOf, lotNoOf, orderWorld, TODAY, type OrderWorld } from "./order-world.js";
import { postgresRun } from "./postgres-query.js";
import { allocateRowsByTunedLoop, allocateRowsOnFloor } from "./row-loops.js";
import { rowWorld, type RowWorld } from "./row-world.js";
import { sqliteRun } from "./sqlite-query.js";
import { takesCheck, type Take } from "./takes-check.js";
import { allocateAndWriteBack } from "./written-back.js";

const USUAL_LINES = [10_000, 100_000];
const LARGE_LINES = [50_000, 200_000, 500_000, 1_000_000];
const WAREHOUSES = [1, 8];

/** W1: a batch of lines gets stock. */
export const allocationWorkload: Workload = {
  id: "w1",
  title: "Allocation of a batch of orders",
  reference: "columns, floor",
  growthGoal: 2.3,
  cases: ({ isQuick, isLarge, sizes }) =>
    (sizes.length > 0 ? sizes : isLarge ? LARGE_LINES : isQuick ? USUAL_LINES.slice(0, 1) : USUAL_LINES).flatMap(
      (lines) =>
        WAREHOUSES.map((warehouses) => ({
          name: `${lines.toLocaleString("en")} lines, ${warehouses} warehouse${warehouses === 1 ? "" : "s"}`,
          work: lines,
          series: `${warehouses}`,
          settings: { lines, warehouses },
        })),
    ),
  contenders: [
    onColumns("columns, floor", (world) => {
      const columns = allocationColumns(world);
      return () => allocateOnFloor(columns);
    }),
    onColumns("columns, allocateColumns", (world) => {
      const columns = allocationColumns(world);
      return () => allocateColumns(columns);
    }),
    onTables("tables, DuckDB, one query", queriedRun),
    onTables("tables, DuckDB, load, query, read", loadedAndQueriedRun),
    onTables("tables, SQLite (WebAssembly), one query", sqliteRun),
    onTables("tables, PostgreSQL (WebAssembly), one query", postgresRun),
    onRows("rows, floor", allocateRowsOnFloor, ({ takes }) => takes),
    onRows(
      "rows, allocateRows",
      ({ orders, lots, policy }) => allocateRows({ orders, lots }, policy),
      (answer) => (answer.ok ? answer.value.takes.map(namedTake) : []),
    ),
    onRows("rows, tuned loop", allocateRowsByTunedLoop, ({ takes }) => takes),
    onOrders("orders, tuned loop, takes only", allocateByTunedLoop, (takes) => takes),
    onOrders("orders, tuned loop, written back", allocateAndWriteBack, ({ movements }) => movements),
    onOrders("orders, decimal.js loop, takes only", allocateByDecimalLoop, (takes) => takes),
    onOrders(
      "orders, planAllocation",
      ({ orders, stock, policy }) => planAllocation(orders, stock, { ...CONTEXT, policy, today: TODAY }),
      ({ orders }) =>
        orders.flatMap(({ lines }) =>
          lines.flatMap(({ lineId, takes }) =>
            takes.map(({ source, quantity }) => ({ lineId, lotNo: source.lotNo ?? "", quantity })),
          ),
        ),
    ),
    onOrders(
      "orders, allocateBatch",
      ({ orders, stock, policy }) => allocateBatch(orders, stock, { ...CONTEXT, policy, today: TODAY }),
      takesOf,
      allocationPhases,
    ),
  ],
};

interface ColumnTakes {
  readonly count: number;
  readonly line: Int32Array;
  readonly lot: Int32Array;
  readonly units: Float64Array | Int32Array;
}

function onColumns(name: string, build: (world: ColumnWorld) => () => ColumnTakes): Contender {
  return {
    name,
    prepare: ({ lines = 0, warehouses = 1 }): PreparedRun => {
      const world = columnWorld(lines, warehouses);
      return { run: build(world), check: (result) => takesCheck(namedTakes(world, result as ColumnTakes)) };
    },
  };
}

/** One query knows one warehouse. */
function onTables(
  name: string,
  build: (world: ColumnWorld, check: (takes: ColumnTakes) => string) => Promise<PreparedRun>,
): Contender {
  return {
    name,
    isFor: ({ warehouses }) => warehouses === 1,
    prepare: ({ lines = 0, warehouses = 1 }) => {
      const world = columnWorld(lines, warehouses);
      return build(world, (takes) => takesCheck(namedTakes(world, takes)));
    },
  };
}

function onRows<Result>(
  name: string,
  allocate: (world: RowWorld) => Result,
  takes: (result: Result) => Iterable<Take>,
): Contender {
  return {
    name,
    prepare: ({ lines = 0, warehouses = 1 }): PreparedRun => {
      const world = rowWorld(columnWorld(lines, warehouses));
      return { run: () => allocate(world), check: (result) => takesCheck(takes(result as Result)) };
    },
  };
}

function namedTake({ lineId, lotId, quantity }: RowTake): Take {
  return { lineId: String(lineId), lotNo: String(lotId), quantity };
}

function onOrders<Result>(
  name: string,
  allocate: (world: OrderWorld) => Result,
  takes: (result: Result) => Iterable<Take>,
  note?: (world: OrderWorld) => string,
): Contender {
  return {
    name,
    prepare: ({ lines = 0, warehouses = 1 }): PreparedRun => {
      const world = orderWorld(columnWorld(lines, warehouses));
      return {
        run: () => allocate(world),
        check: (result) => takesCheck(takes(result as Result)),
        ...(note === undefined ? {} : { note: () => note(world) }),
      };
    },
  };
}

function takesOf({ movements }: AllocationOutcome): Take[] {
  return movements.map(({ lineId = "", lotNo = "", quantity }) => ({ lineId, lotNo, quantity }));
}

function* namedTakes({ firstLine }: ColumnWorld, { count, line, lot, units }: ColumnTakes): Iterable<Take> {
  const lineIds: string[] = [];
  for (let order = 0; order + 1 < firstLine.length; order++) {
    const begin = firstLine[order] as number;
    for (let place = begin; place < (firstLine[order + 1] as number); place++)
      lineIds.push(lineIdOf(order, place - begin + 1));
  }
  for (let take = 0; take < count; take++) {
    yield {
      lineId: lineIds[line[take] as number] ?? "",
      lotNo: lotNoOf(lot[take] as number),
      quantity: units[take] as number,
    };
  }
}
