import type { Decimal } from "../core/decimal.js";
import type { Rational } from "../core/unit-conversion.js";
import type { LineName } from "./displacement.js";
import type { CustomerCode, ItemCode, Uom } from "./ids.js";
import type { LineDiscount } from "./order-line.js";

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
