import type { IneligibleCode } from "./allocation-reason.js";
import type { OrderHeader } from "./order.js";
import type { Warehouse } from "./stock.js";
import { vehicleObstacles } from "./vehicle.js";

/** What a warehouse may serve, as the master has it. **Source:** mission 5.3, 5.5, 9.7; definition B5 */
export type WarehouseFacts = Pick<Warehouse, "warehouseId" | "servedAreas" | "vehicles" | "temperatureClasses">;

/** Why a warehouse may not serve an order, whatever the goods; undefined when it may. */
export function orderBar(
  { deliveryAreaPath, vehicleRestriction }: Pick<OrderHeader, "deliveryAreaPath" | "vehicleRestriction">,
  { servedAreas, vehicles }: WarehouseFacts,
): Extract<IneligibleCode, "area_not_served" | "no_vehicle_fits"> | undefined {
  const begins = (area: readonly string[]): boolean => area.every((part, level) => deliveryAreaPath[level] === part);
  if (servedAreas !== undefined && !servedAreas.some(begins)) return "area_not_served";
  if (vehicles?.some((vehicle) => vehicleObstacles(vehicle, vehicleRestriction).length === 0) === false)
    return "no_vehicle_fits";
  return undefined;
}

/** Whether goods of a temperature class are kept where these classes are listed; everything is where none are. */
export function isTemperatureKept(wanted: string | undefined, classes: readonly string[] | undefined): boolean {
  return wanted === undefined || classes === undefined || classes.includes(wanted);
}
