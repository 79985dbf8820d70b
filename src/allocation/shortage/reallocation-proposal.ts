import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { LineName } from "../../model/displacement.js";
import type { CustomerCode, ItemCode, OrderNo } from "../../model/ids.js";
import type { PlacedQuantity } from "../../model/reserved-places.js";
import type { StockPosition } from "../../model/stock.js";
import type { AllocationPolicy } from "../allocation-policy.js";
import type { ServiceFacts } from "../order-of-service.js";
import type { SupplyFacts } from "./supply-day.js";

/** How the harm of a transfer is counted, in the site's own measure (money, points). None may be negative. */
export interface HarmRates {
  /** For each line that gives goods up: somebody must be asked. */
  readonly perLine: Decimal;
  /** For each base unit that it gives up. */
  readonly perUnit: Decimal;
  /** For each base unit and day that it comes later. */
  readonly perUnitAndDay: Decimal;
  /** Factor by customer class; 1 for classes that are not named. */
  readonly classFactors?: Readonly<Record<string, Decimal>>;
  /** Days that count when nobody knows when goods come again. */
  readonly unknownDelayDays: number;
}

/** Who may be asked to give goods up, as data that a host stores. */
export interface ReallocationPolicy extends Pick<
  AllocationPolicy,
  "priority" | "sourcing" | "warehouses" | "bins" | "lotRestrictions" | "oneLotPerLine"
> {
  /** Whether promised days must be kept. */
  readonly promises: "keep" | "mayBreak";
  /** Types of holds that make the reservations of an order or a line firm. */
  readonly firmHolds?: readonly string[];
  /** Orders that were set back as often as this are left alone. */
  readonly maxTimesDisplaced?: number;
  /** How harm is counted. */
  readonly harm: HarmRates;
  /** Steps of the search for the least harm. */
  readonly steps: number;
}

/** What a proposal rests on. */
export interface ProposeReallocationContext extends SupplyFacts, ServiceFacts {
  /** Who may be asked. */
  readonly policy: ReallocationPolicy;
  /** Positions, each place once: whether a lot will do for the short line. */
  readonly stock: readonly StockPosition[];
}

/** Goods that one line would give up. */
export interface ReallocationTransfer {
  /** Line that gives. */
  readonly victim: LineName;
  /** Its customer, who is to be asked. */
  readonly customerCode: CustomerCode;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
  /** Where it is reserved. */
  readonly places: readonly PlacedQuantity[];
  /** Harm, in the measure of the policy. */
  readonly harm: Decimal;
  /** Day for which the victim was told its goods; absent when it was told none. */
  readonly oldDay?: CalendarDay;
  /** Day on which it can have them again; absent when nobody knows. */
  readonly newDay?: CalendarDay;
}

/** Why a line with reserved goods is not asked. */
export type NoDonorReason =
  "served_earlier" | "firm_hold" | "promise_kept" | "all_or_nothing" | "displaced_too_often" | "place_not_usable";

/** A line that is not asked. */
export interface NoDonor extends LineName {
  /** Why. */
  readonly code: NoDonorReason;
}

/** Who would give goods up for a short line. Nothing moves until every one of them has agreed. */
export interface ReallocationProposal {
  /** Id. */
  readonly proposalId: string;
  /** A proposal waits for consent; it is carried out with it, or not at all. */
  readonly state: "pending";
  /** Line that is short. */
  readonly winner: LineName;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity that would come, base unit. */
  readonly quantity: Decimal;
  /** Quantity that would still be short. */
  readonly stillShort: Decimal;
  /** Who gives what. */
  readonly transfers: readonly ReallocationTransfer[];
  /** Harm in all. */
  readonly harm: Decimal;
  /** Whether no other choice does less harm. */
  readonly optimal: boolean;
  /** Lines with reserved goods of the item that are not asked, and why. */
  readonly notAsked: readonly NoDonor[];
}

/** Command: for which line. */
export interface ProposeReallocation {
  /** Id for the proposal. */
  readonly proposalId: string;
  /** Order that is short. */
  readonly orderNo: OrderNo;
  /** Its line. */
  readonly lineId: string;
  /** Quantity in the base unit; absent for all that is open or back-filled. */
  readonly quantity?: Decimal;
}
