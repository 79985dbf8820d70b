import type { Decimal } from "../core/decimal.js";
import type { BinId, WarehouseId } from "../model/ids.js";

/**
 * Which bin of a warehouse goes first. What a rule leaves equal, the rule for lots decides.
 *
 * | value | order |
 * |---|---|
 * | `lots` | as the rule for lots has them, whatever the bin |
 * | `pickSequence` | by the place of the bin on the picker's way; bins without one last |
 * | `smallestFirst` | the bin of which least was free when the run began, over all its lots, so that bins become empty; of equal ones the one whose first lot goes first |
 * | `handlingUnitsFirst` | whole handling units of one lot, the largest first; then loose goods, then goods of opened units, then a unit that must be opened, here the smallest first |
 * | `fewestPlaces` | as few bins as possible, whatever lots lie in them: while none has all that is missing, the fullest; then the one that has least above it |
 *
 * **Source:** mission 9.8; definition B5
 */
export type BinRule = "lots" | "pickSequence" | "smallestFirst" | "handlingUnitsFirst" | "fewestPlaces";

/** What is known of a bin. */
export interface BinFacts {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Bin. */
  readonly binId: BinId;
  /** Zone that it lies in. */
  readonly zone?: string;
  /** Place on the picker's way, smaller first. */
  readonly pickSequence?: number;
  /** Temperature classes that are kept in it. Those of its warehouse when absent. */
  readonly temperatureClasses?: readonly string[];
  /** Quantity of a handling unit (a pallet, a carton) that stands in it, in the base unit; absent for loose goods. */
  readonly handlingUnit?: Decimal;
}

/** How a warehouse picks. */
export interface WarehousePicking {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /**
   * Zones in turn, each with its rule; an entry without a zone stands for all bins of zones that are not named. Without
   * such an entry these come last, as the rule for lots has them.
   */
  readonly chain: readonly {
    /** Zone; absent for all that are not named. */
    readonly zone?: string;
    /** Which bin goes first there. */
    readonly rule: BinRule;
  }[];
}
