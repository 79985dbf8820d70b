import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Bucket } from "./bucket.js";
import type { LineId } from "./ids.js";
import type {
  AppliedPayment,
  HeaderTerms,
  Hold,
  OptionalAmendableField,
  Order,
  OrderStage,
  OrderTotals,
  PostedInvoice,
} from "./order.js";
import type { LineDiscount, LinePromise, OrderLine, ShortageCause } from "./order-line.js";
import type { LineAdjustment, OrderPromotions } from "./promotion/price-adjustment.js";
import type { StockSource } from "./stock.js";

/** Why quantity goes into a short bucket; see `LineShortage`. */
export interface ShortageNote {
  /** Where it was found. */
  readonly cause: ShortageCause;
  /** When it is to be served. */
  readonly mode: "onArrival" | "withNextOrder" | "wholeOrder";
  /** Why, as a code. */
  readonly reason: string;
  /** When it was found. */
  readonly since: Instant;
}

/** Quantity goes from one bucket of a line to another. */
export interface QuantityMoved {
  /** Kind of change. */
  readonly kind: "quantity_moved";
  /** Line. */
  readonly lineId: LineId;
  /** Bucket it leaves. */
  readonly from: Bucket;
  /** Bucket it enters; the pair must be an edge of the table. */
  readonly to: Bucket;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
  /** Place of the goods; needed when either bucket stands at a named place. */
  readonly source?: StockSource;
  /** Needed when the quantity goes into `backfill` or `deferred`. */
  readonly shortage?: ShortageNote;
  /** Which records are served when it leaves `backfill` or `deferred`: those that agree; all of the bucket when absent. */
  readonly serves?: Readonly<Partial<ShortageNote>>;
}

/** The customer orders more of a line; the new quantity is open. */
export interface QuantityAdded {
  /** Kind of change. */
  readonly kind: "quantity_added";
  /** Line. */
  readonly lineId: LineId;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
}

/** A line joins the order. */
export interface LineAdded {
  /** Kind of change. */
  readonly kind: "line_added";
  /** The line, with all its quantity open. */
  readonly line: OrderLine;
}

/** How much of a line's picked quantity from one place stands on the vehicle. */
export interface ReservationSet {
  /** Kind of change. */
  readonly kind: "reservation_set";
  /** Line. */
  readonly lineId: LineId;
  /** Place. */
  readonly source: StockSource;
  /** Loaded quantity in the base unit, at most what is picked. */
  readonly loaded: Decimal;
}

/** Prices of lines and the totals that follow. */
export interface PriceSet {
  /** Kind of change. */
  readonly kind: "price_set";
  /** Lines with their new price. */
  readonly lines: readonly {
    /** Line. */
    readonly lineId: LineId;
    /** Money for one `uom` of the line. */
    readonly unitPrice: Decimal;
    /** Discount in money. */
    readonly allowance: Decimal;
    /** Line amount. */
    readonly lineAmount: Decimal;
    /** What promotions took off; takes the place of what they took off before, also when absent. */
    readonly adjustments?: readonly LineAdjustment[];
  }[];
  /** New totals of the order. */
  readonly totals: OrderTotals;
  /** What promotions gave; takes the place of what they gave before, also when absent. */
  readonly promotions?: OrderPromotions;
}

/** Seller and customer agree on something else than before. */
export interface TermsSet {
  /** Kind of change. */
  readonly kind: "terms_set";
  /** Header fields that are agreed anew. */
  readonly header?: HeaderTerms;
  /** Header fields that are agreed no longer. */
  readonly cleared?: readonly OptionalAmendableField[];
  /** Lines of which price or discount is agreed anew; what is absent is agreed no longer. */
  readonly lines?: readonly {
    /** Line. */
    readonly lineId: LineId;
    /** Money for one `uom` of the line. */
    readonly unitPrice?: Decimal;
    /** Whether the customer was promised this price. */
    readonly priceAgreed?: boolean;
    /** Discount. */
    readonly discount?: LineDiscount;
  }[];
}

/** The customer is told a date for a line. */
export interface PromiseSet {
  /** Kind of change. */
  readonly kind: "promise_set";
  /** Line. */
  readonly lineId: LineId;
  /** The promise; earlier ones are kept. */
  readonly promise: LinePromise;
}

/** A hold is placed, or the hold of the same id ends. */
export interface HoldSet {
  /** Kind of change. */
  readonly kind: "hold_set";
  /** The hold as it is now. */
  readonly hold: Hold;
}

/** The papers of the order come to a new stage. */
export interface StageSet {
  /** Kind of change. */
  readonly kind: "stage_set";
  /** New stage. */
  readonly stage: OrderStage;
}

/** An invoice is posted or a payment applied. */
export interface BillingSet {
  /** Kind of change. */
  readonly kind: "billing_set";
  /** Invoice to add. */
  readonly invoice?: PostedInvoice;
  /** Quantity that the invoice bills, by line, in the base unit. */
  readonly invoicedLines?: readonly {
    /** Line. */ readonly lineId: LineId;
    /** Quantity. */ readonly quantity: Decimal;
  }[];
  /** Payment to add. */
  readonly payment?: AppliedPayment;
}

/** The order begins, or a corrected version takes its place before anything was done with it. */
export interface OrderOpened {
  /** Kind of change. */
  readonly kind: "order_opened";
  /** The order as it is then. */
  readonly order: Order;
}

/**
 * A small fact about an order. Everything that happens to an order is a list of these, and `applyChanges` is the only
 * code that writes them into it.
 *
 * **Source:** mission 11.3
 */
export type Change =
  | QuantityMoved
  | QuantityAdded
  | LineAdded
  | ReservationSet
  | PriceSet
  | TermsSet
  | PromiseSet
  | HoldSet
  | StageSet
  | BillingSet
  | OrderOpened;
