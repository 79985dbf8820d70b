import type { Promotion, PromotionId } from "../../model/promotion/promotion.js";
import type { PromotionReason } from "./promotion-reason.js";

/** What has applied to a cart, as far as it decides what may still apply. */
export interface Combination {
  /** Promotions that have applied, by slot; made with the first. */
  applied: Map<number, Promotion> | undefined;
  /** The one that allows none beside it. */
  alone: { readonly slot: number; readonly promotionId: PromotionId } | undefined;
  /** The one after which nothing is looked at. */
  last: { readonly slot: number; readonly promotionId: PromotionId } | undefined;
  /** Whether some promotion that has applied has classes. */
  hasClasses: boolean;
}

/** Nothing has applied yet. */
export function openCombination(): Combination {
  return { applied: undefined, alone: undefined, last: undefined, hasClasses: false };
}

/** Why a promotion may not apply beside those that have; undefined when it may. */
export function clashOf(combination: Combination, promotion: Promotion, slot: number): PromotionReason | undefined {
  const { applied, alone, last } = combination;
  if (applied === undefined) return undefined;
  const { exclusive, classes } = promotion.combination;
  if (last !== undefined && last.slot !== slot) return { code: "stopped", params: { by: last.promotionId } };
  if (alone !== undefined && alone.slot !== slot) return { code: "excluded", params: { by: alone.promotionId } };
  if (exclusive !== "order" && classes === undefined && !combination.hasClasses) return undefined;
  for (const [other, { promotionId, combination: theirs }] of applied) {
    if (other === slot) continue;
    if (exclusive === "order") return { code: "exclusive", params: { by: promotionId } };
    if (!goTogether(classes, theirs.classes)) return { code: "not_combinable", params: { with: promotionId } };
  }
  return undefined;
}

type Classes = Promotion["combination"]["classes"];

function goTogether(one: Classes, other: Classes): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.combinesWith.includes(other.own) && other.combinesWith.includes(one.own);
}

/** Notes that a promotion has applied. */
export function noteApplied(combination: Combination, promotion: Promotion, slot: number): void {
  noteBeside(combination, promotion, slot);
  noteStop(combination, promotion, slot);
}

/** Notes what a promotion rules out whether it comes before or after. */
export function noteBeside(combination: Combination, promotion: Promotion, slot: number): void {
  const { promotionId, combination: own } = promotion;
  (combination.applied ??= new Map()).set(slot, promotion);
  if (own.exclusive === "order") combination.alone = { slot, promotionId };
  if (own.classes !== undefined) combination.hasClasses = true;
}

/** Notes that nothing is looked at after a promotion. */
export function noteStop(combination: Combination, { promotionId, combination: own }: Promotion, slot: number): void {
  if (own.stop === true) combination.last = { slot, promotionId };
}
