import type { Order } from "../model/order.js";
import { allocateColumns } from "./allocate-columns.js";
import type { BatchColumns } from "./batch-columns.js";
import { serveOrders, type ServedTakes, type ServingContext } from "./serve-orders.js";

/**
 * Serves a batch: what each line takes and from which lots. The fast loop over columns does it, unless the policy or a
 * line asks for what only serving order by order can do.
 *
 * @param orders in the order of service
 */
export function takesOf(orders: readonly Order[], batch: BatchColumns, context: ServingContext): ServedTakes {
  return isForColumns(orders, batch, context) ? allocateColumns(batch.columns) : serveOrders(orders, batch, context);
}

function isForColumns(orders: readonly Order[], { demands, bins }: BatchColumns, { policy }: ServingContext): boolean {
  return (
    policy.sourcing.kind === "nearest" &&
    policy.oneLotPerLine !== true &&
    bins.changingWarehouses.size === 0 &&
    !orders.some(({ header }) => header.shipComplete === true) &&
    !demands.some(
      ({ line }) => line.deliveryGroup !== undefined || line.lotNo !== undefined || line.oneLotOnly === true,
    )
  );
}
