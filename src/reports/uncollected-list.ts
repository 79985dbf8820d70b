import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { compare, isPositive, isZero, minimum, negate, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { Currency, CustomerCode, InvoiceNo, OrderNo } from "../model/ids.js";
import { ENDED_STATUSES, type Order } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";
import { DEFAULT_AGEING_BANDS, ageingBandOf, checkAgeingBands, type AgeingBand } from "./ageing.js";
import { compareText } from "../core/compare-text.js";
import { groupRows, sumColumns } from "./group-rows.js";
import type { Table } from "./table.js";

/** A row of the uncollected order list. */
export interface UncollectedRow {
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Order. */
  readonly orderNo: OrderNo;
  /** `due`: an invoice that is not paid · `toInvoice`: goods are gone without invoice · `credit`: more paid than billed. */
  readonly state: "due" | "toInvoice" | "credit";
  /** Invoice, when the row is one. */
  readonly invoiceNo?: InvoiceNo;
  /** Day of the invoice. */
  readonly issuedOn?: CalendarDay;
  /** Day on which it is due. */
  readonly dueOn?: CalendarDay;
  /** Days past due; negative before. */
  readonly daysPastDue?: number;
  /** Name of the ageing band. */
  readonly band?: string;
  /** What was billed; 0 when the row is no invoice. */
  readonly invoiced: Decimal;
  /** Part of the payments that counts towards it. */
  readonly collected: Decimal;
  /** invoiced − collected; negative for a credit. */
  readonly receivable: Decimal;
  /** Currency of the three amounts. */
  readonly currency: Currency;
}

/** How the list is looked at. */
export interface UncollectedListOptions {
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** Bands of days past due; {@link DEFAULT_AGEING_BANDS} when absent. */
  readonly bands?: readonly AgeingBand[];
}

/** The uncollected order list with its ageing. */
export interface UncollectedList extends Table<UncollectedRow> {
  /** What is due, by currency and band, in the order of the currencies and of the bands; bands with nothing are left out. */
  readonly ageing: readonly {
    /** Currency. */ readonly currency: Currency;
    /** Name of the band. */ readonly band: string;
    /** Σ receivable of invoices in it. */ readonly receivable: Decimal;
  }[];
}

/**
 * Lists the orders for which money is still to come: shipped or billed, and not paid.
 *
 * **Rules**
 * 1. Payments of an order count towards its oldest invoice first; invoices of one day in the order in which they were
 *    posted.
 * 2. One row for each invoice that is not fully paid.
 * 3. One row for each order of which shipped or delivered quantity is not billed yet; its amounts are 0.
 * 4. What was paid beyond all invoices of an order is a row of its own, negative: it is owed to the customer.
 * 5. So the receivables of a currency sum to what was billed less what was collected, exactly. Closed, cancelled and
 *    rejected orders are settled: what they paid too much was asked to be refunded when they ended.
 * 6. By customer, then order, then day of the invoice; what has no invoice stands last in its order.
 * 7. Totals: one line for each currency. Ageing counts invoices only.
 *
 * @param orders orders, each once
 * @param options today, and the bands
 * @returns the list
 * @throws RangeError when the bands are not as {@link AgeingBand} demands, or an order is listed twice
 *
 * **Source:** mission 13.4
 * @example
 * ```ts
 * import { calendarDay } from "ordercycle";
 * import { uncollectedList } from "ordercycle/reports";
 * import { anyOrder } from "ordercycle/testing";
 * const billing = {
 *   invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-03", dueOn: "2026-04-02", charges: "0", payable: "25" }],
 *   payments: [{ paymentId: "P-1", amount: "5", receivedAt: "2026-03-04T09:00:00.000Z" }],
 * };
 * const { rows } = uncollectedList([anyOrder({ stage: "confirmed", billing })], { today: calendarDay("2026-04-10") });
 * rows.map((row) => [row.invoiceNo, row.receivable, row.daysPastDue, row.band]); // => [["I-1", "20", 8, "1–30"]]
 * ```
 */
export function uncollectedList(orders: readonly Order[], options: UncollectedListOptions): UncollectedList {
  const { today, bands = DEFAULT_AGEING_BANDS } = options;
  checkAgeingBands(bands);
  const rows = ordersOnce(orders)
    .filter(({ status }) => !ENDED_STATUSES.includes(status))
    .sort((a, b) => compareText(a.header.customerCode, b.header.customerCode) || compareText(a.orderNo, b.orderNo))
    .flatMap((order) => [...invoiceRows(order, today, bands), ...toInvoiceRows(order), ...creditRows(order)]);
  const byCurrency = groupRows(rows, ({ currency }) => currency);
  return {
    title: "Uncollected order list",
    columns: [
      { key: "customerCode", heading: "Customer", align: "left" },
      { key: "orderNo", heading: "Order", align: "left" },
      { key: "state", heading: "State", align: "left" },
      { key: "invoiceNo", heading: "Invoice", align: "left" },
      { key: "dueOn", heading: "Due on", align: "left" },
      { key: "band", heading: "Days past due", align: "left" },
      { key: "invoiced", heading: "Invoiced", align: "right", currencyKey: "currency" },
      { key: "collected", heading: "Collected", align: "right", currencyKey: "currency" },
      { key: "receivable", heading: "Receivable", align: "right", currencyKey: "currency" },
      { key: "currency", heading: "Cur.", align: "left" },
    ],
    rows,
    totals: byCurrency.map(([currency, group]) => ({
      currency,
      ...sumColumns(group, ["invoiced", "collected", "receivable"]),
    })),
    ageing: byCurrency.flatMap(([currency, group]) =>
      bands.flatMap(({ name }) => {
        const inBand = group.filter(({ band }) => band === name).map(({ receivable }) => receivable);
        return inBand.length === 0 ? [] : [{ currency, band: name, receivable: sum(inBand) }];
      }),
    ),
  };
}

function invoiceRows(order: Order, today: CalendarDay, bands: readonly AgeingBand[]): UncollectedRow[] {
  let left = order.billing.collectedAmount;
  // Sorting keeps the order of posting among invoices of one day.
  return [...order.billing.invoices]
    .sort((a, b) => compareText(a.issuedOn, b.issuedOn))
    .flatMap(({ invoiceNo, issuedOn, dueOn, payable }) => {
      const collected = minimum(left, payable);
      left = subtract(left, collected);
      const receivable = subtract(payable, collected);
      if (isZero(receivable)) return [];
      const daysPastDue = daysBetween(dueOn, today);
      const due = { invoiceNo, issuedOn, dueOn, daysPastDue, band: ageingBandOf(daysPastDue, bands) };
      return [{ ...placeOf(order), state: "due" as const, ...due, invoiced: payable, collected, receivable }];
    });
}

function toInvoiceRows(order: Order): UncollectedRow[] {
  const isOwed = order.lines.some(
    ({ quantities, invoicedQty }) => isPositive(quantities.shipped) || compare(quantities.delivered, invoicedQty) > 0,
  );
  if (!isOwed) return [];
  return [{ ...placeOf(order), state: "toInvoice", invoiced: ZERO, collected: ZERO, receivable: ZERO }];
}

function creditRows(order: Order): UncollectedRow[] {
  const { invoices, collectedAmount } = order.billing;
  const surplus = subtract(collectedAmount, sum(invoices.map(({ payable }) => payable)));
  if (!isPositive(surplus)) return [];
  return [{ ...placeOf(order), state: "credit", invoiced: ZERO, collected: surplus, receivable: negate(surplus) }];
}

function placeOf({ orderNo, header }: Order): Pick<UncollectedRow, "customerCode" | "orderNo" | "currency"> {
  return { customerCode: header.customerCode, orderNo, currency: header.currency };
}
