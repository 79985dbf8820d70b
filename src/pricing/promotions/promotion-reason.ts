import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import type { LocalTime } from "../../core/time-zone.js";
import type { LineId } from "../../model/ids.js";
import type { CouponCode, PromotionId } from "../../model/promotion/promotion.js";
import type {
  CustomerFact,
  LineMeasure,
  OrderFact,
  PromotionCondition,
} from "../../model/promotion/promotion-condition.js";

/** Why a promotion did not apply or gave less, or what a code lacks: the codes with their facts. */
export interface PromotionReasonParams {
  /** It does not hold yet. */
  readonly not_started: { /** From then on it does. */ readonly from: Instant };
  /** It holds no longer. */
  readonly ended: { /** Since then. */ readonly to: Instant };
  /** It is for orders in another currency. */
  readonly other_currency: { /** The one. */ readonly expected: string };
  /** It needs a code, and none that is good was presented. */
  readonly code_not_presented: { readonly [name: string]: never };
  /** The customer is not one of those meant. */
  readonly customer_not_meant: {
    /** What was asked for. */ readonly fact: CustomerFact;
    /** What would do. */ readonly expected: readonly string[];
    /** What the customer is. */ readonly actual: readonly string[];
  };
  /** The order is not one of those meant. */
  readonly order_not_meant: {
    /** What was asked for. */ readonly fact: OrderFact;
    /** What would do. */ readonly expected: readonly string[];
    /** What the order is. */ readonly actual: readonly string[];
  };
  /** Less is on the order than it takes. */
  readonly too_little: {
    /** What is measured. */ readonly measure: LineMeasure;
    /** Least. */ readonly atLeast: Decimal;
    /** What is there. */ readonly actual: Decimal;
    /** What is lacking. */ readonly missing: Decimal;
  };
  /** More is on the order than is allowed. */
  readonly too_much: {
    /** What is measured. */ readonly measure: LineMeasure;
    /** Most. */ readonly atMost: Decimal;
    /** What is there. */ readonly actual: Decimal;
  };
  /** The order is not the first, or n-th, one. */
  readonly order_not_counted: {
    /** Its number, 1 for the first. */ readonly order: number | "unknown";
    /** First that counts. */ readonly from: number;
    /** Last that counts. */ readonly to?: number;
    /** Of those every n-th. */ readonly every?: number;
  };
  /** Day or hour are not those meant. */
  readonly wrong_time: {
    /** Day at the place of the promotion. */ readonly day: CalendarDay;
    /** Time there. */ readonly time: LocalTime;
    /** What would do. */ readonly meant: Omit<Extract<PromotionCondition, { readonly kind: "time" }>, "kind">;
  };
  /** What must not be is: a `not` of the conditions. */
  readonly ruled_out: {
    /** Kind of the condition that held. */ readonly condition: string;
    /** What it asked for, where it is about customer or order. */ readonly fact?: CustomerFact | OrderFact;
    /** What must not be, and is. */ readonly actual?: readonly string[];
  };
  /** None of several ways to qualify was met; the reasons of each follow. */
  readonly none_met: { /** How many ways there are. */ readonly ways: number };
  /** No line of the order is meant. */
  readonly no_line: { readonly [name: string]: never };
  /** The lines meant can bear no further discount. */
  readonly nothing_left: { readonly [name: string]: never };
  /** Not enough was bought. */
  readonly not_enough_bought: {
    /** What is counted. */ readonly measure: "quantity" | "amount";
    /** What one time takes. */ readonly needed: Decimal;
    /** What is there and not used by another offer. */ readonly actual: Decimal;
    /** What is lacking. */ readonly missing: Decimal;
  };
  /** Enough was bought, but what could be got is not on the order. */
  readonly nothing_to_get: { readonly [name: string]: never };
  /** The first step is not reached. */
  readonly step_not_reached: {
    /** What is measured. */ readonly measure: "quantity" | "amount";
    /** First step. */ readonly from: Decimal;
    /** What is there. */ readonly actual: Decimal;
    /** What is lacking. */ readonly missing: Decimal;
  };
  /** There is no full group of units. */
  readonly no_full_group: {
    /** Units of a group. */ readonly size: number;
    /** Units there. */ readonly actual: Decimal;
    /** Units lacking. */ readonly missing: Decimal;
  };
  /** None of the gifts can be had. */
  readonly gift_unavailable: { /** Items. */ readonly items: readonly string[] };
  /** The customer has not chosen a gift. */
  readonly gift_not_chosen: { /** What there is to choose from. */ readonly items: readonly string[] };
  /** There is no charge of the kinds meant. */
  readonly no_charge: { /** Kinds. */ readonly charges: readonly string[] };
  /** It has been used as often as it may. */
  readonly uses_exhausted: { /** Limit. */ readonly limit: number };
  /** This customer has used it as often as one may. */
  readonly customer_uses_exhausted: { /** Limit. */ readonly limit: number };
  /** This code has been used as often as it may. */
  readonly code_uses_exhausted: { /** Limit. */ readonly limit: number };
  /** Its budget is spent. */
  readonly budget_exhausted: { /** Budget. */ readonly limit: Decimal; /** What is left. */ readonly left: Decimal };
  /** The units set aside for it are gone. */
  readonly units_exhausted: { /** Units. */ readonly limit: Decimal };
  /** It applies alone, and another applies. */
  readonly exclusive: { /** The other. */ readonly by: PromotionId };
  /** Another applies, which allows none beside it. */
  readonly excluded: { /** The other. */ readonly by: PromotionId };
  /** Another applies, after which nothing else is looked at. */
  readonly stopped: { /** The other. */ readonly by: PromotionId };
  /** It does not go together with one that applies. */
  readonly not_combinable: { /** The other. */ readonly with: PromotionId };
  /** Of its group another gives more. */
  readonly lost_in_group: { /** Group. */ readonly group: string; /** The other. */ readonly by: PromotionId };
  /** On every line another of its lane gives more. */
  readonly lost_on_lines: {
    /** Lane. */ readonly lane: string;
    /** The others. */ readonly by: readonly PromotionId[];
  };
  /** Leaving it out gives the customer more in all. */
  readonly not_chosen: { readonly [name: string]: never };
  /** Nobody issued this code. */
  readonly code_unknown: { readonly [name: string]: never };
  /** The code has its check character wrong: a slip of the pen. */
  readonly code_mistyped: { readonly [name: string]: never };
  /** The code was withdrawn. */
  readonly code_blocked: { readonly [name: string]: never };
  /** The code is not good yet. */
  readonly code_not_started: { /** From then on it is. */ readonly from: Instant };
  /** The code is no longer good. */
  readonly code_ended: { /** Since then. */ readonly to: Instant };
  /** The code is another customer's. */
  readonly code_other_customer: { readonly [name: string]: never };
  /** The code was presented twice. */
  readonly code_twice: { readonly [name: string]: never };
  /** Of several codes of one promotion only the first counts. */
  readonly other_code_counts: { /** The one that counts. */ readonly other: CouponCode };
  /** It gives no more than a sum of its own. */
  readonly cap_reached: {
    /** Most. */ readonly cap: Decimal;
    /** What it would have been. */ readonly wanted: Decimal;
  };
  /** It gives no more groups, or units, on one order. */
  readonly most_reached: {
    /** What is counted. */ readonly of: "groups" | "units";
    /** Most. */ readonly most: Decimal;
  };
  /** Floor prices kept it from taking more off lines. */
  readonly floor_reached: {
    /** Lines. */ readonly lineIds: readonly LineId[];
    /** Money that nobody got: what other lines could take over is not lost. */ readonly lost: Decimal;
  };
  /** Lines cost nothing more. */
  readonly zero_reached: {
    /** Lines. */ readonly lineIds: readonly LineId[];
    /** Money that nobody got. */ readonly lost: Decimal;
  };
  /** Fewer units were left of those set aside for it. */
  readonly units_cut: {
    /** Set aside. */ readonly limit: Decimal;
    /** Left. */ readonly left: Decimal;
    /** What it would have been. */ readonly wanted: Decimal;
  };
  /** Less was left of its budget. */
  readonly budget_cut: {
    /** Budget. */ readonly limit: Decimal;
    /** Left. */ readonly left: Decimal;
    /** What it would have been. */ readonly wanted: Decimal;
  };
  /** It gives no more on one order. */
  readonly order_limit_reached: {
    /** Most. */ readonly limit: Decimal;
    /** What it would have been. */ readonly wanted: Decimal;
  };
  /** Goods that the order has earned stay away: they were declined, given back or left out for want of stock. */
  readonly gift_forgone: { /** Units. */ readonly units: Decimal };
  /** On some lines another promotion of its lane gives more. */
  readonly lost_on_some_lines: {
    /** Lane. */ readonly lane: string;
    /** Lines. */ readonly lineIds: readonly LineId[];
    /** The others. */ readonly by: readonly PromotionId[];
  };
}

/** Codes of the reasons. */
export type PromotionReasonCode = keyof PromotionReasonParams;

/** One reason with its facts. **Source:** mission 6.3, 6.7 */
export type PromotionReason = {
  [Code in PromotionReasonCode]: {
    /** Code. */ readonly code: Code;
    /** Facts. */ readonly params: PromotionReasonParams[Code];
  };
}[PromotionReasonCode];

/** A reason for which a promotion gave less than it says. **Source:** mission 6.6, 6.7 */
export type PromotionCut = Extract<
  PromotionReason,
  {
    readonly code:
      | "cap_reached"
      | "most_reached"
      | "floor_reached"
      | "zero_reached"
      | "units_cut"
      | "budget_cut"
      | "order_limit_reached"
      | "gift_forgone"
      | "lost_on_some_lines";
  }
>;
