import { recordDelivery } from "../fulfilment/record-delivery.js";
import { recordLoad } from "../fulfilment/record-load.js";
import { fullCounts } from "../fulfilment/floor-count.js";
import { recordPick } from "../fulfilment/record-pick.js";
import { recordShipment } from "../fulfilment/record-shipment.js";
import type { Issue } from "../core/issue.js";
import type { Result } from "../core/result.js";
import { holds } from "../model/status-of.js";
import type { Order } from "../model/order.js";
import type { BatchOutcome, Outcome } from "../model/outcome.js";
import { openLog, type HandFor } from "./cycle-log.js";

/** What fulfilling orders needs to know. */
export interface FulfilContext {
  /** Who does what, and when. */
  readonly handFor: HandFor;
  /** Number of the shipment that an order leaves with. */
  readonly shipmentNoFor: (order: Order) => string;
}

/**
 * Carries allocated orders out of the house and to the customer when everything goes well: pick, load, ship, deliver.
 * Whatever goes wrong is told to the single operations instead.
 *
 * **Rules**
 * 1. Everything allocated is picked, everything picked is loaded and shipped, everything shipped is accepted.
 * 2. Orders without anything allocated are left as they are; an order that is refused stays where it is. So does
 *    one of which goods that come together are not all there: only `recordShipment` takes the customer's consent.
 *
 * @returns all orders, in the order of the input, and the refusals
 *
 * **Source:** mission 10.3, 10.4a, 10.8
 * @example
 * ```ts
 * import { fulfilOrders } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { allocated: "10" } }] });
 * const { orders } = fulfilOrders([order], { handFor: () => anyContext(), shipmentNoFor: () => "SH-1" });
 * orders[0]!.lines[0]!.quantities.delivered; // => "10"
 * ```
 */
export function fulfilOrders(orders: readonly Order[], context: FulfilContext): BatchOutcome {
  const { handFor, shipmentNoFor } = context;
  const steps: readonly ((order: Order) => Result<Outcome, Issue>)[] = [
    (order) => recordPick(order, { counts: fullCounts(order, "allocated") }, handFor("pick", order.orderNo)),
    (order) => recordLoad(order, { counts: fullCounts(order, "picked") }, handFor("load", order.orderNo)),
    (order) =>
      recordShipment(order, { shipmentNo: shipmentNoFor(order), what: "loaded" }, handFor("ship", order.orderNo)),
    (order) => recordDelivery(order, {}, handFor("deliver", order.orderNo)),
  ];
  const log = openLog();
  const fulfilled = orders.map((order) => {
    let current = order;
    if (!holds(order.lines, "allocated")) return order;
    for (const step of steps) {
      const noted = log.note(current, step(current));
      current = noted.order;
      if (!noted.isOk) break;
    }
    return current;
  });
  return log.outcome(fulfilled);
}
