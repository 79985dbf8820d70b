import { ZERO } from "../core/decimal.js";
import type { DecisionContext } from "../model/actor.js";
import type { QuantityDiscrepancy } from "../model/event.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { HostRequest } from "../model/request.js";
import type { CheckedCount } from "./floor-count.js";
import { writeOff } from "./shortage-on-floor.js";

/** What follows from counts that found goods missing. */
export interface FloorFindings {
  /** For the event. */
  readonly discrepancies: readonly QuantityDiscrepancy[];
  /** Write-offs. */
  readonly movements: readonly StockMovement[];
  /** Bins to count, and the customer to be told. */
  readonly requests: readonly HostRequest[];
}

/** Draws the consequences of missing goods: write-offs, bins to count, a customer to be told. */
export function floorFindings(order: Order, counts: readonly CheckedCount[], { at }: DecisionContext): FloorFindings {
  const { orderNo } = order;
  const missing = counts.filter(({ short }) => short !== ZERO);
  const discrepancies = missing.map(({ lineId, source, expected, quantity, shortage }) => ({
    lineId,
    source,
    expected,
    actual: quantity,
    reason: shortage?.reason ?? "",
  }));
  const movements = missing
    .filter(({ shortage }) => shortage?.stock === "writeOff")
    .map(({ line, source, short }) => writeOff(line, source, short, at, orderNo));
  const toCount = missing.map(({ line: { itemCode }, source }): HostRequest => ({
    type: "count_stock",
    orderNo,
    itemCode,
    source,
  }));
  const told: HostRequest[] =
    missing.length === 0 ? [] : [{ type: "notify_customer", orderNo, template: "shortage_recorded" }];
  return { discrepancies, movements, requests: [...toCount, ...told] };
}
