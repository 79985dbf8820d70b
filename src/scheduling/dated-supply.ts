import type { StockPosition } from "../model/stock.js";
import type { DatedItemQuantity } from "./available-to-promise.js";

/**
 * Supply of an item: stock that is free, dated today, or what is expected. What it says of place and lot decides who may
 * have it; what it leaves open keeps nobody from it.
 *
 * **Source:** mission 8.1, 9.7, 9.9; definitions B5, B9
 */
export interface DatedSupply
  extends
    DatedItemQuantity,
    Partial<Pick<StockPosition, "warehouseId" | "binId" | "lotNo" | "receivedOn" | "expiresOn" | "condition">> {}
