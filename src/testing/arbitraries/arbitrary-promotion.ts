import { constant, constantFrom, integer, oneof, tuple, type Arbitrary } from "fast-check";
import { fromUnits } from "../../core/decimal.js";
import { addMilliseconds, instant } from "../../core/instant.js";
import { minorUnitOf } from "../../core/money.js";
import { checkPromotion } from "../../model/promotion/check-promotion.js";
import type {
  Promotion,
  PromotionCombination,
  PromotionCoupons,
  PromotionLimits,
  PromotionRevision,
  RevisionPolicy,
} from "../../model/promotion/promotion.js";
import type { PromotionEffect } from "../../model/promotion/promotion-effect.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";
import { arbitraryPromotionCondition } from "./arbitrary-promotion-condition.js";
import { arbitraryPromotionEffect } from "./arbitrary-promotion-effect.js";
import { optionalFields, plainRecord } from "./plain-record.js";
import type { PromotionBounds } from "./promotion-bounds.js";

const DAY_MILLISECONDS = 24 * 3_600_000;

/**
 * Promotions `P-1` to `P-9999` that a check finds sound: every kind of effect, condition, limit and combination, over the
 * items of {@link arbitraryItem} unless the test names others. Half of them hold without a condition, most without a code,
 * and nearly all from 1 January 2026 on. A promotion has a currency where it names money, and now and then where not.
 *
 * Several of them go together as long as their ids differ: codes begin with the id.
 *
 * @param bounds items, categories, tags, kinds of effects, currency and lanes that they may speak of
 * @returns a fast-check arbitrary
 * @throws RangeError for an unknown currency
 *
 * **Source:** mission 6.2, 6.7
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { checkPromotion } from "ordercycle";
 * import { arbitraryPromotion } from "ordercycle/testing";
 * const promotions = fc.sample(arbitraryPromotion({ itemCodes: ["TEA", "CUP"] }), 50);
 * promotions.flatMap((promotion) => checkPromotion(promotion)); // => []
 * ```
 */
export function arbitraryPromotion(bounds: PromotionBounds = {}): Arbitrary<Promotion> {
  const { currency = "EUR", lanes = [] } = bounds;
  const decimals = minorUnitOf(currency);
  if (decimals === undefined) throw new RangeError(`${currency} is not a currency.`);
  return tuple(
    integer({ min: 1, max: 9999 }).map((number) => `P-${number}`),
    arbitraryValidity(),
    oneof({ weight: 3, arbitrary: constant(undefined) }, { weight: 1, arbitrary: constantFrom("codes", "batch") }),
    oneof(constant(undefined), arbitraryPromotionCondition(bounds, decimals)),
    arbitraryPromotionEffect(bounds, decimals),
    oneof({ weight: 2, arbitrary: constant(undefined) }, { weight: 1, arbitrary: arbitraryLimits(decimals) }),
    arbitraryCombination(lanes),
    arbitraryRevision(),
    constantFrom("anyItem", "couponItem"),
    constantFrom("whereNeeded", "whereNeeded", "always"),
  ).map(
    ([promotionId, validity, started, condition, effect, limits, combination, revision, goods, named]): Promotion => {
      const promotion: Promotion = {
        promotionId,
        version: 1,
        name: `Promotion ${promotionId}`,
        reason: "to be worked out",
        owner: "sales",
        validity,
        timeZone: "Europe/Berlin",
        ...(started === undefined ? {} : { coupons: couponsOf(started, promotionId) }),
        ...(condition === undefined ? {} : { condition }),
        effect: valued(goods === "couponItem" && started === "batch" ? onCouponItems(effect) : effect, limits),
        ...(limits === undefined ? {} : { limits }),
        combination,
        revision,
      };
      const needsCurrency = checkPromotion(promotion).some(({ code }) => code === "promotion.currency_missing");
      return named === "always" || needsCurrency ? { ...promotion, currency } : promotion;
    },
  );
}

function arbitraryValidity(): Arbitrary<Promotion["validity"]> {
  const from = instant("2026-01-01T00:00:00Z");
  const days = integer({ min: 1, max: 700 });
  return oneof(
    { weight: 6, arbitrary: constant({ from }) },
    { weight: 1, arbitrary: days.map((length) => ({ from, to: addMilliseconds(from, length * DAY_MILLISECONDS) })) },
    { weight: 1, arbitrary: days.map((later) => ({ from: addMilliseconds(from, later * DAY_MILLISECONDS) })) },
  );
}

function couponsOf(kind: string, promotionId: string): PromotionCoupons {
  if (kind === "batch") return { kind, batchId: `B-${promotionId}` };
  return { kind: "codes", codes: [`${promotionId}-A`, `${promotionId}-B`] };
}

/** Each code of a batch may be good for items of its own. */
function onCouponItems(effect: PromotionEffect): PromotionEffect {
  return "which" in effect ? { ...effect, which: { kind: "couponItems" } } : effect;
}

/** Where money is limited, every gift has a value. */
function valued(effect: PromotionEffect, limits: PromotionLimits | undefined): PromotionEffect {
  const isLimited = limits?.budget !== undefined || limits?.amountPerOrder !== undefined;
  if (effect.kind !== "gift" || !isLimited) return effect;
  return { ...effect, items: effect.items.map((item) => ({ value: fromUnits(5, 0), ...item })) };
}

function arbitraryLimits(decimals: number): Arbitrary<PromotionLimits> {
  const money = arbitraryDecimal({ min: fromUnits(1, decimals), max: "100", decimals });
  const count = integer({ min: 1, max: 5 });
  return optionalFields({
    uses: count,
    usesPerCustomer: count,
    usesPerCode: count,
    budget: money,
    units: arbitraryDecimal({ min: "0.5", max: "20", decimals: 1 }),
    amountPerOrder: money,
    beyondBudget: constantFrom("capped" as const, "refused" as const),
  });
}

function arbitraryCombination(lanes: readonly string[]): Arbitrary<PromotionCombination> {
  const rare = <Value>(arbitrary: Arbitrary<Value>): Arbitrary<Value | undefined> =>
    oneof({ weight: 7, arbitrary: constant(undefined) }, { weight: 1, arbitrary });
  const className = constantFrom("shelf", "coupon", "club");
  const classes = plainRecord({
    own: className,
    combinesWith: constantFrom<readonly string[]>([], ["shelf"], ["shelf", "coupon", "club"]),
  });
  return tuple(
    plainRecord<Pick<PromotionCombination, "priority" | "base" | "discountedLines">>({
      // Few priorities, so that many promotions stand at the same one.
      priority: integer({ min: 0, max: 3 }),
      base: constantFrom("initial", "running"),
      discountedLines: constantFrom("include", "include", "skip"),
    }),
    lanes.length === 0 ? constant(undefined) : rare(constantFrom(...lanes)),
    rare(constantFrom("spring", "autumn")),
    rare(constantFrom("order" as const, "lines" as const)),
    rare(constant(true as const)),
    rare(classes),
  ).map(([always, lane, bestOf, exclusive, stop, classesOf]) => ({
    ...always,
    ...(lane === undefined ? {} : { lane }),
    ...(bestOf === undefined ? {} : { bestOf }),
    ...(exclusive === undefined ? {} : { exclusive }),
    ...(stop === undefined ? {} : { stop }),
    ...(classesOf === undefined ? {} : { classes: classesOf }),
  }));
}

function arbitraryRevision(): Arbitrary<PromotionRevision> {
  const policy = constantFrom<RevisionPolicy>("keep", "proRate", "reEvaluate", "clawBack");
  return plainRecord<PromotionRevision>({
    cancel: policy,
    short: policy,
    return: policy,
    amend: policy,
    unearnedGifts: constantFrom("keep", "takeBack", "charge"),
    uses: constantFrom("giveBack", "spent"),
  });
}
