import { add, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import type { CustomerCode } from "../../model/ids.js";
import type { CouponCode, PromotionId } from "../../model/promotion/promotion.js";
import type { PromotionUsageEntry } from "../../model/promotion/promotion-usage.js";

/** What orders take of one promotion's limits, reserved and used together. */
export interface PromotionUsageTotals {
  /** Orders. */
  readonly uses: number;
  /** Money, and what goods given are worth. */
  readonly amount: Decimal;
  /** Units. */
  readonly units: Decimal;
  /** Orders by customer. */
  readonly byCustomer: ReadonlyMap<CustomerCode, number>;
  /** Orders by code. */
  readonly byCode: ReadonlyMap<CouponCode, number>;
}

/** What orders take of the limits, by promotion. A promotion that is not there has not been used. */
export type PromotionUsage = ReadonlyMap<PromotionId, PromotionUsageTotals>;

/**
 * Sums the ledger of promotions: what is reserved and used of each limit now.
 *
 * @param entries of the ledger, in any order
 * @param before sums that the entries come on top of
 * @returns the sums, by promotion; linear in the entries and the sums before
 *
 * **Source:** mission 6.3, 6.7
 * @example
 * ```ts
 * import { decimal, instant, sumPromotionUsage } from "ordercycle";
 * const entry = { promotionId: "P-1", customerCode: "C-1", orderNo: "SO-1", uses: 1, amount: decimal("5"), units: decimal("2"), at: instant("2026-03-02T09:00:00Z") };
 * const usage = sumPromotionUsage([
 *   { ...entry, entryId: "SO-1@2/1", kind: "reserve" },
 *   { ...entry, entryId: "SO-1@3/1", kind: "release" },
 *   { ...entry, entryId: "SO-1@3/2", kind: "use" },
 * ]);
 * [usage.get("P-1")?.uses, usage.get("P-1")?.amount]; // => [1, "5"]
 * ```
 */
export function sumPromotionUsage(
  entries: readonly PromotionUsageEntry[],
  before: PromotionUsage = new Map(),
): PromotionUsage {
  const sums = new Map<PromotionId, Open>();
  for (const [promotionId, totals] of before) {
    sums.set(promotionId, {
      ...totals,
      byCustomer: new Map(totals.byCustomer),
      byCode: new Map(totals.byCode),
    });
  }
  for (const { kind, promotionId, code, customerCode, uses, amount, units } of entries) {
    const sum = sums.get(promotionId) ?? {
      uses: 0,
      amount: ZERO,
      units: ZERO,
      byCustomer: new Map<CustomerCode, number>(),
      byCode: new Map<CouponCode, number>(),
    };
    const isTaken = kind === "reserve" || kind === "use";
    const count = isTaken ? uses : -uses;
    sum.uses += count;
    sum.amount = isTaken ? add(sum.amount, amount) : subtract(sum.amount, amount);
    sum.units = isTaken ? add(sum.units, units) : subtract(sum.units, units);
    sum.byCustomer.set(customerCode, (sum.byCustomer.get(customerCode) ?? 0) + count);
    if (code !== undefined) sum.byCode.set(code, (sum.byCode.get(code) ?? 0) + count);
    sums.set(promotionId, sum);
  }
  return sums;
}

interface Open {
  uses: number;
  amount: Decimal;
  units: Decimal;
  readonly byCustomer: Map<CustomerCode, number>;
  readonly byCode: Map<CouponCode, number>;
}
