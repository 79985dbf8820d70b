import type { WarehouseId } from "../../model/ids.js";
import type { LineServer } from "../line-server.js";
import type { OrderCall, ServeCall } from "../order-call.js";
import type { WholeOrderSourcing } from "../sourcing-policy.js";

/** Serves orders from one warehouse each: the nearest that has all of the order. */
export function serveWholeOrder(
  { ifNone }: WholeOrderSourcing,
  server: LineServer,
  warehousesOf: (area: number) => readonly number[],
  numberOf: ReadonlyMap<WarehouseId, number>,
): ServeCall {
  /** Lines that must come; one that a hold keeps out does not matter, unless others come with it. */
  const linesOf = ({ units }: OrderCall): number[] =>
    units.flatMap(({ lines, isTogether }) => (isTogether ? lines : lines.filter(server.canTakePart)));
  const isAll = ({ units }: OrderCall, warehouse: number): boolean =>
    units.every(({ lines }) =>
      lines.every((line) => !server.isUnknown(line) && server.offeredTo(line, [warehouse]) >= server.targetOf(line)),
    );
  return (call) => {
    const all = warehousesOf(call.area);
    const held = heldBy(call, numberOf);
    const able = held.size === 0 ? all : held.size > 1 ? [] : all.filter((warehouse) => held.has(warehouse));
    for (const warehouse of able) {
      if (!isAll(call, warehouse)) continue;
      // All of it as one: so lines of one item do not take from each other what others of the order could not do without.
      server.serve({ lines: linesOf(call), isTogether: true }, [warehouse]);
      const isServed = call.units.every(({ lines }) => lines.every((line) => server.targetOf(line) === 0));
      if (isServed) return { warehouses: [warehouse], sourcing: { kind: "wholeOrderFromOne", found: true } };
    }
    const sourcing = { kind: "wholeOrderFromOne", found: false } as const;
    if (ifNone === "nearest") {
      for (const unit of call.units) server.serve(unit, all);
      return { sourcing };
    }
    const couldHave = (line: number): boolean =>
      able.some((warehouse) => server.offeredTo(line, [warehouse]) >= server.targetOf(line));
    return { sourcing, couldHave };
  };
}

/** Warehouses from which the order holds something already. */
function heldBy({ order }: OrderCall, numberOf: ReadonlyMap<WarehouseId, number>): ReadonlySet<number> {
  return new Set(
    order.lines.flatMap(({ reservations }) => reservations.map(({ warehouseId }) => numberOf.get(warehouseId) ?? -1)),
  );
}
