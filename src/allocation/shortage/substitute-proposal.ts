import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import type { Item } from "../../model/item.js";
import type { Order } from "../../model/order.js";
import type { StockPosition } from "../../model/stock.js";
import type { SupplyLimit, SupplyRule } from "../../model/supply-rule.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";

/** What an item costs a customer: money for one base unit; undefined when nobody knows. */
export type OwnPriceOf = (itemCode: ItemCode, order: Order) => Decimal | undefined;

/** Command: for which line. */
export interface ProposeSubstitutes {
  /** Id for the proposals; each has it with its rank. */
  readonly proposalId: string;
  /** Line that is short. */
  readonly lineId: LineId;
}

/** What proposals of substitutes rest on. */
export interface ProposeSubstitutesContext {
  /** Item master by code. */
  readonly items: ReadonlyMap<ItemCode, Item>;
  /** Positions, each place once. */
  readonly stock: readonly StockPosition[];
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** What an item costs this customer by itself; without it only what is told by the price of the line is known. */
  readonly unitPriceOf?: OwnPriceOf;
  /** Caps and protected minimums of customer groups as they stand now; none when absent. */
  readonly protection?: readonly SupplyRule[];
}

/**
 * Why an item that steps in by the master is not proposed.
 *
 * | code | |
 * |---|---|
 * | `not_valid_today` | not on this day |
 * | `unknown_item` | the master does not have it |
 * | `not_orderable` | it is planned or obsolete |
 * | `none_free` | nothing is free of it |
 * | `no_exact_quantity` | no part of what is short can be replaced in the ratio, by steps and order multiples of both |
 * | `not_for_all` | not enough for all that is short, and the line takes all or nothing |
 * | `protected_for_others` | it is free, but kept for other customer groups |
 * | `group_cap` | it is free, but the customer's group has used up its cap |
 * | `out_of_range` | ratio or price has more digits than a record may have |
 */
export type NoSubstituteReason =
  | "not_valid_today"
  | "unknown_item"
  | "not_orderable"
  | "none_free"
  | "no_exact_quantity"
  | "not_for_all"
  | SupplyLimit
  | "out_of_range";

/** An item that is not proposed. */
export interface NoSubstitute {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Why. */
  readonly code: NoSubstituteReason;
  /** What is free of it and kept from the customer's group, in its base unit; where that is why. */
  readonly held?: Decimal;
}

/** What could take the place of what a line lacks, and what could not. */
export interface SubstituteProposals {
  /** The best first. */
  readonly proposals: readonly SubstituteProposal[];
  /** Items of the master that are not proposed, by code. */
  readonly notOffered: readonly NoSubstitute[];
}
