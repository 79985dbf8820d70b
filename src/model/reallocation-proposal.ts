import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { LineName } from "./displacement.js";
import type { CustomerCode, ItemCode } from "./ids.js";
import type { PlacedQuantity } from "./reserved-places.js";
import type { SupplyLimit } from "./supply-rule.js";

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
  | "served_earlier"
  | "firm_hold"
  | "promise_kept"
  | "all_or_nothing"
  | "comes_together"
  | "displaced_too_often"
  | "place_not_usable"
  | "not_in_books"
  | "group_cap"
  | "minimum_protected";

/** A line that is not asked. */
export interface NoDonor extends LineName {
  /** Why. */
  readonly code: NoDonorReason;
}

/** What caps and protected minimums of customer groups keep from a short line. */
export interface ReallocationHeldBack {
  /** How much more could go over without them, base unit. */
  readonly quantity: Decimal;
  /** Which of them: the cap of the line's group, the minimums of groups that would give, or both. */
  readonly limits: readonly SupplyLimit[];
  /** Group of the line; absent for a customer of none. */
  readonly group?: string;
  /** What was left of the cap of its group; absent where there is none. */
  readonly capLeft?: Decimal;
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
  /**
   * Proposals for other lines that come together with this one: each of them by itself is of no use, so they are carried out
   * all of them or none. Absent where there are none.
   */
  readonly together?: readonly string[];
  /** What rules of customer groups keep from the line; absent where nothing. */
  readonly heldBack?: ReallocationHeldBack;
}
