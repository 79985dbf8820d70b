import type { Warehouse } from "../model/stock.js";
import type { PlainPart } from "./plain.js";

/**
 * A warehouse of the master: `NORTH`.
 *
 * @param part what the test cares about; the rest is filled in
 * @returns the warehouse
 *
 * **Source:** mission 9.7
 * @example
 * ```ts
 * import { anyWarehouse } from "ordercycle/testing";
 * anyWarehouse({ warehouseId: "SOUTH" }).warehouseId; // => "SOUTH"
 * ```
 */
export function anyWarehouse(part: PlainPart<Warehouse> = {}): Warehouse {
  return { warehouseId: "NORTH", name: "Northern warehouse", ...part };
}
