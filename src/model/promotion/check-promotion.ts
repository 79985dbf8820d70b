import { isPositive } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { minorUnitOf } from "../../core/money.js";
import { isTimeZone } from "../../core/time-zone.js";
import { checkPromotionCondition } from "./check-promotion-condition.js";
import { checkPromotionEffect } from "./check-promotion-effect.js";
import type { Promotion, PromotionCombination, PromotionLimits } from "./promotion.js";
import { checkCount, checkDigits, checkMoney, checkName, type PromotionCheck } from "./promotion-check.js";
import type { PromotionIssue } from "./promotion-issue.js";

/** What a check of definitions may be told. */
export interface CheckPromotionOptions {
  /** Decimals of amounts where the policy has others than the currency. */
  readonly decimals?: number | undefined;
}

/**
 * Checks what the fields of a promotion say together: percentages, bounds, periods, money and its currency, gifts, steps,
 * codes, owner.
 *
 * **Rules**
 * 1. Everything that is wrong is told, each with its code and the path to the field.
 * 2. A promotion needs an owner and a reason: somebody must answer for it.
 * 3. A condition that is empty, or whose bounds contradict each other, is refused, since it says something else than meant.
 * 4. Money needs a currency and is no finer than it can be paid; only the price of a unit may be finer.
 * 5. Trees of conditions are at most 30 levels deep, so that a promotion as JSON stays within what a parser takes in.
 *
 * @param options decimals of amounts, where they are not those of the currency
 * @returns every fault; empty for a promotion that can be worked out
 *
 * **Source:** mission 6.2, 7.7
 * @example
 * ```ts
 * import { checkPromotion, decimal } from "ordercycle";
 * import { anyPromotion } from "ordercycle/testing";
 * const effect = { kind: "percentOff", which: { kind: "every" }, percent: decimal("110"), spread: "eachLine" } as const;
 * checkPromotion(anyPromotion({ effect })).map(({ code, path }) => [code, ...path]); // => [["promotion.percent_over_100", "effect", "percent"]]
 * ```
 */
export function checkPromotion(promotion: Promotion, options: CheckPromotionOptions = {}): PromotionIssue[] {
  const { promotionId, version, name, owner, reason, validity, timeZone, currency, coupons, combination } = promotion;
  const minorUnit = currency === undefined ? undefined : minorUnitOf(currency);
  const decimals = minorUnit === undefined ? undefined : (options.decimals ?? minorUnit);
  const check: PromotionCheck = { promotion, decimals, issues: [], namesMoney: false, parts: 0 };
  const { issues } = check;
  checkName(check, promotionId, ["promotionId"]);
  // Customers read it, in any letters; it only must not be empty.
  if (name.trim() === "") issues.push(issue("promotion.not_a_name", ["name"], { promotionId }));
  if (!Number.isSafeInteger(version) || version < 1) {
    issues.push(issue("promotion.version_not_positive", ["version"], { promotionId, version }));
  }
  if (owner.trim() === "") issues.push(issue("promotion.no_owner", ["owner"], { promotionId }));
  if (reason.trim() === "") issues.push(issue("promotion.no_reason", ["reason"], { promotionId }));
  const { from, to } = validity;
  if (to !== undefined && to <= from) {
    issues.push(issue("promotion.contradictory_window", ["validity", "to"], { promotionId, from, to }));
  }
  if (!isTimeZone(timeZone)) {
    issues.push(issue("promotion.unknown_time_zone", ["timeZone"], { promotionId, timeZone }));
  }
  if (currency !== undefined && minorUnit === undefined) {
    issues.push(issue("promotion.unknown_currency", ["currency"], { promotionId, currency }));
  }
  checkCombination(check, combination);
  if (coupons?.kind === "codes") checkCodes(check, coupons.codes);
  if (coupons?.kind === "batch") checkName(check, coupons.batchId, ["coupons", "batchId"]);
  if (promotion.condition !== undefined) checkPromotionCondition(check, promotion.condition, ["condition"]);
  checkPromotionEffect(check);
  if (promotion.limits !== undefined) checkLimits(check, promotion.limits);
  if (check.namesMoney && currency === undefined) {
    issues.push(issue("promotion.currency_missing", ["currency"], { promotionId }));
  }
  return issues;
}

function checkCombination(check: PromotionCheck, combination: PromotionCombination): void {
  const { promotionId } = check.promotion;
  const { priority, lane, bestOf, classes } = combination;
  const path = ["combination"];
  if (!Number.isSafeInteger(priority)) {
    check.issues.push(issue("promotion.priority_not_whole", [...path, "priority"], { promotionId, priority }));
  }
  if (lane !== undefined) checkName(check, lane, [...path, "lane"]);
  if (bestOf !== undefined) checkName(check, bestOf, [...path, "bestOf"]);
  if (classes !== undefined) checkName(check, classes.own, [...path, "classes", "own"]);
}

function checkCodes(check: PromotionCheck, codes: readonly string[]): void {
  const { promotion, issues } = check;
  const { promotionId } = promotion;
  if (codes.length === 0) issues.push(issue("promotion.no_codes", ["coupons", "codes"], { promotionId }));
  const seen = new Set<string>();
  for (const [place, couponCode] of codes.entries()) {
    const path = ["coupons", "codes", place];
    checkName(check, couponCode, path);
    if (seen.has(couponCode)) issues.push(issue("promotion.code_twice", path, { promotionId, couponCode }));
    seen.add(couponCode);
  }
}

function checkLimits(check: PromotionCheck, limits: PromotionLimits): void {
  const { promotionId } = check.promotion;
  for (const field of ["uses", "usesPerCustomer", "usesPerCode"] as const) {
    const value = limits[field];
    if (value !== undefined) checkCount(check, value, ["limits", field]);
  }
  for (const field of ["budget", "amountPerOrder"] as const) {
    const value = limits[field];
    if (value === undefined) continue;
    checkMoney(check, value, ["limits", field], "limit");
  }
  const { units } = limits;
  if (units === undefined) return;
  if (!isPositive(units)) {
    check.issues.push(issue("promotion.limit_not_positive", ["limits", "units"], { promotionId, value: units }));
  }
  checkDigits(check, units, ["limits", "units"]);
}
