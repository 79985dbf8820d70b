import type { CalendarDay } from "../core/calendar-day.js";
import { add, compare, subtract, sum, ZERO, type Decimal, type RoundingMode } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { checkDays, type DayIssue } from "../model/check-days.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { InvoiceNo, OrderNo } from "../model/ids.js";
import type { Invoice, InvoiceLine } from "../model/invoice.js";
import { lineAmountUpTo, shareDecimals } from "../model/line-amount-up-to.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { postedRounding } from "../model/posted-rounding.js";

/** What an invoice needs besides the order. */
export interface InvoiceTerms {
  /** Number, new on the order. */
  readonly invoiceNo: InvoiceNo;
  /** Date of issue. */
  readonly issuedOn: CalendarDay;
  /** Day on which it is due. */
  readonly dueOn: CalendarDay;
  /** How shares of a line amount are rounded. */
  readonly rounding: RoundingMode;
}

/** Why there is nothing to invoice. */
export type BuildInvoiceIssue =
  | NameIssue
  | DayIssue
  | IssueOf<{
      "invoice.not_priced": { readonly orderNo: OrderNo };
      "invoice.nothing_to_bill": { readonly orderNo: OrderNo };
      "invoice.number_taken": { readonly invoiceNo: InvoiceNo };
      "invoice.other_rounding": { readonly rounding: RoundingMode; readonly expected: RoundingMode };
      "invoice.due_before_issue": { readonly issuedOn: CalendarDay; readonly dueOn: CalendarDay };
    }>;

/**
 * Builds the invoice for what the customer has signed for and was not billed yet.
 *
 * **Rules**
 * 1. Quantity billed = quantity delivered − quantity billed before; what was refused or is short is never billed.
 * 2. Amount = what the line costs up to the new quantity − what it cost up to the quantity billed before, each rounded
 *    once: over all invoices of a line that is delivered in full the amounts sum to the line amount exactly. Units bear the
 *    discounts that promotions gave them.
 * 3. Charges of the order go with its first invoice, and all its invoices are rounded like the first.
 *
 * @param order as last stored
 * @returns the invoice, or every reason why there is none
 *
 * **Source:** mission 15.1, 15.3
 * @example
 * ```ts
 * import { buildInvoice, calendarDay } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "3", unitPrice: "0.5", quantities: { delivered: "2" } }] });
 * const terms = { invoiceNo: "INV-1", issuedOn: calendarDay("2026-03-05"), dueOn: calendarDay("2026-04-04"), rounding: "halfUp" as const };
 * const result = buildInvoice(order, terms);
 * result.ok && result.value.payable; // => "1"
 * ```
 */
export function buildInvoice(order: Order, terms: InvoiceTerms): Result<Invoice, BuildInvoiceIssue> {
  const { invoiceNo, issuedOn, dueOn, rounding } = terms;
  const { orderNo, header, billing, totals } = order;
  const lines = order.lines.flatMap((line) => billableLine(line, header.currency, rounding));
  const issues: BuildInvoiceIssue[] = [];
  if (totals === undefined) issues.push(issue("invoice.not_priced", ["totals"], { orderNo }));
  if (lines.length === 0) issues.push(issue("invoice.nothing_to_bill", ["lines"], { orderNo }));
  if (billing.invoices.some((invoice) => invoice.invoiceNo === invoiceNo)) {
    issues.push(issue("invoice.number_taken", ["invoiceNo"], { invoiceNo }));
  }
  const expected = postedRounding(order) ?? rounding;
  if (rounding !== expected) issues.push(issue("invoice.other_rounding", ["rounding"], { rounding, expected }));
  issues.push(...checkNames({ invoiceNo }), ...checkDays({ issuedOn, dueOn }));
  if (dueOn < issuedOn) issues.push(issue("invoice.due_before_issue", ["dueOn"], { issuedOn, dueOn }));
  if (issues.length > 0) return refuse(issues);

  const net = sum(lines.map(({ amount }) => amount));
  const charges = billing.invoices.length === 0 ? (totals?.charges ?? ZERO) : ZERO;
  return ok({
    invoiceNo,
    orderNo,
    customerCode: header.customerCode,
    ...(header.customerPoNo === undefined ? {} : { customerPoNo: header.customerPoNo }),
    currency: header.currency,
    issuedOn,
    dueOn,
    lines,
    net,
    charges,
    payable: add(net, charges),
  });
}

function billableLine(line: OrderLine, currency: string, rounding: RoundingMode): InvoiceLine[] {
  const quantity = subtract(line.quantities.delivered, line.invoicedQty);
  if (compare(quantity, ZERO) <= 0) return [];
  const decimals = shareDecimals(line, currency);
  const share = (upTo: Decimal): Decimal => lineAmountUpTo(line, upTo, decimals, rounding);
  return [
    {
      lineId: line.lineId,
      itemCode: line.itemCode,
      itemName: line.itemName,
      transactionCategory: line.transactionCategory,
      quantity,
      baseUom: line.baseUom,
      unitPrice: line.unitPrice ?? ZERO,
      priceUom: line.uom,
      amount: subtract(share(line.quantities.delivered), share(line.invoicedQty)),
    },
  ];
}
