import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Rational } from "../core/unit-conversion.js";
import type { Bucket, ShortBucket, SourcedBucket } from "./bucket.js";
import type { ShortageOffer, ShortagePolicy } from "./customer.js";
import type { ItemCode, LineId, LotNo, OrderNo, Uom } from "./ids.js";
import type { GiftOrigin, LineAdjustment } from "./promotion/price-adjustment.js";
import type { StockSource } from "./stock.js";

/**
 * What an order line is for.
 *
 * **Source:** mission 5.2
 */
export type TransactionCategory = "sale" | "gift" | "exchange" | "backfill" | "depositDraw" | "sample";

/** All transaction categories. */
export const TRANSACTION_CATEGORIES: readonly TransactionCategory[] = [
  "sale",
  "gift",
  "exchange",
  "backfill",
  "depositDraw",
  "sample",
];

/** A discount that was agreed for the line: a percentage of the gross amount or a sum of money. */
export type LineDiscount =
  | { readonly kind: "percent"; /** 0 to 100. */ readonly percent: Decimal }
  | { readonly kind: "amount"; /** Money, not negative. */ readonly amount: Decimal };

/** Quantity of a line by bucket, in the item's base unit; the sum is what was ordered. **Source:** mission 11.1 */
export type Quantities = Readonly<Record<Bucket, Decimal>>;

/** What a line holds at one place, by bucket, in the item's base unit. Zero buckets are left out. */
export interface LineReservation extends StockSource {
  /** Quantity by bucket; over all reservations of a line the sums equal the line's buckets. */
  readonly quantities: Readonly<Partial<Record<SourcedBucket, Decimal>>>;
  /** Part of the picked quantity that stands on the vehicle. */
  readonly loaded?: Decimal;
}

/** Where a shortage was found. **Source:** mission 12.2a */
export type ShortageCause = "allocation" | "pick" | "load" | "delivery";

/** A recorded shortage of a line that is still to be served. **Source:** mission 12.2a, 12.2c */
export interface LineShortage {
  /** Bucket in which the quantity waits. */
  readonly bucket: ShortBucket;
  /** Where it was found. */
  readonly cause: ShortageCause;
  /** Short quantity in the base unit. */
  readonly quantity: Decimal;
  /** When it was found. */
  readonly since: Instant;
  /** Whether it is sent when stock comes, with the customer's next order, or as the whole order later. */
  readonly mode: "onArrival" | "withNextOrder" | "wholeOrder";
  /** Why: the code of the allocation's reason, or the site's own code for what was found on the floor or at the door. */
  readonly reason: string;
}

/** The line of an earlier order from which a line came over. **Source:** mission 9.17 */
export interface LineOrigin {
  /** Order that it was merged from. */
  readonly orderNo: OrderNo;
  /** Line of that order. */
  readonly lineId: LineId;
}

/**
 * The line that a line stands in for; once that line is merged, the line of the order in which it stepped in.
 *
 * **Source:** mission 8.3
 */
export interface SubstitutedLine {
  /** Line. */
  readonly lineId: LineId;
  /** Its item. */
  readonly itemCode: ItemCode;
  /** What of it was replaced, in its base unit. */
  readonly quantity: Decimal;
}

/** A date that the customer was told. Earlier promises are kept, never overwritten. **Source:** mission 8.1 */
export interface LinePromise {
  /** Promised day of delivery. */
  readonly day: CalendarDay;
  /** What the promise rests on. */
  readonly kind: "onHand" | "scheduled" | "capable" | "leadTime";
  /** When it was given. */
  readonly promisedAt: Instant;
}

/**
 * A line of an order.
 *
 * `orderedQty` and `unitPrice` are in the unit that the customer used (`uom`); buckets, reservations and shortages are
 * in the item's base unit. Law: `orderedQty × unitFactor = Σ quantities`.
 *
 * **Source:** mission 5.2, 5.10, 11.1
 */
export interface OrderLine {
  /** Id: order number, dash, counter. */
  readonly lineId: LineId;
  /** Counter, from 1. */
  readonly lineNo: number;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name as given or recalled. */
  readonly itemName: string;
  /** Specification. */
  readonly itemSpec?: string;
  /** What the line is for. */
  readonly transactionCategory: TransactionCategory;
  /** Ordered quantity in `uom`. */
  readonly orderedQty: Decimal;
  /** Unit of the order. */
  readonly uom: Uom;
  /** Base units in one `uom`, exact. */
  readonly unitFactor: Rational;
  /** The item's base unit. */
  readonly baseUom: Uom;
  /** Smallest deliverable step in the base unit; absent when any quantity can be given. */
  readonly quantum?: Decimal;
  /** Money for one `uom`; absent until the line is priced or when the order came without a price. */
  readonly unitPrice?: Decimal;
  /**
   * Whether the customer was promised this price for the line: goods that came over at the price of their order, a substitute
   * at the price that was told, what was amended or added at a price. Pricing leaves it as it is. Prices that came with the
   * order are not: the policy of pricing says whether they stand.
   */
  readonly priceAgreed?: boolean;
  /** Discount agreed for the line. */
  readonly discount?: LineDiscount;
  /** Discount in money, as priced: what was agreed and what promotions gave. */
  readonly allowance: Decimal;
  /** `orderedQty × unitPrice − allowance`, rounded. */
  readonly lineAmount: Decimal;
  /** What promotions took off, in the order in which they did; absent when none did. Part of the allowance. */
  readonly adjustments?: readonly LineAdjustment[];
  /** Promotion that added the line; absent for lines that the customer ordered. */
  readonly giftOf?: GiftOrigin;
  /** Line of an earlier order that it came from; absent for lines that were ordered here. */
  readonly mergedFrom?: LineOrigin;
  /** Line that it stands in for; absent for lines that the customer ordered. */
  readonly substituteFor?: SubstitutedLine;
  /** Where the ordered quantity is. */
  readonly quantities: Quantities;
  /** Where allocated, picked, shipped, delivered and returned quantity stands. */
  readonly reservations: readonly LineReservation[];
  /** Recorded shortages. */
  readonly shortages: readonly LineShortage[];
  /** Dates given to the customer, oldest first. */
  readonly promises: readonly LinePromise[];
  /** Delivered quantity that has been invoiced, in the base unit. */
  readonly invoicedQty: Decimal;
  /** Whether a part may come before the rest. */
  readonly partialAllowed: boolean;
  /** What happens with what cannot be served. */
  readonly shortagePolicy: ShortagePolicy;
  /** What is tried before, in this order; nothing when absent. */
  readonly shortageOffers?: readonly ShortageOffer[];
  /** Days of life that a lot must still have on the day of delivery. */
  readonly minimumRemainingLifeDays?: number;
  /** Temperature class in which the goods are kept; any when absent. */
  readonly temperatureClass?: string;
  /** Delivery group: the lines of an order that name the same one are served together or not at all. */
  readonly deliveryGroup?: string;
  /** Lot that the customer wants; the line takes no other. */
  readonly lotNo?: LotNo;
  /** Whether all of the line must come from one lot. */
  readonly oneLotOnly?: boolean;
}
