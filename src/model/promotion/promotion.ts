import type { Decimal } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import type { Currency, Flavoured, ItemCode } from "../ids.js";
import type { PromotionCondition } from "./promotion-condition.js";
import type { PromotionEffect } from "./promotion-effect.js";

/** Id of a promotion, the same over its versions. */
export type PromotionId = Flavoured<"PromotionId">;
/** What a customer presents: a coupon's or a voucher's code. */
export type CouponCode = Flavoured<"CouponCode">;

/** Codes that start a promotion: a few that stand in it, or those of a batch, each with a record of its own. */
export type PromotionCoupons =
  | { readonly kind: "codes"; /** Codes as the customer presents them. */ readonly codes: readonly CouponCode[] }
  | { readonly kind: "batch"; /** Batch; see `Coupon`. */ readonly batchId: string };

/** How much a promotion may give. What is left out does not bind. */
export interface PromotionLimits {
  /** Orders that may use it in all. */
  readonly uses?: number;
  /** Orders of one customer. */
  readonly usesPerCustomer?: number;
  /** Orders that may use the same code. */
  readonly usesPerCode?: number;
  /** Money that it may give in all; goods given count at the value that the promotion states. */
  readonly budget?: Decimal;
  /** Units that may get something in all: the stock set aside for a clearance. Lines are served in their order. */
  readonly units?: Decimal;
  /** Money that it may give on one order; goods given count as above. */
  readonly amountPerOrder?: Decimal;
  /** What happens on the order that goes beyond the budget: it gets what is left, or nothing. */
  readonly beyondBudget?: "capped" | "refused";
}

/** How a promotion goes together with others. */
export interface PromotionCombination {
  /** Lower numbers are looked at first. */
  readonly priority: number;
  /** Lane that it runs in; one of the policy's. The policy's only, or first, lane when absent. */
  readonly lane?: string;
  /** Of the promotions of a group only the one that gives most on the order is applied. */
  readonly bestOf?: string;
  /**
   * `order`: where it applies, no other promotion does; where another has applied before, it does not.
   * `lines`: the same for the lines that it takes something off.
   */
  readonly exclusive?: "order" | "lines";
  /**
   * Once it has applied, no later promotion is looked at. In a lane of the best: as soon as it gives a line more than all
   * before it.
   */
  readonly stop?: true;
  /** Class, and the classes that it goes together with: both sides must name each other. Absent: with all that have none. */
  readonly classes?: { readonly own: string; readonly combinesWith: readonly string[] };
  /** Amounts that it is computed from: before promotions, or after those that came before. */
  readonly base: "initial" | "running";
  /** Whether lines that something was taken off already (agreed or by a promotion) are left out. */
  readonly discountedLines: "include" | "skip";
}

/** Causes for which less of an order remains, or more of it is wanted, than was priced. */
export type RevisionCause = "cancel" | "short" | "return" | "amend";

/**
 * What becomes of a promotion when the order changes later.
 *
 * - `keep`: what was given stays, as far as what remains can bear it;
 * - `proRate`: what goes takes its own share along, the rest stays as it was;
 * - `reEvaluate`: it is worked out anew for what remains, by the definitions of then;
 * - `clawBack`: while its conditions still hold it is as `proRate`; when they do not, all of it is taken back.
 */
export type RevisionPolicy = "keep" | "proRate" | "reEvaluate" | "clawBack";

/** Revision policy by cause, and what happens to gifts that turn out not to be earned. */
export interface PromotionRevision extends Readonly<Record<RevisionCause, RevisionPolicy>> {
  /**
   * Gifts that are no longer earned: those that have not left are cancelled in any case but `keep`; those that have are
   * to come back (`takeBack`) or are charged at their value (`charge`).
   */
  readonly unearnedGifts: "keep" | "takeBack" | "charge";
  /** Whether uses and budget of an order that comes to nothing are free again. */
  readonly uses: "giveBack" | "spent";
}

/**
 * A promotion, as data that a host stores. A changed promotion is a new version; the versions of one promotion must not
 * hold at the same time.
 *
 * **Source:** mission 6.1, 6.2, 6.3, 6.4, 6.5, 6.7, 6.8, 7.7; definition B18
 */
export interface Promotion {
  /** Id. */
  readonly promotionId: PromotionId;
  /** Version, from 1. */
  readonly version: number;
  /** Name, as customers read it. */
  readonly name: string;
  /** Why it is done, in the words of who decided it. */
  readonly reason: string;
  /** Function or person that answers for it. */
  readonly owner: string;
  /** When it holds: from the first instant on, until before the second. */
  readonly validity: { readonly from: Instant; readonly to?: Instant };
  /** Time zone of the days and hours in its conditions. IANA name. */
  readonly timeZone: string;
  /** Currency of its money; needed where it names any. It then holds for orders in this currency alone. */
  readonly currency?: Currency;
  /** Codes that start it; absent for a promotion that holds by itself. */
  readonly coupons?: PromotionCoupons;
  /** When it holds besides; absent for always. */
  readonly condition?: PromotionCondition;
  /** What it gives. */
  readonly effect: PromotionEffect;
  /** How much it may give. */
  readonly limits?: PromotionLimits;
  /** How it goes together with others. */
  readonly combination: PromotionCombination;
  /** What becomes of it when the order changes later. */
  readonly revision: PromotionRevision;
}

/** One code of a batch: a coupon packed with goods, mailed to a household, printed on a receipt. **Source:** mission 6.3 */
export interface Coupon {
  /** Code. */
  readonly code: CouponCode;
  /** Batch; promotions name it. */
  readonly batchId: string;
  /** First instant at which it is good, where that differs from the promotion. */
  readonly validFrom?: Instant;
  /** First instant at which it is no longer good. */
  readonly validTo?: Instant;
  /** Customers that may present it; absent for all. */
  readonly customerCodes?: readonly string[];
  /** Items that it is good for (`couponItems` of a selector). */
  readonly itemCodes?: readonly ItemCode[];
  /** Set for a code that was withdrawn. */
  readonly blocked?: true;
}
