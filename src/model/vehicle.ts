import { compare, type Decimal } from "../core/decimal.js";
import type { LocalTime } from "../core/time-zone.js";
import type { VehicleRestriction } from "./customer.js";

/** A class of vehicles that can be sent. What is not known of it fits no limit. **Source:** mission 5.5 */
export interface Vehicle {
  /** Class in the site's own code (`van`, `7.5t` …). */
  readonly vehicleClass: string;
  /** Length in metres. */
  readonly lengthMetres?: Decimal;
  /** Height in metres. */
  readonly heightMetres?: Decimal;
  /** Gross weight in kilograms. */
  readonly weightKilograms?: Decimal;
  /** First local time at which it can be at a customer. Any when absent. */
  readonly arrivesFrom?: LocalTime;
  /** Last local time at which it can. Any when absent. */
  readonly arrivesTo?: LocalTime;
}

/** What keeps a vehicle from a street. */
export type VehicleObstacle = "too_long" | "too_high" | "too_heavy" | "street_closed";

/**
 * Finds what keeps a vehicle from a customer's street.
 *
 * **Rules**
 * 1. A vehicle fits a limit of length, height or weight that it equals; one of which that is not known does not.
 * 2. It fits the hours of the street when there is a moment at which the street is open and the vehicle can be there, first
 *    and last moment counted in. Hours that end before they begin go over midnight; a side that is left open is the
 *    beginning or the end of the day.
 * 3. Where there is no restriction, or no limit in it, nothing stands in the way.
 *
 * @param restriction of the street; absent for none
 * @returns every obstacle; none for a vehicle that may drive there
 *
 * **Source:** mission 5.5
 * @example
 * ```ts
 * import { decimal, vehicleObstacles } from "ordercycle";
 * const van = { vehicleClass: "van", heightMetres: decimal("2.6") };
 * vehicleObstacles(van, { maxHeightMetres: decimal("2.5"), maxWeightKilograms: decimal("3500") }); // => ["too_high","too_heavy"]
 * ```
 */
export function vehicleObstacles(vehicle: Vehicle, restriction: VehicleRestriction | undefined): VehicleObstacle[] {
  if (restriction === undefined) return [];
  const { maxLengthMetres, maxHeightMetres, maxWeightKilograms } = restriction;
  const obstacles: VehicleObstacle[] = [];
  if (!isWithin(vehicle.lengthMetres, maxLengthMetres)) obstacles.push("too_long");
  if (!isWithin(vehicle.heightMetres, maxHeightMetres)) obstacles.push("too_high");
  if (!isWithin(vehicle.weightKilograms, maxWeightKilograms)) obstacles.push("too_heavy");
  const street = hoursOf(restriction.accessFrom, restriction.accessTo);
  const drive = hoursOf(vehicle.arrivesFrom, vehicle.arrivesTo);
  if (!isAmong(street.from, drive) && !isAmong(drive.from, street)) obstacles.push("street_closed");
  return obstacles;
}

function isWithin(size: Decimal | undefined, limit: Decimal | undefined): boolean {
  return limit === undefined || (size !== undefined && compare(size, limit) <= 0);
}

interface Hours {
  readonly from: string;
  readonly to: string;
}

function hoursOf(from: LocalTime | undefined, to: LocalTime | undefined): Hours {
  return { from: withSeconds(from ?? "00:00"), to: withSeconds(to ?? "23:59:59") };
}

function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}

function isAmong(time: string, { from, to }: Hours): boolean {
  return from <= to ? from <= time && time <= to : time >= from || time <= to;
}
