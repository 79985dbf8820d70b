import type { CalendarDay } from "../core/calendar-day.js";
import { compare, isPositive, minimum, subtract, type RoundingMode } from "../core/decimal.js";
import { applyPayment } from "../billing/apply-payment.js";
import { postInvoice } from "../billing/post-invoice.js";
import { closeOrder, closingObstacles } from "../lifecycle/close-order.js";
import type { Invoice } from "../model/invoice.js";
import type { OrderNo } from "../model/ids.js";
import type { OpenCase } from "../model/open-case.js";
import type { Order } from "../model/order.js";
import type { BatchOutcome } from "../model/outcome.js";
import { openLog, type HandFor } from "./cycle-log.js";

/** What settling orders needs to know. */
export interface SettleContext {
  /** Who does what, and when. */
  readonly handFor: HandFor;
  /** Number and dates of the invoice for an order. */
  readonly invoiceFor: (order: Order) => {
    readonly invoiceNo: string;
    readonly issuedOn: CalendarDay;
    readonly dueOn: CalendarDay;
  };
  /** How shares of a line amount are rounded. */
  readonly rounding: RoundingMode;
  /** Id of the payment with which the customer pays the invoice. */
  readonly paymentIdFor: (order: Order) => string;
  /** Claims and returns that are open; their orders are not closed. None when absent. */
  readonly openCases?: readonly OpenCase[];
}

/** The outcome of settling, and the invoices. */
export interface SettleOutcome extends BatchOutcome {
  /** Invoices that were posted. */
  readonly invoices: readonly Invoice[];
}

/**
 * Bills what was delivered, takes the customer's payment of the invoice, and closes orders on which nothing waits.
 *
 * **Rules**
 * 1. Orders with nothing to bill are left as they are.
 * 2. The customer pays what the invoice leaves to pay: nothing for a free one, nor for what was paid beforehand.
 * 3. Closing asks for the refund of what was paid beyond what was billed; an order with a waiting shortage, an active
 *    hold or an open case stays collected, and is not closed.
 *
 * @returns all orders, in the order of the input, the invoices, and the refusals
 *
 * **Source:** mission 15.1, 11.1
 * @example
 * ```ts
 * import { calendarDay, settleOrders } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", unitPrice: "2.5", quantities: { delivered: "10" } }] });
 * const { orders, invoices } = settleOrders([order], {
 *   handFor: () => anyContext(),
 *   invoiceFor: () => ({ invoiceNo: "INV-1", issuedOn: calendarDay("2026-03-05"), dueOn: calendarDay("2026-04-04") }),
 *   rounding: "halfUp",
 *   paymentIdFor: () => "P-1",
 * });
 * [orders[0]!.status, invoices[0]!.payable]; // => ["closed","25"]
 * ```
 */
export function settleOrders(orders: readonly Order[], context: SettleContext): SettleOutcome {
  const { handFor, invoiceFor, rounding, paymentIdFor } = context;
  const casesOf = new Map<OrderNo, OpenCase[]>();
  for (const one of context.openCases ?? []) casesOf.set(one.orderNo, [...(casesOf.get(one.orderNo) ?? []), one]);
  const log = openLog();
  const invoices: Invoice[] = [];
  const settled = orders.map((order) => {
    if (order.lines.every(({ quantities, invoicedQty }) => compare(quantities.delivered, invoicedQty) <= 0))
      return order;
    const { orderNo } = order;
    const posted = postInvoice(order, { ...invoiceFor(order), rounding }, handFor("invoice", orderNo));
    let current = log.note(order, posted).order;
    if (!posted.ok) return current;
    const { invoice } = posted.value;
    invoices.push(invoice);
    const { invoicedAmount, collectedAmount } = current.billing;
    const due = minimum(invoice.payable, subtract(invoicedAmount, collectedAmount));
    if (isPositive(due)) {
      const hand = handFor("pay", orderNo);
      const payment = {
        paymentId: paymentIdFor(order),
        amount: due,
        currency: invoice.currency,
        receivedAt: hand.at,
      };
      current = log.note(current, applyPayment(current, { ...payment, overpayment: "refund" }, hand)).order;
    }
    const openCases = casesOf.get(orderNo) ?? [];
    if (current.status !== "collected" || closingObstacles(current, openCases).length > 0) return current;
    return log.note(current, closeOrder(current, { ...handFor("close", orderNo), openCases })).order;
  });
  return { ...log.outcome(settled), invoices };
}
