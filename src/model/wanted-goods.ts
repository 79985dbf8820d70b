import type { Decimal } from "../core/decimal.js";
import type { LineName } from "./displacement.js";
import type { ItemCode, WarehouseId } from "./ids.js";

/** Goods that are to be free. */
export interface WantedGoods {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Warehouse in which they are wanted; in any of them when absent. */
  readonly warehouseId?: WarehouseId;
  /** Quantity that is to be free, in the base unit. */
  readonly quantity: Decimal;
  /** Line that is to have them: who gives them up is set back for it. Absent where nobody is to have them yet. */
  readonly winner?: LineName;
}
