import { compareMissingLast, compareText } from "../core/compare-text.js";
import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { add, isPositive, sum, type Decimal } from "../core/decimal.js";
import type { CustomerCode, ItemCode, LineId, OrderNo, Uom } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { ordersOnce } from "../model/orders-once.js";
import { groupRows, sumColumns } from "./group-rows.js";
import type { Table } from "./table.js";

/** A line of the unshipped order list; quantities in the base unit. */
export interface UnshippedRow {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
  /** Counter of the line. */
  readonly lineNo: number;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name of the item as on the order. */
  readonly itemName: string;
  /** Day on which the customer wants the goods. */
  readonly requestedDeliveryDate?: CalendarDay;
  /** Latest day that the customer was told. */
  readonly promisedDay?: CalendarDay;
  /** Days by which the requested day has passed; absent when it has not, or when none was asked for. */
  readonly daysLate?: number;
  /** The base unit. */
  readonly baseUom: Uom;
  /** Waits for a decision. */
  readonly open: Decimal;
  /** Reserved in stock. */
  readonly allocated: Decimal;
  /** Taken from its bin. */
  readonly picked: Decimal;
  /** Short and still to be served, back-filled or deferred. */
  readonly short: Decimal;
  /** open + allocated + picked + short. */
  readonly unshipped: Decimal;
}

/** When the list is looked at. */
export interface UnshippedListOptions {
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
}

/**
 * Lists what confirmed orders still have to be sent.
 *
 * **Rules**
 * 1. One row for each line of a confirmed order with quantity before shipping: open, allocated, picked or short.
 *    Orders that are not confirmed, and closed ones, owe nothing.
 * 2. The unshipped quantity is that of the files expected sales, allocated, shortage and picked, unit for unit.
 * 3. Earliest requested day first, lines without one last; then by order number and line.
 * 4. Totals: one line for each base unit, in the order of their codes.
 *
 * @param orders orders, each once
 * @param options today
 * @returns the list
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 13.2
 * @example
 * ```ts
 * import { calendarDay } from "ordercycle";
 * import { unshippedList } from "ordercycle/reports";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({
 *   stage: "confirmed",
 *   header: { requestedDeliveryDate: "2026-03-05" },
 *   lines: [{ quantities: { allocated: "2", backfill: "3", shipped: "4" } }],
 * });
 * const [row] = unshippedList([order], { today: calendarDay("2026-03-07") }).rows;
 * [row!.unshipped, row!.open, row!.short, row!.daysLate]; // => ["6", "1", "3", 2]
 * ```
 */
export function unshippedList(orders: readonly Order[], options: UnshippedListOptions): Table<UnshippedRow> {
  const rows = ordersOnce(orders)
    .filter(({ stage }) => stage === "confirmed")
    .flatMap((order) => order.lines.map((line) => rowOf(order, line, options.today)))
    .filter(({ unshipped }) => isPositive(unshipped))
    .sort(
      (a, b) =>
        compareMissingLast(a.requestedDeliveryDate, b.requestedDeliveryDate) ||
        compareText(a.orderNo, b.orderNo) ||
        a.lineNo - b.lineNo,
    );
  return {
    title: "Unshipped order list",
    columns: [
      { key: "requestedDeliveryDate", heading: "Wanted on", align: "left" },
      { key: "daysLate", heading: "Late d", align: "right" },
      { key: "orderNo", heading: "Order", align: "left" },
      { key: "lineNo", heading: "Line", align: "right" },
      { key: "customerCode", heading: "Customer", align: "left" },
      { key: "itemCode", heading: "Item", align: "left" },
      { key: "unshipped", heading: "Unshipped", align: "right" },
      { key: "baseUom", heading: "Unit", align: "left" },
      { key: "open", heading: "Open", align: "right" },
      { key: "allocated", heading: "Alloc.", align: "right" },
      { key: "picked", heading: "Picked", align: "right" },
      { key: "short", heading: "Short", align: "right" },
    ],
    rows,
    totals: groupRows(rows, ({ baseUom }) => baseUom).map(([baseUom, group]) => ({
      baseUom,
      ...sumColumns(group, ["open", "allocated", "picked", "short", "unshipped"]),
    })),
  };
}

function rowOf(order: Order, line: OrderLine, today: CalendarDay): UnshippedRow {
  const { customerCode, requestedDeliveryDate } = order.header;
  const { lineId, lineNo, itemCode, itemName, baseUom, promises } = line;
  const { open, allocated, picked, backfill, deferred } = line.quantities;
  const promisedDay = promises.at(-1)?.day;
  const daysLate = requestedDeliveryDate === undefined ? 0 : daysBetween(requestedDeliveryDate, today);
  return {
    orderNo: order.orderNo,
    lineId,
    lineNo,
    customerCode,
    itemCode,
    itemName,
    ...(requestedDeliveryDate === undefined ? {} : { requestedDeliveryDate }),
    ...(promisedDay === undefined ? {} : { promisedDay }),
    ...(daysLate > 0 ? { daysLate } : {}),
    baseUom,
    open,
    allocated,
    picked,
    short: add(backfill, deferred),
    unshipped: sum([open, allocated, picked, backfill, deferred]),
  };
}
