import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { LineId, LotNo, OrderNo, WarehouseId } from "./ids.js";
import type { SupplyLimit } from "./supply-rule.js";

/**
 * Why a line got what it got.
 *
 * | code | meaning |
 * |---|---|
 * | `served_in_full` | all that was open is now reserved |
 * | `served_in_part` | stock ended; the rest is short |
 * | `sold_out_by_earlier` | orders that come first took the stock |
 * | `no_stock_record` | the item has no stock position at all |
 * | `no_usable_stock` | there are positions, but none may be used (held, expired, too little life left, other owner, another lot) |
 * | `empty_stock` | usable positions exist and were empty before the batch began |
 * | `stock_elsewhere` | stock was there that the line might take, but only in warehouses that are not asked for the order |
 * | `partial_not_allowed` | stock was there for a part, and the customer takes all or nothing |
 * | `whole_order_waits` | stock was there, but the order was deferred as a whole, and not all of it can be had yet |
 * | `below_quantum` | what is left, or what it still lacks, is less than the smallest deliverable step |
 * | `fair_share` | there was not enough for all, and the rule for sharing gave others a part of it |
 * | `below_minimum` | its part of what there was would have been less than the least that is given |
 * | `not_eligible` | stock was there, but only at places that may not serve the line |
 * | `on_hold` | a hold on the line blocks allocation |
 * | `group_incomplete` | stock was there, but not for all lines that must come together |
 * | `sourcing_limits` | stock was there, but the limits of the sourcing policy stand against it |
 * | `protected_for_others` | stock was there, but what it still lacks is kept for other customer groups |
 * | `group_cap` | stock was there, but the customer's group has used up its cap |
 *
 * Of lines that come together, those that stand in the way are told what they would be told alone; the others
 * `group_incomplete` or `whole_order_waits`, with the lines that they wait for. Where the search for their lots ended at its limit
 * without an answer, all of them are told so (`searchEnded`).
 *
 * **Source:** mission 9.10, 4.15, 8.9
 */
export type AllocationReasonCode =
  | "served_in_full"
  | "served_in_part"
  | "sold_out_by_earlier"
  | "no_stock_record"
  | "no_usable_stock"
  | "empty_stock"
  | "stock_elsewhere"
  | "partial_not_allowed"
  | "whole_order_waits"
  | "below_quantum"
  | "fair_share"
  | "below_minimum"
  | "not_eligible"
  | "on_hold"
  | "group_incomplete"
  | "sourcing_limits"
  | SupplyLimit;

/** All allocation reasons. */
export const ALLOCATION_REASON_CODES: readonly AllocationReasonCode[] = [
  "served_in_full",
  "served_in_part",
  "sold_out_by_earlier",
  "no_stock_record",
  "no_usable_stock",
  "empty_stock",
  "stock_elsewhere",
  "partial_not_allowed",
  "whole_order_waits",
  "below_quantum",
  "fair_share",
  "below_minimum",
  "not_eligible",
  "on_hold",
  "group_incomplete",
  "sourcing_limits",
  "protected_for_others",
  "group_cap",
];

/** When goods can leave a warehouse. */
export interface WarehouseShipDay {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Day. */
  readonly shipsOn: CalendarDay;
}

/**
 * How the warehouses of an order were found, where the policy does more than ask the nearest.
 *
 * **Source:** mission 9.7; definition B5
 */
export type SourcingReason =
  | {
      /** Chosen by a strategy. */
      readonly kind: "chosen";
      /** Whether it is proven that no choice is better. */
      readonly optimal: boolean;
      /** Kinds of the soft limits that gave way. */
      readonly dropped: readonly string[];
      /** Warehouses that serve and whose cut-off the order came after, each with the day on which its goods can leave. */
      readonly shipDays?: readonly WarehouseShipDay[];
    }
  | {
      /** Ranked by rules. */
      readonly kind: "ranked";
      /** Rule that decided which warehouse was asked first; `default` where none did. */
      readonly rule: string;
    }
  | {
      /** One warehouse for the whole order. */
      readonly kind: "wholeOrderFromOne";
      /** Whether one had it all. */
      readonly found: boolean;
    };

/**
 * Why a place may not serve a line at all.
 *
 * | code | meaning |
 * |---|---|
 * | `area_not_served` | the warehouse does not deliver into the order's area |
 * | `no_vehicle_fits` | none of its vehicles may drive up to the ship-to address |
 * | `temperature_not_kept` | goods of the line's temperature class are not kept there |
 *
 * **Source:** mission 5.3, 5.5, 9.7; definition B5
 */
export type IneligibleCode = "area_not_served" | "no_vehicle_fits" | "temperature_not_kept";

/** All codes. */
export const INELIGIBLE_CODES: readonly IneligibleCode[] = [
  "area_not_served",
  "no_vehicle_fits",
  "temperature_not_kept",
];

/** A warehouse that was not asked, since it may not serve the line. */
export interface IneligibleWarehouse {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Why: the first that applies, in the order of the table. */
  readonly code: IneligibleCode;
}

/**
 * Why a lot may not serve a line.
 *
 * | code | meaning |
 * |---|---|
 * | `lot_not_for_area` | the lot may not go into the order's area |
 * | `lot_not_for_customer` | the lot is not for the customer |
 *
 * **Source:** mission 9.9; definition B5
 */
export type LotBarCode = "lot_not_for_area" | "lot_not_for_customer";

/** All codes. */
export const LOT_BAR_CODES: readonly LotBarCode[] = ["lot_not_for_area", "lot_not_for_customer"];

/** A lot with free stock that was passed over, since it may not serve the line. */
export interface BarredLot {
  /** Lot. */
  readonly lotNo: LotNo;
  /** Why: the first that applies, in the order of the table. */
  readonly code: LotBarCode;
}

/**
 * What caps and protected minimums of customer groups kept from a line, as it stood when its turn was over; quantities in
 * the base unit.
 *
 * **Source:** mission 8.9, 9.13; definition B9
 */
export interface ProtectionReason {
  /** Customer group of the order; absent for a customer of no group. */
  readonly group?: string;
  /** What was there for the line and was not given to it. */
  readonly held: Decimal;
  /** What was kept for each other group that has not used up its minimum, by name of the group. */
  readonly keptFor: readonly { readonly group: string; readonly quantity: Decimal }[];
  /** Cap of its group; absent where there is none. */
  readonly cap?: Decimal;
  /** What its group had used of the cap by then; absent where there is no cap. */
  readonly consumed?: Decimal;
}

/** What one line got from a run and why; quantities in the base unit. */
export interface AllocationReason {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
  /** Place of the line in the order of service, 1 first. */
  readonly rank: number;
  /** Quantity asked for. */
  readonly requested: Decimal;
  /** Quantity reserved. */
  readonly allocated: Decimal;
  /** Quantity that stays short. */
  readonly short: Decimal;
  /** Why. */
  readonly code: AllocationReasonCode;
  /** Warehouses that were asked, nearest first. */
  readonly warehouses: readonly WarehouseId[];
  /** How the warehouses were found, where the policy does more than ask the nearest. */
  readonly sourcing?: SourcingReason;
  /** Warehouses of the policy that were not asked, since they may not serve the line; absent where there are none. */
  readonly ineligible?: readonly IneligibleWarehouse[];
  /** Lots of the item with free stock that were passed over, since they may not serve the line; absent where there are none. */
  readonly barredLots?: readonly BarredLot[];
  /**
   * Lines of the same order without which it does not come and that could not be had at their turn, in the order of lines:
   * each by itself, or those of an item of which there is not enough for all of them. The first twenty; absent where it waits
   * for none.
   */
  readonly waitsFor?: readonly LineId[];
  /** How many more such lines there are; absent where all are named. */
  readonly waitsForMore?: number;
  /**
   * Set where it is not known whether all lines that it comes together with can be had from their lots: the search ended at its
   * limit. More lots of the item, or fewer lines that come together, may do; so may giving the lines lots by hand. Absent else.
   */
  readonly searchEnded?: true;
  /** What caps and minimums of customer groups kept from it; absent where they are not why it lacks something. */
  readonly protection?: ProtectionReason;
}
