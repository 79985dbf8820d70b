import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import type { IssueOf } from "../../core/issue.js";
import type { CutOff } from "../../model/cut-off.js";
import type { ItemCode, WarehouseId } from "../../model/ids.js";

/** A quantity of an item in the base unit. */
export interface ItemQuantity {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/** A quantity of an item in a warehouse. */
export interface WarehouseQuantity extends ItemQuantity {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
}

/** What a warehouse can give of an item; below zero counts as nothing. */
export interface OfferedQuantity extends WarehouseQuantity {
  /** What a unit of it costs from there. Default 0. */
  readonly unitCost?: Decimal;
}

/** A warehouse that may serve the order. Others are not asked. */
export interface WarehouseOption {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Way to the customer, in the unit of the policy; a warehouse without is beyond every limit. */
  readonly distance?: Decimal;
  /** What it costs that it takes part. Default 0. */
  readonly fixedCost?: Decimal;
  /** Ease of delivery, as the site grades it. */
  readonly ease?: Decimal;
}

/** Until when a warehouse takes orders that leave on the same day. */
export interface WarehouseCutOff extends CutOff {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Days of the week on which nothing leaves it, 1 Monday to 7 Sunday; not all of them. None when absent. */
  readonly closedWeekdays?: readonly number[];
  /** Other days on which nothing leaves it. None when absent. */
  readonly closedDays?: readonly CalendarDay[];
}

/** How many lines a warehouse takes. */
export interface WarehouseLines {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Number of lines. */
  readonly count: number;
}

/**
 * A limit to the choice; a soft one gives way when it would leave unserved what could be served.
 *
 * | kind | keeps |
 * |---|---|
 * | `maxDistance` | to warehouses that are near enough |
 * | `maxWarehouses`, `maxWarehousesPerLine` | to so many warehouses for the order, for an item |
 * | `excluded` | off these warehouses |
 * | `safetyStock` | quantities in the warehouse |
 * | `maxLinesPerDay` | to the lines that a warehouse can pick in a day, those included that it has taken on already; a line is an item of an order, counted in each warehouse that gives of it |
 * | `cutOff` | to warehouses that are open on the day and whose cut-off of the day the order was received before. A soft one lets the others in, which then ship on the first open day whose cut-off it meets |
 *
 * Warehouses that a limit does not list are not limited by it.
 */
export type WarehouseLimit = { readonly strength: "hard" | "soft" } & (
  | { readonly kind: "maxDistance"; readonly distance: Decimal }
  | { readonly kind: "maxWarehouses" | "maxWarehousesPerLine"; readonly count: number }
  | { readonly kind: "excluded"; readonly warehouseIds: readonly WarehouseId[] }
  | { readonly kind: "safetyStock"; readonly quantities: readonly WarehouseQuantity[] }
  | { readonly kind: "maxLinesPerDay"; readonly warehouses: readonly WarehouseLines[] }
  | { readonly kind: "cutOff"; readonly cutOffs: readonly WarehouseCutOff[] }
);

/** What limits of the day look at. */
export interface WarehouseDay {
  /** When the order was received; needed where there are cut-offs. */
  readonly receivedAt?: Instant;
  /** Day on which its goods are to leave; needed where there are cut-offs. */
  readonly shipDay?: CalendarDay;
  /** Lines that warehouses have taken on for that day already. None when absent. */
  readonly linesTaken?: readonly WarehouseLines[];
  /** Warehouses from which the order has goods already: they take part for nothing, and `maxWarehouses` counts the others alone. None when absent. */
  readonly inUse?: readonly WarehouseId[];
}

/** What a score looks at. `stock` is the share of the items that the warehouse has in full, 0 to 1. */
export type WarehouseFactor = "stock" | "distance" | "cost" | "ease";

/** How much a factor counts, and between which declared bounds. */
export interface FactorWeight {
  /** Factor. */
  readonly factor: WarehouseFactor;
  /** Share of the score; the shares sum to 1. */
  readonly weight: Decimal;
  /** Figure that earns nothing; what is worse or not known earns nothing either. */
  readonly worst: Decimal;
  /** Figure that earns all. */
  readonly best: Decimal;
}

/**
 * What makes one choice better than another.
 *
 * | kind | first | then |
 * |---|---|---|
 * | `fewestSplits` | fewest warehouses | least sum of fixed costs |
 * | `leastCost` | least fixed and unit costs | fewest warehouses |
 * | `wholeFromOne` | one warehouse that has all, or none | least cost |
 * | `weighted` | greatest total of quantity × score of its warehouse | fewest warehouses |
 */
export type WarehouseStrategy =
  | { readonly kind: "fewestSplits" | "leastCost" | "wholeFromOne" }
  | { readonly kind: "weighted"; readonly weights: readonly FactorWeight[] };

/** How warehouses are chosen, as data that a host stores. */
export interface WarehousePolicy {
  /** What is better. */
  readonly strategy: WarehouseStrategy;
  /** Limits, the most important first. */
  readonly limits: readonly WarehouseLimit[];
  /** Most sets of warehouses to look at. */
  readonly steps: number;
}

/** Why warehouses cannot be chosen. */
export type ChooseWarehousesIssue = IssueOf<{
  "sourcing.listed_twice": { readonly id: string };
  "sourcing.negative": { readonly value: Decimal };
  "sourcing.bad_count": { readonly count: number };
  "sourcing.bad_line_count": { readonly count: number };
  "sourcing.bad_weekday": { readonly weekday: number };
  "sourcing.never_open": { readonly warehouseId: WarehouseId };
  "sourcing.bad_cut_off": { readonly cutOff: string };
  "sourcing.unknown_time_zone": { readonly timeZone: string };
  "sourcing.weights_not_one": { readonly total: Decimal };
  "sourcing.bounds_equal": { readonly factor: WarehouseFactor };
  "sourcing.out_of_range": { readonly limit: number };
}>;

/** What keeps a warehouse out. */
export type WarehouseBar = "excluded" | "too_far" | "after_cut_off" | "no_lines_left";

/** What became of a warehouse. */
export interface WarehouseReason {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Why it serves or does not. */
  readonly code: "used" | "not_needed" | "nothing_to_give" | WarehouseBar;
  /** Day on which its goods can leave at the earliest; where a limit has a cut-off for it. */
  readonly shipsOn?: CalendarDay;
  /** Its score, 0 to 1 in six decimals, where warehouses are weighted. */
  readonly score?: Decimal;
  /** What each factor adds to the score. */
  readonly contributions?: Readonly<Partial<Record<WarehouseFactor, Decimal>>>;
}

/** Which warehouses serve an order, and with what. */
export interface WarehouseChoice {
  /** Quantities by item and warehouse. */
  readonly takes: readonly WarehouseQuantity[];
  /** What nobody serves, by item. `limits`: stock would do, but the limits or the wish for one warehouse stand against it. */
  readonly missing: readonly (ItemQuantity & { readonly code: "not_enough_stock" | "limits" })[];
  /** One reason for each warehouse, by id. */
  readonly reasons: readonly WarehouseReason[];
  /** Soft limits that gave way. */
  readonly dropped: readonly WarehouseLimit[];
  /** Fixed and unit costs. */
  readonly cost: Decimal;
  /** Whether it is proven that no choice is better. */
  readonly optimal: boolean;
  /** Sets of warehouses that were looked at. */
  readonly steps: number;
}
