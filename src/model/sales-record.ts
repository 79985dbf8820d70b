import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { CustomerCode, ItemCode } from "./ids.js";

/**
 * A line of the sales history as other systems export it: signed, so that credits and write-offs stand beside sales.
 *
 * **Source:** mission 12.4b, 18.1
 */
export interface SalesRecord {
  /** Number of the document. */
  readonly documentNo: string;
  /** Whether it is a sale, a credit (cancellation, return), a write-off of stock or a correction of money alone. */
  readonly kind: "sale" | "credit" | "writeOff" | "adjustment";
  /** Item, or a service code. */
  readonly itemCode: ItemCode;
  /** Name as it stood on the document. */
  readonly itemName?: string;
  /** Quantity; negative for what came back or was lost. */
  readonly quantity: Decimal;
  /** Money for one unit; may be zero, and negative in a correction. */
  readonly unitPrice: Decimal;
  /** Day of the document. */
  readonly soldOn: CalendarDay;
  /** Customer, when known. */
  readonly customerCode?: CustomerCode;
  /** Country of the customer, as exported. */
  readonly country?: string;
}
