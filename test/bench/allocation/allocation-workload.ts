import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../../src/allocation/apply-allocation-plan.js";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import { allocateColumns } from "../../../src/allocation/allocate-columns.js";
import type { Contender, PreparedRun, Workload } from "../workload.js";
import { allocationPhases, CONTEXT } from "./allocation-phases.js";
import { allocateOnFloor } from "./column-floor.js";
import { allocationColumns, columnWorld, type ColumnWorld } from "./column-world.js";
import { queriedRun } from "./duckdb-query.js";
import { allocateByDecimalLoop, allocateByTunedLoop } from "./object-loops.js";
import { lineIdOf, lotNoOf, orderWorld, TODAY, type OrderWorld } from "./order-world.js";
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
    {
      name: "columns, DuckDB, one query on tables",
      isFor: ({ warehouses }) => warehouses === 1,
      prepare: ({ lines = 0, warehouses = 1 }) => {
        const world = columnWorld(lines, warehouses);
        return queriedRun(world, (takes) => takesCheck(namedTakes(world, takes)));
      },
    },
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
