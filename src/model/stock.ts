import type { CalendarDay } from "../core/calendar-day.js";
import type { LocalTime } from "../core/time-zone.js";
import type { Decimal } from "../core/decimal.js";
import type { Address } from "./address.js";
import type { BinId, DeliveryWaveId, ItemCode, LotNo, WarehouseId } from "./ids.js";
import type { Vehicle } from "./vehicle.js";

/** The place that goods come from: warehouse, bin, lot and owner. */
export interface StockSource {
  /** Warehouse that holds the goods. */
  readonly warehouseId: WarehouseId;
  /** Bin inside the warehouse, where bins are kept. */
  readonly binId?: BinId;
  /** Lot, where the item is kept by lot. */
  readonly lotNo?: LotNo;
  /** Who owns the goods: absent for our own stock, a customer code for goods that a customer left in store. */
  readonly owner?: string;
}

/**
 * What is known of one item at one place. All quantities are in the item's base unit.
 *
 * `onHand ≥ reserved ≥ picked ≥ 0`; what may still be promised is `onHand − reserved`.
 *
 * **Source:** mission 5.11, 5.12, 9.7, 9.8, 9.9
 */
export interface StockPosition extends StockSource {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Physically in the warehouse, reserved or not. */
  readonly onHand: Decimal;
  /** Part of `onHand` that order lines have reserved, picked or not. */
  readonly reserved: Decimal;
  /** Part of `reserved` that has been taken from its bin and stands ready for shipment. */
  readonly picked: Decimal;
  /** Shipped from here and not yet signed for. */
  readonly inTransit: Decimal;
  /** Announced by the supplier and on its way to us. */
  readonly inbound: Decimal;
  /** Bought and not yet announced. */
  readonly onOrder: Decimal;
  /** Day on which the lot was received; the key of first in, first out. */
  readonly receivedOn?: CalendarDay;
  /** First day on which the lot may no longer be used. */
  readonly expiresOn?: CalendarDay;
  /** `held` stock is not offered to orders (quality check, count). Default `available`. */
  readonly condition?: "available" | "held";
}

/**
 * A warehouse in the master.
 *
 * **Source:** mission 5.3, 5.5, 9.7; definition B5
 */
export interface Warehouse {
  /** Id. */
  readonly warehouseId: WarehouseId;
  /** Name for people. */
  readonly name: string;
  /** Where it stands. */
  readonly address?: Address;
  /** Delivery areas that it serves, large to small; each stands for all areas below it. All when absent. */
  readonly servedAreas?: readonly (readonly string[])[];
  /** Vehicles that it can send. Vehicles for every street when absent. */
  readonly vehicles?: readonly Vehicle[];
  /** Temperature classes that it stores, in the site's own codes (`chilled`, `frozen` …). All when absent. */
  readonly temperatureClasses?: readonly string[];
}

/**
 * A delivery wave: one departure of the day with its cut-off.
 *
 * **Source:** mission 5.1, 9.3
 */
export interface DeliveryWave {
  /** Id, cited by the order header. */
  readonly deliveryWaveId: DeliveryWaveId;
  /** Name for people. */
  readonly name: string;
  /** Latest local time of receipt for this wave, exclusive. */
  readonly cutOff: LocalTime;
  /** Local time at which the vehicles leave. */
  readonly departure: LocalTime;
  /** IANA time zone of both times. */
  readonly timeZone: string;
}

/**
 * Builds the text that names one stock position, to be used as a key of a map.
 *
 * @returns a key; equal for equal places and different for different ones
 * @example
 * ```ts
 * import { stockKey } from "ordercycle";
 * stockKey("TEA", { warehouseId: "NORTH" }) === stockKey("TEA", { warehouseId: "NORTH", lotNo: "L1" }); // => false
 * ```
 */
export function stockKey(itemCode: ItemCode, source: StockSource): string {
  return `${itemCode}\n${source.warehouseId}\n${source.binId ?? ""}\n${source.lotNo ?? ""}\n${source.owner ?? ""}`;
}

/**
 * Says whether two sources name the same place.
 *
 * @returns true when warehouse, bin, lot and owner are the same
 * @example
 * ```ts
 * import { isSameSource } from "ordercycle";
 * isSameSource({ warehouseId: "NORTH", lotNo: "L1" }, { warehouseId: "NORTH" }); // => false
 * ```
 */
export function isSameSource(a: StockSource, b: StockSource): boolean {
  return a.warehouseId === b.warehouseId && a.binId === b.binId && a.lotNo === b.lotNo && a.owner === b.owner;
}

/**
 * Reduces anything that has a source's fields to the source alone.
 *
 * @returns warehouse, bin, lot and owner, as far as they are given
 * @example
 * ```ts
 * import { stockSource } from "ordercycle";
 * import { anyStock } from "ordercycle/testing";
 * stockSource(anyStock({ warehouseId: "NORTH", onHand: "40" })[0]!); // => {"warehouseId":"NORTH"}
 * ```
 */
export function stockSource(place: StockSource): StockSource {
  return {
    warehouseId: place.warehouseId,
    ...(place.binId === undefined ? {} : { binId: place.binId }),
    ...(place.lotNo === undefined ? {} : { lotNo: place.lotNo }),
    ...(place.owner === undefined ? {} : { owner: place.owner }),
  };
}
