import type { Warehouse } from "../model/stock.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/**
 * A warehouse of the master: `NORTH`.
 *
 * @param part what the test cares about; the rest is filled in
 * @returns the warehouse
 * @throws RangeError when a size of a vehicle is not a decimal
 *
 * **Source:** mission 9.7
 * @example
 * ```ts
 * import { anyWarehouse } from "ordercycle/testing";
 * const warehouse = anyWarehouse({ warehouseId: "SOUTH", vehicles: [{ vehicleClass: "van", heightMetres: "2.50" }] });
 * [warehouse.warehouseId, warehouse.vehicles?.[0]?.heightMetres]; // => ["SOUTH", "2.5"]
 * ```
 */
export function anyWarehouse(part: PlainPart<Warehouse> = {}): Warehouse {
  const vehicles = part.vehicles?.map((vehicle) =>
    withDecimals(vehicle, ["lengthMetres", "heightMetres", "weightKilograms"]),
  );
  return complete<Warehouse>({
    warehouseId: "NORTH",
    name: "Northern warehouse",
    ...part,
    ...(vehicles === undefined ? {} : { vehicles }),
  });
}
