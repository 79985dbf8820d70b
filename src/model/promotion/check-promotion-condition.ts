import { compare, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { checkCount, checkDigits, checkMoney, type PromotionCheck } from "./promotion-check.js";
import type { LineSelector } from "./line-selector.js";
import type { PromotionCondition } from "./promotion-condition.js";

type Path = readonly (string | number)[];

/** Deepest tree of conditions. */
const DEEPEST = 30;
/** Most parts of all trees of a promotion: a tree whose parts are shared in memory is far larger than it looks. */
const MOST_PARTS = 10_000;

/** Checks a tree of conditions. @internal */
export function checkPromotionCondition(
  check: PromotionCheck,
  condition: PromotionCondition,
  path: Path,
  depth = 1,
): void {
  if (isTooLarge(check, path, depth)) return;
  switch (condition.kind) {
    case "customer":
    case "order":
      if (condition.in.length === 0) tellEmpty(check, condition.kind, [...path, "in"]);
      break;
    case "lines":
      checkSelector(check, condition.which, [...path, "which"], depth + 1);
      checkMeasure(check, condition, path);
      break;
    case "nthOrder":
      checkNthOrder(check, condition, path);
      break;
    case "time":
      checkTime(check, condition, path);
      break;
    case "all":
    case "any":
      if (condition.of.length === 0) tellEmpty(check, condition.kind, [...path, "of"]);
      for (const [place, part] of condition.of.entries()) {
        checkPromotionCondition(check, part, [...path, "of", place], depth + 1);
      }
      break;
    case "not":
      checkPromotionCondition(check, condition.of, [...path, "of"], depth + 1);
      break;
  }
}

/** Checks a tree of selectors. @internal */
export function checkSelector(check: PromotionCheck, selector: LineSelector, path: Path, depth = 1): void {
  if (isTooLarge(check, path, depth)) return;
  switch (selector.kind) {
    case "every":
      break;
    case "items":
    case "categories":
    case "tags":
    case "attribute":
      if (selector.in.length === 0) tellEmpty(check, selector.kind, [...path, "in"]);
      break;
    case "quantity":
    case "unitPrice":
      checkBounds(check, selector, path);
      for (const field of ["atLeast", "atMost"] as const) {
        const value = selector[field];
        if (value === undefined) continue;
        if (selector.kind === "unitPrice") checkMoney(check, value, [...path, field], "unitPrice");
        else checkDigits(check, value, [...path, field]);
      }
      break;
    case "couponItems":
      if (check.promotion.coupons?.kind !== "batch") {
        const { promotionId } = check.promotion;
        check.issues.push(issue("promotion.coupon_items_without_coupon", path, { promotionId }));
      }
      break;
    case "all":
    case "any":
      if (selector.of.length === 0) tellEmpty(check, selector.kind, [...path, "of"]);
      for (const [place, part] of selector.of.entries()) checkSelector(check, part, [...path, "of", place], depth + 1);
      break;
    case "not":
      checkSelector(check, selector.of, [...path, "of"], depth + 1);
      break;
  }
}

function isTooLarge(check: PromotionCheck, path: Path, depth: number): boolean {
  const { promotion, issues } = check;
  const { promotionId } = promotion;
  check.parts += 1;
  if (check.parts > MOST_PARTS) {
    // Told once; the walk ends as every list that is still open comes back here.
    if (check.parts === MOST_PARTS + 1) {
      issues.push(issue("promotion.too_many_conditions", path, { promotionId, limit: MOST_PARTS }));
    }
    return true;
  }
  if (depth <= DEEPEST) return false;
  issues.push(issue("promotion.too_deep", path, { promotionId, limit: DEEPEST }));
  return true;
}

function tellEmpty({ promotion, issues }: PromotionCheck, kind: string, path: Path): void {
  const { promotionId } = promotion;
  issues.push(issue("promotion.empty_condition", path, { promotionId, kind }));
}

interface Bounds {
  readonly kind: string;
  readonly atLeast?: Decimal;
  readonly atMost?: Decimal;
}

function checkBounds(check: PromotionCheck, { kind, atLeast, atMost }: Bounds, path: Path): void {
  if (atLeast === undefined && atMost === undefined) tellEmpty(check, kind, path);
  if (atLeast !== undefined && atMost !== undefined && compare(atLeast, atMost) > 0) {
    tellContradiction(check, atLeast, atMost, [...path, "atMost"]);
  }
}

function tellContradiction({ promotion, issues }: PromotionCheck, from: string, to: string, path: Path): void {
  const { promotionId } = promotion;
  issues.push(issue("promotion.contradictory_bounds", path, { promotionId, from, to }));
}

function checkMeasure(
  check: PromotionCheck,
  condition: Extract<PromotionCondition, { readonly kind: "lines" }>,
  path: Path,
): void {
  checkBounds(check, condition, path);
  const isMoney = condition.measure === "amount" || condition.measure === "discountedAmount";
  for (const field of ["atLeast", "atMost"] as const) {
    const value = condition[field];
    if (value === undefined) continue;
    if (isMoney) checkMoney(check, value, [...path, field], "bound");
    else checkDigits(check, value, [...path, field]);
  }
}

function checkNthOrder(
  check: PromotionCheck,
  { from, to, every }: Extract<PromotionCondition, { readonly kind: "nthOrder" }>,
  path: Path,
): void {
  if (from === undefined && to === undefined && every === undefined) tellEmpty(check, "nthOrder", path);
  for (const [field, value] of Object.entries({ from, to, every })) {
    if (value !== undefined) checkCount(check, value, [...path, field]);
  }
  if (to !== undefined && (from ?? 1) > to) {
    tellContradiction(check, String(from ?? 1), String(to), [...path, "to"]);
  }
}

function checkTime(
  check: PromotionCheck,
  condition: Extract<PromotionCondition, { readonly kind: "time" }>,
  path: Path,
): void {
  const { weekdays, fromDay, toDay, fromTime, toTime } = condition;
  const { promotionId } = check.promotion;
  const isBound = [weekdays, fromDay, toDay, fromTime, toTime].some((field) => field !== undefined);
  if (!isBound || weekdays?.length === 0) tellEmpty(check, "time", path);
  for (const [place, weekday] of (weekdays ?? []).entries()) {
    if (Number.isSafeInteger(weekday) && weekday >= 1 && weekday <= 7) continue;
    check.issues.push(issue("promotion.weekday_out_of_range", [...path, "weekdays", place], { promotionId, weekday }));
  }
  if (fromDay !== undefined && toDay !== undefined && toDay <= fromDay) {
    tellContradiction(check, fromDay, toDay, [...path, "toDay"]);
  }
  if (fromTime !== undefined && fromTime === toTime) tellContradiction(check, fromTime, toTime, [...path, "toTime"]);
}
