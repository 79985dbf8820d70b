import { add, ZERO, type Decimal } from "../../core/decimal.js";
import type { AppliedPromotion } from "./price-adjustment.js";

/** What a promotion on an order takes of its budget: money off lines and charges, and what the goods given are worth. */
export function budgetTakenBy({ amount, giftWorth = ZERO }: Pick<AppliedPromotion, "amount" | "giftWorth">): Decimal {
  return add(amount, giftWorth);
}
