import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Address } from "./address.js";
import type {
  DeliveryRequirement,
  PaymentTerm,
  ShortageOffer,
  ShortagePolicy,
  VehicleRestriction,
} from "./customer.js";
import type { Currency, CustomerCode, DeliveryWaveId, ItemCode, LotNo, OrderNo, SalespersonCode, Uom } from "./ids.js";
import type { OrderChannel, OrderCharge, OrderSource } from "./order.js";
import type { LineDiscount, TransactionCategory } from "./order-line.js";
import type { CouponCode } from "./promotion/promotion.js";

/**
 * A line as the customer wrote it: well formed, but not yet checked against the masters.
 *
 * **Source:** mission 4.2
 */
export interface OrderDraftLine {
  /** Counter; given for all lines or for none. */
  readonly lineNo?: number;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name that the customer wrote; compared with the master at review. */
  readonly itemName?: string;
  /** Quantity in `uom`, positive. */
  readonly quantity: Decimal;
  /** Unit; the item's base unit when absent. */
  readonly uom?: Uom;
  /** Price that the customer expects for one `uom`. */
  readonly unitPrice?: Decimal;
  /** Discount agreed. */
  readonly discount?: LineDiscount;
  /** What the line is for; `sale` when absent. */
  readonly transactionCategory?: TransactionCategory;
  /** Lines that name the same group come together or not at all. */
  readonly deliveryGroup?: string;
  /** Lot that the customer wants. */
  readonly lotNo?: LotNo;
  /** Whether all of the line must come from one lot. */
  readonly oneLotOnly?: boolean;
  /** What happens with what cannot be served, when it differs from the rest of the order. */
  readonly shortagePolicy?: ShortagePolicy;
  /** What is tried before, in this order, when it differs from the rest of the order. */
  readonly shortageOffers?: readonly ShortageOffer[];
}

/**
 * An order as it came in: well formed, but not yet checked against the masters. What is absent is recalled from the
 * customer master at entry.
 *
 * **Source:** mission 4.2, 4.3, 4.13
 */
export interface OrderDraft {
  /** Business number. */
  readonly orderNo: OrderNo;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Name that the customer wrote; compared with the master at review. */
  readonly customerName?: string;
  /** When it reached us. */
  readonly receivedAt: Instant;
  /** Day of the order. */
  readonly orderDate: CalendarDay;
  /** Wanted day of delivery. */
  readonly requestedDeliveryDate?: CalendarDay;
  /** Delivery wave. */
  readonly deliveryWaveId?: DeliveryWaveId;
  /** Means of payment. */
  readonly paymentMeans?: string;
  /** Payment term. */
  readonly paymentTerm?: PaymentTerm;
  /** Salesperson. */
  readonly salespersonCode?: SalespersonCode;
  /** Wishes for the delivery. */
  readonly deliveryRequirement?: DeliveryRequirement;
  /** The customer's purchase order number. */
  readonly customerPoNo?: string;
  /** Remark. */
  readonly remark?: string;
  /** Other address than the usual one. */
  readonly shipToAddress?: Address;
  /** Delivery area of that address, large to small, when it is not the customer's usual one. */
  readonly deliveryAreaPath?: readonly string[];
  /** What may drive up to that address; of the usual address the customer master knows it. */
  readonly vehicleRestriction?: VehicleRestriction;
  /** How the order arose. */
  readonly orderSource?: OrderSource;
  /** The way it came in. */
  readonly channel?: OrderChannel;
  /** Currency; the customer's when absent. */
  readonly currency?: Currency;
  /** Charges agreed. */
  readonly charges?: readonly OrderCharge[];
  /** Whether a part of a line may come before the rest. */
  readonly partialAllowed?: boolean;
  /** What happens with what cannot be served. */
  readonly shortagePolicy?: ShortagePolicy;
  /** What is tried before, in this order. */
  readonly shortageOffers?: readonly ShortageOffer[];
  /** Booked ahead with a promise. */
  readonly preBooked?: boolean;
  /** Whether the order comes as a whole or not at all; the customer's usual wish when absent. */
  readonly shipComplete?: boolean;
  /** Codes of coupons and vouchers that the customer presents. */
  readonly couponCodes?: readonly CouponCode[];
  /** Goods that the customer chose as gift, by promotion. */
  readonly giftChoices?: Readonly<Record<string, ItemCode>>;
  /** Lines, at least one. */
  readonly lines: readonly OrderDraftLine[];
}
