import type { WarehouseId } from "../model/ids.js";
import { areaFinder, type WarehousesByArea } from "../model/warehouses-by-area.js";
import type { Sourcing } from "./sourcing-policy.js";

/** A sourcing policy as the engine wants it. */
export interface NearnessTable {
  /** Number of warehouses that the policy knows. */
  readonly warehouses: number;
  /** Number of each warehouse. */
  readonly warehouseNumbers: ReadonlyMap<WarehouseId, number>;
  /** `area × warehouses + warehouse`: 0 nearest, -1 not asked. */
  readonly nearness: Int32Array;
  /** Finds the row of a delivery area: the longest path of the policy that begins it, else the row of all others. */
  readonly areaOf: (path: readonly string[]) => number;
  /** Numbers of the warehouses of each row, nearest first. */
  readonly warehousesByArea: readonly (readonly number[])[];
  /** Warehouses of a row, nearest first. */
  readonly warehousesOf: (area: number) => readonly WarehouseId[];
}

/** The warehouses that a sourcing policy asks, by area. */
export function askedWarehouses(sourcing: Sourcing): WarehousesByArea {
  switch (sourcing.kind) {
    case "nearest":
    case "wholeOrderFromOne":
      return sourcing;
    case "ranked":
      return { areas: [], otherwise: sourcing.warehouseIds };
    case "chosen":
      return {
        areas: sourcing.areas.map(({ areaPath, warehouses }) => ({ areaPath, warehouseIds: warehouses.map(idOf) })),
        otherwise: sourcing.otherwise.map(idOf),
      };
  }
}

function idOf({ warehouseId }: { readonly warehouseId: WarehouseId }): WarehouseId {
  return warehouseId;
}

/** Turns a sourcing policy into a table. Later mentions of a warehouse in one list count for nothing. */
export function nearnessTable({ areas, otherwise }: WarehousesByArea): NearnessTable {
  const rows = [...areas.map(({ warehouseIds }) => warehouseIds), otherwise].map((ids) => [...new Set(ids)]);
  const warehouseNumbers = new Map<WarehouseId, number>();
  for (const warehouseId of rows.flat()) {
    if (!warehouseNumbers.has(warehouseId)) warehouseNumbers.set(warehouseId, warehouseNumbers.size);
  }
  const warehouses = warehouseNumbers.size;
  const nearness = new Int32Array(rows.length * warehouses).fill(-1);
  for (const [area, warehouseIds] of rows.entries()) {
    for (const [distance, warehouseId] of warehouseIds.entries()) {
      nearness[area * warehouses + (warehouseNumbers.get(warehouseId) as number)] = distance;
    }
  }
  const areaOf = areaFinder(areas, rows.length - 1);
  const warehousesByArea = rows.map((ids) => ids.map((warehouseId) => warehouseNumbers.get(warehouseId) as number));
  return { warehouses, warehouseNumbers, warehousesByArea, nearness, areaOf, warehousesOf: (area) => rows[area] ?? [] };
}
