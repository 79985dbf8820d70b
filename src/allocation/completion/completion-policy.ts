import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { ItemCode, OrderNo, WarehouseId } from "../../model/ids.js";
import type { SupplyLimit, SupplyRule, SupplyRuleFault } from "../../model/supply-rule.js";

/** A quantity of an item, anywhere or in one warehouse: each pair of item and warehouse is a pool of its own. */
export interface PooledQuantity {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Warehouse; left out where orders and stock are counted over all warehouses. */
  readonly warehouseId?: WarehouseId;
  /** Quantity in the base unit, zero or more. */
  readonly quantity: Decimal;
}

/** An order that is served in full or not at all. */
export interface CompleteOrderWish {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Customer group, where rules of the policy are for groups; absent for a customer of none. */
  readonly customerGroup?: string;
  /** What it is worth to serve it, zero or more; in the same unit for all. */
  readonly value: Decimal;
  /** What it needs; needs of one pool add up. */
  readonly needs: readonly PooledQuantity[];
}

/** Rules that every choice keeps. */
export interface CompletionRules {
  /**
   * Caps and protected minimums of customer groups; at most eight groups may have an unused minimum of one item. What there
   * is of an item is all stock of it. Default none.
   */
  readonly protection?: readonly SupplyRule[];
}

/** What to look for, and how long. */
export interface CompleteOrdersPolicy extends CompletionRules {
  /** The greatest value, or the greatest number of complete orders. */
  readonly objective: "value" | "count";
  /** Most steps, each a look at one order. Half of them may go into the proof, the rest into exchanges. */
  readonly steps: number;
}

/** Why orders cannot be chosen. */
export type CompleteOrdersIssue =
  | SupplyRuleFault
  | IssueOf<{
      "complete.too_many_minimums": { readonly itemCode: ItemCode; readonly groups: number; readonly limit: number };
      "complete.listed_twice": { readonly orderNo: OrderNo };
      "complete.negative": { readonly value: Decimal };
      "complete.out_of_range": { readonly limit: number };
    }>;

/** An order that is not served. */
export interface IncompleteOrder {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Too much even for it alone; or it gives way to others; or its shipments would cost as much as it brings. */
  readonly code: "short_alone" | "gives_way" | "not_worth_it";
  /** What the whole stock lacks for it, or what the complete orders leave lacks. */
  readonly lacking: readonly PooledQuantity[];
  /** What rules of customer groups keep from it, even alone or once the complete orders have theirs; absent for nothing. */
  readonly heldBack?: readonly HeldFromOrder[];
}

/** What a rule of customer groups keeps from an order. */
export interface HeldFromOrder {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Which rule: the cap of its group, or minimums of others. */
  readonly limit: SupplyLimit;
  /** How much, in the base unit. */
  readonly quantity: Decimal;
}

/** A choice of orders that common stock can serve in full. */
export interface CompleteOrdersPlan {
  /** Orders to serve, by number. */
  readonly complete: readonly OrderNo[];
  /** The others, by number. */
  readonly incomplete: readonly IncompleteOrder[];
  /** Value of the complete orders, or their number. */
  readonly reached: Decimal;
  /** No choice reaches more than this. */
  readonly upperBound: Decimal;
  /** Upper bound less what is reached. */
  readonly gap: Decimal;
  /** Whether it is proven that no choice reaches more. */
  readonly optimal: boolean;
  /** Steps that were needed. */
  readonly steps: number;
}

/** What a shipment costs, and how long to look. */
export interface CompleteShipmentsPolicy extends CompletionRules {
  /** What each warehouse that takes part in an order costs, zero or more; in the unit of the orders' values. */
  readonly shipmentCost: Decimal;
  /**
   * Most steps, each a look at one order or one set of warehouses; half of them may go into the choice of orders. The first
   * plan comes to its end all the same, and so does an exchange that has begun.
   */
  readonly steps: number;
}

/** What one warehouse sends for one order. */
export interface CompleteShipment {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** What it sends, by item. */
  readonly items: readonly {
    /** Item. */
    readonly itemCode: ItemCode;
    /** Quantity in the base unit. */
    readonly quantity: Decimal;
  }[];
}

/** A choice of orders that are served in full, and from where. */
export interface CompleteShipmentsPlan extends Omit<CompleteOrdersPlan, "reached"> {
  /** Shipments, by order and warehouse. */
  readonly shipments: readonly CompleteShipment[];
  /** Value of the complete orders. */
  readonly value: Decimal;
  /** Cost of the shipments. */
  readonly cost: Decimal;
  /** Value less cost; what the bound is a bound of. */
  readonly net: Decimal;
}
