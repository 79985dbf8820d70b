import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Finding } from "./finding.js";
import type { ItemCode, LineId, OrderNo } from "./ids.js";
import type { ShortageCause } from "./order-line.js";
import type { RevisionCause } from "./promotion/promotion.js";
import type { PromotionUsageEntry } from "./promotion/promotion-usage.js";
import type { StockSource } from "./stock.js";

/** Tell the customer something. */
export interface NotifyCustomer {
  /** Kind of request. */
  readonly type: "notify_customer";
  /** Order. */
  readonly orderNo: OrderNo;
  /** What the message is about; the host keeps the text. */
  readonly template:
    | "order_confirmed"
    | "order_shipped"
    | "order_delivered"
    | "shortage_recorded"
    | "quantity_cancelled"
    | "order_amended"
    | "order_set_back"
    | "delivery_failed"
    | "order_deferred"
    | "order_merged"
    | "goods_given_up"
    | "goods_given_back"
    | "goods_substituted";
}

/** Send the order back to the customer with what must be completed. **Source:** mission 4.14 */
export interface ReturnToCustomer {
  /** Kind of request. */
  readonly type: "return_to_customer";
  /** Order. */
  readonly orderNo: OrderNo;
  /** What must be completed or changed. */
  readonly findings: readonly Finding[];
}

/** Have somebody look at soft findings. */
export interface Review {
  /** Kind of request. */
  readonly type: "review";
  /** Order. */
  readonly orderNo: OrderNo;
  /** What was found. */
  readonly findings: readonly Finding[];
}

/** Tell finance what to expect. **Source:** mission 7.3 */
export interface ExpectReceivable {
  /** Kind of request. */
  readonly type: "expect_receivable";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Money in the order's currency. */
  readonly amount: Decimal;
}

/** Have a bin counted, since its record proved wrong. */
export interface CountStock {
  /** Kind of request. */
  readonly type: "count_stock";
  /** Order at which it was found. */
  readonly orderNo: OrderNo;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Place. */
  readonly source: StockSource;
}

/**
 * Issue papers that were printed anew: goods that they name have left, or the header shows something else. Which of them were
 * printed the host knows; `revisePapers` says what their next version names.
 *
 * **Source:** mission 14.5, 14.6
 */
export interface Reprint {
  /** Kind of request. */
  readonly type: "reprint";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Paper. */
  readonly document: "pick_list" | "packing_list" | "delivery_note";
  /** Where the difference was found, or what else changed the quantity. */
  readonly cause: ShortageCause | "cancellation" | "amendment" | "promotion";
  /** Lines that changed. */
  readonly lineIds: readonly LineId[];
}

/**
 * Price the order again with `priceOrder`: lines joined it, or were agreed anew. What has no price yet gets one, promotions
 * are worked out over all lines, and prices that were promised stand under any policy.
 *
 * **Source:** mission 8.3, 9.17, 14.4
 */
export interface Reprice {
  /** Kind of request. */
  readonly type: "reprice";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Lines whose price may come out differently. */
  readonly lineIds: readonly LineId[];
}

/** Plan the delivery anew. */
export interface PlanDelivery {
  /** Kind of request. */
  readonly type: "plan_delivery";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Why. */
  readonly cause: "amendment" | "failedDelivery";
  /** Day that was agreed or promised, where there is one. */
  readonly day?: CalendarDay;
}

/** Claim from the carrier what was lost or spoilt on the way. */
export interface ClaimFromCarrier {
  /** Kind of request. */
  readonly type: "claim_from_carrier";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Carrier, in the site's own code. */
  readonly carrier?: string;
  /** What was lost. */
  readonly lines: readonly {
    /** Line. */ readonly lineId: LineId;
    /** Item. */ readonly itemCode: ItemCode;
    /** Quantity in the base unit. */ readonly quantity: Decimal;
    /** Why, in the site's own code. */ readonly reason: string;
  }[];
}

/** Pay money back. */
export interface Refund {
  /** Kind of request. */
  readonly type: "refund";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Money in the order's currency. */
  readonly amount: Decimal;
}

/** Add entries to the ledger of promotions, in the same transaction. **Source:** mission 6.3, 6.7, 6.8 */
export interface PostPromotionUsage {
  /** Kind of request. */
  readonly type: "post_promotion_usage";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Entries. */
  readonly entries: readonly PromotionUsageEntry[];
}

/** Correct what was billed, since promotions came out differently for what remains. **Source:** mission 6.8 */
export interface CorrectBilling {
  /** Kind of request. */
  readonly type: "correct_billing";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Money to credit to the customer. */
  readonly credit: Decimal;
  /** Money to charge. */
  readonly charge: Decimal;
}

/** Work promotions out again, since quantity left the order or came to it. **Source:** mission 6.8 */
export interface RevisePromotionsRequest {
  /** Kind of request. */
  readonly type: "revise_promotions";
  /** Order. */
  readonly orderNo: OrderNo;
  /** What changed. */
  readonly cause: RevisionCause;
}

/** Have gifts come back that were not earned after all. **Source:** mission 6.8 */
export interface TakeBackGift {
  /** Kind of request. */
  readonly type: "take_back_gift";
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line of the gift. */
  readonly lineId: LineId;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/**
 * Something that the host must do besides storing the outcome: the outbox of a decision.
 *
 * **Source:** mission 4.14, 6.8, 7.3, 14.5
 */
export type HostRequest =
  | NotifyCustomer
  | ReturnToCustomer
  | Review
  | ExpectReceivable
  | CountStock
  | Reprint
  | Reprice
  | PlanDelivery
  | ClaimFromCarrier
  | Refund
  | PostPromotionUsage
  | CorrectBilling
  | RevisePromotionsRequest
  | TakeBackGift;
