import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { Rational } from "../../core/unit-conversion.js";
import type { LineName } from "../../model/displacement.js";
import type { CustomerCode, ItemCode, LineId, Uom } from "../../model/ids.js";
import type { Item } from "../../model/item.js";
import type { Order } from "../../model/order.js";
import type { LineDiscount } from "../../model/order-line.js";
import type { StockPosition } from "../../model/stock.js";

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
}

/** An item that could take the place of what a line lacks. Nothing changes until it is carried out. */
export interface SubstituteProposal {
  /** Id: that of the command, dash, rank. What the customer agrees to. */
  readonly proposalId: string;
  /** A proposal waits; where the customer must agree, for the consent. */
  readonly state: "pending";
  /** Line that is short. */
  readonly line: LineName;
  /** Customer, who is to be asked. */
  readonly customerCode: CustomerCode;
  /** Items that step in one for another, from the line's item to the substitute. */
  readonly way: readonly ItemCode[];
  /** The substitute. */
  readonly itemCode: ItemCode;
  /** Base units of the substitute for one base unit of the line's item, over the whole way. */
  readonly ratio: Rational;
  /** What of the line would be replaced, in its base unit. */
  readonly replaces: Decimal;
  /** What would come in its place, in the substitute's base unit. */
  readonly quantity: Decimal;
  /** What the line would still lack. */
  readonly stillShort: Decimal;
  /** Whether that is nothing. */
  readonly suffices: boolean;
  /** What is free of the substitute now. */
  readonly available: Decimal;
  /** The same quantity in `uom`, as the new line would have it. */
  readonly orderedQty: Decimal;
  /** Unit of the new line: that of the short line where the substitute has it, else the base unit. */
  readonly uom: Uom;
  /** Base units of the substitute in one `uom`. */
  readonly unitFactor: Rational;
  /** What the customer would pay for one `uom`; absent when it is not known. */
  readonly unitPrice?: Decimal;
  /** Discount that would come along from the short line. */
  readonly discount?: LineDiscount;
  /** What the customer would pay more for what replaces one unit of the order, less when negative, discounts counted. */
  readonly unitPriceDifference?: Decimal;
  /** What the customer would pay more in all, less when negative, in the currency of the order. */
  readonly priceDifference?: Decimal;
  /** Whether the customer must agree. */
  readonly consentRequired: boolean;
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
 * | `out_of_range` | ratio or price has more digits than a record may have |
 */
export type NoSubstituteReason =
  | "not_valid_today"
  | "unknown_item"
  | "not_orderable"
  | "none_free"
  | "no_exact_quantity"
  | "not_for_all"
  | "out_of_range";

/** An item that is not proposed. */
export interface NoSubstitute {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Why. */
  readonly code: NoSubstituteReason;
}

/** What could take the place of what a line lacks, and what could not. */
export interface SubstituteProposals {
  /** The best first. */
  readonly proposals: readonly SubstituteProposal[];
  /** Items of the master that are not proposed, by code. */
  readonly notOffered: readonly NoSubstitute[];
}
