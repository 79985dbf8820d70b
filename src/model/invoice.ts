import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Currency, CustomerCode, InvoiceNo, ItemCode, LineId, OrderNo, Uom } from "./ids.js";
import type { TransactionCategory } from "./order-line.js";

/** A line of an invoice. **Source:** mission 15.1 */
export interface InvoiceLine {
  /** Order line that is billed. */
  readonly lineId: LineId;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name. */
  readonly itemName: string;
  /** Category of the order line. */
  readonly transactionCategory: TransactionCategory;
  /** Quantity billed, in the item's base unit. */
  readonly quantity: Decimal;
  /** The base unit. */
  readonly baseUom: Uom;
  /** Price of the order line, for one `priceUom`. */
  readonly unitPrice: Decimal;
  /** Unit that the price is for. */
  readonly priceUom: Uom;
  /** Money: the line's share of the order line's amount; the shares of all invoices sum to it exactly. */
  readonly amount: Decimal;
}

/**
 * An invoice for what a customer has signed for.
 *
 * **Source:** mission 15.1, 15.3
 */
export interface Invoice {
  /** Number. */
  readonly invoiceNo: InvoiceNo;
  /** Order. */
  readonly orderNo: OrderNo;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** The customer's purchase order number. */
  readonly customerPoNo?: string;
  /** Currency. */
  readonly currency: Currency;
  /** Date of issue. */
  readonly issuedOn: CalendarDay;
  /** Day on which it is due. */
  readonly dueOn: CalendarDay;
  /** Lines. */
  readonly lines: readonly InvoiceLine[];
  /** Σ line amounts. */
  readonly net: Decimal;
  /** Charges of the order; billed with its first invoice. */
  readonly charges: Decimal;
  /** net + charges. */
  readonly payable: Decimal;
}
