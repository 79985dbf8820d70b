import {
  add,
  compare,
  fromUnits,
  isPositive,
  isZero,
  minimum,
  multiplyDivide,
  multiplyRound,
  subtract,
  toSafeUnits,
  ZERO,
  type Decimal,
  type RoundingMode,
} from "../../core/decimal.js";
import type { RemainderRule } from "../../core/split-amount.js";
import { splitUnitsWithin } from "../../core/split-within.js";
import type { LineId } from "../../model/ids.js";
import type { AppliedPromotion, LineAdjustment } from "../../model/promotion/price-adjustment.js";
import type { PricedGoods, StandingAdjustment } from "./give-promotions.js";
import { bearingUnits } from "./unit-shares.js";

/** How much of a promotion's discounts stands: all of it, what the units that are kept bear, or nothing. */
export type StandingRule = "whole" | "ofKeptUnits" | "nothing";

/**
 * Says what of the discounts given earlier stands on what is kept.
 *
 * **Rules**
 * 1. Promotions are taken in the order in which they applied; no line bears more than it costs, or than its floor leaves.
 * 2. Units that go are the last of a line; they take their own share along.
 * 3. A discount that stands as a whole is shared out again over the lines that had it, as far as they can bear it.
 *
 * @param ruleOf how much of a promotion stands
 * @param totalOf what it gave on lines in all, those that are gone included
 * @returns what stands, by line
 *
 * **Source:** mission 6.8
 */
export function standingAdjustments(
  applied: readonly AppliedPromotion[],
  goods: readonly PricedGoods[],
  ruleOf: (applied: AppliedPromotion) => StandingRule,
  totalOf: (applied: AppliedPromotion) => Decimal,
  setting: { readonly decimals: number; readonly rounding: RoundingMode; readonly remainder: RemainderRule },
): ReadonlyMap<LineId, readonly StandingAdjustment[]> {
  const { decimals, rounding, remainder } = setting;
  const room = new Map<LineId, Decimal>(goods.map((one) => [one.line.lineId, roomOf(one, decimals)]));
  const standing = new Map<LineId, StandingAdjustment[]>();
  const note = (lineId: LineId, adjustment: LineAdjustment, wanted: Decimal, units: Decimal): void => {
    const amount = minimum(wanted, room.get(lineId) ?? ZERO);
    if (!isPositive(amount)) return;
    room.set(lineId, subtract(room.get(lineId) ?? ZERO, amount));
    standing.set(lineId, [...(standing.get(lineId) ?? []), { adjustment, amount, units }]);
  };
  for (const promotion of applied) {
    const rule = ruleOf(promotion);
    if (rule === "nothing") continue;
    const given = goods.flatMap((one) => {
      const adjustment = one.line.adjustments?.find((other) => isOf(other, promotion));
      return adjustment === undefined ? [] : [{ one, adjustment }];
    });
    if (rule === "ofKeptUnits") {
      for (const { one, adjustment } of given) {
        const born = bornUpTo(adjustment, one.kept, decimals, rounding);
        note(one.line.lineId, adjustment, born, bearingUnits(adjustment, one.kept));
      }
      continue;
    }
    const minor = (value: Decimal): number => toSafeUnits(value, decimals) ?? 0;
    const parts = splitUnitsWithin(
      minor(totalOf(promotion)),
      given.map(({ adjustment }) => minor(adjustment.amount)),
      given.map(({ one }) => minor(room.get(one.line.lineId) ?? ZERO)),
      remainder,
    );
    for (const [place, { one, adjustment }] of given.entries()) {
      const units = minimum(one.kept, bearingUnits(adjustment));
      note(one.line.lineId, adjustment, fromUnits(parts[place] ?? 0, decimals), units);
    }
  }
  return standing;
}

/** Says whether an adjustment is a promotion's, and of the same code. */
export function isOf(
  adjustment: Pick<LineAdjustment, "promotionId" | "code">,
  promotion: Pick<AppliedPromotion, "promotionId" | "code">,
): boolean {
  return adjustment.promotionId === promotion.promotionId && adjustment.code === promotion.code;
}

/** What a line can bear: its amount after what was agreed, above its floor. */
function roomOf({ gross, agreed, floorPrice, kept }: PricedGoods, decimals: number): Decimal {
  const amount = subtract(gross, agreed);
  if (floorPrice === undefined) return amount;
  const floor = multiplyRound(floorPrice, kept, decimals, "ceiling");
  return compare(floor, amount) >= 0 ? ZERO : subtract(amount, floor);
}

/** What the first units of a line bear of a discount; of a unit in part, that part, rounded. */
function bornUpTo({ shares }: LineAdjustment, kept: Decimal, decimals: number, rounding: RoundingMode): Decimal {
  let left = kept;
  let born = ZERO;
  for (const { quantity, amount } of shares) {
    if (isZero(left)) break;
    const part = minimum(left, quantity);
    born = add(born, multiplyDivide(amount, part, quantity, decimals, rounding));
    left = subtract(left, part);
  }
  return born;
}
