import type { ItemCode, OrderNo, WarehouseId } from "../../model/ids.js";
import type { WarehouseLimit, WarehouseLines } from "./warehouse-policy.js";

/** Lines that warehouses take on in a run, orders in the order of service. */
export interface LineBook {
  /** Lines so far, what was taken on before the run included. */
  readonly taken: () => readonly WarehouseLines[];
  /** Notes that an order takes of an item from a warehouse; once is enough, again changes nothing. */
  readonly note: (orderNo: OrderNo, itemCode: ItemCode, warehouseId: WarehouseId) => void;
}

/**
 * Opens the book, where a limit looks into it.
 *
 * @param linesTaken what warehouses have taken on for the day before the run
 * @throws RangeError for a count that is no whole number, or a warehouse that is listed twice
 */
export function lineBook(
  limits: readonly WarehouseLimit[],
  linesTaken: readonly WarehouseLines[],
): LineBook | undefined {
  if (!limits.some(({ kind }) => kind === "maxLinesPerDay")) return undefined;
  const counts = new Map<WarehouseId, number>();
  for (const { warehouseId, count } of linesTaken) {
    if (!Number.isSafeInteger(count) || count < 0 || counts.has(warehouseId))
      throw new RangeError(`Lines taken must be a whole number for each warehouse, once: ${warehouseId} ${count}`);
    counts.set(warehouseId, count);
  }
  const noted = new Set<string>();
  return {
    taken: () => [...counts].map(([warehouseId, count]) => ({ warehouseId, count })),
    note: (orderNo, itemCode, warehouseId) => {
      const line = JSON.stringify([orderNo, itemCode, warehouseId]);
      if (noted.has(line)) return;
      noted.add(line);
      counts.set(warehouseId, (counts.get(warehouseId) ?? 0) + 1);
    },
  };
}
