import type { Currency, ItemCode } from "../../model/ids.js";
import type { PromotionEffect } from "../../model/promotion/promotion-effect.js";

/** What arbitrary promotions may speak of. */
export interface PromotionBounds {
  /** Items; those of `arbitraryItem` when absent. At least one. */
  readonly itemCodes?: readonly ItemCode[];
  /** Categories of items; `food` and `drinks` when absent. */
  readonly categories?: readonly string[];
  /** Tags of items; `new` and `season` when absent. */
  readonly tags?: readonly string[];
  /** Kinds of effects; all when absent. At least one. */
  readonly kinds?: readonly PromotionEffect["kind"][];
  /** Currency of money; EUR when absent. */
  readonly currency?: Currency;
  /** Lanes of the policy; promotions name none when absent. */
  readonly lanes?: readonly string[];
}
