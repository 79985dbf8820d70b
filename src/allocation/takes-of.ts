import type { Order } from "../model/order.js";
import { allocateColumns } from "./allocate-columns.js";
import type { AllocationColumns, AllocationTakes } from "./allocation-columns.js";
import type { BatchColumns } from "./batch-columns.js";
import { serveShares } from "./fair-share/batch-sharing.js";
import { isGuarded } from "./supply-guard.js";
import { serveOrders, type ServedTakes, type ServingContext } from "./serve-orders.js";

/**
 * Serves a batch: what each line takes and from which lots. The fast loop over columns does it, unless the policy or a
 * line asks for what only serving order by order can do.
 *
 * @param orders in the order of service
 */
export function takesOf(orders: readonly Order[], batch: BatchColumns, context: ServingContext): ServedTakes {
  const isForColumns = canServeColumns(batch, context);
  const serveEach = (columns: AllocationColumns, before?: AllocationTakes): ServedTakes =>
    serveOrders(orders, { ...batch, columns }, before === undefined ? context : { ...context, before });
  const serve = isForColumns ? allocateColumns : serveEach;
  const { sharing = [], protection = [] } = context.policy;
  // Only serving order by order tells which lines of an order that waits as a whole stand in its way.
  const serveShared = batch.wholeOrders.length > 0 ? serveEach : serve;
  return serveShares(orders, batch, sharing, protection, serveShared) ?? serve(batch.columns);
}

function canServeColumns(batch: BatchColumns, { policy }: ServingContext): boolean {
  const { bins, eligibility, isEachAlone, lines } = batch;
  return (
    policy.sourcing.kind === "nearest" &&
    policy.oneLotPerLine !== true &&
    bins.changingWarehouses.size === 0 &&
    eligibility === undefined &&
    isEachAlone &&
    !isGuarded(lines, policy.protection ?? [])
  );
}
