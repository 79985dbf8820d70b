import type { Decimal } from "../core/decimal.js";
import type { LineName } from "./displacement.js";
import type { ItemCode } from "./ids.js";

/**
 * A row of the merged-order file: quantity that went from a line of one order to a line of another. The events of both
 * orders carry it, so that the two ends can be held against each other.
 *
 * **Source:** mission 9.17, 12.2b
 */
export interface MergeRecord {
  /** Line that it left. */
  readonly from: LineName;
  /** Line that it is on now. */
  readonly to: LineName;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
  /** Why, in the site's own code. */
  readonly reason: string;
  /** What was agreed with the customer, as a reference. */
  readonly consent?: string;
}
