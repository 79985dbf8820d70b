import type { Decimal } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import type { CustomerCode, OrderNo } from "../ids.js";
import type { CouponCode, PromotionId } from "./promotion.js";

/**
 * One entry of the ledger of promotions: what an order takes of a promotion's limits, or gives back. Entries are only
 * ever added; their sums say what is left.
 *
 * | kind | what it says |
 * |---|---|
 * | `reserve` | an order that is not confirmed yet counts on it |
 * | `release` | the order no longer does, or has come to use it |
 * | `use` | a confirmed order has it |
 * | `giveBack` | the order has it no longer |
 *
 * **Source:** mission 6.3, 6.7, 6.8
 */
export interface PromotionUsageEntry {
  /** Id: the id of the event that caused it, a slash and a counter. */
  readonly entryId: string;
  /** Kind. */
  readonly kind: "reserve" | "release" | "use" | "giveBack";
  /** Promotion. */
  readonly promotionId: PromotionId;
  /** Code. */
  readonly code?: CouponCode;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Order. */
  readonly orderNo: OrderNo;
  /** Orders: 1, or 0 where only amount or units change. */
  readonly uses: number;
  /** Money, and what goods given are worth; not negative. */
  readonly amount: Decimal;
  /** Units, not negative. */
  readonly units: Decimal;
  /** When. */
  readonly at: Instant;
}
