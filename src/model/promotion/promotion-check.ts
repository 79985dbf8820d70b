import { compare, isPositive, scaleOf, ZERO, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { checkNames } from "../check-names.js";
import type { Promotion } from "./promotion.js";
import type { PromotionIssue } from "./promotion-issue.js";

type Path = readonly (string | number)[];

/** What the checks of a definition share. @internal */
export interface PromotionCheck {
  /** Promotion that is checked. */
  readonly promotion: Promotion;
  /** Decimals of its currency; undefined where it has none, or one that nobody knows. */
  readonly decimals: number | undefined;
  /** Faults that were found. */
  readonly issues: PromotionIssue[];
  /** Whether it names money. */
  namesMoney: boolean;
  /** Parts of its trees that were looked at. */
  parts: number;
}

/** Checks a text that names something. @internal */
export function checkName({ promotion, issues }: PromotionCheck, name: string, path: Path): void {
  const { promotionId } = promotion;
  if (checkNames({ name }).length > 0) issues.push(issue("promotion.not_a_name", path, { promotionId }));
}

/** Checks a number that counts whole things from 1 on. @internal */
export function checkCount({ promotion, issues }: PromotionCheck, value: number, path: Path): void {
  const { promotionId } = promotion;
  if (!Number.isSafeInteger(value) || value < 1) {
    issues.push(issue("promotion.not_a_count", path, { promotionId, value }));
  }
}

/**
 * Checks money: above zero, unless it is a price or a bound, which may be zero; and payable, unless it is for one unit.
 *
 * @internal
 */
export function checkMoney(
  check: PromotionCheck,
  value: Decimal,
  path: Path,
  what: "amount" | "unitAmount" | "unitPrice" | "limit" | "bound",
): void {
  const { promotion, decimals, issues } = check;
  const { promotionId } = promotion;
  check.namesMoney = true;
  checkDigits(check, value, path);
  const isTooLittle = what === "bound" || what === "unitPrice" ? compare(value, ZERO) < 0 : !isPositive(value);
  if (isTooLittle) {
    const code = what === "limit" ? "promotion.limit_not_positive" : "promotion.amount_not_positive";
    issues.push(issue(code, path, { promotionId, value }));
  }
  const isForUnit = what === "unitPrice" || what === "unitAmount";
  if (isForUnit || decimals === undefined || scaleOf(value) <= decimals) return;
  issues.push(issue("promotion.amount_too_fine", path, { promotionId, value, decimals }));
}

/** Checks a percentage: above zero, at most 100. @internal */
export function checkPercent(check: PromotionCheck, value: Decimal, path: Path): void {
  const { promotion, issues } = check;
  const { promotionId } = promotion;
  checkDigits(check, value, path);
  if (!isPositive(value)) issues.push(issue("promotion.percent_zero", path, { promotionId }));
  if (compare(value, HUNDRED) > 0) issues.push(issue("promotion.percent_over_100", path, { promotionId, value }));
}

const HUNDRED = "100" as Decimal;

/** Numbers of a definition are read as whole units, for which fifteen digits are room enough. @internal */
export function checkDigits({ promotion, issues }: PromotionCheck, value: Decimal, path: Path): void {
  const { promotionId } = promotion;
  const digits = value.replace(/[-.]/gu, "").length;
  if (digits > 15) issues.push(issue("promotion.too_many_digits", path, { promotionId, value }));
}
