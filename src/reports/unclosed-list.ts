import type { Decimal } from "../core/decimal.js";
import type { Currency, CustomerCode, OrderNo } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import type { Order } from "../model/order.js";
import { holds } from "../model/status-of.js";
import { compareText } from "./compare-text.js";
import { groupRows, sumColumns } from "./group-rows.js";
import { ordersOnce } from "./orders-once.js";
import type { Table } from "./table.js";

/** What an order that has been paid still waits for, or that it waits for nothing. */
export type UnclosedReason = "shortage_waiting" | "hold_active" | "ready_to_close";

/** An order of the unclosed order list. */
export interface UnclosedRow {
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Order. */
  readonly orderNo: OrderNo;
  /** Money collected, in the order's currency. */
  readonly collected: Decimal;
  /** Currency. */
  readonly currency: Currency;
  /** What stands against closing it, at least one code. */
  readonly reasons: readonly UnclosedReason[];
  /** Ids of its holds that are in force. */
  readonly holdIds: readonly string[];
}

/**
 * Lists the orders whose money has come and whose books are still open, and says why.
 *
 * **Rules**
 * 1. Listed is every order of status `collected`.
 * 2. `shortage_waiting`: something is back-filled or deferred. `hold_active`: a hold on the order or on a line is in
 *    force. `ready_to_close`: neither; the order only has to be closed.
 * 3. By customer, then order number.
 * 4. Totals: one line for each currency.
 *
 * @param orders orders, each once
 * @returns the list
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 13.5
 * @example
 * ```ts
 * import { unclosedList } from "ordercycle/reports";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({
 *   stage: "confirmed",
 *   lines: [{ orderedQty: "10", invoicedQty: "8", quantities: { delivered: "8", backfill: "2" } }],
 *   billing: { invoicedAmount: "20", collectedAmount: "20" },
 * });
 * unclosedList([order]).rows.map(({ orderNo, reasons }) => [orderNo, reasons]); // => [["SO-1", ["shortage_waiting"]]]
 * ```
 */
export function unclosedList(orders: readonly Order[]): Table<UnclosedRow> {
  const rows = ordersOnce(orders)
    .filter(({ status }) => status === "collected")
    .map(rowOf)
    .sort((a, b) => compareText(a.customerCode, b.customerCode) || compareText(a.orderNo, b.orderNo));
  return {
    title: "Unclosed order list",
    columns: [
      { key: "customerCode", heading: "Customer", align: "left" },
      { key: "orderNo", heading: "Order", align: "left" },
      { key: "collected", heading: "Collected", align: "right", currencyKey: "currency" },
      { key: "currency", heading: "Cur.", align: "left" },
      { key: "reasons", heading: "Waits for", align: "left" },
      { key: "holdIds", heading: "Holds", align: "left" },
    ],
    rows,
    totals: groupRows(rows, ({ currency }) => currency).map(([currency, group]) => ({
      currency,
      ...sumColumns(group, ["collected"]),
    })),
  };
}

function rowOf(order: Order): UnclosedRow {
  const { orderNo, header, billing, lines } = order;
  const holdIds = order.holds.filter(isInForce).map(({ holdId }) => holdId);
  const against: UnclosedReason[] = [];
  if (holds(lines, "backfill") || holds(lines, "deferred")) against.push("shortage_waiting");
  if (holdIds.length > 0) against.push("hold_active");
  return {
    customerCode: header.customerCode,
    orderNo,
    collected: billing.collectedAmount,
    currency: header.currency,
    reasons: against.length > 0 ? against : ["ready_to_close"],
    holdIds,
  };
}
