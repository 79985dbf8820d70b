import type { WarehouseId } from "./ids.js";

/** Warehouses by delivery area, nearest first. */
export interface WarehousesByArea {
  /** The longest path that begins the order's path counts. */
  readonly areas: readonly {
    /** Delivery area, large to small. */
    readonly areaPath: readonly string[];
    /** Warehouses, nearest first. Others are not asked. */
    readonly warehouseIds: readonly WarehouseId[];
  }[];
  /** Warehouses for every other area, nearest first. */
  readonly otherwise: readonly WarehouseId[];
}

/** A level of delivery areas: its row, and the levels below by the next part of the path. */
interface AreaLevel {
  row: number | undefined;
  readonly below: Map<string, AreaLevel>;
}

/** Finds the row of the longest path that begins a path, part by part, so that no text is put together for each order. */
export function areaFinder(areas: WarehousesByArea["areas"], otherwise: number): (path: readonly string[]) => number {
  const top: AreaLevel = { row: undefined, below: new Map() };
  for (const [row, { areaPath }] of areas.entries()) {
    let level = top;
    for (const part of areaPath) {
      const next = level.below.get(part) ?? { row: undefined, below: new Map<string, AreaLevel>() };
      level.below.set(part, next);
      level = next;
    }
    level.row = row;
  }
  return (path) => {
    let level: AreaLevel | undefined = top;
    let found = otherwise;
    for (let depth = 0; level !== undefined; depth++) {
      found = level.row ?? found;
      level = depth < path.length ? level.below.get(path[depth] as string) : undefined;
    }
    return found;
  };
}
