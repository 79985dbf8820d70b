import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { LocalTime } from "../core/time-zone.js";
import type { Address } from "./address.js";
import type { Currency, CustomerCode, SalespersonCode } from "./ids.js";

/** How goods are to be handed over. **Source:** mission 5.1, 5.7 */
export interface DeliveryRequirement {
  /** Earliest local time of arrival. */
  readonly windowFrom?: LocalTime;
  /** Latest local time of arrival. */
  readonly windowTo?: LocalTime;
  /** Work besides the drop: `shelving`, `labelling` or the site's own codes. */
  readonly services?: readonly string[];
  /** Free text for the driver. */
  readonly note?: string;
}

/** The place of a customer on a delivery route. **Source:** mission 5.4 */
export interface RoutePlace {
  /** Route. */
  readonly routeId: string;
  /** Position of the stop on the route, 1 first. */
  readonly position: number;
}

/** What may drive up to the customer's door. **Source:** mission 5.5 */
export interface VehicleRestriction {
  /** Greatest length of a vehicle in metres. */
  readonly maxLengthMetres?: Decimal;
  /** Greatest height in metres. */
  readonly maxHeightMetres?: Decimal;
  /** Greatest gross weight in kilograms. */
  readonly maxWeightKilograms?: Decimal;
  /** First local time at which the street is open to vehicles. */
  readonly accessFrom?: LocalTime;
  /** Last local time at which it is. */
  readonly accessTo?: LocalTime;
}

/** What unloading at the customer is like. **Source:** mission 5.6 */
export interface UnloadingConditions {
  /** Clear height of the entrance (a basement, say) in metres. */
  readonly clearHeightMetres?: Decimal;
  /** Floor on which goods are handed over, 0 for street level. */
  readonly floor?: number;
  /** Equipment that must come along. */
  readonly equipment?: readonly string[];
  /** Minutes of unloading beyond the usual. */
  readonly extraMinutes?: Decimal;
  /** People needed, the driver included. */
  readonly crew?: number;
}

/** How much the customer is trusted to pay. **Source:** mission 5.8, 7.1 */
export interface CreditTerms {
  /** Credit grade, `A` best. */
  readonly rating?: string;
  /** Greatest exposure in the customer's currency; absent for no limit. */
  readonly limit?: Decimal;
  /** Day from which these terms hold. */
  readonly since?: CalendarDay;
}

/**
 * What happens with quantity that cannot be served.
 *
 * | value | the short quantity … |
 * |---|---|
 * | `backfillOnArrival` | is recorded and sent when stock comes |
 * | `backfillWithNextOrder` | is recorded and sent with the customer's next order |
 * | `deferWholeOrder` | takes its whole order along: all is released and waits until all can be had |
 * | `mergeIntoNextOrder` | takes its whole order along into the customer's next order |
 * | `leaveOpen` | stays open, to be allocated again |
 * | `cancelRemainder` | will never come |
 *
 * **Source:** mission 9.15, 9.16, 9.17; definition B6
 */
export type ShortagePolicy =
  | "backfillOnArrival"
  | "backfillWithNextOrder"
  | "deferWholeOrder"
  | "mergeIntoNextOrder"
  | "leaveOpen"
  | "cancelRemainder";

/**
 * What is tried for short quantity before its policy is followed: goods of orders that come later, or another item.
 * The first needs the consent of everybody who gives goods up, the other that of the customer where the item asks for it.
 *
 * **Source:** mission 9.14, 8.3; definition B6
 */
export type ShortageOffer = "reallocate" | "substitute";

/**
 * A customer of the customer master.
 *
 * **Source:** mission 4.3, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8
 */
export interface Customer {
  /** Code. */
  readonly customerCode: CustomerCode;
  /** Name. */
  readonly name: string;
  /** Person to talk to. */
  readonly contact?: { readonly name?: string; readonly phone?: string; readonly email?: string };
  /** Where goods go unless the order says otherwise. */
  readonly shipToAddress: Address;
  /** Delivery area from large to small, at most three levels (`["city", "north", "harbour"]`); exactly one leaf. */
  readonly deliveryAreaPath: readonly string[];
  /** Place on a delivery route. */
  readonly route?: RoutePlace;
  /** Limits of the street. */
  readonly vehicleRestriction?: VehicleRestriction;
  /** Limits of the door. */
  readonly unloadingConditions?: UnloadingConditions;
  /** Standing wishes for every delivery. */
  readonly deliveryRequirement?: DeliveryRequirement;
  /** Customer class, `A` best; decides who is served first. */
  readonly customerClass?: string;
  /** Situation in the site's own code (`active`, `dormant`, `watch` …). */
  readonly situation?: string;
  /** Credit terms. */
  readonly credit?: CreditTerms;
  /** Tags, for promotions: `club`, `opening-2026` … */
  readonly tags?: readonly string[];
  /** Type that prices depend on (`retailer`, `restaurant` …). */
  readonly customerType?: string;
  /** Currency of the customer's orders. */
  readonly currency: Currency;
  /** Usual means of payment: a UN/ECE 4461 code or the site's own. */
  readonly paymentMeans?: string;
  /** Usual payment term: prices may differ between `cash` and `credit`. */
  readonly paymentTerm?: PaymentTerm;
  /** Salesperson who looks after the customer. */
  readonly salespersonCode?: SalespersonCode;
  /** Whether a part of a line may come before the rest. Default true. */
  readonly partialAllowed?: boolean;
  /** Whether orders come as a whole or not at all. Default false. */
  readonly shipComplete?: boolean;
  /** What happens with what cannot be served. Default `leaveOpen`. */
  readonly shortagePolicy?: ShortagePolicy;
  /** What is tried before, in this order. Default nothing. */
  readonly shortageOffers?: readonly ShortageOffer[];
  /** Days of life that a lot must still have on the day of delivery. */
  readonly minimumRemainingLifeDays?: number;
}

/** When the customer pays: before delivery, on delivery, or later. **Source:** mission 3.6, 7.2 */
export type PaymentTerm = "prepaid" | "cash" | "credit";
