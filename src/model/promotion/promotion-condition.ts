import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { LocalTime } from "../../core/time-zone.js";
import type { LineSelector } from "./line-selector.js";

/** What of the customer a condition asks for. */
export type CustomerFact = "customerCode" | "customerType" | "customerClass" | "creditRating" | "tag";

/** What of the order's header a condition asks for; `deliveryArea` is any level of the path. */
export type OrderFact =
  "channel" | "orderSource" | "paymentTerm" | "paymentMeans" | "deliveryArea" | "deliveryWaveId" | "salespersonCode";

/** What of the selected lines a condition measures. */
export type LineMeasure =
  /** Σ quantity in the unit of the order. */
  | "quantity"
  /** Σ quantity × price before any discount. */
  | "amount"
  /** The same after what was agreed for the lines and after the promotions that came before. */
  | "discountedAmount"
  /** Number of lines. */
  | "lines"
  /** Number of different items. */
  | "items";

/**
 * When a promotion holds: a tree over order, customer, lines and time. A bound that is left out does not bind; bounds are
 * inclusive, ends of periods are not.
 *
 * **Source:** mission 6.2, 6.7
 */
export type PromotionCondition =
  | { readonly kind: "customer"; readonly fact: CustomerFact; /** One of these. */ readonly in: readonly string[] }
  | { readonly kind: "order"; readonly fact: OrderFact; /** One of these. */ readonly in: readonly string[] }
  | {
      readonly kind: "lines";
      /** Lines that are measured. */ readonly which: LineSelector;
      /** What is measured. */ readonly measure: LineMeasure;
      /** Least. */ readonly atLeast?: Decimal;
      /** Most. */ readonly atMost?: Decimal;
    }
  | {
      /** The order is the customer's n-th, counted from 1. */ readonly kind: "nthOrder";
      /** First order that counts; 1 when absent. */ readonly from?: number;
      /** Last order that counts. */ readonly to?: number;
      /** Of those only every n-th, beginning with the first. */ readonly every?: number;
    }
  | {
      /**
       * Days and hours at the place of the promotion's time zone. Hours that run over midnight belong to the day on which
       * they begin: Friday from 22:00 to 02:00 ends on Saturday at two.
       */
      readonly kind: "time";
      /** Days of the week, 1 Monday to 7 Sunday. */ readonly weekdays?: readonly number[];
      /** First day. */ readonly fromDay?: CalendarDay;
      /** First day on which it no longer holds. */ readonly toDay?: CalendarDay;
      /** Begin of the hours. */ readonly fromTime?: LocalTime;
      /** End of the hours; before `fromTime` for hours that run over midnight. */ readonly toTime?: LocalTime;
    }
  | { readonly kind: "all"; /** Parts that must all hold. */ readonly of: readonly PromotionCondition[] }
  | { readonly kind: "any"; /** Parts of which one must hold. */ readonly of: readonly PromotionCondition[] }
  | { readonly kind: "not"; /** What must not hold. */ readonly of: PromotionCondition };
