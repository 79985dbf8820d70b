import { compareText } from "../core/compare-text.js";
import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { localDay } from "../core/time-zone.js";
import type { OrderEvent } from "../model/event.js";
import type { CustomerCode, OrderNo, SalespersonCode } from "../model/ids.js";
import type { Order } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";
import type { Table } from "./table.js";

/** An order that left the house after the day on which the customer wanted the goods. */
export interface LateShipmentRow {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Salesperson who looks after it. */
  readonly owner?: SalespersonCode;
  /** Day on which the customer wanted the goods. */
  readonly requestedDeliveryDate: CalendarDay;
  /** Day of the first shipment. */
  readonly firstShippedOn: CalendarDay;
  /** Day of the last shipment so far. */
  readonly lastShippedOn: CalendarDay;
  /** Whether all shipments were late or only later ones. */
  readonly extent: "whole" | "part";
  /** Days from the requested day to the last shipment, 1 or more. */
  readonly daysLate: number;
}

/** Where the days are those of. */
export interface LateShipmentsOptions {
  /** IANA time zone of the warehouse: an evening's shipment is of the day that its calendar shows. */
  readonly timeZone: string;
}

/**
 * Lists the orders of which something was shipped after the requested day of delivery.
 *
 * **Rules**
 * 1. The day of a shipment is that of its `order_shipped` event in the given time zone. A shipment on the requested day
 *    itself is not late.
 * 2. Orders without a requested day, or without a shipment, are not listed.
 * 3. Latest first, then by order number.
 *
 * @param orders orders, each once
 * @param events their events, in any order; others are ignored
 * @param options time zone
 * @returns the report; linear in orders and events
 * @throws RangeError when the time zone is unknown and anything was shipped, or an order is listed twice
 *
 * **Source:** mission 18.5, 19.3
 * @example
 * ```ts
 * import { lateShipments } from "ordercycle/reports";
 * import { anyOrder, anyOrderHistory } from "ordercycle/testing";
 * const order = anyOrder({ header: { requestedDeliveryDate: "2026-03-01" } });
 * const { rows } = lateShipments([order], anyOrderHistory().events, { timeZone: "Europe/Berlin" });
 * rows.map(({ lastShippedOn, daysLate, extent }) => [lastShippedOn, daysLate, extent]); // => [["2026-03-02", 1, "whole"]]
 * ```
 */
export function lateShipments(
  orders: readonly Order[],
  events: readonly OrderEvent[],
  options: LateShipmentsOptions,
): Table<LateShipmentRow> {
  const shipments = new Map<OrderNo, { readonly first: CalendarDay; readonly last: CalendarDay }>();
  for (const { type, orderNo, at } of events) {
    if (type !== "order_shipped") continue;
    const day = localDay(at, options.timeZone);
    const { first, last } = shipments.get(orderNo) ?? { first: day, last: day };
    shipments.set(orderNo, { first: day < first ? day : first, last: day > last ? day : last });
  }
  const rows = ordersOnce(orders).flatMap(({ orderNo, header }): LateShipmentRow[] => {
    const { customerCode, salespersonCode, requestedDeliveryDate } = header;
    const shipped = shipments.get(orderNo);
    if (requestedDeliveryDate === undefined || shipped === undefined) return [];
    const daysLate = daysBetween(requestedDeliveryDate, shipped.last);
    if (daysLate <= 0) return [];
    const owner = salespersonCode === undefined ? {} : { owner: salespersonCode };
    const extent = shipped.first > requestedDeliveryDate ? "whole" : "part";
    const days = { requestedDeliveryDate, firstShippedOn: shipped.first, lastShippedOn: shipped.last };
    return [{ orderNo, customerCode, ...owner, ...days, extent, daysLate }];
  });
  return {
    title: "Late shipments",
    columns: [
      { key: "orderNo", heading: "Order", align: "left" },
      { key: "customerCode", heading: "Customer", align: "left" },
      { key: "owner", heading: "Owner", align: "left" },
      { key: "requestedDeliveryDate", heading: "Wanted on", align: "left" },
      { key: "firstShippedOn", heading: "First shipped", align: "left" },
      { key: "lastShippedOn", heading: "Last shipped", align: "left" },
      { key: "extent", heading: "Late", align: "left" },
      { key: "daysLate", heading: "Days", align: "right" },
    ],
    rows: rows.sort((a, b) => b.daysLate - a.daysLate || compareText(a.orderNo, b.orderNo)),
    totals: [],
  };
}
