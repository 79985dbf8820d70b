import { compareText } from "../core/compare-text.js";
import type { Decimal } from "../core/decimal.js";
import { closingObstacles } from "../lifecycle/close-order.js";
import type { Currency, CustomerCode, OrderNo } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import type { OpenCase } from "../model/open-case.js";
import type { Order } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";
import { groupRows, sumColumns } from "./group-rows.js";
import type { Table } from "./table.js";

/** What an order that has been paid still waits for, or that it waits for nothing. */
export type UnclosedReason =
  "backfill_waiting" | "deferral_waiting" | "hold_active" | "claim_open" | "return_open" | "ready_to_close";

/** All reasons, in the order in which a row names them. */
const REASONS: readonly UnclosedReason[] = [
  "backfill_waiting",
  "deferral_waiting",
  "hold_active",
  "claim_open",
  "return_open",
  "ready_to_close",
];

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
  /** Numbers of its claims and returns that are open. */
  readonly caseIds: readonly string[];
}

/** What the list needs besides the orders. */
export interface UnclosedListOptions {
  /** Claims and returns that are open; the host keeps them. None when absent. */
  readonly openCases?: readonly OpenCase[];
}

/**
 * Lists the orders whose money has come and whose books are still open, and says why.
 *
 * **Rules**
 * 1. Listed is every order of status `collected`.
 * 2. The reasons are the obstacles of `closingObstacles`: `backfill_waiting` and `deferral_waiting`, something is still to
 *    come; `hold_active`, a hold on the order or on a line is in force; `claim_open` and `return_open`, somebody still works
 *    on a case. `ready_to_close`: none of them; the order only has to be closed.
 * 3. By customer, then order number.
 * 4. Totals: one line for each currency.
 *
 * @param orders orders, each once
 * @param options cases that are open
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
 * unclosedList([order]).rows.map(({ orderNo, reasons }) => [orderNo, reasons]); // => [["SO-1", ["backfill_waiting"]]]
 * ```
 */
export function unclosedList(orders: readonly Order[], options: UnclosedListOptions = {}): Table<UnclosedRow> {
  const casesOf = new Map(groupRows(options.openCases ?? [], ({ orderNo }) => orderNo));
  const rows = ordersOnce(orders)
    .filter(({ status }) => status === "collected")
    .map((order) => rowOf(order, casesOf.get(order.orderNo) ?? []))
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
      { key: "caseIds", heading: "Cases", align: "left" },
    ],
    rows,
    totals: groupRows(rows, ({ currency }) => currency).map(([currency, group]) => ({
      currency,
      ...sumColumns(group, ["collected"]),
    })),
  };
}

const REASON_OF_OBSTACLE = {
  backfill: "backfill_waiting",
  deferred: "deferral_waiting",
  claim: "claim_open",
  return: "return_open",
} as const;

function rowOf(order: Order, openCases: readonly OpenCase[]): UnclosedRow {
  const { orderNo, header, billing } = order;
  const obstacles = closingObstacles(order, openCases);
  const against = obstacles.flatMap(({ code, params }): UnclosedReason[] => {
    if (code === "close.shortage_waiting") return [REASON_OF_OBSTACLE[params.bucket]];
    if (code === "close.case_open") return [REASON_OF_OBSTACLE[params.kind]];
    return code === "close.hold_active" ? ["hold_active"] : [];
  });
  const reasons = [...new Set(against)].sort((a, b) => REASONS.indexOf(a) - REASONS.indexOf(b));
  return {
    customerCode: header.customerCode,
    orderNo,
    collected: billing.collectedAmount,
    currency: header.currency,
    reasons: reasons.length > 0 ? reasons : ["ready_to_close"],
    holdIds: order.holds.filter(isInForce).map(({ holdId }) => holdId),
    caseIds: openCases.map(({ caseId }) => caseId).sort(compareText),
  };
}
