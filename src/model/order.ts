import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal, RoundingMode } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Address } from "./address.js";
import type { DeliveryRequirement, PaymentTerm, VehicleRestriction } from "./customer.js";
import type { Currency, CustomerCode, DeliveryWaveId, ItemCode, LineId, OrderNo, SalespersonCode } from "./ids.js";
import type { OrderLine } from "./order-line.js";
import type { OrderPromotions } from "./promotion/price-adjustment.js";
import type { CouponCode } from "./promotion/promotion.js";

/** How an order arose. **Source:** mission 2.1 */
export type OrderSource = "visit" | "call" | "advert" | "direct" | "standingOrder";

/** The way on which an order came in. **Source:** mission 4.1 */
export type OrderChannel =
  "phone" | "telex" | "fax" | "mail" | "network" | "edi" | "webShop" | "pos" | "barcode" | "rfid";

/** A charge or a tax on the whole order, in the order's currency. */
export interface OrderCharge {
  /** What it is for. */
  readonly kind: "freight" | "tax" | "smallOrder" | "handling" | "other";
  /** Money, not negative. */
  readonly amount: Decimal;
}

/**
 * The order header: the twelve commercial fields of the classical header file and what pricing and allocation need
 * besides. The thirteenth, the status, is {@link Order.status}, since only the library writes it.
 *
 * **Source:** mission 5.1
 */
export interface OrderHeader {
  /** Delivery wave that the order is to leave with. */
  readonly deliveryWaveId?: DeliveryWaveId;
  /** Day of the order, in the seller's calendar. */
  readonly orderDate: CalendarDay;
  /** When the order reached us. */
  readonly receivedAt: Instant;
  /** Means of payment: a UN/ECE 4461 code or the site's own. */
  readonly paymentMeans?: string;
  /** Payment term; prices may depend on it. */
  readonly paymentTerm?: PaymentTerm;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Customer's name as given or recalled. */
  readonly customerName: string;
  /** Customer type at entry; prices may depend on it. */
  readonly customerType?: string;
  /** Customer class at entry, `A` best. */
  readonly customerClass?: string;
  /** Credit grade at entry, `A` best. */
  readonly creditRating?: string;
  /** Salesperson. */
  readonly salespersonCode?: SalespersonCode;
  /** Wishes for the delivery. */
  readonly deliveryRequirement?: DeliveryRequirement;
  /** The customer's own purchase order number. */
  readonly customerPoNo?: string;
  /** Day on which the customer wants the goods. */
  readonly requestedDeliveryDate?: CalendarDay;
  /** Remark. */
  readonly remark?: string;
  /** Where the goods go. */
  readonly shipToAddress: Address;
  /** Delivery area of the ship-to address, large to small. */
  readonly deliveryAreaPath: readonly string[];
  /** What may drive up to the ship-to address. */
  readonly vehicleRestriction?: VehicleRestriction;
  /** How the order arose. */
  readonly orderSource?: OrderSource;
  /** The way it came in. */
  readonly channel?: OrderChannel;
  /** Currency of all money on the order. */
  readonly currency: Currency;
  /** Charges on the whole order. */
  readonly charges: readonly OrderCharge[];
  /** Booked ahead with a promise: served before orders without one. */
  readonly preBooked?: boolean;
  /** Whether all lines are served together or not at all. */
  readonly shipComplete?: boolean;
  /** Codes of coupons and vouchers that the customer presented. */
  readonly couponCodes?: readonly CouponCode[];
  /** Goods that the customer chose as gift, by promotion. */
  readonly giftChoices?: Readonly<Record<string, ItemCode>>;
}

/** Fields of the header on which seller and customer can agree anew, and that an order can be without. */
export const OPTIONAL_AMENDABLE_FIELDS = [
  "deliveryWaveId",
  "requestedDeliveryDate",
  "deliveryRequirement",
  "vehicleRestriction",
  "paymentMeans",
  "paymentTerm",
  "salespersonCode",
  "customerPoNo",
  "remark",
] as const;

/** A field of {@link OPTIONAL_AMENDABLE_FIELDS}. */
export type OptionalAmendableField = (typeof OPTIONAL_AMENDABLE_FIELDS)[number];

/** A field of the header on which seller and customer can agree anew. */
export type AmendableField = "shipToAddress" | "deliveryAreaPath" | OptionalAmendableField;

/** All of these fields. */
export const AMENDABLE_FIELDS: readonly AmendableField[] = /* @__PURE__ */ (() => [
  "shipToAddress",
  "deliveryAreaPath",
  ...OPTIONAL_AMENDABLE_FIELDS,
])();

/** What is agreed anew on the header. */
export type HeaderTerms = Partial<Pick<OrderHeader, AmendableField>>;

/** How far the papers of an order have come; what people do with it, as opposed to where its goods are. */
export type OrderStage = "entered" | "reviewed" | "returnedForCorrection" | "rejected" | "confirmed" | "closed";

/**
 * The state of an order as one word, derived from stage, buckets and money by {@link statusOf}.
 * `collected` means that the money has come.
 *
 * **Source:** mission 11.1, 4.14
 */
export type OrderStatus =
  | "entered"
  | "returnedForCorrection"
  | "rejected"
  | "confirmed"
  | "allocated"
  | "picked"
  | "shipped"
  | "collected"
  | "closed"
  | "cancelled";

/** All statuses, in the order in which an order normally passes through them. */
export const ORDER_STATUSES: readonly OrderStatus[] = [
  "entered",
  "returnedForCorrection",
  "rejected",
  "confirmed",
  "allocated",
  "picked",
  "shipped",
  "collected",
  "closed",
  "cancelled",
];

/** Statuses with which an order has ended: no operation touches it any more, nor its money. */
export const ENDED_STATUSES: readonly OrderStatus[] = ["closed", "cancelled", "rejected"];

/** A block on an order or a line. **Source:** mission 7.8 */
export interface Hold {
  /** Id, unique on the order. */
  readonly holdId: string;
  /** Kind in the site's own code (`credit`, `address` …). */
  readonly type: string;
  /** The line it is on; absent for the whole order. */
  readonly lineId?: LineId;
  /** Operations that it blocks. */
  readonly blocks: readonly HoldableOperation[];
  /** Why. */
  readonly reason: string;
  /** Since when. */
  readonly placedAt: Instant;
  /** `active` blocks until somebody looks; `rejected` goes on blocking, since somebody said no; `resolved` is history. */
  readonly state: "active" | "resolved" | "rejected";
  /** When it was resolved or rejected. */
  readonly endedAt?: Instant;
}

/** Operations that a hold can block. */
export type HoldableOperation = "confirm" | "allocate" | "pick" | "load" | "ship" | "deliver" | "invoice" | "close";

/**
 * Money of the order as a whole, as last priced, in the order's currency: of all that was ordered, also of what was
 * cancelled since. What the order costs as it stands is told by `keptTotals`; what is owed for what came is on the invoices.
 */
export interface OrderTotals {
  /** Σ quantity × price, before discounts. */
  readonly gross: Decimal;
  /** Σ discounts. */
  readonly allowances: Decimal;
  /** Σ line amounts: gross − allowances. */
  readonly net: Decimal;
  /** Σ charges, less what promotions took off them. */
  readonly charges: Decimal;
  /** What the customer owes when everything that was ordered is delivered: net + charges. */
  readonly payable: Decimal;
}

/** What has been billed and paid. */
export interface OrderBilling {
  /** Σ payable of posted invoices. */
  readonly invoicedAmount: Decimal;
  /** Σ payments. */
  readonly collectedAmount: Decimal;
  /** Invoices posted, in order. */
  readonly invoices: readonly PostedInvoice[];
  /** Payments applied, in order. */
  readonly payments: readonly AppliedPayment[];
}

/** A posted invoice as the order remembers it. */
export interface PostedInvoice {
  /** Number. */
  readonly invoiceNo: string;
  /** Date of issue. */
  readonly issuedOn: CalendarDay;
  /** Day on which it is due. */
  readonly dueOn: CalendarDay;
  /** Charges of the order that it bills. */
  readonly charges: Decimal;
  /** How its shares of line amounts were rounded; all invoices of an order are rounded alike. */
  readonly rounding?: RoundingMode;
  /** Amount to pay. */
  readonly payable: Decimal;
}

/** A payment as the order remembers it. */
export interface AppliedPayment {
  /** Id from the bank or the till, unique on the order. */
  readonly paymentId: string;
  /** Money received. */
  readonly amount: Decimal;
  /** When. */
  readonly receivedAt: Instant;
}

/** Where a field's value came from. **Source:** mission 4.3 */
export type Provenance = "given" | "master" | "rule";

/**
 * An order: plain JSON, written by `applyChanges` alone.
 *
 * **Source:** mission 5.1, 5.2, 11.1, 11.3
 */
export interface Order {
  /** Business number, the order's identity. */
  readonly orderNo: OrderNo;
  /** Counts the events; the host saves only over the version it has read. */
  readonly version: number;
  /** State in one word; always equal to `statusOf(order)`. */
  readonly status: OrderStatus;
  /** How far the papers have come. */
  readonly stage: OrderStage;
  /** Header. */
  readonly header: OrderHeader;
  /** Lines in the order of their numbers. */
  readonly lines: readonly OrderLine[];
  /** Highest number that a line had which a correction has left out; lines that join are numbered after it. */
  readonly lastLineNo?: number;
  /** Holds, active and past. */
  readonly holds: readonly Hold[];
  /** Totals as last priced; absent until then. */
  readonly totals?: OrderTotals;
  /** What promotions gave, as last priced; absent when none did. */
  readonly promotions?: OrderPromotions;
  /** Invoices and payments. */
  readonly billing: OrderBilling;
  /** Where header fields came from, by field name. */
  readonly provenance: Readonly<Record<string, Provenance>>;
}
