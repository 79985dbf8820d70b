import { add, isZero, ZERO } from "../../core/decimal.js";
import type { AppliedPromotion } from "./price-adjustment.js";
import type { PromotionUsageEntry } from "./promotion-usage.js";

/**
 * What a promotion on an order takes of its limits: money off lines and charges with what the goods given are worth, units,
 * and one use. Where nothing of it is left, it is not used.
 */
export function takenBy({
  amount,
  units,
  giftWorth = ZERO,
}: AppliedPromotion): Pick<PromotionUsageEntry, "uses" | "amount" | "units"> {
  const uses = isZero(amount) && isZero(units) ? 0 : 1;
  return { uses, amount: add(amount, giftWorth), units };
}
