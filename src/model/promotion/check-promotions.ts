import { compareText } from "../../core/compare-text.js";
import { issue } from "../../core/issue.js";
import { checkPromotion, type CheckPromotionOptions } from "./check-promotion.js";
import type { CouponCode, Promotion, PromotionId } from "./promotion.js";
import type { PromotionIssue } from "./promotion-issue.js";

/**
 * Checks promotions, each by itself and against the others.
 *
 * **Rules**
 * 1. Every promotion is sound by itself; the paths begin with its place in the list.
 * 2. Each version of a promotion stands once, and no two versions hold at the same time.
 * 3. A code starts one promotion at a time.
 *
 * @param options decimals of amounts, where they are not those of the currency
 * @returns every fault; empty when they can be worked out together
 *
 * Complexity: n log n in the promotions and their codes.
 *
 * **Source:** mission 6.2, 6.3
 * @example
 * ```ts
 * import { checkPromotions } from "ordercycle";
 * import { anyPromotion } from "ordercycle/testing";
 * const found = checkPromotions([anyPromotion(), anyPromotion({ version: 2 })]);
 * found.map(({ code }) => code); // => ["promotion.versions_overlap"]
 * ```
 */
export function checkPromotions(
  promotions: readonly Promotion[],
  options: CheckPromotionOptions = {},
): PromotionIssue[] {
  const issues = promotions.flatMap((promotion, place) =>
    checkPromotion(promotion, options).map((found): PromotionIssue => ({ ...found, path: [place, ...found.path] })),
  );
  const byId = new Map<PromotionId, Placed[]>();
  const byCode = new Map<CouponCode, Placed[]>();
  for (const [place, promotion] of promotions.entries()) {
    const { promotionId, coupons } = promotion;
    add(byId, promotionId, { place, promotion });
    if (coupons?.kind === "codes") for (const code of new Set(coupons.codes)) add(byCode, code, { place, promotion });
  }
  for (const versions of byId.values()) issues.push(...checkVersions(versions));
  for (const [couponCode, sharers] of byCode) {
    for (const [one, other] of overlapping(sharers)) {
      const { promotionId } = one.promotion;
      // Two versions at the same time are told of as such.
      if (promotionId === other.promotion.promotionId) continue;
      const params = { promotionId, couponCode, other: other.promotion.promotionId };
      issues.push(issue("promotion.code_shared", [one.place, "coupons", "codes"], params));
    }
  }
  return issues;
}

/** A promotion and its place in the list. */
interface Placed {
  readonly place: number;
  readonly promotion: Promotion;
}

function add<Key>(map: Map<Key, Placed[]>, key: Key, placed: Placed): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [placed]);
  else list.push(placed);
}

function checkVersions(versions: readonly Placed[]): PromotionIssue[] {
  const issues: PromotionIssue[] = [];
  const seen = new Set<number>();
  for (const { place, promotion } of versions) {
    const { promotionId, version } = promotion;
    if (seen.has(version)) issues.push(issue("promotion.version_twice", [place, "version"], { promotionId, version }));
    seen.add(version);
  }
  for (const [one, other] of overlapping(versions)) {
    const { promotionId, version } = one.promotion;
    if (version === other.promotion.version) continue;
    const params = { promotionId, version, other: other.promotion.version };
    issues.push(issue("promotion.versions_overlap", [one.place, "validity"], params));
  }
  return issues;
}

/** Neighbours in time of which the later begins before the earlier ends. */
function overlapping(placed: readonly Placed[]): (readonly [later: Placed, earlier: Placed])[] {
  const sorted = [...placed].sort(({ promotion: a }, { promotion: b }) =>
    compareText(a.validity.from, b.validity.from),
  );
  const pairs: (readonly [Placed, Placed])[] = [];
  let longest = sorted[0];
  for (const one of sorted.slice(1)) {
    const end = longest?.promotion.validity.to;
    if (longest !== undefined && (end === undefined || one.promotion.validity.from < end)) pairs.push([one, longest]);
    const own = one.promotion.validity.to;
    if (end !== undefined && (own === undefined || own > end)) longest = one;
  }
  return pairs;
}
