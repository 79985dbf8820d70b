import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Rational, UnitOfMeasure } from "../core/unit-conversion.js";
import type { Currency, ItemCode, Uom } from "./ids.js";

/**
 * What a customer pays for a substitute. Prices are for one base unit of the substitute; nothing falls below zero.
 *
 * | kind | the customer pays … |
 * |---|---|
 * | `own` | what the substitute costs this customer anyhow |
 * | `original` | what the goods cost that it replaces, by the ratio, with their agreed discount |
 * | `lower` | whichever of the two is less, discount counted; where only one is known, that one |
 *
 * `difference` is added: what the better grade costs more, less when negative.
 *
 * **Source:** mission 5.9, 8.3
 */
export type SubstitutePriceRule =
  | { readonly kind: "own"; /** Money for one base unit. */ readonly difference?: Decimal }
  | { readonly kind: "original"; /** Money for one base unit. */ readonly difference?: Decimal }
  | { readonly kind: "lower" };

/** An item that can take another's place. **Source:** mission 5.9 */
export interface SubstituteItem {
  /** The item that steps in. */
  readonly itemCode: ItemCode;
  /** Base units of the substitute for one base unit of the item it replaces. */
  readonly ratio: Rational;
  /** Among those that suffice, by as short a way, the lower number is offered first; so it is among those that do not. */
  readonly priority: number;
  /** First day on which it may be offered. */
  readonly validFrom?: CalendarDay;
  /** First day on which it may no longer be offered. */
  readonly validTo?: CalendarDay;
  /** Whether the customer must agree. */
  readonly consentRequired: boolean;
  /** What the customer pays for it; its own price when absent. */
  readonly priceRule?: SubstitutePriceRule;
}

/**
 * An item of the item master. Quantities are in the base unit.
 *
 * **Source:** mission 5.9, 5.10, 4.9
 */
export interface Item {
  /** Code. */
  readonly itemCode: ItemCode;
  /** Name. */
  readonly name: string;
  /** Specification: model, size, grade. */
  readonly spec?: string;
  /** Global trade item number, digits only. */
  readonly gtin?: string;
  /** Unit in which stock is kept. */
  readonly baseUom: Uom;
  /** Further units in which the item is ordered, each with its base units. The base unit itself need not be listed. */
  readonly units?: readonly UnitOfMeasure[];
  /** Ordered quantity must be a multiple of this. */
  readonly orderMultiple?: Decimal;
  /** Least quantity of one order line. */
  readonly minOrderQty?: Decimal;
  /** Smallest step in which the item is delivered; allocation never gives less or breaks it. */
  readonly quantum?: Decimal;
  /** Cubic metres of one base unit. */
  readonly unitVolume?: Decimal;
  /** Kilograms of one base unit. */
  readonly unitWeight?: Decimal;
  /** Temperature class in which it is kept, in the site's own code (`chilled`, `frozen` …); any when absent. */
  readonly temperatureClass?: string;
  /** Items that can take its place. */
  readonly substitutes?: readonly SubstituteItem[];
  /** Categories, for order books and promotions. */
  readonly categories?: readonly string[];
  /** Tags, for promotions: `new`, `season-26` … */
  readonly tags?: readonly string[];
  /** Attributes, for promotions: brand, maker, grade … */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Tax rate in percent; needed where promotions state money with tax and prices without it, or the other way round. */
  readonly taxRate?: Decimal;
  /** `discontinued` items are sold until the stock is gone and never bought again. */
  readonly lifeStatus?: "active" | "discontinued" | "planned" | "obsolete";
  /** Buy again when stock and purchases together fall to this quantity. */
  readonly reorderLevel?: Decimal;
}

/**
 * One price of the price structure. What it leaves open fits everything.
 *
 * **Source:** mission 3.6
 */
export interface PriceEntry {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Only for this customer type. */
  readonly customerType?: string;
  /** Only for this payment term. */
  readonly paymentTerm?: "prepaid" | "cash" | "credit";
  /** Unit that the price is for. */
  readonly uom: Uom;
  /** Currency of the price. */
  readonly currency: Currency;
  /** From this quantity on, in `uom`. */
  readonly minQuantity?: Decimal;
  /** First day. */
  readonly validFrom?: CalendarDay;
  /** First day on which it no longer holds. */
  readonly validTo?: CalendarDay;
  /** Money for one `uom`. */
  readonly unitPrice: Decimal;
  /** Least money for one `uom`: no promotion goes below it. */
  readonly floorPrice?: Decimal;
}
