import { decimal } from "../core/decimal.js";
import { instant } from "../core/instant.js";
import type { Coupon, Promotion } from "../model/promotion/promotion.js";

/**
 * A promotion that holds: 10 % off every line, from 2026 on, worked out anew whenever the order changes, unless the test
 * says otherwise.
 *
 * @param part what the test cares about
 * @returns the promotion
 *
 * **Source:** mission 6.2
 * @example
 * ```ts
 * import { checkPromotion } from "ordercycle";
 * import { anyPromotion } from "ordercycle/testing";
 * checkPromotion(anyPromotion({ promotionId: "SPRING" })); // => []
 * ```
 */
export function anyPromotion(part: Partial<Promotion> = {}): Promotion {
  return {
    promotionId: "P-1",
    version: 1,
    name: "Ten percent",
    reason: "to win back customers",
    owner: "sales",
    validity: { from: instant("2026-01-01T00:00:00Z") },
    timeZone: "Europe/Berlin",
    effect: { kind: "percentOff", which: { kind: "every" }, percent: decimal("10"), spread: "eachLine" },
    combination: { priority: 10, base: "running", discountedLines: "include" },
    revision: {
      cancel: "reEvaluate",
      short: "reEvaluate",
      return: "reEvaluate",
      amend: "reEvaluate",
      unearnedGifts: "takeBack",
      uses: "giveBack",
    },
    ...part,
  };
}

/**
 * A coupon `TEA-7` of batch `B-1` that anybody may present at any time, unless the test says otherwise.
 *
 * @param part what the test cares about
 * @returns the coupon
 *
 * **Source:** mission 6.3
 * @example
 * ```ts
 * import { anyCoupon } from "ordercycle/testing";
 * anyCoupon({ code: "TEA-8" }).batchId; // => "B-1"
 * ```
 */
export function anyCoupon(part: Partial<Coupon> = {}): Coupon {
  return { code: "TEA-7", batchId: "B-1", ...part };
}
