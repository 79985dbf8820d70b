import type { Decimal } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import type { Currency, ItemCode, LineId } from "../../model/ids.js";
import type { OrderCharge } from "../../model/order.js";
import type { CouponCode } from "../../model/promotion/promotion.js";
import type { CustomerFact, OrderFact } from "../../model/promotion/promotion-condition.js";

/** A line of goods as promotions see it. Lines that cost nothing (gifts, samples …) are left out of a cart. */
export interface CartLine {
  /** Id. */
  readonly lineId: LineId;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the unit of the order, above zero. */
  readonly quantity: Decimal;
  /** Money for one unit of the order, not negative. */
  readonly unitPrice: Decimal;
  /** Money that was agreed off the line, in minor units; nothing when absent. */
  readonly agreedDiscount?: Decimal;
  /** Least money for one unit: no promotion goes below it. */
  readonly floorPrice?: Decimal;
  /** Categories of the item. */
  readonly categories?: readonly string[];
  /** Tags of the item. */
  readonly tags?: readonly string[];
  /** Attributes of the item. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Tax rate in percent. */
  readonly taxRate?: Decimal;
}

/**
 * What promotions are worked out for: a shop's basket or an order's lines of goods with what is known of customer and
 * order. The order of the lines is that of all tie rules.
 *
 * **Source:** mission 6.2, 6.6
 */
export interface PromotionCart {
  /** Instant whose promotions hold. */
  readonly at: Instant;
  /** Currency of all money. */
  readonly currency: Currency;
  /** Lines, each id once. */
  readonly lines: readonly CartLine[];
  /** What is known of the customer. */
  readonly customer?: Readonly<Partial<Record<Exclude<CustomerFact, "tag">, string>>> & {
    /** Tags. */
    readonly tags?: readonly string[];
    /** Orders that the customer has placed before this one; unknown when absent. */
    readonly earlierOrders?: number;
  };
  /** What is known of the order. */
  readonly order?: Readonly<Partial<Record<Exclude<OrderFact, "deliveryArea">, string>>> & {
    /** Delivery area, large to small. */
    readonly deliveryAreaPath?: readonly string[];
  };
  /** Charges, for promotions on freight. */
  readonly charges?: readonly OrderCharge[];
  /** Codes that the customer presents, in the order in which they count. */
  readonly couponCodes?: readonly CouponCode[];
  /** Goods that the customer chose as gift, by promotion. */
  readonly giftChoices?: Readonly<Record<string, ItemCode>>;
}
