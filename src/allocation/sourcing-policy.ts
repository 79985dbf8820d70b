import type { Decimal } from "../core/decimal.js";
import type { ItemCode, WarehouseId } from "../model/ids.js";
import type { WarehousesByArea } from "../model/warehouses-by-area.js";
import type { WarehouseOption, WarehousePolicy } from "./sourcing/warehouse-policy.js";

/** Which warehouse serves an order: the nearest that has the goods, by a table of areas. **Source:** mission 9.7 */
export interface NearestSourcing extends WarehousesByArea {
  /** Variant. */
  readonly kind: "nearest";
}

/**
 * One warehouse serves the whole order: the nearest that has all of it. What the order holds already binds it to that
 * warehouse.
 *
 * **Source:** mission 9.7; definition B5
 */
export interface WholeOrderSourcing extends WarehousesByArea {
  /** Variant. */
  readonly kind: "wholeOrderFromOne";
  /** When none has all: ask them one after the other as usual, or give nothing. */
  readonly ifNone: "nearest" | "nothing";
}

/**
 * Warehouses are chosen for each order by a strategy within limits, as {@link chooseWarehouses} does it.
 *
 * **Source:** mission 9.7; definition B5
 */
export interface ChosenSourcing extends WarehousePolicy {
  /** Variant. */
  readonly kind: "chosen";
  /** Warehouses by delivery area, with what each means for it; the longest path that begins the order's path counts. */
  readonly areas: readonly {
    /** Delivery area, large to small. */
    readonly areaPath: readonly string[];
    /** Warehouses that may serve it. Others are not asked. */
    readonly warehouses: readonly WarehouseOption[];
  }[];
  /** Warehouses for every other area. */
  readonly otherwise: readonly WarehouseOption[];
  /** What a unit of an item costs from a warehouse. Default 0. */
  readonly unitCosts?: readonly {
    /** Item. */
    readonly itemCode: ItemCode;
    /** Warehouse. */
    readonly warehouseId: WarehouseId;
    /** Cost of one base unit. */
    readonly unitCost: Decimal;
  }[];
}

/** A field of the order that names its warehouses. */
export type WarehouseField = "customerCode" | "customerType" | "customerClass" | "channel" | "orderSource";

/**
 * A rule that ranks warehouses for an order, or says nothing about some of them.
 *
 * | rule | ranks |
 * |---|---|
 * | `preferred` | the warehouses of the list, in its order |
 * | `areas` | the warehouses of the order's delivery area, in their order |
 * | `byField` | the warehouses that belong to the order's customer, channel …, in their order |
 * | `mostStock` | all, by how much they have of the order's items, each up to what is wanted by all its lines; most first |
 * | `fewestSplits` | all, by how many lines they cannot serve in full; fewest first. Lines of one item are served one after the other, the smallest first |
 * | `host` | as a function of the host says; smallest number first |
 *
 * **Source:** mission 9.7; definition B5
 */
export type WarehouseRule =
  | { readonly rule: "preferred"; readonly warehouseIds: readonly WarehouseId[] }
  | { readonly rule: "areas"; readonly areas: WarehousesByArea["areas"] }
  | {
      readonly rule: "byField";
      readonly field: WarehouseField;
      /** Warehouses by the value of the field. */
      readonly warehouseIds: Readonly<Record<string, readonly WarehouseId[]>>;
    }
  | { readonly rule: "mostStock" | "fewestSplits" }
  | { readonly rule: "host"; /** Name of the function in the context. */ readonly name: string };

/**
 * Rules rank the warehouses of an order, one after the other.
 *
 * **Rules**
 * 1. Of the warehouses that the rules before have left equal, those with the lowest rank stay; a warehouse of which a
 *    rule says nothing comes after those that it ranks, and a rule that says nothing of any changes nothing.
 * 2. The first rule that leaves a single one decides; what no rule decides, the order of the list does.
 * 3. The others are asked after the first, in the same way.
 *
 * **Source:** mission 9.7; definition B5
 */
export interface RankedSourcing {
  /** Variant. */
  readonly kind: "ranked";
  /** Whether the warehouses are ranked once for the whole order or for each line (and delivery group). Default `order`. */
  readonly per?: "order" | "line";
  /** All warehouses that may be asked, in the order that decides where no rule does. */
  readonly warehouseIds: readonly WarehouseId[];
  /** Rules, the most important first. */
  readonly rules: readonly WarehouseRule[];
}

/** Which warehouses serve an order. **Source:** mission 9.7; definition B5 */
export type Sourcing = NearestSourcing | WholeOrderSourcing | ChosenSourcing | RankedSourcing;
