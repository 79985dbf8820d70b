import type { Decimal } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import type { LineId } from "../ids.js";
import type { CouponCode, PromotionId } from "./promotion.js";

/** A run of units of a line that bear the same discount. */
export interface UnitShare {
  /** Units of the order; the last run may hold a fraction of one. */
  readonly quantity: Decimal;
  /** Money off the run; a whole number of minor units for each of its units. */
  readonly amount: Decimal;
}

/** What a promotion took off a line. **Source:** mission 6.6 */
export interface LineAdjustment {
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Code that was presented. */
  readonly code?: CouponCode;
  /** Money, above zero: the sum of the shares. */
  readonly amount: Decimal;
  /** The same by unit, from the line's first unit on; the quantities sum to the ordered quantity. */
  readonly shares: readonly UnitShare[];
}

/** What a promotion took off a charge of the order. */
export interface ChargeAdjustment {
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Code that was presented. */
  readonly code?: CouponCode;
  /** Place of the charge in the header's list, from 0. */
  readonly charge: number;
  /** Money, above zero. */
  readonly amount: Decimal;
}

/** A promotion on an order: what it gave in all. Its name and version are kept, so that papers stay readable. */
export interface AppliedPromotion {
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Its name. */
  readonly name: string;
  /** Code that was presented. */
  readonly code?: CouponCode;
  /** Money off lines and charges. */
  readonly amount: Decimal;
  /** Units of lines that got something; for a gift, the units given. */
  readonly units: Decimal;
  /** What goods given are worth, as their promotion values them; absent where it gives none, or states no value. */
  readonly giftWorth?: Decimal;
  /**
   * Units of goods that are earned, and that the order does without: left out for want of stock, declined or given back. They
   * do not come again by themselves. Absent for none.
   */
  readonly forgone?: Decimal;
  /** Whether an order that comes to nothing gives uses and budget back. */
  readonly uses: "giveBack" | "spent";
}

/** What promotions gave on an order, as last worked out. */
export interface OrderPromotions {
  /** Instant whose promotions hold for this order, whenever it is priced again. */
  readonly asOf: Instant;
  /** Promotions that applied, in the order in which they were evaluated. */
  readonly applied: readonly AppliedPromotion[];
  /** What was taken off charges. */
  readonly charges: readonly ChargeAdjustment[];
}

/** Where a gift line comes from. **Source:** mission 6.1, 6.8 */
export interface GiftOrigin {
  /** Promotion that gave it. */
  readonly promotionId: PromotionId;
  /** Its version. */
  readonly version: number;
  /** Lines that earned it; empty when an order as a whole or a coupon did. */
  readonly triggers: readonly LineId[];
}
